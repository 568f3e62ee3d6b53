"""Names that were heard somewhere, and an index that finds them in a row of tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Range = tuple[int, int]

_SHORTEST = 3
_LONGEST = 8
_SEEN = 2
_SHARE = 0.8
_NOT_ECHOED = frozenset({"DRV", "MISC"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A name and the label that most of its mentions have."""

    words: tuple[str, ...]
    label: str
    count: int
    share: float

    @property
    def is_sure(self) -> bool:
        """Several words, or seen more than once with (nearly) one label."""
        if self.label in _NOT_ECHOED:
            return False
        if len(self.words) > 1:
            return self.share > 0.5
        enough = self.count >= _SEEN and self.share >= _SHARE
        return enough and len(self.words[0]) >= _SHORTEST


def listen(names: Iterable[tuple[tuple[str, ...], str]]) -> list[Heard]:
    """Every distinct name with its majority label.

    Args:
        names: Tokens and label of each name of the document.
    """
    labels: dict[tuple[str, ...], Counter[str]] = {}
    for words, label in names:
        if len(words) <= _LONGEST:
            labels.setdefault(words, Counter())[label] += 1
    heard = []
    for words, counts in labels.items():
        label = min(counts, key=lambda label: (-counts[label], label))
        total = sum(counts.values())
        heard.append(Heard(words, label, total, counts[label] / total))
    return heard


class Index:
    """Finds names in a row of tokens; the longest wins.

    Args:
        names: What to look for.
        fold: How to compare words, such as `str.lower` in capital headlines.
    """

    def __init__(self, names: Iterable[Heard], fold: Callable[[str], str] = str) -> None:
        self.fold = fold
        self.names: dict[tuple[str, ...], Heard] = {}
        lengths: dict[str, set[int]] = {}
        for heard in names:
            words = tuple(fold(word) for word in heard.words)
            other = self.names.get(words, heard)
            self.names[words] = min(other, heard, key=lambda one: one.label)
            lengths.setdefault(words[0], set()).add(len(words))
        self.lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find(self, words: Sequence[str]) -> Iterator[tuple[Range, Heard]]:
        """Start, end and name of each occurrence, none overlapping."""
        folded = [self.fold(word) for word in words]
        at = 0
        while at < len(folded):
            step = 1
            for length in self.lengths.get(folded[at], ()):
                row = tuple(folded[at : at + length])  # shorter at the end
                if row in self.names:
                    step = len(row)
                    yield (at, at + step), self.names[row]
                    break
            at += step
