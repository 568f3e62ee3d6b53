"""Names that the model found in one place of a document, and missed in another."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.heard import Heard, Index, listen
from pipeline.language.known import type_of
from pipeline.language.lexicon import SOMEBODY, STARTERS
from pipeline.language.spans import (
    opening,
    overrule,
    sentences,
    stands_alone,
    words_of,
)

_SHORT_SURNAME = 3  # letters: `Bøe`, `Lie`


def echo_names(doc: Doc) -> None:
    """Adds mentions of a name that the model found elsewhere and missed here."""
    heard = listen((tuple(words_of(ent)), ent.label_) for ent in doc.ents)
    known = [name for name in heard if name.is_sure and name.words[0][:1].isupper()]
    if not known:
        return
    index = Index(known)
    found: list[Span] = []
    for start, sentence in sentences(doc):
        opens = opening(sentence)
        found += [
            Span(doc, start + first, start + last, label=name.label)
            for (first, last), name in index.find(sentence)
            if _is_trusted(name, first, opens) and stands_alone(sentence, first, last, opens)
        ]
    overrule(doc, found, keeps=lambda existing, new: True)


def _is_trusted(heard: Heard, first: int, opens: int) -> bool:
    """A single word that opens a sentence may be any word, and the next its last name."""
    if len(heard.words) > 1:
        return True
    return first > opens + 1 and heard.words[0].lower() not in STARTERS


def echo_surnames(doc: Doc) -> None:
    """Adds surnames of the document's people that the model missed: `Gaupset scoret`.

    Not those that the document has as a word, too.
    """
    tokens = set(extensions.words(doc))
    people = (words_of(ent) for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1)
    surnames = {
        last
        for words in people
        for last in (words[-1], _without_s(words[-1]))
        if len(last) > _SHORT_SURNAME and last[0].isupper()
        if last.lower() not in tokens and last.lower() not in STARTERS
    }
    found: list[Span] = []
    for start, sentence in sentences(doc):
        opens = opening(sentence)
        found += [
            Span(doc, start + at, start + at + 1, label="PER")
            for at, word in enumerate(sentence)
            if (word in surnames or word.removesuffix("s") in surnames)
            and stands_alone(sentence, at, at + 1, opens)
            and not (at == opens + 1 and _may_be_first_name(sentence[opens]))
        ]
    overrule(doc, found, keeps=lambda existing, new: True)


def _without_s(surname: str) -> str:
    """A surname that may be in the genitive without its -s: `Ruto` of `William Rutos`."""
    stem = surname.removesuffix("s")
    return surname if surname in SOMEBODY or type_of(stem) is not None else stem


def _may_be_first_name(opener: str) -> bool:
    """Whether the word that opens a sentence may be: any but those that often do."""
    return opener[0].isupper() and opener.lower() not in STARTERS
