"""Takes compounds with a hyphen apart: `Nato-landet`, `Idlib-provinsen`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.known import ORGANISATIONS, PLACES
from pipeline.language.names.data import (
    DEFINITE,
    ENDS_IN_S,
    NAMED_AFTER_HEADS,
    ORGANISATION_HEADS,
    OWN_NAME_HEADS,
    PLACE_HEADS,
)

# The name inside starts with a capital or a digit, the head is lower case and the last part.
_COMPOUND = re.compile(r"(?P<inner>.*[^\s»\"”-])[\s»\"”]*-(?P<head>[a-zæøåéò]+)")


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
    # One letter is none: "T-banen", "A-laget".
    return len(word) > 1 and (word[0].isupper() or word[0].isdigit())


def _is_own_name(head: str, label: str) -> bool:
    """Whether the whole is a name, not something called after one.

    So are people (`Kim Jong-un`), and what the model calls a product or an event (`Da Vinci-koden`,
    `Libya-krigen`); of places and bodies those with certain heads, and short ones (`Garosu-gil`).
    """
    if label in {"PER", "PROD", "EVT"}:
        return True
    return label != "DRV" and (head in OWN_NAME_HEADS or head in NAMED_AFTER_HEADS or len(head) < 4)


def _without_link(inner: str, names: frozenset[str]) -> str:
    """`Finnmarks` of `Finnmarks-politikeren`: only where the name without -s is known."""
    word = inner.rsplit(maxsplit=1)[-1]
    if not word.endswith("s") or word in ENDS_IN_S or inner in names:
        return inner
    return inner[:-1] if inner[:-1] in names or inner[:-1] in PLACES else inner


def take_apart(surface: str, label: str, names: frozenset[str]) -> Parts | None:
    """The name inside a compound, None where there is no compound.

    Args:
        surface: The name as it stands, its genitive gone.
        label: What the model calls it.
        names: Other names of the document, as they stand.
    """
    match = _COMPOUND.fullmatch(surface)
    if surface in ORGANISATIONS:  # `Max Planck-instituttet`
        return None
    if match is None or not _is_name(match["inner"].split()[-1]):
        return None
    inner, head = match["inner"], match["head"]
    if head in DEFINITE and (label != "PER" or head == "s"):
        return Parts(inner, derived=False)
    if _is_own_name(head, label):
        return None
    inner = _without_link(inner, names)
    if head in PLACE_HEADS:
        return Parts(inner, derived=False, kind="place")
    same = head in ORGANISATION_HEADS and label in {"ORG", "MISC"}
    return Parts(inner, derived=not same, kind="organisation" if same else None)
