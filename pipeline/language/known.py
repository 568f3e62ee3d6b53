"""Short lists of well-known names, where a rule has nothing else to go by.

Own compilation: general knowledge, kept to names that Norwegian news uses every week. What the
document itself says always comes first.
"""

from __future__ import annotations

COUNTRIES = frozenset(
    """
    Norge Noreg Sverige Danmark Finland Island Grønland Færøyene Storbritannia England Skottland
    Wales Irland Tyskland Frankrike Spania Portugal Italia Nederland Belgia Luxembourg Sveits
    Østerrike Polen Tsjekkia Slovakia Ungarn Romania Bulgaria Estland Latvia Litauen Russland
    Ukraina Belarus Hviterussland Moldova Georgia Armenia Aserbajdsjan Serbia Kroatia Slovenia
    Bosnia Montenegro Kosovo Albania Makedonia Nord-Makedonia Tyrkia Syria Irak Iran Israel
    Libanon Jordan Egypt Saudi-Arabia Jemen Qatar Kuwait Oman Bahrain Afghanistan Pakistan India
    Kina Japan Sør-Korea Nord-Korea Mongolia Vietnam Thailand Myanmar Indonesia Malaysia Singapore
    Filippinene Australia USA Canada Mexico Cuba Haiti Venezuela Colombia Brasil Argentina Chile
    Peru Bolivia Ecuador Uruguay Paraguay Algerie Tunisia Libya Marokko Sudan Sør-Sudan Etiopia
    Eritrea Somalia Kenya Uganda Tanzania Rwanda Kongo Nigeria Ghana Mali Niger Senegal
    Sør-Afrika Zimbabwe Zambia Mosambik Angola Kasakhstan Usbekistan Palestina Taiwan Tibet
    Sovjetunionen Jugoslavia Europa Asia Afrika Amerika Norden Skandinavia Midtøsten Antarktis
    Arktis Hellas Kypros Honduras Laos
    """.split()
)

PLACES = (
    frozenset(
        """
        Oslo Bergen Trondheim Stavanger Tromsø Drammen Fredrikstad Sarpsborg Skien Kristiansand
        Ålesund Tønsberg Moss Haugesund Sandefjord Bodø Arendal Hamar Larvik Halden Lillehammer
        Molde Harstad Gjøvik Narvik Alta Kirkenes Svalbard Longyearbyen Finnmark Troms Nordland
        Trøndelag Innlandet Vestland Rogaland Agder Telemark Vestfold Buskerud Østfold Akershus
        Viken Hedmark Oppland Hordaland Nordlandet Vestlandet Østlandet Sørlandet Nord-Norge
        Lofoten London Paris Berlin Roma Madrid Moskva Kiev Kyiv Kharkiv Beirut Damaskus Aleppo
        Idlib Latakia Gaza Jerusalem Kabul Teheran Bagdad Ankara Istanbul Brussel København
        Stockholm Helsinki Reykjavik Washington Beijing Tokyo Krim Donetsk Luhansk Hongkong Kreml
        """.split()
    )
    | COUNTRIES
)

PARTIES = frozenset(
    """
    Ap Arbeiderpartiet Høyre Frp FrP Fremskrittspartiet Sp Senterpartiet SV Venstre KrF Krf
    MDG Rødt Labour Demokratene Republikanerne Vox
    """.split()
) | {"Kristelig Folkeparti", "Miljøpartiet De Grønne"}

ORGANISATIONS = (
    frozenset(
        """
        Nato NATO FN EU EØS EFTA Efta WHO OECD IMF OSSE Unicef UNICEF Unesco Opec IS NHO LO NRK VG
        TV2 NTB AFP AP Reuters DN BT Aftenposten Dagbladet Dagsavisen Nettavisen Klassekampen
        Adresseavisen Equinor Statoil Hydro Telenor DNB Nordea Orkla Aker Yara Schibsted Norwegian
        SAS Widerøe Storebrand Nav NAV NVE NTNU UiO UiB Forsvaret Politiet Kripos PST Stortinget
        Regjeringen Facebook Google Apple Amazon Microsoft Tesla Boeing Airbus Twitter Instagram
        Hamas Hizbollah Taliban Rosenborg Brann Vålerenga RBK Liverpool Arsenal
        Chelsea FBI CIA NSA Sametinget Statkraft Statnett Posten Vinmonopolet NSB Vy
        """.split()
    )
    | PARTIES
)

PEOPLE = frozenset(
    """
    Trump Biden Obama Clinton Bush Putin Erdogan Merkel Macron Johnson Zelenskyj Assad Netanyahu
    Solberg Støre Stoltenberg Vedum Listhaug Brundtland Bondevik
    """.split()
)


def type_of(name: str) -> str | None:
    """The type of a well-known name, out of `pipeline.schemas.TYPES`, else None."""
    if name in ORGANISATIONS:
        return "organisation"
    if name in PLACES:
        return "place"
    return "person" if name in PEOPLE else None
