"""Words that decide the base form of a name. Own compilation."""

from __future__ import annotations

# Names, or last words of names, that end in -s by themselves.
ENDS_IN_S = frozenset(
    """
    Aas Agnes Alexis Anders Andreas Angus Aris Atlas Boris Carlos Charles Chris Claes Clas Claus
    Cornelius Demetrius Denis Dennis Dolores Elias Ellis Enders Francis Franciscus Frans
    Fredericus Georges Gladys Hans Herakles Hermes Ines Inés Iris Isis Jacques James Janus Jens
    Jeremias Jesus Johannes Jonas Jones Judas Julius Klaas Klaus Kris Lars Laurits Lazarus Lewis
    Linus Lois Louis Lucas Lukas Mads Magnus Marcus Marius Markus Mathias Matias Mats Matthias
    Matts Mauritius Nes Nicholas Nicklas Nicolas Niels Niklas Nils Næs Oras Otis Paulus Petrus
    Phyllis Pius Rasmus Rufus Silas Sokrates Sophokles Thomas Titus Tobias Tomas Ulysses Ursus Vegas
    Xerxes Yonas Zacharias Zeus

    Adams Aquinas Bates Bernays Brooks Burns Burroughs Carlos Chambers Collins Combs Connors
    Cousins Daniels Davies Davis Dickens Dobbs Douglas Edwards Evans Fields Forbes Gates Gibbs
    Gomes Gonzales Guterres Harris Hastings Hawkins Hayes Heras Hernes Hicks Higgins Hodges
    Holmes Hopkins Hughes Humphreys Jacobs Jenkins Keys Lopes Lucas Lyons Matthews Mendes Meyers
    Michaels Morales Morris Myers Nunes Parks Perkins Peters Phelps Phillips Pires Ramos Reeves
    Reynolds Richards Rios Robbins Roberts Robles Rodrigues Rogers Rubens Sachs Samaras Sanders
    Santos Simmons Simons Soares Soros Spears Stephens Stevens Sykes Torres Tsipras Vargas
    Walters Waters Watkins Watts Wells Wilkins Williams Willis Woods Yates

    Aarhus Akershus Alas Alnes Alpes Andenes Andes Angeles Ardennes Arkansas Athens Athos
    Bahamas Barbados Belarus Brussels Buenos Cannes Caracas Chios Cyprus Dallas Damaskus
    Emirates Fagernes Finnsnes Hellas Honduras Hønefoss Illinois Indianapolis Kansas Kirkenes
    Kypros Lagos Laos Las Maldives Mars Massachusetts Memphis Minneapolis Mos Naxos Nidaros Orleans
    Paris Philippines Ramnes Reims Rhodos Risnes Røros Salamis Samos Sandnes Seychelles
    Stokmarknes Texas Tigris Tjeldnes Tunis Uranus Valdres Venus Versailles Vilnius Wales Worms

    Adidas Airlines Airways Asus Athletics Avengers Awards Beatles Bergans Blues Boss Bros
    Brothers Business Campus Celtics Circus Congress Corpus Devils Express Fitness Games Giants
    Hells Holdings Images Industries Kos Lakers Lexus Lions Lotus Ludens Mavericks Mercedes
    Motors News Oilers Olympus Partners Philips Pictures Plus Press Prius Rangers Records Reds
    Renewables Res Resources Reuters Rolls Saints Series Services Siemens Solutions Sports Spurs
    Stars States Stones Studios Swiss Systems Technologies Times Tours Towers Unis Warriors Wolves
    Yankees

    Africans Analytics Chemicals Consultants Designs Diagnostics Fasteners Foods Horizons
    Investments Investors Labs Markets Merchants Metals Minerals Networks Optics Railways
    Restaurants Robotics Screens Seafoods Studies Tankers Ventures

    Angels Bears Bees Birds Boys Bruins Bulls Canucks Capitals Cowboys Doors Dragons Ducks Eagles
    Falls Flames Flyers Friends Girls Guns Gunners Hawks Hotspurs Hurricanes Islanders Jets Kids
    Killers Kings Kinks Knights Maps Monkeys Osbournes Panthers Penguins Peppers Pirates Pistols
    Predators Queens Raiders Ramones Rings Roses Sabres Senators Sharks Simpsons Sopranos Strokes
    Thrones Villans Wars Wings Sveits Hamas Habermas Kors Yes Møhlenpris Kolås

    Arends Bals Behrens Bruns Clemens Engels Hals Ims Irgens Kahrs Laurens Lavrans
    Mjøs Mogens Niclas Os Riekeles Rubens Røys Salles Truls Valdes Troms Bangs Børs Hendricks

    Abbas Boas Briggs Carreras Cummings Giggs Haas Jennings Kuipers Lubbers Maas Menzies Mertens
    Peeters Rawlings Rees SEALs Vipers Wilders

    Alves Barros Campos Chaves Dantas Dias Esteves Fernandes Flores Fuentes Gonçalves Guedes Neves
    Reyes Rhodes Tavares Villegas
    """.split()
)

# Brands with an English apostrophe of their own.
ENDS_IN_APOSTROPHE_S = frozenset(
    """
    McDonald's Moody's Levi's Domino's Lloyd's Sotheby's Christie's Kellogg's Poor's Macy's Wendy's
    Men's Women's Women’s McDonald’s Moody’s Levi’s Lloyd’s Sotheby’s Christie’s Kellogg’s
    Poor’s Ben's Jerry's Hellmann's
    """.split()
)

# What follows somebody's name in the genitive, and nothing else: `Mario Draghis rapport`.
OWNED = frozenset(
    """
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

# Heads whose compound is the same thing as the name in it.
PLACE_HEADS = frozenset(
    """
    provinsen regionen området områdene distriktet fylket fylke kommunen kommune byen bydelen
    halvøya halvøyen øya øyene stripen stripa kysten dalen fjellet fjellene sjøen
    havet deltaet slettene platået sletta vassdraget tettstedet traktene kanten
    landsbyen republikken staten delstaten kantonen guvernementet enklaven elva elven feltet
    """.split()
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

# Heads of names in their own right, where the model says so: "EU-kommisjonen", "Munch-museet".
OWN_NAME_HEADS = frozenset(
    """
    kommisjonen parlamentet domstolen komiteen komitéen museet instituttet sentralen rådet banken
    forbundet universitetet høgskolen høyskolen sykehuset fondet stiftelsen biblioteket arkivet
    teatret teateret festivalen prisen cupen akademiet senteret skolen kirken kirka posten bladet
    toppmøtet mesterskapet foreningen forening utvalget observatoriet legatet
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

# Heads before which stands a family, whatever the model says: `Solberg-familien`.
FAMILY_HEADS = frozenset(
    """
    familien familiens familie slekten slekta brødrene søstrene søsknene tvillingene trillingene
    arvingene paret ekteparet foreldrene
    """.split()
)

# ... and before which stands somebody: `Moxnes-arvingen`.
SOMEBODY_HEADS = FAMILY_HEADS | frozenset(
    "arving arvingen arvinger enke enken enka pappa pappaen mamma mammaen".split()
)

# Heads before which a surname is nobody's alone; clans and dynasties are of other names as well.
KIN_HEADS = FAMILY_HEADS | {"dynastiet", "klanen"}

# Heads that make something else of a person.
OF_PEOPLE_HEADS = KIN_HEADS | frozenset(
    """
    regjeringen regimet administrasjonen tiden tida effekten saken saka etterfølger etterfølgeren
    arving arvingen enke enken enka
    """.split()
)
# ... and how others end that do so of what is a name without them: `Grimstad-mannen`.
OF_NAME_ENDINGS = ("en", "et", "ene", "erte", "jenta", "kvinna")

# Heads of places and bodies that bear somebody's name: "Lincoln-monumentet", "Golden Gate-brua".
NAMED_AFTER_HEADS = frozenset(
    """
    brua broen skogen monumentet huset minnesmerket tunnelen parken gata gaten plassen torget
    stadion arenaen hallen tårnet galleriet hotellet flyplassen lufthavnen veien vegen katedralen
    moskeen kirkegården gravlunden
    """.split()
)

# What is called after a person with a head like these: `Henrik Ibsen-senteret`.
CALLED = (
    dict.fromkeys(OWN_NAME_HEADS, "organisation")
    | dict.fromkeys(NAMED_AFTER_HEADS | {"kirken", "kirka"}, "place")
    | dict.fromkeys("festivalen cupen toppmøtet mesterskapet".split(), "event")
    | {"prisen": "product", "teleskopet": "product", "skipet": "product"}
    | {"programmet": "product"}
)

# Heads of whom and what firms have, and towns have not.
FIRM_HEADS = frozenset(
    """
    aksje aksjen aksjer aksjene aksjonær aksjonærer ansatt ansatte direktør direktøren eier eieren
    eiere eierne gründer gründeren journalist journalisten konsernet ledelse ledelsen redaktør
    redaktøren sjef sjefen styre styret topp toppen toppsjef toppsjefen
    """.split()
)

# What follows a town, or another name, in the name of its club; the short ones may go before it.
CLUB_FORMS = frozenset("BK FC FF FK HK IF IK IL SK TF Fotball Håndball Hockey Ishockey".split())

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
