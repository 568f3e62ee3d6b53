"""Well-known names that the model overlooked: `Flyktninghjelpen` at the start of a sentence."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span

from pipeline.language.boundaries.data import ORDINARY, SOMEBODY
from pipeline.language.boundaries.heard import Heard, Index
from pipeline.language.known import COUNTRIES, ORGANISATIONS, SHARED
from pipeline.language.spans import opening, overrule, sentences, stands_alone

_NAMES = ORGANISATIONS | COUNTRIES

# Shorter ones are too much like other things.
_SHORTEST = 3
# Newspapers write of them as of no name, and so do NorNE's texts.
_NAMELESS = {"Politiet", "Regjeringen"}


@cache
def _index() -> Index:
    """Organisations, and countries of several words, which are what models miss; with genitives."""
    # `Svalbard og Jan Mayen` are one country to ISO 3166, and two places to whoever writes of them.
    labels = {name: "GPE_LOC" for name in COUNTRIES if " " in name and " og " not in name}
    bodies = ORGANISATIONS - SHARED - _NAMELESS
    labels |= {name: "ORG" for name in bodies if len(name) >= _SHORTEST}
    owners = {
        f"{name}s": label
        for name, label in labels.items()
        if not name.endswith(("s", "x", "z")) and f"{name}s" not in SOMEBODY
    }
    return Index(
        Heard(tuple(name.split()), label, 1, 1.0) for name, label in (owners | labels).items()
    )


def recall(doc: Doc) -> None:
    """Adds what is known to be an organisation or a country, where the model found less.

    A longer name of the model's stays; so does its opinion of the very same words, and a person.
    An ordinary word is a name where the model found it as one elsewhere in the document: `Brann`,
    and `Glimt` beside `Bodø/Glimt`. A word of somebody's name is that.
    """
    bodies = {part for ent in doc.ents if ent.label_ == "ORG" for part in ent.text.split("/")}
    people = {word for ent in doc.ents if ent.label_ == "PER" for word in ent.text.split()}
    found: list[Span] = []
    for start, sentence in sentences(doc):
        opens = opening(sentence)
        for (first, last), known in _index().find(sentence):
            name = _base(known.words)
            trusted = name in bodies or name.lower() not in ORDINARY
            if (trusted or not _opens(sentence, first)) and name not in people:
                owns = name != " ".join(known.words)
                if stands_alone(sentence, first, last, opens, owns=owns):
                    found.append(Span(doc, start + first, start + last, label=known.label))
    overrule(doc, found, keeps=lambda existing, new: not _gives_way(existing, new))


def _base(words: tuple[str, ...]) -> str:
    """Without the genitive's -s."""
    name = " ".join(words)
    return name if name in _NAMES else name[:-1]


def _opens(sentence: list[str], first: int) -> bool:
    """Whether any word has a capital there: it opens the sentence, or stands after a mark."""
    return first == 0 or not sentence[first - 1][-1].isalnum()


def _gives_way(existing: Span, new: Span) -> bool:
    inside = new.start <= existing.start and existing.end <= new.end
    return inside and len(existing) < len(new) and existing.label_ != "PER"
