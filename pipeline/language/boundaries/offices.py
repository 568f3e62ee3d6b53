"""Who leads a body, by its letters: `CDU-leder Friedrich Merz`, of which a model may see Merz."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.boundaries.data import BELONGS, LETTERS, TITLE_HEADS
from pipeline.language.spans import overrule

_OFFICE = re.compile(r"([A-ZÆØÅ]{2,6})-([a-zæøå]+)")
# Letters that are no body's.
_WORDS = LETTERS | frozenset("VM EM OL NM DJ IQ PhD VIP ID".split())


def mark_offices(doc: Doc) -> None:
    """Adds what the model missed: letters before a title, right before somebody's name."""
    words = extensions.words(doc)
    taken = {token for ent in doc.ents for token in range(ent.start, ent.end)}
    found = []
    for ent in doc.ents:
        at = ent.start - 1
        if ent.label_ == "PER" and at >= 0 and at not in taken and _is_office(words[at]):
            office = Span(doc, at, at + 1, label="DRV")
            office._.second_label = "ORG"
            found.append(office)
    overrule(doc, found)


def _is_office(word: str) -> bool:
    match = _OFFICE.fullmatch(word)
    if match is None or match[1] in _WORDS:
        return False
    return match[2] in BELONGS or match[2].endswith(TITLE_HEADS)
