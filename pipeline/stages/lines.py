"""Wrapped lines, as in mails and in text taken from PDF files, and double blanks, made plain."""

from __future__ import annotations

import re
from itertools import islice, zip_longest

from pipeline.language.known import MAYBE_PLACES, type_of

Token = tuple[int, int, int, str]  # start, end, sentence, zone

# One line break, and what the next line is indented by.
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
# `barne-` before them, at the end of a line, is half of `barne- og ungdomsarbeid`.
_BETWEEN = frozenset({"og", "eller", "samt", "til", "kontra"})


def on_one_line(tokens: list[Token], text: str) -> list[Token]:
    """Take out line breaks inside sentences and second blanks, and join what a line's end parted.

    A tab, or three blanks and more, stay: they part the columns of a table.

    Args:
        tokens: Of a document, or some of a long one.
        text: The document's.

    Returns:
        The tokens in which names are sought; one that was parted holds its line break.
    """
    found: list[Token] = []
    for token, after in zip_longest(tokens, islice(tokens, 1, None)):
        start, end, sentence, zone = token
        if text[start:end] == " ":  # a second blank
            continue
        inside = after is not None and after[2] == sentence
        if inside and found and _BREAK.fullmatch(text, start, end):
            continue
        if found and found[-1][2] == sentence and _parted(text, found[-1], start, end):
            found[-1] = (found[-1][0], end, sentence, zone)
        else:
            found.append(token)
    return found


def word(written: str) -> str:
    """A token as it would stand within a line.

    `Sikkerhets-⏎rådet` is Sikkerhetsrådet, `Nes-⏎odden` is Nesodden; `Nato-⏎landet` and `Sør-⏎Øst`
    keep their hyphens.
    """
    first, *others = written.split("-\n")
    for second in map(str.lstrip, others):
        keeps = second[0].isupper() or first.isupper() or _is_compound(first, second)
        first = f"{first}-{second}" if keeps else first + second
    return first


def _is_compound(first: str, second: str) -> bool:
    """Whether the hyphen after a known name is its own: `Nes-⏎odden` is known, too."""
    joined = first + second
    known = any(type_of(name) or name in MAYBE_PLACES for name in (joined, joined.rstrip("s")))
    return type_of(first) is not None and not known


def _parted(text: str, before: Token, start: int, end: int) -> bool:
    """Whether a hyphen at the end of a line parts two tokens."""
    if text[before[1] - 1] != "-":
        return False
    gap = text[before[1] : start]
    return (
        gap[:1] == "\n"
        and gap.count("\n") == 1
        and before[1] - before[0] > 2
        and text[before[1] - 2].isalpha()
        and text[start].isalpha()
        and text[start:end] not in _BETWEEN
    )
