"""Well-known names that the model overlooked: `Flyktninghjelpen` at the start of a sentence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from pipeline.language.finders.data import ORDINARY
from pipeline.language.known import COUNTRIES, ORGANISATIONS, SHARED
from pipeline.language.lexicon import SOMEBODY
from pipeline.language.spans import opening, overrule, sentences, stands_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

# Shorter ones are too much like other things.
_SHORTEST = 3
_REGISTER = "IMO"  # before the number that a ship has of it
# Newspapers write of them as of no name, and so do NorNE's texts.
_NAMELESS = {"Politiet", "Regjeringen"}


@cache
def _labels() -> dict[str, str]:
    """Organisations, and countries of several words, which are what models miss."""
    # `Svalbard og Jan Mayen` are one country to ISO 3166, and two places to whoever writes of them.
    labels = {name: "GPE_LOC" for name in COUNTRIES if " " in name and " og " not in name}
    bodies = ORGANISATIONS - SHARED - _NAMELESS
    return labels | {name: "ORG" for name in bodies if len(name) >= _SHORTEST}


@cache
def _longest() -> dict[str, int]:
    """Words of the longest name that begins with a word."""
    longest: dict[str, int] = {}
    for name in _labels():
        first, length = name.partition(" ")[0], name.count(" ") + 1
        if length > longest.get(first, 0):
            longest[first] = length
    return longest


def _find(words: list[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end and name of what is known, the longest first, and whether it is a genitive."""
    at = 0
    while at < len(words):
        # `Equinors` begins no name, but is one's genitive.
        longest = _longest().get(words[at], 1 if words[at][-1] == "s" else 0)
        step = 1
        for end in range(min(at + longest, len(words)), at, -1):
            found = " ".join(words[at:end])
            name = found if found in _labels() else _owner(found)
            if name:
                yield at, end, name, name != found
                step = end - at
                break
        at += step


def _owner(found: str) -> str:
    """The name whose genitive it is; empty where it is none."""
    name = found[:-1]
    genitive = found[-1] == "s" and name in _labels() and name[-1] not in "sxz"
    return name if genitive and found not in SOMEBODY else ""


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
        for first, last, name, owns in _find(sentence):
            trusted = name in bodies or name.lower() not in ORDINARY
            if (
                (trusted or not _opens(sentence, first))
                and name not in people
                and not (name == _REGISTER and "".join(sentence[last : last + 1]).isdecimal())
                and stands_alone(sentence, first, last, opens, owns=owns)
            ):
                found.append(Span(doc, start + first, start + last, label=_labels()[name]))
    overrule(doc, found, keeps=lambda existing, new: not _gives_way(existing, new))


def _opens(sentence: list[str], first: int) -> bool:
    """Whether any word has a capital there: it opens the sentence, or stands after a mark."""
    return first == 0 or not sentence[first - 1][-1].isalnum()


def _gives_way(existing: Span, new: Span) -> bool:
    inside = new.start <= existing.start and existing.end <= new.end
    return inside and len(existing) < len(new) and existing.label_ != "PER"
