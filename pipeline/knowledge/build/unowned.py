"""What stands after a name and is not owned by it: `Waits synger`, `har Hummels tatt`."""

from __future__ import annotations

import io
import lzma
import re
import tarfile
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.evaluation.norne import is_training_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.knowledge.build.rows import Row

TEXTS = ("norquad", "norec", "giella")
TOKEN = re.compile(r"\w+(?:['’./&-]\w+)*|[^\w\s]")
_NAME = 4  # letters
_SEEN = 3
_OFTEN = 20
_TIMES = 4  # ... as often after a name as after its genitive
_MOSTLY = 5
# After the first stands a verb, after the second what may be owned.
_VERBAL = frozenset(
    "å har hadde ha skal vil kan må skulle ville kunne måtte han hun vi jeg du som man".split()
)
_INDEFINITE = frozenset(
    """
    en ei et flere mange noen sin sitt sine ingen hver nye alle disse denne dette
    """.split()
)
# Nouns that are rarer than the verbs of the same letters, and how nouns end that are rare.
_NOUNS = frozenset("ansatt fester fisker lager løfte løp maler minner rapper river skifte".split())
_NOUN_ENDS = ("forening", "kontor", "ssenter", "tsenter", "skap", "sjon")
_PREPOSITIONS = frozenset("av med for på i til fra om".split())


def lines(data: Path) -> Iterator[str]:
    """The lines of the texts."""
    for name in TEXTS:
        with lzma.open(data / "text" / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
            yield from stream


def _parts_of_speech(data: Path) -> tuple[set[str], set[str]]:
    """Words that NorNE's training files mostly have as an indefinite noun, and all others."""
    counts: dict[str, Counter[bool]] = {}
    with tarfile.open(data / "norne.tar.xz") as archive:
        for member in archive:
            folder, _, name = member.name.rpartition("/")
            file = archive.extractfile(member)
            if (
                file is None
                or folder != "norne/ndt/nob"
                or not is_training_file(name.split(".")[0])
            ):
                continue
            for row in (line.split("\t") for line in io.TextIOWrapper(file, "utf-8")):
                if len(row) > 5 and "prop" not in row[5]:
                    noun = row[3] == "subst" and "be" not in row[5].split("|")
                    counts.setdefault(row[1].lower(), Counter())[noun] += 1
    nouns = {word for word, kinds in counts.items() if kinds[True] > kinds[False]}
    return nouns, counts.keys() - nouns


def _count(lines: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Words, and the pairs of a word in small letters and what may tell its kind before it."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        before = ""
        for word in TOKEN.findall(line):
            words[word] += 1
            if word[0].islower():
                if before[:1].isupper() and len(before) >= _NAME:
                    pairs[before, word] += 1
                elif before in _VERBAL:
                    pairs["verbal", word] += 1
                elif before in _INDEFINITE:
                    pairs["indefinite", word] += 1
                elif before in _PREPOSITIONS:
                    pairs["preposition", word] += 1
            before = word
    return words, pairs


def unowned(data: Path) -> list[Row]:
    """Words that stand after names, and hardly ever after names in the genitive.

    A noun is none of them, though it stands there in other names: `Bergen kommune`. What is too
    rare after names is one where it is nearly always a verb after other words.

    Args:
        data: The data folder.
    """
    nouns, others = _parts_of_speech(data)
    words, pairs = _count(lines(data))
    owned: Counter[str] = Counter()
    free: Counter[str] = Counter()
    for (before, word), n in pairs.items():
        name = before.removesuffix("s")
        if not before[0].isupper() or words[name] <= 2 * words[name.lower()]:
            continue
        if name == before and before[-1] not in "xz" and words[f"{name}s"] > 0:
            free[word] += n
        elif name != before and words[name] > words[before]:
            owned[word] += n
    found = []
    for word in words:
        if len(word) == 1 or not (word.isalpha() and word.islower()) or word in nouns:
            continue
        if word in _NOUNS or word.endswith(_NOUN_ENDS):
            continue
        verb, indefinite = pairs["verbal", word], pairs["indefinite", word]
        if free[word] + owned[word] < _SEEN:
            other = indefinite + pairs["preposition", word]
            rare = owned[word] <= free[word]
            is_one = rare and verb >= _OFTEN and verb > _MOSTLY * other
        else:
            often = free[word] >= _SEEN and free[word] >= _TIMES * owned[word]
            is_one = often and (verb >= indefinite or word in others)
        if is_one:
            found.append(word)
    return [(word, "word counts of NorQuAD, NoReC, giellalt") for word in sorted(found)]
