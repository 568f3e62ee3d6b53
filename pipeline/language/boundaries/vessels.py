"""Ships by what stands before their names: `KV Bergen`, of which a model sees the town alone.

NorNE has none, so that no model has learnt them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# The coast guard, navies, motor and steam ships, ferries and fishing boats.
PREFIXES = frozenset("KV KNM MS M/S MF MK USS HMS HMCS HDMS D/S S/S".split())
_LONGEST = 4  # words of a name: `USS Gerald R. Ford`


def find_vessels(sentence: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each ship in a sentence.

    Args:
        sentence: Its words.
    """
    at = 0
    while at < len(sentence):
        end = at + 1
        if sentence[at] in PREFIXES:
            while end <= at + _LONGEST and end < len(sentence) and _is_capital(sentence[end]):
                end += 1
            if end > at + 1:
                yield at, end
        at = end


def _is_capital(word: str) -> bool:
    return word[0].isupper() and (not word.isupper() or word.endswith("."))
