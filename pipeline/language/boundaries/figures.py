"""Figures of a list that a model takes into the names before them: `Lyngen 4`, `Lofoten 3`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span

from pipeline.language.known import type_of
from pipeline.language.spans import like, sentences

_LONGEST = 7  # words of such a line: `Lofoten og Vesterålen 3`
_NUMBERED = frozenset({"PROD", "EVT", "MISC"})  # films, phones and festivals have a number


def cut_figures(doc: Doc) -> None:
    """Ends the names of a list before the figures, where two lines in a row end in one."""
    listed = set(_listed(doc))
    if listed:
        doc.ents = tuple(
            like(ent, 0, len(ent) - 1, ent.label_) if _has_figure(ent, listed) else ent
            for ent in doc.ents
        )


def _has_figure(ent: Span, listed: set[int]) -> bool:
    numbered = ent.label_ in _NUMBERED or type_of(ent.text) is not None  # `TV 2`
    return len(ent) > 1 and ent.end - 1 in listed and not numbered


def _listed(doc: Doc) -> Iterator[int]:
    """The figures that end two lines or more in a row."""
    figures = (_figure(start, words) for start, words in sentences(doc))
    for first, second in pairwise(figures):
        if first is not None and second is not None:
            yield from (first, second)


def _figure(start: int, sentence: list[str]) -> int | None:
    """The token that is the figure at the end of a short line with a capital: `Lofoten 3`."""
    end = max((at + 1 for at, word in enumerate(sentence) if not word.isspace()), default=0)
    listed = 1 < end <= _LONGEST and sentence[end - 1].isdecimal() and sentence[0][:1].isupper()
    return start + end - 1 if listed else None
