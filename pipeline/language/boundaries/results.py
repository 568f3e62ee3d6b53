"""Who plays in a result: `Kristiansund–Tromsø 1–0`, of which a model sees a town."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc

from pipeline.language import extensions
from pipeline.language.known import COUNTRIES
from pipeline.language.spans import like

_DASHES = frozenset("–-")
_SCORE = re.compile(r"\d{1,3}(?:[–-]\d{1,3})?")
_MEASURES = frozenset(
    """
    time timer minutt minutter min sekunder sek døgn dag dager uke uker måneder år meter m km
    kilometer mil grader prosent % knop m/s kroner lyssekunder mennesker personer tonn
    """.split()
)
_PLACES = frozenset({"GPE_LOC", "GPE_ORG", "LOC"})
_SIDES = _PLACES | {"ORG"}


def mark_results(doc: Doc) -> None:
    """Both sides of a result are clubs, or countries that act."""
    words = extensions.words(doc)
    labels = {}
    for home, away in pairwise(doc.ents):
        plays = home.label_ in _SIDES and away.label_ in _SIDES
        dash = away.start == home.end + 1 and words[home.end] in _DASHES
        if plays and dash and _scored(words, away.end):
            for side in (home, away):
                if side.label_ in _PLACES:
                    country = side.text in COUNTRIES
                    labels[side.start] = "GPE_ORG" if country else "ORG"
    if labels:
        doc.ents = tuple(
            like(ent, 0, len(ent), labels[ent.start]) if ent.start in labels else ent
            for ent in doc.ents
        )


def _scored(words: list[str], at: int) -> bool:
    """Whether goals follow: `1–0`, or `1`, `–`, `0`; but `Oslo–Bergen 6–7 timer` is no match."""
    if at >= len(words) or _SCORE.fullmatch(words[at]) is None:
        return False
    if not words[at].isdigit():
        return words[at + 1 : at + 2] == [] or words[at + 1] not in _MEASURES
    dash, goals = " ".join(words[at + 1 : at + 2]), " ".join(words[at + 2 : at + 3])
    measured = not _MEASURES.isdisjoint(words[at + 3 : at + 4])
    return dash in _DASHES and goals.isdigit() and not measured
