"""Words that are not part of a name beside them. Own compilation."""

from __future__ import annotations

import re

from pipeline.language.known import COMPANY_FORMS, COUNTRIES
from pipeline.language.lexicon import TITLES

# Offices by their English letters, who had one, and pictures that agencies share: no names.
OFFICES = frozenset("CEO CFO COO CTO SVP EVP Fhv Fhv. Pool POOL".split())

# What there is one of in an article, without the name.
FACILITIES = frozenset(
    """
    Ferjesambandet Fergesambandet Gasskraftverket Kraftverket Solcelleparken Vannkraftverket
    Vindkraftverket Vindmølleparken Vindparken
    """.split()
)

# Measures, which are written like brands.
UNITS = frozenset("kWh MWh GWh TWh kW MW GW kV".split())

# Illnesses, substances, methods, measures, hours, games and indices by their letters: no bodies,
# but written so.
TERMS = frozenset(
    """
    ABS ADD ADHD AIDS ALS API BKD BMI BNP BPA CAGR CEST CET CMS CO2 COPD CRISPR CWD DAX DDT DNA DVT
    EBITDA ECMO EEG EKG EPO ESG FASD GHB GPS GPT HIV HPAI HPV HSMB IBS ILA IPN IQ IVF KOLS KPI
    KPI-JAE LCHF LED LNG LPG LSD MDMA MMS MRSA MVA NFT NH3 NIPT NOx NSAID OBX OSEBX PCB PCR PFAS
    PFOA PFOS PPM PRRS PTSD PvE PvP RNA ROI RSV RS-virus SF6 SMS TBC THC USB VOC VPN VVM WTI mRNA
    """.split()
)

# Money, as banks and bourses write it, and how old who plays is: `USD 161 millioner`, `G16`.
CURRENCIES = frozenset("AUD CAD CHF CNY DKK EUR GBP JPY NOK PLN SEK USD".split())
AGE_CLASS = re.compile(r"[GJ]1[1-9]")

# Indices of several words, and what begins so.
INDICES = frozenset({"Hang Seng", "Nikkei 225", "Stoxx 600", "S&P 500", "Dow Jones Industrial"})

# Titles that are also part of what artists call themselves, `Dr. Dre`: they go before two words.
SHORT_TITLES = frozenset("dr dr. ing ing. oblt oblt. prof prof. siv.ing.".split())

# Abbreviations that begin what is no part of a name.
CAUSES = frozenset(
    f"{word}{dot}" for word in "pga ifm ifbm mht iht ila mtp".split() for dot in ("", ".")
) | {"m/", "v/"}

# What opens a line or a sentence before a club or a route, and belongs to neither.
OPENINGS = frozenset(
    """
    Bytte Dobbeltbytte Trippelbytte Corner Frispark Straffespark Ferjetilbudet Fergetilbudet
    Ferjesambandet Fergesambandet Sambandet Hurtigbåtruta Hurtigbåtruten Ferjeruta Fergeruta
    Bussruta Bussruten Parsellen
    """.split()
)

# Things, trades and groups by their letters, which say of what kind something is and name nobody:
# `KI-gründer`, `HMS-ansvarlig`, `IT-selskapet`.
LETTERS = frozenset(
    """
    AI AMK BPA CT CV DNA DVD EDB EKG EL EM GPS HIV HMS HR IKT IT KI ME MR NM NN OL PC PCR PPT PR QR
    SFO SMB SMS SUV TV UV VM VR
    """.split()
)

# Whom, and what, notices and contracts write with a capital and do not name: `Styret i Selskapet`.
PARTIES = frozenset(
    """
    Aksjonærene Banken Bedriften Bestiller Bestilleren Boligselskapet Byggherren Datterselskapet
    Eieren Eierne Emittenten Entreprenøren Finansforetaket Fondet Forbrukeren Foreningen Foretaket
    Fullmektigen Garantisten Garantistene Holdingselskapet Huseier Investoren
    Investorene Kjøper Kjøperen Klienten Kommunen Konsernet Konsulenten Kunden Kundene Leietaker
    Leietakeren Leverandør Leverandøren Leverandørene Låntaker Låntakeren Långiver Långiveren
    Långiverne Medlemmene Morselskapet Målselskapet Obligasjonseierne Oppdragsgiver Oppdragsgiveren
    Oppdragstaker Oppdragstakeren Partene Pensjonskassen Revisor Revisoren Sameiet Selger Selgeren
    Selgerne Selskapene Selskapet Stiftelsen Styret Tilbyder Tilbyderen Tillitsmannen
    Tilretteleggeren Tilretteleggerne Utleier Utleieren Utsteder Utstederen Valgkomiteen
    """.split()
)

PRONOUNS = frozenset(
    """
    Det Den De Dem Deres Dere Han Hun Hennes Vi Jeg Du
    Ukas Ukens Årets Dagens Månedens Kveldens Helgas Helgens
    """.split()
)

# What people are called together: `Palestinernes talsmann` opens a sentence, and names nobody.
_PEOPLES = """
    afghanerne albanerne algerierne amerikanerne araberne argentinerne armenerne australierne
    baskerne belgierne berberne bosniakene bosnierne brasilianerne britene bulgarerne danskene
    egypterne engelskmennene esterne europeerne finnene franskmennene georgierne grekerne
    grønlenderne indianerne inderne irakerne iranerne islendingene israelerne italienerne
    japanerne jesidiene jordanerne jødene kenyanerne kineserne koreanerne kosovoalbanerne kroatene
    kurderne kvenene latvierne libanerne libyerne litauerne makedonerne marokkanerne meksikanerne
    moldoverne mongolene nederlenderne nigerianerne nordmennene pakistanerne palestinerne perserne
    polakkene portugiserne romaene romanifolket rumenerne russerne samene serberne sikhene
    skottene skottlenderne slovakene slovenerne somalierne spanjolene svenskene sveitserne syrerne
    sørafrikanerne sørsamene taterne thailenderne tsjekkerne tsjetsjenerne tunisierne tyrkerne
    tyskerne uigurene ukrainerne ungarerne venezuelanerne vietnameserne waliserne østerrikerne
    kristne muslimene hinduene buddhistene katolikkene protestantene angolanerne bangladesherne
    bolivianerne burmeserne chilenerne colombianerne cubanerne ecuadorianerne eritreerne etiopierne
    filippinerne gambierne ghaneserne haitierne indoneserne jamaicanerne kanadierne kasakhstanerne
    kirgiserne kosovarene kubanerne kypriotene luxembourgerne malayserne malteserne montenegrinerne
    nepaleserne newzealenderne nordirene paraguayanerne peruanerne rwanderne saudiaraberne
    senegaleserne sudaneserne tadsjikerne taiwanerne tanzanierne turkmenerne ugandierne
    uruguayanerne usbekerne zambierne
    """.split()
# One of them: `Kroaten`, `Usbekeren`.
_ONE = [people[:-2] + "n" for people in _PEOPLES if people.endswith("ene")] + [
    people[:-2] + "en" for people in _PEOPLES if people.endswith("erne")
]
PEOPLES = frozenset(f"{people}{ending}" for people in [*_PEOPLES, *_ONE] for ending in ("", "s"))

# What is of a country, `sudansk`, as far as the country's name tells; of what is Nordic many bodies
# are called, `Norsk folkehjelp`.
_NORDIC = frozenset("Norge Noreg Danmark Sverige Finland Island Grønland Færøyene".split())
_COUNTRIES = {
    name.lower() for name in COUNTRIES - _NORDIC if " " not in name and name[1:].islower()
}
_OF_COUNTRIES = {
    *(f"{country}{ending}" for country in _COUNTRIES for ending in ("sk", "isk", "nsk")),
    *(
        f"{country[:-1]}{ending}"
        for country in _COUNTRIES
        for ending in ("sk", "isk", "ansk", "iansk", "ensk", "esisk")
    ),
    *(f"{country[:-2]}sk" for country in _COUNTRIES if country.endswith(("ia", "en"))),
}
OF_COUNTRIES = frozenset(f"{word}{ending}" for word in _OF_COUNTRIES for ending in ("", "e"))
FORCES = ("styrker", "tropper")

# How somebody from a place is called that opens a sentence: `Kalifornieren`, `Moldenseren`.
DEMONYMS = ("aneren", "enseren", "nieren", "lendingen", "sunderen", "væringen")
# What papers of such names do, of which some are unknown: `Nordlendingen skriver`.
PAPERS = frozenset("skriver skrev melder meldte omtalte omtaler".split())

# `Mann (42) tiltalt`: who is told by the age has no name.
AGED = frozenset("Mann Kvinne Gutt Jente Tenåring".split())

# `Hei Kari,` opens a letter.
GREETINGS = frozenset({"hei", "hallo", "heisann"})

# Titles in the definite form: `keeperen`, `lederen`, `ministeren`, and whose they are. There is
# one king and one Lord, so that NorNE takes `Kongen` and `Herren` for names.
_ONLY = frozenset({"kongen", "dronningen", "kronprinsen", "kronprinsessen", "paven", "herren"})
_NO_TITLES = frozenset({"administrerende", "daglig", "tidligere", "fungerende", "olje-"})
_DEFINITE = {title for title in TITLES if title.endswith("en")} | {
    f"{title}n" if title.endswith("e") else f"{title}en"
    for title in TITLES - _NO_TITLES
    if not title.endswith("en")
}
ROLES = frozenset(f"{title}{ending}" for title in _DEFINITE - _ONLY for ending in ("", "s"))

# Last parts of further titles: `Kommisjonsleder`, `Nobelprisvinneren`.
_HEADS = """
    leder vinner sjef minister direktør mester trener dommer forsker redaktør forfatter advokat
    politiker artist skuespiller professor lærer ordfører president rektor anmelder koordinator
    sekretær
    """.split()
TITLE_HEADS = tuple(f"{head}{ending}" for head in _HEADS for ending in ("", "n", "en"))

# Who belongs to what stands before the hyphen, `TikTok-eieren`, or how it has to do with that:
# `Iran-støttede`.
BELONGS = (
    ROLES
    | TITLES
    | {"eier", "eieren", "gründer", "gründeren", "selskapet", "veteranen", "topp", "toppen"}
    | {"forbundet", "foreningen", "firmaet", "bedriften", "kjenner", "kjenneren", "eksperten"}
    | {
        "baserte",
        "støttede",
        "tilknyttede",
        "kontrollerte",
        "eide",
        "ledede",
        "styrte",
        "vennlige",
        "kritiske",
    }
)

# How words for a firm end that begin with its town: `Trondheimsselskapet Plastivore`.
TOWN_FIRMS = ("selskapet", "firmaet", "bedriften")

# Before a known body, whose it is: `Hans Moderaterna`.
WHOSE = frozenset({"Hans", "Hennes", "Deres", "Vårt"})

# What one does to another: before two names that are known each by itself, the second is whom.
# `Tirsdag kritiserte Vedum Støre`.
DONE_TO = frozenset(
    """
    advarte anklager anklaget angriper angrep banket beseiret ber ba forsvarte gratulerte hyllet
    intervjuet inviterte knuste kritiserer kritiserte kjøper kjøpte møter møtte ringer ringte roste
    saksøker saksøkte slår slo støtter støttet takket traff treffer truet utfordrer utfordret
    """.split()
)

# How surnames end that are middle names of some, and `Moe`.
SURNAMES = tuple(
    """
    sen sson stad land lund berg rud vik haug moen lien dal dahl nes ås strøm heim Moe Lie Bø Hov
    """.split()
)


# Last parts of bodies of which there is one, so that the town after them is none of their name:
# `Meteorologisk institutt i Bergen`; but `Naturvernforbundet i Telemark`.
SINGLE = tuple(
    """
    institutt instituttet museet direktoratet tilsynet sentralbyrå Sintef SINTEF Nofima Norce NORCE
    Nibio NIBIO
    """.split()
)
# ... and of such that each town has: `Kirkelig fellesråd i Bodø`.
LOCAL = ("fellesråd",)

# What is called after who stands before it in the genitive: `Tarjei Vesaas' debutantpris`; but a
# price, and a medal, is somebody's.
PRIZES = tuple(
    """
    debutantpris minnepris ærespris hederspris litteraturpris kulturpris fredspris årsmedalje
    minnemedalje fortjenstmedalje
    """.split()
)

# Waters, which have no numbers: `i Eibyelva 17 laks`.
WATERS = ("elva", "elven", "vatnet", "vannet", "tjernet", "fjorden", "sundet", "bukta", "havet")

# How bodies end that two places have together: `Trysil og Engerdal Turlag`. Clubs play each other.
JOINT = ("forening", "lag", "klubb", "blad", "Kors", "menighet", "musikkorps")
PLAYING = ("idrettslag", "idrettsforening", "ballklubb", "idrettsklubb", "skiklubb", "sportsklubb")

# Who is one person, and no body, where a full name follows, as of a firm next door:
# `studiekameraten Rajesh Subramaniam`.
FELLOWS = frozenset(
    """
    barndomsvennen bestevennen ektemannen kameraten kjæresten kollegaen lagkameraten samboeren
    studiekameraten svigersønnen vennen venninnen
    """.split()
)
# Before, and after, somebody's name in a notice.
CONTACTS = frozenset("kontakt kontaktperson kontaktpersoner pressekontakt mediekontakt".split())
TELEPHONES = frozenset("tlf tlf. telefon mob mob. mobil".split())

# How words end after which stands a place: `flyktningleiren Kakuma`, or two: `kraftverkene A og B`.
SITES = ("leiren", "kraftverket", "grenseovergangen")
SEVERAL_SITES = ("leirene", "kraftverkene", "grenseovergangene")
# ... and what is built, or made, in numbers, or shot into space, and what makes ill.
CRAFT = tuple(
    """
    raketten satellitten romsonden dronen innretningen legemidlet legemiddelet vaksinen
    viruset proteinet
    """.split()
)
# What ends a body's name all the same, after `investoren`.
FIRMS = COMPANY_FORMS | set(
    "Capital Equity Fund Group Holding Invest Partners Relations Ventures".split()
)

# Nouns that are the end of a name where a place or body stands before them.
BODIES = frozenset(
    """
    sykehus sjukehus sentralsykehus sentralsjukehus universitetssykehus universitetssjukehus
    sykehjem sjukeheim skole skule barneskole barneskule ungdomsskole ungdomsskule friskole
    kulturskole folkehøgskole folkehøgskule katedralskole gymnas landsgymnas barnehage
    oppvekstsenter tingrett lagmannsrett herredsrett politidistrikt politistasjon
    lensmannskontor brannvesen idrettslag grendelag næringslag bygdelag bondelag turlag
    skytterlag museum bibliotek folkebibliotek symfoniorkester teater musikkorps skolekorps
    barnekor mannskor damekor kirkekor jentekor menighet aldershjem omsorgssenter
    turistforening sanitetsforening bridgeklubb asylmottak bispedømme sparebank kraftlag
    """.split()
)
BUILDINGS = frozenset(
    """
    kirke kyrkje domkirke domkyrkje stavkirke stavkyrkje fjellkirke fjellkyrkje kapell kloster
    stadion lufthavn lufthamn flyplass hotell rådhus festning fengsel kjøpesenter kulturhus
    nasjonalpark stasjon camping gruver travbane gravlund
    """.split()
)
COUNCILS = frozenset(
    """
    kommune fylkeskommune bystyre kommunestyre formannskap fylkesting suohkan gielda tjïelte
    """.split()
)

# After the name of a school, which may be somebody's.
SCHOOLS = frozenset({"vgs", "vgs."})

# How streets, houses and bodies end that are called after somebody, or are part of another body:
# `Edvard Munchs plass`, `FNs klimapanel`, `Nobels fredssenter`.
CALLED_AFTER = tuple(
    """
    gate gata gt. plass plassen vei veg allé torg park løkke hage brygge bro bru hus tårn minne stue
    skole skule institutt senter fakultet utvalg råd museum hospital sykehus stiftelse fond legat
    pris samling arkiv bibliotek kirke kapell kloster galleri teater scene forlag selskap forening
    lag klubb kor orkester band panel kommisjon organisasjon program komité komite styrker tropper
    kommissær hovedkvarter hovedkontor direktorat departement forbund parti musikkorps domstol
    akademi universitet høgskole venner menn bok verft mølle bruk gruve gruver stadion
    """.split()
)

# Of whom somebody is one, after what is told of something else: `Den muslimske brorskapen og sønn`.
KIN = frozenset("mor far sønn datter bror søster barnebarn ektefelle".split())

# Function words that never begin or end a name, unless they are written with a capital.
FUNCTION_WORDS = frozenset(
    """
    i på ved av til fra for med om og eller men at som er var blir ble har hadde sier sa mener
    skriver ifølge hos mot mellom under over etter før mens bisto bistod rådga rådgav m v
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
