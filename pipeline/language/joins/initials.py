"""Who goes by initials in one document, as a pure function: `Mohammed bin Salman (MBS)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.language.joins.named import Named
from pipeline.language.known import type_of

# Two letters are more often a party's, or of where somebody comes from.
_FEWEST = 3


def join_initials(mentions: Sequence[Named], pairs: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Full name of each person that goes by initials, by the index of the mention.

    A model takes capitals for a body's: what is found here is a person, whatever its type.

    Args:
        mentions: All names of the document, in order.
        pairs: Indices of a name and of the one that stands in brackets after it.
    """
    meanings: dict[str, set[str]] = {}
    for first, second in pairs:
        full, short = mentions[first], mentions[second].name
        unknown = len(short) >= _FEWEST and type_of(short) is None
        if full.kind == "person" and unknown and short in _initials(full.name):
            meanings.setdefault(short, set()).add(full.name)
    return {
        index: min(meanings[mention.name])
        for index, mention in enumerate(mentions)
        if len(meanings.get(mention.name, ())) == 1
    }


def _initials(name: str) -> set[str]:
    """First letters of all words, and of those with a capital, as in `Robert F. Kennedy jr.`."""
    letters = [word[0] for word in re.split(r"[ -]", name) if word]
    return {"".join(letters).upper(), "".join(letter for letter in letters if letter.isupper())}
