"""Roads: numbers, and words that tell a road from what only looks like one. Own compilation.

The numbers of European roads in Norway are those of the United Nations' list (AGR, 2021).
"""

from __future__ import annotations

EUROPEAN_IN_NORWAY = (
    "6",
    "8",
    "10",
    "12",
    "14",
    "16",
    "18",
    "39",
    "45",
    "69",
    "75",
    "105",
    "134",
    "136",
)

# Nouns right before a code that make it a road: "motorveien M4".
ROAD_NOUNS = frozenset(
    """
    motorvei motorveien motorveg motorvegen motorveiene motorvegene hovedvei hovedveien hovedveg
    hovedvegen hovedveiene hovedfartsåren vei veien veg vegen veiene vegene ringvei ringveien
    europavei europaveien europaveg europavegen autobahn autostrada autostradaen highway
    innfartsåren innfartsveien utfartsveien landevei landeveien bomveien omkjøringsveien
    riksvei riksveien stamvei stamveien
    """.split()
)

# Words right before a code that only a road follows.
ROAD_PREPOSITIONS = frozenset({"langs"})

# "..., kjent som M5": only in a sentence with a road noun.
NAMING_WORDS = frozenset({"som", "kalt", "heter", "kalles", "kalte"})

# What else has a letter and a number: makers before it, things after it.
MAKERS = frozenset(
    """
    BMW Audi Mercedes Samsung Apple Airbus Leica Canon Sony Huawei Honor Tesla Nokia Citroën Ford
    MacBook iPad iMac Mac Colt Lancia Mini Volvo Polestar Nikon Panasonic Logitech
    """.split()
)
THINGS = frozenset(
    """
    gevær geværet geværer karabin karabiner rifle rifler maskingevær ark arket format papir brev
    brikke brikken prosessor chip chipen medalje resept blokk perm side sider
    """.split()
)
