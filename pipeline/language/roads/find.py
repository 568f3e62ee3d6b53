"""Finds roads in a text, as a pure function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.language.roads.data import (
    EUROPEAN_IN_NORWAY,
    MAKERS,
    NAMING_WORDS,
    ROAD_NOUNS,
    ROAD_PREPOSITIONS,
    THINGS,
)

Offsets = tuple[int, int]

_BLANK = r"[ \u00a0]?"
_BEFORE = r"(?<![\w.@#-])"
_AFTER = r"(?![\w%°-]|[.,]\d|[ \u00a0](?:\d{3}\b|%))"
_CERTAIN = re.compile(
    _BEFORE
    + "(?:"
    + "|".join(
        (
            rf"E{_BLANK}(?:{'|'.join(sorted(EUROPEAN_IN_NORWAY, reverse=True))})",
            rf"[Ee]uropave[ig]{_BLANK}\d{{1,3}}",
            rf"(?:[Rr]iks|[Ff]ylkes)ve[ig]{_BLANK}\d{{1,4}}",
            rf"(?:[Rr]v|RV|[Ff]v|FV)\.?{_BLANK}\d{{1,4}}",
            rf"Ring{_BLANK}[1-4]",
        )
    )
    + ")"
    + _AFTER
)
_CODE = re.compile(_BEFORE + r"[ABDEMNRS]\d{1,3}" + _AFTER)
_LAST_WORD = re.compile(r"(\w+)[ \u00a0]$")
_NEXT_WORD = re.compile(r"[ \u00a0](\w{1,20})")
_LINKED = re.compile(r"(?:, | og | eller | til |/)$")
_REACH = 120
_STATE = """
    stengt stengd åpen åpent åpnet åpnes kolonnekjøring nattestengt vinterstengt fri
    """.split()
# `E6 Åsen er stengt`, `Fv. 51 Valdresflye: Stengt`; but `E6 Stengt`
_STRETCH = re.compile(
    rf"{_BLANK}(?!(?i:{'|'.join(_STATE)})\b)([A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)?)"
    rf"(?:: | er | blir |, | )(?:midlertidig |nå |fortsatt )?(?i:{'|'.join(_STATE)})\b"
)

# `E39 Halhjem–Sandvikvåg`: from where to where
_PLACE = r"[A-ZÆØÅ][^\W\d_]+(?: [A-ZÆØÅ][^\W\d_]+)?"
_FROM_TO = re.compile(rf"{_BLANK}({_PLACE})[ ]?[–-][ ]?({_PLACE})(?![\w-])")


def _word_before(text: str, start: int) -> str:
    match = _LAST_WORD.search(text[max(start - 30, 0) : start])
    return match[1] if match else ""


def _word_after(text: str, end: int) -> str:
    match = _NEXT_WORD.match(text, end)
    return match[1] if match else ""


def _is_something_else(text: str, start: int, end: int) -> bool:
    """`BMW M4`, `M4 karabin`."""
    return _word_before(text, start) in MAKERS or _word_after(text, end).lower() in THINGS


def _has_road_word(text: str, start: int) -> bool:
    """`motorveien M4`, `langs M4`, `motorveien ..., kjent som M5`."""
    word = _word_before(text, start).lower()
    if word in ROAD_NOUNS or word in ROAD_PREPOSITIONS:
        return True
    if word not in NAMING_WORDS:
        return False
    sentence = re.split(r"[.!?]\s|\n", text[max(start - _REACH, 0) : start])[-1]
    return any(part in ROAD_NOUNS for part in sentence.lower().split())


def _codes(text: str) -> Iterator[Offsets]:
    """Letter and number, by context, or as a code the same document uses for a road."""
    candidates = [
        match.span()
        for match in _CODE.finditer(text)
        if not _is_something_else(text, match.start(), match.end())
    ]
    roads: set[Offsets] = set()
    certain_ends = {match.end() for match in _CERTAIN.finditer(text)}
    for start, end in candidates:
        link = _LINKED.search(text[max(start - 8, 0) : start])
        linked = link is not None and start - len(link[0]) in certain_ends
        if linked or _has_road_word(text, start):
            roads.add((start, end))
            certain_ends.add(end)
    names = {text[start:end] for start, end in roads}
    for start, end in candidates:
        if (start, end) in roads or text[start:end] in names:
            yield start, end


def find_roads(text: str) -> list[Offsets]:
    """Start and end of each road name, in order, none overlapping.

    Args:
        text: The text.
    """
    found = [match.span() for match in _CERTAIN.finditer(text)]
    taken = {at for start, end in found for at in range(start, end)}
    found.extend(
        (start, end) for start, end in _codes(text) if start not in taken and end - 1 not in taken
    )
    return sorted(found)


def find_stretches(text: str, roads: Iterable[Offsets]) -> Iterator[Offsets]:
    """Start and end of each place right after a road that tells which part of it is meant.

    Of one a notice tells how it is there, `E6 Kvænangsfjellet er stengt`, `Fv. 51 Valdresflye:
    Kolonnekjøring`; two are where it begins and ends, `E39 Halhjem–Sandvikvåg`.

    Args:
        text: The text.
        roads: Where its roads are.
    """
    for _, end in roads:
        if told := _STRETCH.match(text, end):
            yield told.span(1)
        elif both := _FROM_TO.match(text, end):
            yield both.span(1)
            yield both.span(2)
