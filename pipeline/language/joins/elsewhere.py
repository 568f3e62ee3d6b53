"""Places of the same name as one that is known: `Paris i Texas`, as a pure function."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language.known import COUNTRIES, COUNTRY_OF

# `byen Paris i Texas`, but `elever fra Paris i Texas` are somewhere else than they are from.
_WHERE = frozenset("i ved på til nær utenfor byen".split())
# Parts of countries that tell where a town is.
_STATES = frozenset(
    """
    Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii
    Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan
    Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania
    Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming Ontario Quebec Alberta
    Manitoba Saskatchewan Queensland Victoria Skottland England Wales Bayern
    """.split()
) | {
    "British Columbia",
    "New Hampshire",
    "New Jersey",
    "New Mexico",
    "New South Wales",
    "New York",
    "Nord-Dakota",
    "Nord-Carolina",
    "Nord-Irland",
    "North Carolina",
    "North Dakota",
    "Rhode Island",
    "South Carolina",
    "South Dakota",
    "Sør-Carolina",
    "Sør-Dakota",
    "Vest-Virginia",
    "West Virginia",
}
_ALSO_A_STATE = frozenset({"Georgia"})  # of the countries


def find_elsewhere(said: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Which places of a document are not the well-known ones of that name.

    Args:
        said: A word, the name of the place after it, and of the one in which it says that is.

    Returns:
        Their names to longer ones: `Paris (Texas)`.
    """
    return {
        name: f"{name} ({region})"
        for before, name, region in said
        if before.lower() in _WHERE and _contradicts(name, region)
    }


def _contradicts(name: str, region: str) -> bool:
    if region not in COUNTRIES and region not in _STATES:
        return False
    if name in COUNTRIES and name not in _ALSO_A_STATE:
        return False
    known, said = COUNTRY_OF.get(name), COUNTRY_OF.get(region)
    return known is not None and said is not None and known != said
