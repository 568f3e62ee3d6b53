"""Words that are not part of a name beside them. Own compilation."""

from __future__ import annotations

# Titles and roles, which NorNE leaves outside a person's name.
TITLES = frozenset(
    """
    president presidenten visepresident statsminister statsministeren utenriksminister
    forsvarsminister finansminister justisminister helseminister kunnskapsminister klimaminister
    kulturminister næringsminister samferdselsminister olje- landbruksminister fiskeriminister
    innenriksminister arbeidsminister minister ministeren statsråd statsråden statssekretær
    generalsekretær generalsekretæren partileder partilederen nestleder leder lederen
    stortingsrepresentant stortingspresident ordfører ordføreren varaordfører byrådsleder byråd
    fylkesmann fylkesordfører kong kongen dronning dronningen kronprins kronprinsen kronprinsesse
    prins prinsen prinsesse pave paven biskop biskopen prest sokneprest sogneprest imam ayatolla
    direktør direktøren administrerende daglig konsernsjef konsernsjefen toppsjef sjefredaktør
    redaktør redaktøren journalist kommentator programleder forsker forskeren professor
    professoren førsteamanuensis dosent lege legen overlege advokat advokaten bistandsadvokat
    forsvarer aktor statsadvokat politiadvokat politiinspektør politimester operasjonsleder
    innsatsleder dommer dommeren trener treneren landslagssjef kaptein spiller keeper spiss
    general oberst major kaptein løytnant admiral ambassadør senator guvernør kansler
    forfatter forfatteren skuespiller skuespilleren regissør artist artisten rapper sanger
    komiker kunstner analytiker sjefsøkonom økonom meteorolog statsmeteorolog seismolog talsmann
    talsperson talskvinne pressetalsmann pressesjef kommunikasjonssjef informasjonssjef
    presidentkandidat opposisjonsleder eks-president ekspresident tidligere fungerende herr fru
    """.split()
)

# Titles in the definite form: `keeperen`, `lederen`, `ministeren`, and whose they are. There is
# one king and one Lord, so that NorNE takes `Kongen` and `Herren` for names.
ONLY = frozenset({"kongen", "dronningen", "kronprinsen", "kronprinsessen", "paven", "herren"})
_NO_TITLES = frozenset({"administrerende", "daglig", "tidligere", "fungerende", "olje-"})
_DEFINITE = {title for title in TITLES if title.endswith("en")} | {
    f"{title}n" if title.endswith("e") else f"{title}en"
    for title in TITLES - _NO_TITLES
    if not title.endswith("en")
}
ROLES = frozenset(f"{title}{ending}" for title in _DEFINITE - ONLY for ending in ("", "s"))

# Last parts of further titles: `Kommisjonsleder`, `Nobelprisvinner`.
TITLE_HEADS = (
    *("leder", "vinner", "sjef", "minister", "direktør", "mester", "trener", "dommer", "forsker"),
    *("redaktør", "forfatter", "advokat", "politiker", "artist", "skuespiller", "kapteinen"),
    *("professor", "presten", "prest", "lærer", "ordfører", "president", "rektor", "stjerne"),
)

# Nouns that are the end of a name where a place or body stands before them, with the label of the
# whole; None leaves the label as it is. None of them follows a name in NorNE's training files
# without being part of it.
INSTITUTIONS: dict[str, str | None] = (
    dict.fromkeys(("kommune", "fylkeskommune", "bystyre", "kommunestyre"))
    | dict.fromkeys(
        """
        sykehus sjukehus sykehjem sjukeheim skole skule gymnas barnehage oppvekstsenter tingrett
        lagmannsrett herredsrett politidistrikt politistasjon lensmannskontor brannvesen forlag
        idrettslag grendelag næringslag bygdelag forening forbund institutt universitet fakultet
        museum bibliotek orkester teater korps barnekor mannskor damekor kirkekor jentekor
        mottak katedralskole menighet bispedømme bondelag turlag skytterlag sparebank kraftlag
        """.split(),
        "ORG",
    )
    | dict.fromkeys(
        """
        kirke kyrkje kapell kloster stadion lufthavn flyplass hotell rådhus festning fengsel
        kjøpesenter kulturhus nasjonalpark stasjon camping gruver travbane gravlund fyr
        """.split(),
        "LOC",
    )
)

# Function words that never begin or end a name, unless they are written with a capital.
FUNCTION_WORDS = frozenset(
    """
    i på ved av til fra for med om og eller men at som er var blir ble har hadde sier sa mener
    skriver ifølge hos mot mellom under over etter før mens
    """.split()
)

# Nouns and articles before a name that are not part of it.
LEADING_WORDS = FUNCTION_WORDS | frozenset(
    """
    den det de en et byen landet avisen avisa nettavisen nyhetsbyrået selskapet partiet klubben
    konsernet organisasjonen øya
    """.split()
)

# Lower-case words that begin some names.
BEGINS_NAMES = frozenset({"al", "el", "de", "da", "di", "von", "van", "bin", "ibn", "abu", "the"})

EDGE_MARKS = frozenset("«»\"“”„'’‘.,:;–—-…()[]/|•*") | {"..."}

# Marks that end a sentence, but also some names of products and bands.
SHOUTS = frozenset("!?")
SHOUTING_LABELS = frozenset({"PROD", "ORG", "EVT", "MISC"})

# Well-known names of organisations that are ordinary words too: at the beginning of a sentence, or
# after a mark, they tell nothing. Those that newspapers and public bodies write in small letters
# about as often, as counted in the texts that the models are trained on.
ORDINARY = frozenset(
    """
    akademikerne arsenal bayer brann demokratene diskrimineringsnemnda flyr forsvaret fremover
    frikirken gaffa gjensidige glimt hurtigruten høgre høyre hæren kongehuset kongressen
    kriminalomsorgen kystvakten landbrukssamvirket luftambulansetjenesten lyn nav nordlys
    oljefondet politiet politiken posten regjeringen regjeringsadvokaten riksadvokaten riksdagen
    ruter rødt shell skyss språkrådet start storting telegram venstre
    """.split()
)
