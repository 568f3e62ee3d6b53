"""Words that decide how a period or a slash is read. Own compilation."""

from __future__ import annotations

MONTHS = frozenset(
    """
    januar februar mars april mai juni juli august september oktober november desember
    """.split()
)

# Nouns that an ordinal stands before, even where they are written with a capital.
ORDINAL_HEADS = MONTHS | frozenset(
    """
    divisjon verdenskrig plass klasse trinn etasje etg nestleder visepresident kvartal halvår
    søndag juledag påskedag pinsedag nyttårsdag omgang runde gang del bok kapittel utgave
    generasjon avdeling bataljon kompani brigade time dag uke århundre
    """.split()
)

# Parties whose short form spaCy takes for an abbreviation when a period follows.
PARTIES = frozenset({"Frp", "FrP", "Ap", "Krf", "KrF", "Sp", "Sv", "SV", "Mdg", "Pp", "Inp"})

# ... and those that nobody takes for an abbreviation.
LONGER_PARTIES = frozenset({"Høyre", "Rødt", "Venstre", "MDG", "INP"})

# Where a party is, or what it has of it: `Frp-Norge`, `Ap-Oslo`.
PARTY_PLACES = frozenset(
    """
    Norge Oslo Bergen Trondheim Stavanger Kristiansand Drammen Tromsø Bodø Nordland Troms Finnmark
    Trøndelag Vestland Rogaland Agder Telemark Vestfold Buskerud Akershus Innlandet Østfold Sverige
    Danmark Europa
    """.split()
)

# Abbreviations in spaCy's list that are far more often an ordinary word before a full stop.
WORDS_TOO = frozenset(
    "to ti on no sms min sen el ma off res i å mar jun jul ref jan et ad org co ult tils".split()
)

# Nouns that a single letter follows which is no initial: "plan B. Det".
LETTERED = frozenset("plan vitamin gruppe hepatitt nivå klasse blokk bygg serie punkt".split())

# ... and names that end in one: "på Oslo S. Toget", "på X. Statsministeren".
LETTERED_NAMES = frozenset(
    {
        ("Model", "S"),
        ("Model", "X"),
        ("Model", "Y"),
        ("Oslo", "S"),
        ("Series", "S"),
        ("Series", "X"),
        ("på", "X"),
    }
)

# Abbreviations that a number follows; spaCy splits their period off when it does not know them.
BEFORE_NUMBER = frozenset(
    "rv fv ev kap art pkt par nr bnr gnr fig tab vedl avsn romertall kl tlf".split()
)


# A slash inside one word.
SLASHED_WORDS = frozenset(
    """
    og/eller km/t km/h m/s kr/l g/km a/s i/s k/s d/s s/s p/f c/o b/s m/k w/kg t/r
    """.split()
)

# A colon inside one name: a festival.
COLON_NAMES = frozenset({"by:Larm", "By:Larm"})

# A slash inside one name: clubs of two merged ones, and a few others.
SLASHED_NAMES = frozenset(
    {
        "Bodø/Glimt",
        "Ull/Kisa",
        "Kvik/Halden",
        "Gjøvik/Lyn",
        "Sprint/Jeløy",
        "Drøbak/Frogn",
        "Manglerud/Star",
        "Sander/Slåstad",
        "Flint/Tønsberg",
        "Herd/Aalesund",
        "Nybergsund/Trysil",
        "Trysil/Nybergsund",
        "Rilindja/Kosova",
        "Fløy/Flekkerøy",
        "Vind/Gjøvik",
        "Ørn/Horten",
        "AC/DC",
        "GNU/Linux",
        "TCP/IP",
        "Ansar/Hizbollah",
    }
)
