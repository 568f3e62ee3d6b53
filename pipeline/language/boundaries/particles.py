"""Surnames that begin in small letters: `sier de la Croix`, of which a model sees Croix."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.spans import BEGIN_SURNAMES, overrule, words_of


def mend_particles(doc: Doc) -> None:
    """Makes the surnames of people whole whom the document names in full."""
    surnames = set(_surnames(doc))
    if surnames:
        overrule(doc, _named(doc, surnames), keeps=_stays)


def _stays(existing: Span, new: Span) -> bool:
    return len(existing) >= len(new) + (existing.label_ != "PER")


def _surnames(doc: Doc) -> Iterator[tuple[str, ...]]:
    """What people are called behind their first names where that begins with a particle."""
    for ent in doc.ents:
        words = words_of(ent)
        if ent.label_ != "PER" or len(words) < 3 or not words[-1][:1].isupper():
            continue
        at = next((i for i, word in enumerate(words) if i and word in BEGIN_SURNAMES), 0)
        if at:
            yield tuple(words[at:])


def _named(doc: Doc, surnames: set[tuple[str, ...]]) -> Iterator[Span]:
    """Where one of them stands; it may open a sentence: `De la Croix smiler`."""
    words = extensions.words(doc)
    by_last: dict[str, list[tuple[str, ...]]] = {}
    for surname in sorted(surnames):
        by_last.setdefault(surname[-1], []).append(surname)
    for at, word in enumerate(words):
        for surname in by_last.get(word, ()):
            start = at + 1 - len(surname)
            first = words[start] if start >= 0 else ""
            found = (first[:1].lower() + first[1:], *words[start + 1 : at + 1])
            if found == surname:
                yield Span(doc, start, at + 1, label="PER")
