"""What the components say about a document, as spaCy extension attributes.

Documents:
    `doc._.title_end`: offset one past the title, 0 where there is none, negative where the document
        is a later part of a text (int).
    `doc._.zones`: zone of each sentence, out of `pipeline.vocabulary.ZONES` (list of str).
    `doc._.paragraphs`: index of the paragraph of each sentence (list of int).

Spans (names):
    `span._.method`: what found it, out of `pipeline.vocabulary.METHODS`.
    `span._.name`: base form; `span._.full_name`: fullest name for the same thing in the document.
    `span._.type`: out of `pipeline.vocabulary.TYPES`; `span._.derived`: as in "Nato-landet".
    `span._.score`: calibrated probability that the model gives it, None where it gives none.
    `span._.second_label`: the label it would have if not its own; empty where not known.
    `span._.zone`: zone of the sentence it stands in.
    `span._.canonical`, `span._.canonical_id`: from the user's gazetteer, else None.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from spacy.tokens import Doc, Span

T = TypeVar("T")

DEFAULT_ZONE = "body"
_STARTS = "nb_sentence_starts"
_WORDS = "nb_words"
_TEXT = "nb_text"


def words(doc: Doc) -> list[str]:
    """The text of each token, put together once for a document."""

    def look_up() -> list[str]:
        strings = doc.vocab.strings
        return [strings[orth] for orth in doc.to_array("ORTH").tolist()]

    return _once(doc, _WORDS, look_up)


def text(doc: Doc) -> str:
    """The text, put together once for a document: `Doc.text` makes every token anew."""

    def join() -> str:
        pairs = zip(words(doc), doc.to_array("SPACY").tolist(), strict=True)
        return "".join(word + " " if space else word for word, space in pairs)

    return _once(doc, _TEXT, join)


def sentence_starts(doc: Doc) -> list[int]:
    """Index of the first token of each sentence.

    Computed once for a document: `Doc.sents` would make every look-up linear in the text.
    """

    def find() -> list[int]:
        begins = doc.to_array("SENT_START") == 1
        begins[:1] = True
        starts: list[int] = np.flatnonzero(begins).tolist()
        return starts

    return _once(doc, _STARTS, find)


def _once(doc: Doc, key: str, make: Callable[[], T]) -> T:
    """What was made before, unless it came with the user data of another document."""
    length, found = doc.user_data.get(key, (-1, None))
    if length != len(doc):
        found = make()
        doc.user_data[key] = (len(doc), found)
    return cast("T", found)


def forget(doc: Doc) -> None:
    """Call this after changing sentence boundaries or tokens."""
    for key in (_STARTS, _WORDS, _TEXT):
        doc.user_data.pop(key, None)


def sentence_index(doc: Doc, token: int) -> int:
    """Index of the sentence that holds token number `token`."""
    return max(bisect_right(sentence_starts(doc), token) - 1, 0)


def _zone(span: Span) -> str:
    zones: list[str] = span.doc._.zones
    index = sentence_index(span.doc, span.start)
    return zones[index] if index < len(zones) else DEFAULT_ZONE


DOC: dict[str, dict[str, Any]] = {
    "title_end": {"default": 0},
    "zones": {"default": []},  # spaCy copies a mutable default on first use
    "paragraphs": {"default": []},
}
SPAN: dict[str, dict[str, Any]] = {
    "method": {"default": "model"},
    "name": {"default": ""},
    "full_name": {"default": ""},
    "derived": {"default": False},
    "type": {"default": "other"},
    "score": {"default": None},
    "second_label": {"default": ""},
    "zone": {"getter": _zone},
    "canonical": {"default": None},
    "canonical_id": {"default": None},
}


def register() -> None:
    """Makes the attributes known to spaCy. Calling it again does nothing."""
    for name, how in DOC.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, **how)
    for name, how in SPAN.items():
        if not Span.has_extension(name):
            Span.set_extension(name, **how)
