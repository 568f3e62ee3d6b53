"""Who plays in a result, of which a model sees a town.

`Kristiansund–Tromsø 1–0`, `Elverum vant 31–27 over Drammen`, `Larvik slo Sola 25–20`, and for whom
somebody races: `1) Kari Moe, Tolga, 15.30,1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.finders.data import BEAT, MEASURES, PLAYED, SPORTS, WHEN
from pipeline.language.known import COUNTRIES, ORGANISATIONS, PLACES
from pipeline.language.lexicon import SHORT_CLUBS
from pipeline.language.spans import before, is_sure, like, overrule
from pipeline.vocabulary import PLACE_LABELS

# How many of 222 sides in the gold that the models are trained on are a club or country.
_RIGHT = 0.96
_DASHES = frozenset("–-")
_SCORE = re.compile(r"\d{1,3}(?:[–-]\d{1,3})?")
_AGAINST = frozenset("over mot for".split())
_FROM = frozenset("fra i på".split())
_THERE = frozenset("i på ved til fra utenfor nær rundt gjennom ,".split())  # Kari Moe, Moss
_WHERE = frozenset("borte hjemme ute".split())
_NUMBER = re.compile(r"\d+[.)]?")
_TIME = re.compile(r"\d+(?:[.,:]\d+)*")
_SEVERAL = 2  # of a list
_NATIONS = COUNTRIES | {"England", "Nord-Irland", "Skottland", "Wales"}  # of sports
_SIDES = PLACE_LABELS | {"ORG"}


def mark_results(doc: Doc) -> None:
    """Both sides of a result are clubs, or countries that act."""
    doc.ents = tuple(part for ent in doc.ents for part in _parted(ent))
    play = {side.start: side for side in (*_playing(doc), *_racing(doc))}
    found: list[Span] = []
    for side in play.values():
        club = side.label_ == "ORG"  # of which it may be so unsure that a town of that name wins
        label = "GPE_ORG" if side.text in _NATIONS and not club else "ORG"
        if label != side.label_ or (club and side.text in PLACES and not is_sure(side)):
            found.append(Span(doc, side.start, side.end, label=label))
    overrule(doc, found, score=_RIGHT)
    overrule(doc, _carried(doc))


def _carried(doc: Doc) -> list[Span]:
    """Clubs of a result, where the model sees towns elsewhere: `Moss vant` above `Moss–Odd 2–0`."""
    clubs = {side.text for pair in _pairs(doc) for side in pair if side.label_ == "ORG"}
    return [
        Span(doc, ent.start, ent.end, label="ORG")
        for ent in doc.ents
        if not clubs.isdisjoint((ent.text, ent.text.removesuffix("s")))
        if ent.label_ in PLACE_LABELS and before(ent).lower() not in _THERE
    ]


def _playing(doc: Doc) -> Iterator[Span]:
    words = extensions.words(doc)
    for pair in _pairs(doc):
        yield from pair
    for side in _sides(doc):
        if _played(words, side) or _beaten(words, side):
            yield side


def _racing(doc: Doc) -> list[Span]:
    """For whom people race in a list of several: `2) Kari Moe, Tolga, 15.30,1`."""
    words = extensions.words(doc)
    clubs = [
        club
        for racer, club in pairwise(doc.ents)
        if racer.label_ == "PER" and club.label_ in _SIDES and club.text not in _NATIONS
        if _is_numbered(words, racer.start) and words[racer.end : club.start] == [","]
        if words[club.end : club.end + 1] == [","] and _is_time(words, club.end + 1)
    ]
    return clubs if len(clubs) >= _SEVERAL else []


def _is_numbered(words: list[str], at: int) -> bool:
    """Whether a place in a list stands before a word: `2)`, `2.`."""
    number = "".join(words[max(at - 2, 0) : at] if words[at - 1 : at] in ([")"], ["."]) else [])
    return bool(at and _NUMBER.fullmatch(number or words[at - 1]))


def _is_time(words: list[str], at: int) -> bool:
    """Whether a time or points follow: `15.30,1`; but `34 år`, and `2)` is the next one's place."""
    time, following, then = (*words[at : at + 3], "", "", "")[:3]
    place = following == ")" or (following == "." and time.isdecimal() and then[:1].isupper())
    return _TIME.fullmatch(time) is not None and following not in MEASURES and not place


def _parted(ent: Span) -> Iterator[Span]:
    """Who won and who lost, where a model takes both for one: `Torsdag slo Magdeburg Veszprém`.

    One is known at least. What opens the sentence says when it was, so that who won stands after
    the verb; but `laget som torsdag slo Union Berlin`.
    """
    words, at = extensions.words(ent.doc), ent.start - 1
    beaten = len(ent) > 1 and at > 0 and words[at] in BEAT and _scored(words, ent.end)
    length = _of_winner(ent) if beaten and _tells_when(words[:at][-2:]) else 0
    if length:
        yield like(ent, 0, length, "ORG")
        yield like(ent, length, len(ent), "ORG")
    else:
        yield ent


def _tells_when(words: list[str]) -> bool:
    """Whether a sentence opens so: `Torsdag`, `I kveld`."""
    return words[-1].lower() in WHEN and any(word[0].isupper() for word in words)


def _of_winner(ent: Span) -> int:
    """How many words of a name are who won; 0 where it is one name."""
    if ent.text in ORGANISATIONS:
        return 0
    parts = range(1, len(ent))
    at = max(parts, key=lambda at: _plays(ent[:at].text) + _plays(ent[at:].text))
    return at if _plays(ent[:at].text) or _plays(ent[at:].text) else 0


def _plays(name: str) -> bool:
    return name in PLACES or name in SHORT_CLUBS or name in ORGANISATIONS


def _sides(doc: Doc) -> list[Span]:
    """What may play; of a town that a model takes for somebody it is not sure."""
    return [ent for ent in doc.ents if ent.label_ in _SIDES or ent.text in PLACES]


def _pairs(doc: Doc) -> Iterator[tuple[Span, Span]]:
    """The two sides of each result: `Brann–Moss 1–0`, `Moss slo Brann 1–0`, `Da slo Moss Brann`.

    Or of a match: `Brann–Moss i fotball`.
    """
    words = extensions.words(doc)
    for home, away in pairwise(_sides(doc)):
        between = words[home.end : away.start]
        met = len(between) == 1 and (between[0] in _DASHES or between[0] in BEAT)
        met = met or (not between and home.start > 0 and words[home.start - 1] in BEAT)
        if (met and _scored(words, away.end)) or _is_match(words, home, away):
            yield home, away


def _is_match(words: list[str], home: Span, away: Span) -> bool:
    """Whether two names are sides of a match in some sport."""
    sport, dash = words[away.end : away.end + 2], words[home.end : away.start]
    return sport[:1] == ["i"] and not SPORTS.isdisjoint(sport) and dash in (["–"], ["-"])


def acts_in_matches(verb: str) -> bool:
    """Whether a side, or who plays, does it: `slo`, `vant`."""
    return verb in BEAT or verb in PLAYED


def ends_of_results(doc: Doc) -> Iterator[int]:
    """The token after each result of two sides, which a document's players may follow."""
    words = extensions.words(doc)
    return (end_of_score(words, away.end) for _, away in _pairs(doc))


def _played(words: list[str], side: Span) -> bool:
    """Whether a name plays to a score: `Grorud vant 3–2`; but not `jenta fra Snarøya vant 6–1`."""
    verb = "".join(words[side.end : side.end + 1])
    comes = side.start > 0 and words[side.start - 1] in _FROM
    return verb in PLAYED and not comes and _scored(words, side.end + 1)


def _beaten(words: list[str], side: Span) -> bool:
    """Whether a score and who it was against stand before a name: `2–1 over`, `5–0 borte mot`."""
    at = side.start - 1
    owns = side.text.endswith("s") and side.text[:-1] in PLACES  # `mot Bergens beste`
    if owns or at < 0 or words[at] not in _AGAINST:
        return False
    at -= at > 0 and words[at - 1] in _WHERE
    return any(
        first >= 0
        and _DASHES.intersection("".join(words[first:at]))
        and end_of_score(words, first) == at
        for first in (at - 1, at - 3)
    )


def _scored(words: list[str], at: int) -> bool:
    """Whether goals follow: `1–0`, or `1`, `–`, `0`; but `Oslo–Bergen 6–7 timer` is no match."""
    end = end_of_score(words, at)
    return end > at and MEASURES.isdisjoint(words[end : end + 1])


def end_of_score(words: list[str], at: int) -> int:
    """Where a score that begins at a word ends; that word where none does."""
    if at >= len(words) or _SCORE.fullmatch(words[at]) is None:
        return at
    if not words[at].isdigit():
        return at + 1
    dash, goals = " ".join(words[at + 1 : at + 2]), " ".join(words[at + 2 : at + 3])
    return at + 3 if dash in _DASHES and goals.isdigit() else at
