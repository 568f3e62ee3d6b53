"""Storms by what stands before their names: `ekstremværet Hans`, of which a model sees somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from pipeline.language.known import MAYBE_PLACES, type_of
from pipeline.language.spans import overrule, sentences, words_of

_NAMED = frozenset("ekstremværet orkanen tyfonen syklonen".split())
_STORMS = _NAMED | {"stormen", "uværet", "vinterstormen"}  # also of somebody: `stormen Moe sto i`
_QUOTES = frozenset('«"“„')


def find_storms(sentence: Sequence[str]) -> Iterator[int]:
    """The word that is a storm's name, for each in a sentence."""
    for at, word in enumerate(sentence[:-1]):
        if word.lower() in _STORMS:
            name = at + 2 if sentence[at + 1] in _QUOTES else at + 1
            if name < len(sentence) and _is_name(sentence[name], sure=word.lower() in _NAMED):
                yield name


def _is_name(word: str, *, sure: bool) -> bool:
    name = len(word) > 2 and word.isalpha() and word[0].isupper() and not word.isupper()
    return name and (sure or (type_of(word) is None and word not in MAYBE_PLACES))


def mark_storms(doc: Doc) -> None:
    """Takes storms for events, as NorNE has them, also where the text has the name alone.

    Unless it has somebody of that name, too.
    """
    found = [
        Span(doc, start + at, start + at + 1, label="EVT")
        for start, words in sentences(doc)
        for at in find_storms(words)
    ]
    if not found:
        return
    people = {
        word.lower()
        for ent in doc.ents
        if ent.label_ == "PER" and len(ent) > 1
        for word in words_of(ent)
    }
    found = [storm for storm in found if storm.text.lower() not in people]
    storms = {storm.text.lower() for storm in found}
    found += [
        Span(doc, ent.start, ent.end, label="EVT")
        for ent in doc.ents
        if len(ent) == 1 and ent.text.lower() in storms
    ]
    overrule(doc, found, keeps=lambda existing, new: len(existing) > len(new))
