"""The mentions of one document as its joins see them, and the types on which they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.language.known import (
    COMPANY_FORMS,
    COUNTRIES,
    FORENAMES,
    MAYBE_PLACES,
    municipalities,
    type_of,
)
from pipeline.language.lexicon import KIN_HEADS
from pipeline.language.spelling import plain

BODY = "organisation"
MANY = 50  # so many namesakes are a list, not an article; looking through them takes long

_THERE = frozenset({"i", "på"})
_WHERE = _THERE | {"fra", "til", "ved"}


@dataclass(frozen=True, slots=True)
class Named:
    """One mention, in the order of the text.

    Attributes:
        name: Base name.
        kind: Type.
        sentence: Number of its sentence; -1 where that is not known.
        before: The word before it.
        shouted: Whether it stands in capitals, as in a headline whose words run together.
        sure: Whether the model's label holds against what the name is elsewhere.
        heading: Whether it stands in the headline, which has surnames before full names.
        family: Whether it is the surname of several, by what is derived from it.
    """

    name: str
    kind: str
    sentence: int = -1
    before: str = ""
    shouted: bool = False
    sure: bool = False
    heading: bool = False
    family: bool = False


def may_be_firm(name: str, form: str) -> bool:
    """Whether a firm may go by a name without its form: `Torghatten ASA`, but not `Moss AS`."""
    return form in COMPANY_FORMS and name not in COUNTRIES and name not in municipalities()


@dataclass(frozen=True, slots=True)
class _Said:
    """What the mentions of a document say together.

    Attributes, the first four without accents:
        people: Names of people and their last words, to how many mentions say so.
        others: Names of anything else, to how many mentions say so.
        ends: What the names of people end with that is neither all nor the last word.
        firms: First words of longer names of bodies.
        incorporated: Firms by their names without the form.
        full: Words of the people named in full, wherever.
        lived_in: Places that may be others' names, and in which something is.
        introduced: Words of the people named in full so far.
    """

    people: Counter[str]
    others: Counter[str]
    ends: set[str]
    firms: set[str]
    incorporated: set[str]
    full: set[str]
    lived_in: set[str]
    introduced: set[str]


def _listen(mentions: Sequence[Named]) -> _Said:
    people = [mention.name for mention in mentions if mention.kind == "person"]
    bodies = [mention.name for mention in mentions if mention.kind == BODY]
    longer = [words for words in map(str.split, people) if len(words) > 1]
    full = {word for words in longer for word in words}
    forms = (name.rpartition(" ") for name in bodies)
    there = (m.name for m in mentions if m.kind == "place" and m.before.lower() in _THERE)
    return _Said(
        people=Counter(word for name in people for word in {plain(name), plain(name.split()[-1])}),
        others=Counter(plain(m.name) for m in mentions if m.kind != "person"),
        ends={plain(" ".join(words[at:])) for words in longer for at in range(1, len(words) - 1)},
        firms={plain(name.split()[0]) for name in bodies if len(name.split()) > 1},
        incorporated={base for base, _, form in forms if may_be_firm(base, form)},
        full=full,
        lived_in={name for name in there if name in MAYBE_PLACES and name not in full},
        introduced=set(),
    )


def _is_full(mention: Named) -> bool:
    return mention.kind == "person" and " " in mention.name and type_of(mention.name) != BODY


def _full_name(mention: Named, said: _Said) -> str | None:
    """Who is named in full is somebody."""
    return mention.kind if _is_full(mention) else None


def _known(mention: Named, said: _Said) -> str | None:
    """`Brann jublet` is the club, until somebody of that name is named in full: Hans Brann.

    Only a headline comes before that. Of the name of anything but a body, what the model is sure of
    stays somebody: the dog Frøya.
    """
    known = type_of(mention.name)
    if mention.kind != "person" or known is None or mention.name in said.introduced:
        return None
    headed = mention.heading and mention.name in said.full
    return mention.kind if known != BODY and (mention.sure or headed) else known


def _lived_in(mention: Named, said: _Said) -> str | None:
    """`fra Moe` is a place where the article has something in Moe, and nobody of that name."""
    there = mention.name in said.lived_in and mention.before.lower() in _WHERE
    return "place" if mention.kind == "person" and there else None


def _end_of_name(mention: Named, said: _Said) -> str | None:
    """`Aker Hansen` is somebody, where there is Berit Aker Hansen."""
    ends = plain(mention.name) in said.ends and type_of(mention.name) is None
    return "person" if ends else None


def _incorporated(mention: Named, said: _Said) -> str | None:
    """`Torghatten` is the firm beside Torghatten ASA, but for what lies there."""
    lies_there = mention.sure or mention.before.lower() in _THERE
    firm = mention.name in said.incorporated and not lies_there
    return BODY if mention.kind == "place" and firm else None


def _firm_of_name(mention: Named, said: _Said) -> str | None:
    """Nobody is named in full whose surname `Wilson` is beside Wilson ASA: it is the firm.

    Of what the model is sure, only a headline is about the firm, which may have a longer name
    (`Grieg`, of Grieg Seafood) where the model is not.
    """
    name = mention.name
    nobody = name not in said.full and mention.before.lower() not in KIN_HEADS
    if mention.kind != "person" or not nobody or type_of(name) == "person":
        return None
    incorporated = name in said.incorporated and (mention.heading or not mention.sure)
    begins = plain(name) in said.firms and name not in FORENAMES and name not in MAYBE_PLACES
    return BODY if incorporated or (begins and mention.heading and not mention.sure) else None


def _as_often_somebody(mention: Named, said: _Said) -> str | None:
    """`Putin`, a body once, is a person where the article has Putin as a person as often.

    A full name speaks for its last word. Places stay, since people and places share names (Bergen),
    and so do well-known bodies (Brann), what the model is sure of (the painting «Mona Lisa»), and a
    body by the first word of a longer one: `Wilsgård` of Wilsgård Fiskeoppdrett.
    """
    name = plain(mention.name)
    often = said.people[name] >= said.others[name] > 0
    if mention.kind in {"person", "place"} or not often or mention.sure:
        return None
    stays = type_of(mention.name) == BODY or (mention.kind == BODY and name in said.firms)
    return None if stays else "person"


_RULES: tuple[Callable[[Named, _Said], str | None], ...] = (
    _full_name,
    _known,
    _lived_in,
    _end_of_name,
    _incorporated,
    _firm_of_name,
    _as_often_somebody,
)


def agree(mentions: Sequence[Named]) -> list[Named]:
    """The mentions, each with the type that the document as a whole speaks for.

    The first rule that knows decides; a mention of which none knows keeps its type.

    Args:
        mentions: All names of the document, in order.
    """
    said = _listen(mentions)
    agreed = []
    for mention in mentions:
        kind = next((k for rule in _RULES if (k := rule(mention, said)) is not None), mention.kind)
        agreed.append(replace(mention, kind=kind))
        if _is_full(mention):
            said.introduced.update(mention.name.split())
    return agreed
