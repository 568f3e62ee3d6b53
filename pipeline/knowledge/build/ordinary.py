"""Ordinary words: `hyse`, `lampen`, `gudstjenester`, which a sentence may open with a capital."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.knowledge.build.unowned import TOKEN, lines

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.knowledge.build.rows import Row

_SHORTEST = 3  # letters
_SEEN = 20
_NAMED = 0.01  # of its mentions within sentences: more often with a capital it is a name, too


def ordinary_words(data: Path) -> list[Row]:
    """Words that texts have in small letters, and hardly ever with a capital within a sentence.

    They have one where any word has it, too; what never stands there need not be known.

    Args:
        data: The data folder.
    """
    small: Counter[str] = Counter()
    within: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for line in lines(data):
        before = ""
        for word in TOKEN.findall(line):
            if word.islower():
                small[word] += 1
            elif word[0].isupper() and word[1:].islower():
                inside = before == "," or (before.isalnum() and before.islower())
                (within if inside else opening)[word.lower()] += 1
            before = word
    found = [
        word
        for word, count in small.items()
        if len(word) >= _SHORTEST and word.isalpha() and count >= _SEEN
        if opening[word] and within[word] <= _NAMED * count
    ]
    return [(word, "word counts of NorQuAD, NoReC, giellalt") for word in sorted(found)]
