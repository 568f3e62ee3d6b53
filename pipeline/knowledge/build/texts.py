"""What newspapers call people and places: counts of words."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TEXTS = ("norquad", "norec")
SEEN = 2  # a name in texts stands there more often than this
_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w-]+")
_THERE = re.compile(r"(?<![\w-])(?:[Ii]|[Ff]ra|[Tt]il) ([A-ZÆØÅ][\w-]+(?: [^\W\d_][\w-]+){0,2})")
_PAIR = re.compile(r"([^\W\d_][\w-]+)(?: [A-ZÆØÅ]\.)? (?=([A-ZÆØÅ][\w-]+))")


def count(lines: Iterable[str], forenames: set[str]) -> tuple[Counter[str], dict[str, set[str]]]:
    """Word counts, capitals and small letters apart, and the forenames before each surname."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        words.update(_WORD.findall(line))
        pairs.update(pair for pair in _PAIR.findall(line) if pair[0] in forenames)
    bearers: dict[str, set[str]] = {}
    for forename, surname in pairs:
        genitive = surname.endswith("s") and words[surname[:-1]] > words[surname]
        whole = "-" not in surname or surname.rpartition("-")[2][:1].isupper()
        if whole and surname not in forenames and not genitive and words[surname] > SEEN:
            bearers.setdefault(surname, set()).add(forename)
    return words, bearers


def count_located(lines: Iterable[str]) -> Counter[str]:
    """How often names of up to three words stand where places do: `i Praha`."""
    located: Counter[str] = Counter()
    for line in lines:
        for name in _THERE.findall(line):
            parts = name.split()
            located.update(" ".join(parts[:n]) for n in range(1, len(parts) + 1))
    return located


def lines(data: Path) -> Iterator[str]:
    """The lines of the texts."""
    for name in TEXTS:
        with lzma.open(data / "text" / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
            yield from stream
