"""Figures of a list that a model takes into the names before them: `Lyngen 4`, `Lofoten 3`."""

from __future__ import annotations

from collections.abc import Iterator

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
    """The figures that end lines of a list."""
    last = -1
    for start, words in sentences(doc):
        end = max((at + 1 for at, word in enumerate(words) if not word.isspace()), default=0)
        figure = words[end - 1].isdecimal() if 1 < end <= _LONGEST else False
        at = start + end - 1 if figure and words[0][:1].isupper() else -1
        if last >= 0 and at >= 0:
            yield from (last, at)
        last = at
