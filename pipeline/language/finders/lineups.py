"""Players in the lists that reports of matches end with, of whose surnames a model makes clubs.

`HamKam (4-3-3): Sandberg – Jones, Norheim, Kongsro`, `Mål for Halden: Lindqvist 8, Aarskog 5`,
`Brann–Moss 2–0 (Finne 10, Myhre 22)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.finders.results import end_of_score, ends_of_results
from pipeline.language.known import type_of
from pipeline.language.spans import after, is_sure, overrule, sentences

_FORMATION = re.compile(r"\d(?:[-–]\d){2,4}")
_GOALS = ["Mål", "for"]
_SCORERS = frozenset({"Målscorer", "Målscorere"})
_LONGEST_CLUB = 4  # words between that and the colon
_ROUNDS = frozenset("Runde Kamp Gruppe Omgang Sett Pause".split())  # `(Runde 5)`
_LONGEST = 5  # words of a player's name
_LONGEST_LIST = 100  # words in brackets


def mark_lineups(doc: Doc) -> None:
    """Takes those in the list of a team, or of who scored for it, for people."""
    found = [
        Span(doc, start + first, start + last, label=label)
        for start, words in sentences(doc)
        for first, last, label in find_lineup(words)
    ]
    overrule(doc, found, keeps=lambda existing, new: existing.label_ == new.label_)
    words = extensions.words(doc)
    scorers = [
        Span(doc, end + first, end + last, label="PER")
        for end in ends_of_results(doc)
        for first, last in find_scorers(words[end : end + _LONGEST_LIST])
    ]
    overrule(doc, scorers, keeps=_keeps)


def _keeps(existing: Span, scorer: Span) -> bool:
    """Whether a name stays: `Høyre–Frp 25–18 (Norstat)`; but not with a minute after it."""
    sure = is_sure(existing) and not after(scorer).rstrip(")").isdecimal()
    return existing.label_ == scorer.label_ or sure


def find_scorers(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of who scored, in brackets after a result: `(Finne 10, Myhre – Bø)`.

    A name with a minute after it, or one of several surnames; but `(Eliteserien)` and `(U21)` are
    what was played.

    Args:
        words: Those after the result.
    """
    # `8)` is one token, which may be a face.
    end = next((at for at, word in enumerate(words) if word[-1] == ")"), 0)
    if words[:1] != ["("] or not end:
        return
    listed = [*words[:end], words[end].rstrip(")") or ")"]
    if listed[1] in _ROUNDS:
        return
    players = list(_players(listed, 1))
    for first, last in players:
        shootout = end_of_score(listed, last) > last  # `Straffer 4–2`
        minute = "".join(listed[last : last + 1]).isdecimal() and not shootout
        surname = len(players) > 1 and last == first + 1 and not listed[first].isupper()
        if minute or surname:
            yield first, last


def find_lineup(sentence: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and label of the club and of each player that a sentence lists.

    Args:
        sentence: Its words.
    """
    begins = _begins(sentence)
    players = list(_players(sentence, begins)) if begins else []
    if players and sentence[0] == _GOALS[0]:  # of a club
        yield len(_GOALS), begins - 1, "ORG"
    for first, last in players:
        yield first, last, "PER"


def _players(sentence: Sequence[str], at: int) -> Iterator[tuple[int, int]]:
    while at < len(sentence):
        if sentence[at] == "." and sentence[at + 1 : at + 2] != [")"]:  # `(Onsrud 64.)`
            return
        end = at
        while end < len(sentence) and sentence[end][0].isupper():
            end += 1
        kind = type_of(" ".join(sentence[at:end]))
        known = end - at > _LONGEST or kind not in (None, "person")
        # Not the next team, `Viking:`, nor a sentence, `Ubrukte reserver`.
        listed = end == len(sentence) or sentence[end] == "og" or not sentence[end].isalpha()
        if end > at and listed and sentence[end : end + 1] != [":"] and not known:
            yield at, end
        at = max(end, at + 1)


def _begins(sentence: Sequence[str]) -> int:
    """Where the list begins; 0 where there is none."""
    colon = sentence.index(":") if ":" in sentence else 0
    club = sentence[len(_GOALS) : colon]
    if colon == 1 and sentence[0] in _SCORERS:
        return 2
    named = 0 < len(club) <= _LONGEST_CLUB and club[0][0].isupper()
    if sentence[: len(_GOALS)] == _GOALS and named:  # not `Mål for perioden:`
        return colon + 1
    for at in range(1, len(sentence) - 2):
        if sentence[at - 1] == "(" and _FORMATION.fullmatch(sentence[at]):
            ends = (at + 2, at + 3)  # `):` is one token, or two
            return next((end for end in ends if "".join(sentence[at + 1 : end]) == "):"), 0)
    return 0
