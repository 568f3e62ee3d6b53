"""Words that several components go by. Own compilation."""

from __future__ import annotations

from pipeline.language.known import ORGANISATIONS, SHARED

# Words that open a sentence far more often than they are part of a name.
STARTERS = frozenset(
    """
    alle alt andre at av bare ble blant bør da de deler den denne der derfor dermed deretter derimot
    dersom dessuten det dette disse du eller en er et etter flere for fordi foreløpig forrige fra
    fram før først ha han hans har heller her hennes hun hva hvem hver hvilke hvilken hvis hvor
    hvordan hvorfor i ifølge igjen ikke imens imidlertid in ingen inntil ja jeg kan kanskje kort
    kun legg lite man mange med mellom men mens mer mest min mot må nei neste noe noen nok nylig nå
    når og også om omtrent over overfor på se selv senere seinere siden sist skal slik slike som
    stadig står så samtidig samme til tidligere tilsammen totalt tross trolig under uten utover
    var ved vi vil ville vår våre å år åtte én to tre fire fem seks sju syv ni ti
    politiet regjeringen saken mannen kvinnen ifølge både ellers enn ett hele litt mye nettopp
    """.split()
)

# News agencies, which share a byline with hyphens between them.
NEWS_AGENCIES = frozenset(
    """
    AFP ANB ANSA AP APA Anadolu BNS Belga Bloomberg DPA EFE IRNA Interfax Kyodo LETA MIA NPK NTB PA
    PAP RB RIA RÚV Reuters Ritzau SANA STA STT TASS TDN TT Tanjug UPI Ukrinform WAFA Xinhua Yonhap
    """.split()
)

# Whom credits name, in lower case: those, but for what is somebody's name without capitals, and
# others.
_NEWS = frozenset(name.lower() for name in NEWS_AGENCIES - {"LETA", "MIA", "RIA", "SANA", "STA"})
AGENCIES = _NEWS | frozenset(
    " ".join(name.split())
    for name in """
    ntb scanpix, scanpix, ntb/scanpix, ap photo, tt nyhetsbyrån, ritzau scanpix, epa, anp, getty,
    getty images, shutterstock, istock, bildbyrån, bildbyrån norway, gorilla, digitalsport, zuma,
    zuma press, rex, rex features, sipa, abaca, all over press, nrk, tv 2, vg, dagbladet,
    aftenposten, dn,
    dagens næringsliv, bt, bergens tidende, adresseavisen, e24, nettavisen, dagsavisen, vårt land,
    klassekampen, stavanger aftenblad, forsvaret, politiet, kripos, nasa, esa, facebook, instagram,
    twitter, youtube, snapchat, tiktok, netflix, hbo, disney, nato, fn, unicef, unhcr, lehtikuva,
    polfoto, samfoto, mostphotos, colourbox, unsplash, pixabay, wikimedia, wikimedia commons,
    amazon prime, amazon, google, google maps, kartverket, statens vegvesen
    """.split(",")
)

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
    ceo cfo coo cto svp evp pater inspektør brannsjef brannmester sykepleier lensmann
    turistsjef havnesjef næringssjef fenrik sersjant oversersjant korporal visekorporal menig
    oberstløytnant generalmajor generalløytnant brigader rittmester kvartermester kommandør
    kommandørkaptein flaggkommandør orlogskaptein kapteinløytnant kontreadmiral viseadmiral
    sorenskriver politibetjent politiførstebetjent politioverbetjent lensmannsbetjent
    politistasjonssjef etterforsker etterforskningsleder domprost kapellan rabbiner rektor
    lektor universitetslektor førstelektor stipendiat postdoktor tannlege veterinær jordmor
    kommuneoverlege smittevernoverlege rådmann kommunedirektør historiker statsviter psykolog
    gartner jockey renholder diakon kantor organist kokk servitør kelner vaktmester elektriker
    sjåfør bussjåfør drosjesjåfør lastebilsjåfør styrmann matros pilot kirketjener kirkeverge
    sommelier agronom pensjonist lærling reindriftsutøver megler eiendomsmegler skipsmegler
    reichskommissar investor gründer
    youtuber streamer influenser tiktoker blogger speaker
    """.split()
)

# Who is one person, and no body: `streameren Caedrel`.
PERSONS = frozenset("youtuberen streameren influenseren tiktokeren bloggeren".split())

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

# What people are called: a well-known name with an -s that is one of these is theirs.
SOMEBODY = ENDS_IN_S | SHARED

# What follows a town, or another name, in the name of its club; the short ones may go before it.
CLUB_FORMS = frozenset("BK FC FF FK HK IF IK IL SK TF Fotball Håndball Hockey Ishockey".split())

# What clubs of two words are called alone: `Viking` of Viking FK. Many are towns too.
SHORT_CLUBS = {
    club for club, _, form in (name.rpartition(" ") for name in ORGANISATIONS) if form in CLUB_FORMS
}

# What one does with what one has: `raketten Zorp eide` is not called Zorp.
OWNING = frozenset(
    """
    bruker brukte bygde bygger driver drev eide eier eies leide leier planlegger sender sendte
    skyter skjøt solgte
    """.split()
)

# What stands before a ship's name: of the coast guard, navies, motor and steam ships, ferries,
# tankers, service and rescue ships.
SHIP_PREFIXES = frozenset(
    "KV KNM MS M/S MF M/F M/T M/V MV OV RS HNoMS USS HMS HMCS HDMS BRP D/S S/S".split()
)

# Quotation marks that open to those that close.
QUOTES = {"«": "»", '"': '"', "“": "”", "”": "”"}

# Heads of names in their own right, where the model says so: "EU-kommisjonen", "Munch-museet".
OWN_NAME_HEADS = frozenset(
    """
    kommisjonen parlamentet domstolen komiteen komitéen museet instituttet sentralen rådet banken
    forbundet universitetet høgskolen høyskolen sykehuset fondet stiftelsen biblioteket arkivet
    teatret teateret festivalen prisen cupen akademiet senteret skolen kirken kirka posten bladet
    toppmøtet mesterskapet foreningen forening utvalget observatoriet legatet
    """.split()
)

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

# Heads before which stands a family, whatever the model says: `Solberg-familien`.
FAMILY_HEADS = frozenset(
    """
    familien familiens familie slekten slekta brødrene søstrene søsknene tvillingene trillingene
    arvingene paret ekteparet foreldrene
    """.split()
)

# Heads before which a surname is nobody's alone; clans and dynasties are of other names as well.
KIN_HEADS = FAMILY_HEADS | {"dynastiet", "klanen"}

# Before somebody who only comes up beside who the article is about: `pappa Henrik Carlsen`.
KIN = frozenset(
    """
    pappa faren far mamma moren mor kona kone ektemannen ektemann ektefellen samboeren samboer
    kjæresten sønnen sønn datteren dattera datter broren bror lillebror storebror tvillingbroren
    søsteren søstera søster lillesøster storesøster onkelen onkel tanten tante fetteren fetter
    kusinen nevøen niesen bestefaren bestefar bestemoren bestemor farfar morfar svigerfaren
    svigermoren svigersønnen barnebarnet enken stefaren stesønnen
    """.split()
)

# Heads of whom and what firms have, and towns have not.
FIRM_HEADS = frozenset(
    """
    aksje aksjen aksjer aksjene aksjonær aksjonærer ansatt ansatte direktør direktøren eier eieren
    eiere eierne gründer gründeren journalist journalisten konsernet ledelse ledelsen redaktør
    redaktøren sjef sjefen styre styret topp toppen toppsjef toppsjefen
    """.split()
)
