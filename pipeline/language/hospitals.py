"""Hospitals that go by the place where they are: `innlagt på Haukeland`."""

from __future__ import annotations

import re

from spacy.tokens import Span

from pipeline.language.spans import before, sentence_words

_HOSPITALS = {
    "Aker": "Aker sykehus",
    "Blakstad": "Blakstad sykehus",
    "Diakonhjemmet": "Diakonhjemmet sykehus",
    "Dikemark": "Dikemark sykehus",
    "Gaustad": "Gaustad sykehus",
    "Haukeland": "Haukeland universitetssjukehus",
    "Lovisenberg": "Lovisenberg diakonale sykehus",
    "Sanderud": "Sanderud sykehus",
    "Sunnaas": "Sunnaas sykehus",
    "Ullevål": "Ullevål sykehus",
}
_THERE = frozenset({"på", "til", "ved"})
_CARE = re.compile(
    r"innlagt|operer\w+|behandle[trs]?|fløyet|(?:luft)?ambulanse\w*|døde|sovnet|pasient\w*"
    r"|\w*avdeling(?:en)?|lege(?:ne?|r)?|overlege\w*|sykepleier\w*"
)
_HURT = re.compile(r"\w*skad\w+")  # who is on his way: `skadd på Ullevål` is the stadium's


def hospital(name: str, ent: Span) -> str:
    """The name of the hospital that a name stands for by its sentence, empty if it is none."""
    where = before(ent).lower()
    if name not in _HOSPITALS or where not in _THERE:
        return ""
    said = [word.lower() for word in sentence_words(ent)]
    hurt = where == "til" and any(map(_HURT.fullmatch, said))
    return _HOSPITALS[name] if hurt or any(map(_CARE.fullmatch, said)) else ""
