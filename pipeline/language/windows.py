"""Cuts a long text into windows that a component with a limit can take."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[.!?…][»\"”')]{0,2}\s+(?=[^a-zæøå\s])")
_SPACE = re.compile(r"\s+")


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = 0
    for match in pattern.finditer(text, start, end):
        found = match.end()
    return found


def _cut(text: str, start: int, limit: int) -> int:
    end = start + limit
    # Cuts in the first half would make windows too many; look in the second only.
    half = start + max(limit // 2, 1)
    for mark in ("\n\n", "\n"):
        at = text.rfind(mark, half, end)
        if at >= 0:
            # Blanks after it go with it: a tokenizer takes all white space in one.
            at += len(mark)
            while at < end and text[at].isspace():
                at += 1
            return at
    # A cut must leave something and not exceed the limit; both patterns end inside [half, end].
    return _last(_SENTENCE_END, text, half, end) or _last(_SPACE, text, half, end) or end


def windows(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Cuts a text at paragraphs, else sentences, else white space, else anywhere.

    Args:
        text: Any text.
        limit: Most characters in a window, at least 1.

    Yields:
        Start and end of each window, in order, without gaps; nothing for an empty text.

    Raises:
        ValueError: The limit is not positive.
    """
    if limit < 1:
        raise ValueError(f"a window needs at least one character, not {limit}")
    start = 0
    while len(text) - start > limit:
        end = _cut(text, start, limit)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)
