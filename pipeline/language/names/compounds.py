"""Takes compounds with a hyphen apart: `Nato-landet`, `Idlib-provinsen`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.known import COUNTRIES, COUNTRY_OF, ORGANISATIONS, PLACES, SHARED, type_of
from pipeline.language.lexicon import CALLED, ENDS_IN_S, NAMED_AFTER_HEADS, OWN_NAME_HEADS
from pipeline.language.names.data import (
    ARMIES,
    CANAL,
    DEFINITE,
    FIELD,
    HOUSES,
    LEAGUE_HEADS,
    LISTS,
    MADE_HEADS,
    MOUNTAIN_PASSES,
    OF_NAME_ENDINGS,
    OF_PEOPLE_HEADS,
    ORGANISATION_HEADS,
    OWN_OF_OTHERS,
    OWN_THINGS,
    PLACE_HEADS,
    WATER_HEADS,
)

# The name inside has a capital or a digit, the head is lower case and the last part.
_COMPOUND = re.compile(r"(?P<inner>.*[^\s»\"”-])[\s»\"”]*-(?P<head>[a-zæøåéòü]+)")
# `Forbundet for Nav-ansatte`, `Senter for Ibsen-studier`: a body by a phrase.
_PHRASE = re.compile(r"\w (?:for|av) ")


_NORWAY = "NOR"


@dataclass(frozen=True, slots=True)
class Parts:
    """A name with its compound taken off.

    Attributes:
        inner: The name inside.
        derived: Whether the compound is something else than that name.
        kind: Type that the head gives, None where the name inside decides.
    """

    inner: str
    derived: bool
    kind: str | None = None


def _is_name(word: str) -> bool:
    # One letter is none, "T-banen", "A-laget"; but there is TV 2, iPhone and by:Larm.
    last = word.rsplit(maxsplit=1)[-1]
    capital = any(map(str.isupper, last[:2])) or ":" in last
    return (len(last) > 1 and capital) or (len(word) > 1 and last[0].isdigit())


def _is_derived(inner: str, head: str, names: frozenset[str]) -> bool:
    """Whether what the model takes for a person is called after one, or a town: `Vedum-effekten`.

    The Guangxu-keiseren is somebody, as nothing is Guangxu.
    """
    named = inner in names or inner in SHARED or type_of(inner) is not None
    return head in OF_PEOPLE_HEADS or (named and head.endswith(OF_NAME_ENDINGS))


def _is_own_name(inner: str, head: str, label: str, names: frozenset[str]) -> bool:
    """Whether the whole is a name, not something called after one.

    So are people (`Kim Jong-un`), and what the model calls a product or an event (`Da Vinci-koden`,
    `Libya-krigen`); of places and bodies those with certain heads, and short ones (`Garosu-gil`),
    and bodies that are phrases.
    """
    if label in {"PROD", "EVT"} and head in MADE_HEADS:
        return False
    if label in {"PER", "PROD", "EVT"}:
        return label != "PER" or not (head in PLACE_HEADS or _is_derived(inner, head, names))
    if label == "ORG" and _PHRASE.search(inner):
        return True
    return label != "DRV" and (head in OWN_NAME_HEADS or head in NAMED_AFTER_HEADS or len(head) < 4)


def _without_link(inner: str, names: frozenset[str]) -> str:
    """What a name is when it is no first part: `Finnmark`, `Arbeiderpartiet`, where that is known.

    `Finnmarks-politikeren` has a linking -s, `Arbeiderparti-topp` no article.
    """
    if inner not in names and type_of(inner) is None and f"{inner}et" in ORGANISATIONS:
        return f"{inner}et"
    word = inner.rsplit(maxsplit=1)[-1]
    if not word.endswith("s") or word in ENDS_IN_S or inner in names:
        return inner
    return inner[:-1] if inner[:-1] in names or inner[:-1] in PLACES else inner


def _is_person(inner: str, label: str) -> bool:
    """Whether it is somebody by the label, or as who has two names and is nothing else."""
    *first, last = inner.split()
    named = first and first[0][0].isupper() and last[0].isupper()
    return label == "PER" or (label == "DRV" and bool(named) and type_of(inner) in (None, "person"))


def _thing(surface: str, inner: str, head: str, label: str) -> str | None:
    """The type of a thing that has a name of its own by another's: `Ottawa-konvensjonen`."""
    known = type_of(inner)
    if head == FIELD and surface in PLACES:  # `Edvard Grieg-feltet` is not the composer
        return "place"
    if head in MOUNTAIN_PASSES:
        return "place" if known is None and label in {"LOC", "GPE_LOC"} else None
    acts = known in ("person", "organisation")
    thing = OWN_THINGS.get(head) or (None if acts else OWN_OF_OTHERS.get(head))
    return None if label in {"PER", "EVT"} else thing


def _whole(surface: str, inner: str, head: str, label: str) -> Parts | None:
    """Leagues, waters, and what people have given their name, are something else than that."""
    if head in CALLED and _is_person(inner, label):
        return Parts(surface, derived=False, kind=CALLED[head])
    stands = head in LISTS and inner in PLACES and COUNTRY_OF.get(inner, _NORWAY) == _NORWAY
    if stands or (head in ORGANISATION_HEADS and label == "PER"):
        return Parts(surface, derived=False, kind="organisation")
    army = head in ARMIES and type_of(inner) in ((None, "place") if label == "ORG" else (None,))
    if (head in LEAGUE_HEADS or army) and label in {"ORG", "DRV"}:
        return Parts(surface, derived=False, kind="organisation")
    if (thing := _thing(surface, inner, head, label)) is not None:
        return Parts(surface, derived=False, kind=thing)
    if head in WATER_HEADS | HOUSES or (head == CANAL and (label == "LOC" or inner in COUNTRIES)):
        solid = f"{inner}{head}"  # `Hormuz-stredet`
        return Parts(solid if solid in PLACES else surface, derived=False, kind="place")
    return None


def take_apart(surface: str, label: str, names: frozenset[str]) -> Parts | None:
    """The name inside a compound, None where there is no compound.

    Args:
        surface: The name as it stands, its genitive gone.
        label: What the model calls it.
        names: Other names of the document, as they stand.
    """
    match = _COMPOUND.fullmatch(surface)
    known = surface in ORGANISATIONS and label != "PER"  # `Max Planck-instituttet`
    if known or match is None or not _is_name(match["inner"]):
        return None
    inner, head = match["inner"], match["head"]
    if (whole := _whole(surface, inner, head, label)) is not None:
        return whole
    if head in DEFINITE and (label != "PER" or head == "s"):
        return Parts(inner, derived=False)
    own_place = surface in PLACES and head not in PLACE_HEADS  # `Moria-leiren`
    if own_place or _is_own_name(inner, head, label, names):
        return None
    inner = _without_link(inner, names)
    if head in PLACE_HEADS and type_of(inner) != "organisation":  # `Unesco-byen`
        return Parts(inner, derived=False, kind="place")
    same = head in ORGANISATION_HEADS and label in {"ORG", "MISC"}
    return Parts(inner, derived=not same, kind="organisation" if same else None)
