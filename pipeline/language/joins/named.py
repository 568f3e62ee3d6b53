"""The mentions of one document as its joins see them, and the types on which they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.language.known import (
    COMPANY_FORMS,
    COUNTRIES,
    MAYBE_PLACES,
    municipalities,
    type_of,
)
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


def _lies_there(mention: Named) -> bool:
    return mention.sure or mention.before.lower() in _THERE


def agree(mentions: Sequence[Named]) -> list[Named]:
    """The mentions, each with the type that the document as a whole speaks for.

    `Putin`, an organisation once, is a person where the article has Putin as a person as often; a
    full name speaks for its last word. Places stay, since people and places share names (Bergen),
    and so do well-known organisations (Brann). These are even what they are known as, if taken for
    people, until somebody of that name is named in full: `Brann jublet`, then Hans Brann; only a
    headline comes before that. What the model is sure of stays, but for such an organisation (the
    dog Frøya, the painting «Mona Lisa»), and for two words or more that somebody's name ends with:
    `Aker Hansen`, where there is Berit Aker Hansen. So does a body by the first word of a longer
    one: `Wilsgård` of Wilsgård Fiskeoppdrett.
    """
    people: Counter[str] = Counter()
    others: Counter[str] = Counter()
    ever: set[str] = set()  # words of the people named in full, wherever
    surnames: set[str] = set()  # those of two words or more
    firms: set[str] = set()  # first words of bodies of two words or more
    for mention in mentions:
        words = mention.name.split()
        if mention.kind == "person":
            people.update({plain(mention.name), plain(words[-1])})
            ever.update(words if len(words) > 1 else ())
            surnames.update(plain(" ".join(words[at:])) for at in range(1, len(words) - 1))
        else:
            others[plain(mention.name)] += 1
            firms.update(map(plain, words[:1] if mention.kind == BODY and len(words) > 1 else ()))
    incorporated = {
        base
        for base, _, form in (m.name.rpartition(" ") for m in mentions if m.kind == BODY)
        if may_be_firm(base, form)
    }
    lived_in = {m.name for m in mentions if m.kind == "place" and m.before.lower() in _THERE}
    lived_in = {name for name in lived_in if name in MAYBE_PLACES and name not in ever}
    agreed = []
    introduced: set[str] = set()
    for mention in mentions:
        name, kind = mention.name, mention.kind
        bare, known = plain(name), type_of(name)
        if kind == "person" and " " in name and known != BODY:
            introduced.update(name.split())
        elif kind == "person" and known is not None and name not in introduced:
            stays = known != BODY and (mention.sure or (mention.heading and name in ever))
            kind = kind if stays else known
        elif kind == "person" and name in lived_in and mention.before.lower() in _WHERE:
            kind = "place"
        elif bare in surnames and known is None:
            kind = "person"
        elif kind == "place" and name in incorporated and not _lies_there(mention):
            kind = BODY
        elif kind not in {"person", "place"} and people[bare] >= others[bare] > 0:
            firm = kind == BODY and bare in firms
            kind = kind if known == BODY or firm or mention.sure else "person"
        agreed.append(replace(mention, kind=kind))
    return agreed
