"""Cuts a text's words into windows that the network reads at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 128  # words; what the network was trained on
_ENDS = frozenset(".?!…:")
_CLOSES = frozenset("»”\"')")


def cut(words: Sequence[str], longest: int = LONGEST) -> list[tuple[int, int]]:
    """Cut between paragraphs where one ends in a window's second half, else between sentences.

    It looks at the words alone, so that a text is cut the same way wherever it is read.

    Args:
        words: of a text, white space among them.
        longest: words of a window.

    Returns:
        (start, end) of each window; together they are the text.
    """
    windows = []
    start = 0
    while len(words) - start > longest:
        end = _last_end(words, start + longest // 2, start + longest)
        windows.append((start, end))
        start = end
    if start < len(words):
        windows.append((start, len(words)))
    return windows


def _last_end(words: Sequence[str], first: int, last: int) -> int:
    """The best place to cut behind a word from `first` to just before `last`."""
    sentence = last
    for at in range(last - 1, first - 1, -1):
        word = words[at]
        if "\n" in word and not word.strip():
            return at + 1
        ends = word in _ENDS or (word in _CLOSES and words[at - 1] in _ENDS)
        if sentence == last and ends:
            sentence = at + 1
    return sentence
