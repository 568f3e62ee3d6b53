"""Paragraphs of a plain text, as offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

Offsets = tuple[int, int]

_ITEM = re.compile(r"\s*(?:[-–—*•·▪■]\s|\d{1,2}[.)]\s)")
_PARTED_WORD = re.compile(r"[^\W\d_]-\s*$")
_ENDS_SENTENCE = re.compile(r"[.!?:…»\"”)]\s*$")
# A hard-wrapped text has lines of about one length; its longest is as long as this.
_WRAPPED_LINE = range(40, 121)
_FULL_LINE = 0.75


def _lines(text: str) -> Iterator[Offsets]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _blocks(text: str) -> Iterator[list[Offsets]]:
    block: list[Offsets] = []
    for start, end in _lines(text):
        if text[start:end].strip():
            block.append((start, end))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _goes_on(text: str, first: Offsets, second: Offsets) -> bool:
    """Whether the second line goes on with the sentence of the first."""
    start = text[second[0] : second[1]].lstrip()[:1]
    end = text[max(first[1] - 20, 0) : first[1]]
    if _PARTED_WORD.search(end):
        return start.isalpha()
    return start.islower() and not _ENDS_SENTENCE.search(end)


def _is_wrapped(text: str, block: list[Offsets]) -> bool:
    if len(block) < 2 or max(end - start for start, end in block) not in _WRAPPED_LINE:
        return False
    return any(_goes_on(text, *pair) for pair in pairwise(block))


def _breaks_wrapped(text: str, first: Offsets, second: Offsets, width: int) -> bool:
    """Within hard-wrapped lines only a line that ends early ends a paragraph."""
    room = width - len(text[first[0] : first[1]].rstrip())
    word = text[second[0] : second[0] + width].split(maxsplit=1)[0]
    return room > len(word) + (1 - _FULL_LINE) * width


def _paragraphs_of(text: str, block: list[Offsets]) -> Iterator[Offsets]:
    wrapped = _is_wrapped(text, block)
    width = max(end - start for start, end in block)
    start = block[0][0]
    for first, second in pairwise(block):
        line = text[second[0] : second[0] + 10]
        if _ITEM.match(line):
            breaks = True
        elif wrapped:
            breaks = not _goes_on(text, first, second) and _breaks_wrapped(
                text, first, second, width
            )
        else:
            breaks = not _goes_on(text, first, second)
        if breaks:
            yield start, first[1]
            start = second[0]
    yield start, block[-1][1]


def paragraphs(text: str, title_end: int = 0) -> list[Offsets]:
    """Start and end of each paragraph, in order.

    A blank line separates; so does a single line break, unless the lines are those of a
    hard-wrapped text. White space between paragraphs may belong to none.

    Args:
        text: Any text.
        title_end: Offset one past the title, which is a paragraph of its own; 0 for none.
    """
    parts = [(0, title_end), (title_end, len(text))] if title_end else [(0, len(text))]
    found: list[Offsets] = []
    for offset, part_end in parts:
        part = text[offset:part_end]
        for block in _blocks(part):
            found.extend((offset + a, offset + b) for a, b in _paragraphs_of(part, block))
    return found
