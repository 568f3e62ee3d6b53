"""Words that tell what the names beside them are, or that are none. Own compilation."""

from __future__ import annotations

# Well-known names of organisations that are ordinary words, or phrases, too: at the beginning of a
# sentence, or after a mark, they tell nothing. Words are those that newspapers and public bodies
# write in small letters about as often, as counted in the texts that the models are trained on,
# and things that are better known by that name.
ORDINARY = frozenset(
    """
    akademikerne arsenal barneombudet bayer brann demokratene diskrimineringsnemnda fagforbundet
    fjordingen flyr forsvaret fremover frikirken gaffa gjensidige glimt hallingdølen helgelendingen
    hurtigruten hæren høgre høyre innenriksdepartementet kiwi kolumbus kommuneadvokaten kongehuset
    kongressen kriminalomsorgen kvelertak kvinnheringen kystvakten landbrukssamvirket
    luftambulansetjenesten lyft lyn meny mercedes mesterbakeren minerva motlys nav nordlys
    oljefondet orkla pasientreiser pinsebevegelsen plantasjen politiet politiken posten regjeringen
    regjeringsadvokaten riksadvokaten riksantikvaren riksdagen riksmekleren ruter rødt
    samfunnsviterne samfunnsøkonomene setesdølen shell sjømannskirken skyss småkraft
    spekter spesialenheten språkrådet start storting strandbuen studentersamfunnet telegram utrop
    varden vegtrafikksentralen venstre østlendingen
    """.split()
) | {
    "dagens næringsliv",
    "det demokratiske partiet",
    "det globale fondet",
    "det republikanske partiet",
    "forsvarets musikk",
    "framtiden i våre hender",
    "fremtiden i våre hender",
    "lov og rettferdighet",
    "nasjonal samling",
    "vårt land",
}
