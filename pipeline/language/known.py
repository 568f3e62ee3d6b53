"""What is known of names, for the rules that have nothing else to go by.

The facts are those of `pipeline.knowledge`; what the document itself says always comes first.
"""

from __future__ import annotations

from functools import cache

from pipeline import knowledge


@cache
def _column(table: str, column: str) -> list[str]:
    values: list[str] = knowledge.read(table)[column].to_pylist()
    return values


def _by_name(table: str, column: str) -> dict[str, str]:
    return dict(zip(_column(table, "name"), _column(table, column), strict=True))


# Other names of a thing to its usual one: `WHO` is Verdens helseorganisasjon.
CANONICAL = _by_name("aliases", "canonical")
_ALIASES = _by_name("aliases", "type")

_COUNTRIES = frozenset(_column("countries", "name"))
COUNTRIES = _COUNTRIES | {name for name, usual in CANONICAL.items() if usual in _COUNTRIES}

_PLACES = _by_name("places", "sure")

# Names that are places and nothing else; short ones are too much like other words.
PLACES = (
    COUNTRIES
    | {name for name, sure in _PLACES.items() if sure != "no" and len(name) > 2}
    | {name for name, kind in _ALIASES.items() if kind == "place"}
)

# Names of places, also those that may be somebody's, or an ordinary word.
MAYBE_PLACES = frozenset(_PLACES)

# Names of oil fields to their full ones: `Grane` to Grane-feltet.
_FIELD = "-feltet"
FIELDS = {name.removesuffix(_FIELD): name for name in PLACES if name.endswith(_FIELD)}

# In which country, as ISO 3166-1 alpha-3, where the name stands for one place.
COUNTRY_OF = {
    name: country
    for table in ("places", "countries")
    for name, country in _by_name(table, "country").items()
    if country
}
COUNTRY_OF |= {  # `Moscow, Idaho` is not Moskva
    name: COUNTRY_OF[usual]
    for name, usual in CANONICAL.items()
    if _ALIASES[name] == "place" and usual in COUNTRY_OF
}

# Countries by three letters, ISO 3166-1 alpha-3 and where sports have others (the International
# Olympic Committee's), of which some are bodies or words elsewhere: `FIN`.
_SPORTS = """
    ALG=Algerie BUL=Bulgaria CHI=Chile CRO=Kroatia DEN=Danmark GER=Tyskland GRE=Hellas INA=Indonesia
    IRI=Iran KSA=Saudi-Arabia LAT=Latvia MAS=Malaysia MGL=Mongolia NED=Nederland NGR=Nigeria
    PAR=Paraguay PHI=Filippinene POR=Portugal RSA=Sør-Afrika SLO=Slovenia SUI=Sveits URU=Uruguay
    VIE=Vietnam
    """
CODES = dict(zip(_column("countries", "country"), _column("countries", "canonical"), strict=True))
CODES |= dict(pair.split("=") for pair in _SPORTS.split())

ORGANISATIONS = frozenset(_column("organisations", "name")) | {
    name for name, kind in _ALIASES.items() if kind == "organisation"
}

_CLUBS = {name for name, kind in _by_name("organisations", "kind").items() if kind == "club"}
CLUBS = frozenset(_CLUBS | {name for name, usual in CANONICAL.items() if usual in _CLUBS})

_OTHERS = _by_name("products_and_events", "type") | {
    name: kind for name, kind in _ALIASES.items() if kind in ("product", "event")
}

# People in the news, and surnames by which they are.
PUBLIC = frozenset(_column("people", "name"))
PEOPLE = frozenset(filter(None, _column("people", "surname")))

# Words that several people are called by, and first names.
SHARED = frozenset(_column("shared_names", "name"))
FORENAMES = frozenset(name for name, first in _by_name("shared_names", "forename").items() if first)

# One spelling for names that papers spell in several ways: `NATO` is Nato.
SPELLINGS = {
    name: canonical for name, canonical in CANONICAL.items() if name.lower() == canonical.lower()
}

# What stands after a name and is not owned by it: `henter`, `tatt`, `trolig`.
UNOWNED = frozenset(_column("unowned", "name"))

COMPANY_FORMS = frozenset(_column("company_forms", "name"))


def type_of(name: str) -> str | None:
    """The type of a well-known name, out of `pipeline.vocabulary.TYPES`, else None."""
    if name in COUNTRIES:
        return "place"
    if name in ORGANISATIONS:
        return "organisation"
    if name in PLACES:
        return "place"
    return "person" if name in PEOPLE else _OTHERS.get(name)


@cache
def ordinary_words() -> frozenset[str]:
    """What is written with a capital where any word is, and hardly ever else: `hyse`, `lampen`."""
    return frozenset(_column("ordinary_words", "name"))


@cache
def spots() -> dict[str, tuple[float, float]]:
    """Where places lie that are one alone, in degrees north and east."""
    columns = (_column("places", column) for column in ("name", "latitude", "longitude"))
    rows = zip(*columns, strict=True)
    return {name: (float(north), float(east)) for name, north, east in rows if north is not None}


@cache
def regions() -> dict[str, str]:
    """Norwegian municipalities and counties to their codes: NO-1804, NO-18."""
    return {name: region for name, region in _by_name("places", "region").items() if region}


@cache
def municipalities() -> frozenset[str]:
    """Names of Norwegian municipalities, which have longer codes than counties."""
    return frozenset(name for name, region in regions().items() if len(region) > len("NO-18"))


@cache
def by_lower_case() -> dict[str, str]:
    """The usual spelling of what is known, by the one without capitals: `fn` is FN.

    Of two that differ by their capitals alone it is the one with fewer: `ap` is Ap, and not AP.
    """
    usual: dict[str, str] = {}
    for name in {*COUNTRIES, *ORGANISATIONS, *MAYBE_PLACES, *_OTHERS, *CANONICAL, *PEOPLE}:
        other = usual.setdefault(name.lower(), name)
        if other != name:
            usual[name.lower()] = max(name, other, key=_capitals_last)
    return usual


def _capitals_last(name: str) -> tuple[int, str]:
    return -sum(map(str.isupper, name)), name
