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

# Clubs and programs with the letters of ships before them.
NO_SHIPS = frozenset("Mechelen Oostende Kortrijk Office Word Excel Windows Teams Outlook".split())

# Last parts of words for ships: before a name in quotation marks, and those before any name.
SHIPS = tuple(
    """
    skipet fartøyet skøyta skøyten ferja ferjen ferga fergen båten tråleren fregatten korvetten
    skonnerten galeasen tankeren krysseren riggen isbryteren lekteren sjarken
    """.split()
)
# ... after whose it is: `Kystverkets slepefartøy Zorp`.
OWNED_SHIPS = tuple("skip fartøy skøyte ferje ferge båt tråler fregatt rigg isbryter sjark".split())
# ... before several names: `skipene Zorp og Norzorp`.
SEVERAL_SHIPS = tuple(
    """
    skipene fartøyene ferjene fergene båtene trålerne fregattene korvettene tankerne riggene
    isbryterne lekterne sjarkene
    """.split()
)
# What stands between such a word and the name that it gets.
CHRISTENED = (
    ["heter"],
    ["het"],
    *([verb, "navnet"] for verb in ("får", "fikk", "har", "bærer", "bar")),
    *([verb, "døpt"] for verb in ("ble", "blir", "er")),
)
# What ships do, and no other things in quotation marks: `«Zorp» forliste`.
SINKS = frozenset("forliste forlist forliser kantret kantrer grunnstøtte grunnstøter".split())
QUOTED_SHIPS = (*SHIPS, "skuta", "barken", "briggen", "hurtigruten")

# Classes of ships: `Skjold-korvettene`, and `Nordkapp-klassen` in a text about ships.
SHIP_CLASSES = ("-korvettene", "-fregattene", "-ubåtene", "-destroyerne")
SHIP_CLASS = "-klassen"
AFLOAT = tuple(
    """
    skip skipet skipene fartøy fartøyet fartøyene fregatt fregatten fregatter fregattene korvetten
    korvettene ubåt ubåten ubåter ubåtene
    """.split()
)
FLAGSHIPS = ("flaggskipet",)  # phones, and newspapers

# After what looks like a score: `Oslo–Bergen 6–7 timer`.
MEASURES = frozenset(
    """
    time timer minutt minutter min sekunder sek døgn dag dager uke uker måneder år meter m km
    kilometer mil grader prosent % knop m/s kroner lyssekunder mennesker personer tonn stemmer
    """.split()
)

# What a side does, and one does to the other.
PLAYED = frozenset("vant tapte spilte ledet vinner taper leder".split())
BEAT = frozenset("slo knuste banket slår beseiret overkjørte parkerte herjet".split())

# When that was, at the start of a sentence: `Torsdag`, `I kveld`.
WHEN = frozenset(
    """
    mandag tirsdag onsdag torsdag fredag lørdag søndag dag går kveld natt helgen helga kvartfinalen
    semifinalen finalen
    """.split()
)

# In what: `Brann–Moss i fotball`.
SPORTS = frozenset("bandy fotball håndball ishockey volleyball basketball innebandy".split())
