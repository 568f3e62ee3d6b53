"""Words as the encoder sees them: pieces of their lower-case spelling, and how they are cased.

Case stands beside the spelling and not in it, so that *KHARKIV*, *Kharkiv* and *kharkiv* are the
same pieces, and what a text tells by capitals is told by one small feature. Digits are all
written 0: one year is like another.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PAD, UNKNOWN, MASK, BREAK = range(4)
SPECIAL = ("[PAD]", "[UNK]", "[MASK]", "[BREAK]")
CONTINUES = "##"  # before a piece that does not begin its word, as WordPiece writes it
MOST_PIECES = 8
_HEAD = 5  # pieces kept from the beginning of a longer word; the others are from its end
_LONGEST_PIECE = 24
_DIGIT = re.compile(r"\d")


class Case(IntEnum):
    """How a word is cased."""

    NONE = 0  # no letter that has a case
    LOWER = 1
    TITLE = 2
    UPPER = 3
    INITIAL = 4  # one capital
    MIXED = 5
    HIDDEN = 6  # not told; in training only


def case_of(word: str) -> Case:
    """Tell how a word is cased.

    Args:
        word: one token.
    """
    if word.islower():
        return Case.LOWER
    if word.isupper():
        return Case.UPPER if sum(map(str.isalpha, word)) > 1 else Case.INITIAL
    if word[:1].isupper() and word[1:].islower():
        return Case.TITLE
    return Case.MIXED if any(map(str.isupper, word)) else Case.NONE


def normalise(word: str) -> str:
    """Write a word as the vocabulary does: lower case, every digit 0.

    Args:
        word: one token.
    """
    return _DIGIT.sub("0", word.lower())


class Vocabulary:
    """The pieces that words are made of.

    Args:
        pieces: the vocabulary, `SPECIAL` first; a piece's place is its number.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self.pieces = tuple(pieces)
        self._ids = {piece: number for number, piece in enumerate(self.pieces)}
        if self.pieces[: len(SPECIAL)] != SPECIAL:
            raise ValueError(f"a vocabulary begins with {', '.join(SPECIAL)}")

    @classmethod
    def read(cls, path: Path) -> Vocabulary:
        """Read a file with one piece a line.

        Args:
            path: the file, UTF-8.
        """
        return cls(path.read_text(encoding="utf-8").split("\n")[:-1])

    def split(self, word: str) -> list[int]:
        """Split a word, from its start, into the longest pieces there are.

        Args:
            word: one token; white space with a line break in it is a break.

        Returns:
            1 to `MOST_PIECES` piece numbers. A character that no piece has is `UNKNOWN`.
        """
        if not word.strip():
            return [BREAK]
        spelling = normalise(word)
        found: list[int] = []
        at = 0
        while at < len(spelling):
            mark = CONTINUES if at else ""
            for end in range(min(len(spelling), at + _LONGEST_PIECE), at, -1):
                piece = self._ids.get(mark + spelling[at:end])
                if piece is not None:
                    break
            else:
                piece, end = UNKNOWN, at + 1
            found.append(piece)
            at = end
        if len(found) > MOST_PIECES:
            found = found[:_HEAD] + found[_HEAD - MOST_PIECES :]
        return found
