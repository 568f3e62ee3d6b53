"""Decides whether a final -s is the genitive or part of the name.

What decides, in this order: an apostrophe; an acronym; a list of names in -s; the spelling; a
well-known name without the -s; the same name without -s elsewhere in the document; the spelling
of foreign names; what follows the mentions. Every rule is a small function that says yes, no, or
None for "I do not know"; where none knows, the -s stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.language.known import ORGANISATIONS, PEOPLE, PLACES, PUBLIC, UNOWNED, by_lower_case
from pipeline.language.lexicon import ENDS_IN_S
from pipeline.language.names.data import (
    ENDS_IN_APOSTROPHE_S,
    ENGLISH_ENDINGS,
    FOREIGN_ENDINGS,
    NOT_OWNED,
    OWNED,
)

_APOSTROPHES = "'’´`"
_MARKED = re.compile(rf"(?:[{_APOSTROPHES}]s|(?<=[sxzSXZ])[{_APOSTROPHES}]|(?<=[A-ZÆØÅ0-9])[-:]s)$")
_ACRONYM = re.compile(r"[A-ZÆØÅ0-9]*[A-ZÆØÅ][A-ZÆØÅ0-9]*s")
_BEFORE_NAME = 3
_CODE = 3  # letters: `LAT`
# What nobody owns: `reddet` and `målet`, `permitterer` and `permittert`, `vedtatt`, `sykmeldt`,
# `strykes`; but there are nouns and adjectives that end so.
_VERB_OR_DEFINITE = re.compile(
    r"[a-zæøå]+(?:et|erer|ert|(?:ta|sa|gi|gå)tt|lagt|[dm]t|[^aeiouyæøås]es)"
)
_OWNED_ALL_THE_SAME = tuple(
    """
    het itet ultet ietet ertet eget planet magnet poet profet komet alfabet dekret lerret kabaret
    minaret ansatt kvarterer konsert ekspert dessert vert koffert karakterer felles fjes glimt
    """.split()
)
_DEFINITE = ("eens", "onens", "ingens", "etets", "iets", "andets", "skapets", "uttets")
_NO_GENITIVES = ("krets", "lisens", "frekvens")
_COMMON = ("tts", "unes", "ens", "ets", "unds", "ats", "ings", "lags")
_KNOWN = (PLACES, ORGANISATIONS, PEOPLE, PUBLIC)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands.

    Attributes:
        surface: The name, its quotation marks gone.
        following: The word after it, empty at the end of a paragraph.
        person: Whether the model takes it for a person.
    """

    surface: str
    following: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the document says.

    Attributes:
        names: The document's names.
        last_words: Their last words, and the names themselves.
        first_words: First words of people who are named with several, but not where somebody has
            the same word with an -s.
        people: Those names of people.
        votes: Last word in -s to the number of mentions before something owned, less those before
            something else. Full names vote with surnames.
    """

    names: frozenset[str]
    last_words: frozenset[str]
    first_words: frozenset[str]
    people: frozenset[str]
    votes: dict[str, int]


def _is_known(name: str) -> bool:
    return any(name in names for names in _KNOWN)


def _is_unowned(following: str) -> bool:
    lower = following.lower()
    if lower in NOT_OWNED or "@" in following:
        return True
    # A name may begin like a verb: `Quentin Tarantinos Kill Bill`.
    if (lower if following.isupper() else following) in UNOWNED:
        return True
    verb = _VERB_OR_DEFINITE.fullmatch(following) is not None
    return verb and not following.endswith(_OWNED_ALL_THE_SAME)


def _owns(following: str) -> int:
    """More than 0 where the next word can be owned, -1 where it cannot."""
    if not following or not following[0].isalnum():
        return 1 if following == "«" else -1
    if _is_unowned(following):
        return -1
    if following.isupper() and len(following) == _CODE:  # of a country, in lists of results
        return 0
    if following in OWNED:
        return _BEFORE_NAME
    # A capital is another name, owned by this one: it would be part of this one otherwise.
    return _BEFORE_NAME if following[0].isupper() else 1


def gather(mentions: Iterable[Mention]) -> Evidence:
    """The evidence in all names of a document."""
    names: set[str] = set()
    last_words: set[str] = set()
    people: set[str] = set()
    votes: dict[str, int] = {}
    for mention in mentions:
        *others, last = mention.surface.split() or [""]
        names.add(mention.surface)
        last_words.add(last)
        if others and mention.person:
            people.add(mention.surface)
        if last.endswith("s"):
            votes[last] = votes.get(last, 0) + _owns(mention.following)
    # `Donalds` is rather Byron Donalds, where he is named, than Donald Trump's.
    firsts, ends = {name.split()[0] for name in people}, {name.split()[-1] for name in people}
    first_words = frozenset(first for first in firsts if f"{first}s" not in firsts | ends)
    return Evidence(
        frozenset(names), frozenset(last_words | names), first_words, frozenset(people), votes
    )


@dataclass(frozen=True, slots=True)
class Question:
    """One name in -s, the evidence, and the type that it seems to have."""

    surface: str
    evidence: Evidence

    @property
    def last(self) -> str:
        """Its last word."""
        return self.surface.split()[-1]

    @property
    def stem(self) -> str:
        """Its last word without the -s."""
        return self.last[:-1]


def _acronym(question: Question) -> bool | None:
    """`USAs`, `NRKs`."""
    return True if _ACRONYM.fullmatch(question.last) and len(question.last) > 2 else None


def _listed(question: Question) -> bool | None:
    """`Hans`, `Paris`, `Los Angeles`, `Troms`."""
    listed = question.last in ENDS_IN_S
    # Almas is a place too, but not where the document has Alma.
    known = (
        _is_known(question.surface) and question.surface[:-1] not in question.evidence.last_words
    )
    return False if listed or known else None


def _compound(question: Question) -> bool | None:
    """`Idlib-provinsens`: the definite form of a noun takes -s."""
    head = question.last.rpartition("-")[2] if "-" in question.last else ""
    return True if head.islower() and head.endswith(("ens", "ets", "enes", "øyas")) else None


def _body(question: Question) -> bool | None:
    """`TV 2s`, `Demokratenes`: a well-known organisation."""
    return True if question.surface[:-1] in ORGANISATIONS else None


def _definite(question: Question) -> bool | None:
    """`Nobelkomiteens`, `Domstoladministrasjonens`: so only definite nouns end."""
    long = len(question.last) > 8
    return True if long and question.last.endswith(_DEFINITE) else None


def _english(question: Question) -> bool | None:
    """`The Osbournes`, where the document says nothing else.

    One thing that is owned is not enough for `Nordic Plastics` either.
    """
    if question.surface.startswith("The "):
        return False
    plural = " " in question.surface and question.last.endswith(ENGLISH_ENDINGS)
    return question.evidence.votes.get(question.last, 0) > _BEFORE_NAME if plural else None


def _double(question: Question) -> bool | None:
    """`Moss`, `Strauss`: names in -s take an apostrophe, not another -s."""
    return False if question.stem[-1:] in "sxzSXZ" or len(question.stem) < 2 else None


def _well_known(question: Question) -> bool | None:
    """`Norges`, `Putins`; not the first word of `Tønsbergs Blad`, which is not last."""
    last = question.last
    # A farm, and people called after it: `Glesnes`; but `Marshalløyenes` are islands.
    if last.endswith("nes") and not last.endswith("øyenes"):
        return None
    whole = question.surface[:-1]
    return True if _is_known(whole) or question.stem in PEOPLE else None


def _elsewhere(question: Question) -> bool | None:
    """`Assads`, where the document also says Assad, or `Elenis`, where Eleni Zorp is named.

    `Bulldog Esports` is not the genitive for what `Telenor Esport` ends in.
    """
    evidence, stem = question.evidence, question.stem
    one_word, somebody = question.surface == question.last, question.surface in evidence.people
    words = evidence.last_words if one_word or somebody else evidence.names
    named = stem in words or (one_word and stem in evidence.first_words)
    return True if question.surface[:-1] in words or (named and len(stem) > 2) else None


def _before_names(question: Question) -> bool | None:
    """`Quentin Tarantinos Pulp Fiction`, `Mario Draghis rapport`."""
    votes = question.evidence.votes.get(question.last, 0)
    return True if votes >= _BEFORE_NAME and not question.last.endswith(("nes", "us")) else None


def _foreign(question: Question) -> bool | None:
    """`Guterres`, `Soros`."""
    return False if question.last.endswith(FOREIGN_ENDINGS) else None


def _voted(question: Question) -> bool | None:
    """`Statoils overskudd`, but `Tallis sang`: the mentions vote by what follows them."""
    votes = question.evidence.votes.get(question.last, 0)
    return None if votes == 0 else votes > 0


RULES: tuple[Callable[[Question], bool | None], ...] = (
    _acronym,
    _listed,
    _body,
    _compound,
    _definite,
    _double,
    _well_known,
    _elsewhere,
    _english,
    _before_names,
    _foreign,
    _voted,
)


def _is_name(word: str) -> bool:
    return any(character.isupper() or character.isdigit() for character in word)


def strip_genitive(surface: str, evidence: Evidence) -> str:
    """The name without the genitive's -s or apostrophe, if it has one.

    Args:
        surface: The name.
        evidence: What the document says (`gather`).
    """
    words = surface.split()
    if not words or words[-1] in ENDS_IN_APOSTROPHE_S:
        return surface
    marked = _MARKED.search(surface)
    if marked and marked.start() > 0:
        return surface[: marked.start()].rstrip()
    if not surface.endswith("s"):
        return surface
    if not _is_name(words[-1]):  # "Meteorologisk institutts", but "Det hvite hus"
        stem = surface[:-1]
        known = stem.lower() in by_lower_case() or stem in evidence.last_words
        people = words[0] == "De" and words[-1].endswith("es")  # `De grønnes`
        common = words[-1].endswith(_COMMON) and not words[-1].endswith(_NO_GENITIVES)
        return stem if len(words) > 1 and (known or common or people) else surface
    question = Question(surface, evidence)
    verdict = next((v for rule in RULES if (v := rule(question)) is not None), False)
    return surface[:-1] if verdict else surface
