"""Words that decide the base form of a name. Own compilation."""

from __future__ import annotations

from pipeline.language.lexicon import FAMILY_HEADS, KIN_HEADS

# Brands with an English apostrophe of their own.
ENDS_IN_APOSTROPHE_S = frozenset(
    """
    McDonald's Moody's Levi's Domino's Lloyd's Sotheby's Christie's Kellogg's Poor's Macy's Wendy's
    Men's Women's Women’s McDonald’s Moody’s Levi’s Lloyd’s Sotheby’s Christie’s Kellogg’s
    Poor’s Ben's Jerry's Hellmann's
    """.split()
)

# What follows somebody's name in the genitive, and nothing else: `Mario Draghis rapport`,
# `William Rutos nye lov`.
OWNED = frozenset(
    """
    egen eget egne eldste første gamle lange lille nye nyeste siste store største unge yngste
    advokat album bok bror datter debut død ektefelle familie far fetter film forslag klubb
    kjæreste kollega kone kusine lag mann mor mål nabo nevø niese onkel parti rapport regime
    regjering rekord roman samboer seier sønn søster tale tante tid trener versjon virksomhet
    """.split()
)

# Endings of foreign names in -s: without other evidence these are no genitives.
FOREIGN_ENDINGS = (
    "ies",
    "us",
    "os",
    "is",
    "nes",
    "ss",
    "xs",
    "ås",
    "aas",
    "næs",
    "fors",
    "zs",
    "ís",
    "és",
    "ès",
    "ós",
    "ques",
    "korps",
    "aes",
    "auskas",
)

# ... and of English words in the plural, as in names of firms: `Nordic Plastics`.
ENGLISH_ENDINGS = tuple("tics nics mics oods tions ments icals erals etals ships tures".split())

# After a genitive stands what is owned. These words cannot be that, nor can those of `UNOWNED`,
# which are counted; these here are days, what stands after everything, and what is too rare.
NOT_OWNED = frozenset(
    """
    av eller enn fordi i men mens og samt som
    anklager anklaget arresterte boende fordømte gjentok kritiserte meddeler minker stupte
    tapte truet delvis drømmer ganske hittil nesten noe nokså rett temmelig
    mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar mars april mai juni juli
    august september oktober november desember kl kl. nr nr. ca ca. pga pga.
    """.split()
)

# After these stands a place, or else nobody is meant by a name alone: `på Voss`, `i Sandnes`.
PLACE_PREPOSITIONS = frozenset(
    """
    i på ved til fra utenfor innenfor nær mot mellom over rundt gjennom nord sør øst vest for langs
    nordfor sørfor østfor vestfor forbi via
    """.split()
)

# ... or somebody who is named in full elsewhere: `et svar til Sandnes`.
OF_PEOPLE_TOO = frozenset("fra til ved for mot mellom over via".split())

# Heads whose compound is the same thing as the name in it.
PLACE_HEADS = frozenset(
    """
    provinsen regionen området områdene distriktet fylket fylke kommunen kommune byen bydelen
    halvøya halvøyen øya øyene stripen stripa kysten dalen fjellet fjellene sjøen
    havet deltaet slettene platået sletta vassdraget tettstedet traktene kanten
    landsbyen republikken staten delstaten kantonen guvernementet enklaven elva elven feltet
    """.split()
)

# How names of mountains, waters, islands, streets and houses end; but Sandnessjøen and Lakselv are
# towns.
LAND = (
    " gate",
    " plass",
    *"""
    tind tinden pigg piggen nuten toppen fjell fjellet heia vidda marka breen elva elven vatnet
    vannet fjorden havet stredet sundet bukta øya øyene halvøya gata gaten veien vegen torget broen
    brua tunnelen kirke kyrkje stadion arena hallen flyplass lufthavn
    """.split(),
)

FIELD = "feltet"  # of oil, where it is known

# Waters that are called after what lies beside them.
WATER_HEADS = frozenset("stredet sundet bukta bukten golfen fjorden".split())
HOUSES = frozenset({"gården"})  # ... and houses: `Holmen-gården`
CANAL = "kanalen"  # also a channel
ORGANISATION_HEADS = frozenset(
    """
    alliansen konsernet selskapet gruppen klubben partiet avisen avisa kanalen byrået bevegelsen
    militsen kjeden organisasjonen
    """.split()
)


# Heads of things that have a name of their own by what they are called after, and what they are;
# the latter unless that is somebody, or a body: `ILO-konvensjonen`.
OWN_THINGS = dict.fromkeys("universitetet sykehuset sjukehuset".split(), "organisation")
OWN_THINGS |= {"guiden": "product"}
OWN_OF_OTHERS = dict.fromkeys("konvensjonen traktaten".split(), "product")
OWN_OF_OTHERS |= {"nettverket": "organisation"}

MOUNTAIN_PASSES = frozenset({"passet"})  # but `EU-passet` is for travel

# Heads of what somebody makes or runs, and never a name: `Flirt-togsettet`.
MADE_HEADS = frozenset("flyet toget togsettet bilen båten".split())

# Leagues by their sponsors, cartels by their towns: `OBOS-ligaen` is not the sponsor.
# `Netflix-serien` is no league.
LEAGUE_HEADS = frozenset({"ligaen", "kartellet"})
# ... and armies by their peoples, where that is nothing known, and by places where the model says
# that they are bodies: `Shan-hæren`.
ARMIES = frozenset({"fronten", "hæren"})


# Heads before which stands a family, or somebody: `Moxnes-arvingen`.
SOMEBODY_HEADS = FAMILY_HEADS | frozenset(
    "arving arvingen arvinger enke enken enka pappa pappaen mamma mammaen".split()
)


# Heads that make something else of a person.
OF_PEOPLE_HEADS = KIN_HEADS | frozenset(
    """
    regjeringen regimet administrasjonen tiden tida effekten saken saka etterfølger etterfølgeren
    arving arvingen enke enken enka
    """.split()
)
# ... and how others end that do so of what is a name without them: `Grimstad-mannen`.
OF_NAME_ENDINGS = ("en", "et", "ene", "erte", "jenta", "kvinna")


# Heads of what firms alone have, also those called after a town: `Kongsberg-aksjen`.
SHARES = frozenset("aksje aksjen aksjer aksjene aksjekursen".split())

# Heads of who stands for election in a town: `Haugesund-listen`.
LISTS = frozenset("listen lista".split())

# What the name before these heads most often is, where nothing else tells.
HEAD_KINDS = dict.fromkeys(
    """
    spiller spilleren spillere spillerne trener treneren keeper keeperen manager manageren spiss
    spissen kaptein kapteinen klubb klubben lag laget trøye trøyen fans fansen supporter supportere
    troppen stallen leder lederen ledere lederne sjef sjefen topp toppen toppsjef direktør
    direktøren talsmann talsmannen talsperson talspersonen talskvinne talskvinnen president
    presidenten ligaen ansatt ansatte styret journalist redaktør velger velgere velgerne politiker
    politikeren politikere statsråd statsråden landsmøtet medlem medlemmer kunder aksjen
    agent agenten agenter agentene veteran veteranen veteraner leiesoldat leiesoldater kommandant
    kommandanten militsen krigere krigerne
    """.split(),
    "organisation",
) | dict.fromkeys(
    """
    mann mannen mannfolk kvinne kvinnen kvinna gutt gutten jente jenta ordfører
    ordføreren borger borgere beboer beboere væring folk krigen turen reisen ambassaden ambassadør
    ekspert eksperter kjenner
    """.split(),
    "place",
) | dict.fromkeys(
    """
    administrasjonen regjeringen regjering familien familie biografi biografien filmen etterfølger
    etterfølgeren utspillet
    """.split(),
    "person",
)  # fmt: skip

# Endings that are only the definite form: "E6-en", "FN-et".
DEFINITE = frozenset({"en", "et", "a", "n", "ene", "s", "ens", "ets"})

# All capitals, and right so.
ACRONYMS = frozenset(
    """
    UNHCR UNRWA OSSE ISIL ISIS UEFA FIFA NIFU NUPI SINTEF NORAD UDI NAFTA BRICS COVAX SWIFT ASEAN
    AUF NAV NTNU NRK NTB AFP BBC CNN FBI CIA NSA DNA HIV VM EM OL NM USA EU FN EØS LO NHO KLP SAS
    DNB NSB RBK PST VG DN BT TV IS NATO OPEC UNESCO UNICEF AP WHO IMF EFTA MDG KRF FRP SV
    """.split()
)
