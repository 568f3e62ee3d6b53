"""Where it was, as bulletins open with it: `Stovner: Patruljer er på vei`, `Kl. 02.30: Sogndal,`.

A model misses such places, or makes clubs of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.known import FORENAMES, MAYBE_PLACES, PLACES, ordinary_words, type_of
from pipeline.language.names.sport import shows_sport
from pipeline.language.spans import before, is_sure, overrule, sentences
from pipeline.vocabulary import PLACE_LABELS

_AT = frozenset({"Kl.", "kl."})
_TIME = re.compile(r"\d{1,2}[.:]\d{2}")
_SPEAKS = frozenset('–—-«"“”')
_LONGEST = 3  # words
_SEVERAL = 2


def find_opening(sentence: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of the places that open a sentence: one before a colon, or two.

    After the time of day one comma, or period, is enough.

    Args:
        sentence: Its words.
    """
    at = 1 if sentence[0] in _AT else 0
    timed = len(sentence) > at and _TIME.fullmatch(sentence[at]) is not None
    at = at + 1 + (sentence[at + 1 : at + 2] == [":"]) if timed else 0
    found: list[tuple[int, int]] = []
    while (end := _place(sentence, at, timed=timed)) > at:
        found.append((at, end))
        mark, *says = [*sentence[end : end + 2], ""]
        if mark == ":":
            return found if says[0] and says[0] not in _SPEAKS else []
        if mark != ",":
            break
        at = end + 1
    return found if timed else []


def _place(sentence: Sequence[str], at: int, *, timed: bool) -> int:
    """Where a known place ends that begins at a word, and a mark follows; there if none does.

    Without a time it may be who speaks, or a club.
    """
    for end in range(min(at + _LONGEST, len(sentence) - 1), at, -1):
        name = " ".join(sentence[at:end])
        if name in MAYBE_PLACES and not sentence[end][0].isalnum():
            acts = type_of(name) in ("organisation", "person") or name in FORENAMES
            return at if acts and not timed else end
    return at


def mark_bulletins(doc: Doc) -> None:
    """Takes what opens several sentences so for places, in a text that is not of sport."""
    tokens = extensions.words(doc)
    small = {token for token in tokens if token.islower()}
    found = [
        Span(doc, start + first, start + last, label="GPE_LOC")
        for start, words in sentences(doc)
        if ":" in words
        for first, last in find_opening(words)
    ]
    found = [
        place
        for place in found
        if (lower := place.text.lower()) not in small and lower not in ordinary_words()
    ]
    sure = sum(place.text in PLACES for place in found) >= _SEVERAL
    if sure and not shows_sport(extensions.text(doc)):
        overrule(doc, found, keeps=_keeps)


def _keeps(existing: Span, place: Span) -> bool:
    """Whether a name stays: a place's, a longer one, and what it is for sure but after a time."""
    previous = before(place)
    timed = previous == ":" or _TIME.fullmatch(previous) is not None
    longer = len(existing) > len(place)
    return existing.label_ in PLACE_LABELS or longer or (is_sure(existing) and not timed)
