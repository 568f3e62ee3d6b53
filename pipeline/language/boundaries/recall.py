"""Well-known names that the model overlooked: `Flyktninghjelpen` at the start of a sentence."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span

from pipeline.language.boundaries.data import ORDINARY
from pipeline.language.boundaries.echo import Heard, Index
from pipeline.language.known import COUNTRIES, ORGANISATIONS
from pipeline.language.names.data import ENDS_IN_S
from pipeline.language.spans import overrule, sentences

_NAMES = ORGANISATIONS | COUNTRIES

# Shorter ones are too much like other things.
_SHORTEST = 3


@cache
def _index() -> Index:
    """Organisations, and countries of several words, which are what models miss; with genitives."""
    # `Svalbard og Jan Mayen` are one country to ISO 3166, and two places to whoever writes of them.
    labels = {name: "GPE_LOC" for name in COUNTRIES if " " in name and " og " not in name}
    labels |= {name: "ORG" for name in ORGANISATIONS if len(name) >= _SHORTEST}
    owners = {
        f"{name}s": label
        for name, label in labels.items()
        if not name.endswith(("s", "x", "z")) and f"{name}s" not in ENDS_IN_S
    }
    return Index(
        Heard(tuple(name.split()), label, 1, 1.0) for name, label in (owners | labels).items()
    )


def recall(doc: Doc) -> None:
    """Adds what is known to be an organisation or a country, where the model found less.

    A longer name of the model's stays; so does its opinion of the very same words. An ordinary
    word is a name where the model found it as one elsewhere in the document: `Brann`, and `Glimt`
    beside `Bodø/Glimt`.
    """
    named = {part for ent in doc.ents if ent.label_ == "ORG" for part in ent.text.split("/")}
    found = [
        Span(doc, start + first, start + last, label=name.label)
        for start, sentence in sentences(doc)
        for (first, last), name in _index().find(sentence)
        if _stands_alone(sentence, first, last)
        and (name.words[-1] in named or _is_name(sentence, first, last))
    ]
    overrule(doc, found, keeps=lambda existing, new: not _inside(existing, new))


def _stands_alone(sentence: list[str], first: int, last: int) -> bool:
    """No part of a longer name: no capital beside it, but where it owns what follows."""
    before = first > 1 and sentence[first - 1][:1].isupper()
    after = last < len(sentence) and sentence[last][:1].isupper()
    return not before and (not after or _owns(sentence[first:last]))


def _owns(words: list[str]) -> bool:
    return words[-1].endswith("s") and " ".join(words) not in _NAMES


def _is_name(sentence: list[str], first: int, last: int) -> bool:
    """`Posten` that opens a sentence, or stands after a mark, may be any word."""
    if last - first > 1 or sentence[first].lower() not in ORDINARY:
        return True
    return first > 0 and sentence[first - 1].isalnum()


def _inside(existing: Span, new: Span) -> bool:
    within = new.start <= existing.start and existing.end <= new.end
    return within and len(existing) < len(new)
