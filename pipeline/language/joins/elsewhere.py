"""Places of the same name as one that is known: `Paris i Texas`, as a pure function."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import cos, hypot, radians

from pipeline.language.known import (
    CANONICAL,
    COUNTRIES,
    COUNTRY_OF,
    PLACES,
    municipalities,
    regions,
    spots,
)

# `byen Paris i Texas`, `Sted: Paris i Texas`, `hun er fra Paris i Texas`; but `elever fra Paris i
# Texas` are somewhere else than they are from.
_WHERE = frozenset("i ved på til nær utenfor byen : (".split()) | {
    f"{word} fra" for word in "er var være vært kommer kom kommet opprinnelig".split()
}
# Parts of countries that tell where a town is.
STATES = {
    state.strip(): country
    for country, states in {
        "USA": """
            Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware,
            Florida, Georgia, Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana,
            Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana,
            Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, Nord-Carolina,
            Nord-Dakota, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania,
            Rhode Island, South Carolina, South Dakota, Sør-Carolina, Sør-Dakota, Tennessee, Texas,
            Utah, Vermont, Vest-Virginia, Virginia, Washington, West Virginia, Wisconsin, Wyoming
            """,
        "CAN": "Alberta, British Columbia, Manitoba, Ontario, Quebec, Saskatchewan",
        "AUS": "New South Wales, Queensland, Victoria",
        "GBR": "England, Nord-Irland, Skottland, Wales",
        "DEU": "Bayern",
    }.items()
    for state in states.split(",")
}
_ALSO_SMALLER = frozenset({"Georgia", "Grønland"})  # countries, a state and a part of Oslo
# What an article names with the state; New York and Washington are of the whole world.
_BESIDE_STATE = {state for state, country in STATES.items() if country == "USA"} | {"Atlanta"}
_BESIDE_STATE -= {"Georgia", "New York", "Washington"}
_BESIDE_COUNTRY = {"Abkhasia", "Armenia", "Aserbajdsjan", "Kaukasus", "Moldova", "Russland"}
_BESIDE_COUNTRY |= {"EU", "Sør-Ossetia", "Tyrkia", "Ukraina"}
# In which county districts of Norway lie; what has the same name in another is another place.
_DISTRICTS = {
    district: county
    for county, districts in {
        "NO-11": "Jæren Ryfylke",
        "NO-15": "Nordmøre Romsdal Sunnmøre",
        "NO-18": "Helgeland Lofoten Ofoten Salten Vesterålen",
        "NO-30": "Follo Hallingdal Numedal Romerike Østfold",
        "NO-34": "Gudbrandsdalen Hadeland Hedmarken Toten Valdres Østerdalen",
        "NO-38": "Telemark Vestfold",
        "NO-42": "Agder Setesdal Sørlandet",
        "NO-46": "Hardanger Nordfjord Nordhordland Sogn Sunnfjord Sunnhordland",
        "NO-50": "Fosen Innherred Namdalen Trøndelag",
    }.items()
    for district in districts.split()
}
_DEGREE = 111  # kilometres to the north
_FAR = 60  # kilometres; few places lie further from the middle of their municipality
_CONGOS = frozenset({"Kongo-Brazzaville", "Kongo-Kinshasa"})  # countries


def find_elsewhere(said: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Which places of a document are not the well-known ones of that name.

    Args:
        said: A word, of `fra` with the one before it, the name of the place after it, and of the
            one in which it says that is.

    Returns:
        Their names to longer ones: `Paris (Texas)`.
    """
    return {
        name: f"{name} ({region})"
        for before, name, region in said
        if before.lower() in _WHERE and _contradicts(name, region)
    }


def find_states(names: Collection[str]) -> dict[str, str]:
    """Georgia is the state beside Atlanta or Texas, and no country of the Caucasus.

    Args:
        names: The document's.
    """
    abroad = any(COUNTRY_OF.get(name) == "GEO" for name in set(names) - {"Georgia"})
    country = abroad or not _BESIDE_COUNTRY.isdisjoint(names)
    state = "Georgia" in names and not _BESIDE_STATE.isdisjoint(names)
    return {"Georgia": "Georgia (USA)"} if state and not country else {}


def find_countries(names: Collection[str]) -> dict[str, str]:
    """Kongo is the country of the two that the article names, if it names one: DR Kongo.

    Args:
        names: The document's.
    """
    named = {CANONICAL.get(name, name) for name in names} & _CONGOS
    return dict.fromkeys({"Kongo"} & set(names), min(named)) if len(named) == 1 else {}


def _contradicts(name: str, region: str) -> bool:
    if name in COUNTRIES and name not in _ALSO_SMALLER:
        return False
    if region in municipalities() and _is_far(name, region):
        return True
    county = _DISTRICTS.get(region)  # `Kvam i Gudbrandsdalen` is not Kvam in Hardanger
    if county is not None and not regions().get(name, county).startswith(county):
        return True
    known = COUNTRY_OF.get(name)
    # `Grønland i Oslo`; who writes of Oslo in Minnesota says so first.
    tells = region in COUNTRIES or (region in PLACES and COUNTRY_OF.get(region) == "NOR")
    country = COUNTRY_OF.get(region) if tells else None
    said = {STATES.get(region), country} - {None}  # `Atlanta i Georgia`, `Tbilisi i Georgia`
    return known is not None and bool(said) and known not in said


def _is_far(name: str, region: str) -> bool:
    """Whether a place is too far away to lie in a municipality: `Leirvik i Hyllestad`."""
    known = spots()
    if name not in known or region not in known:
        return False
    (north, east), (then, there) = known[name], known[region]
    width = cos(radians(then))  # of a degree to the east
    return hypot(north - then, (east - there) * width) * _DEGREE > _FAR
