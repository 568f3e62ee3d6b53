"""Whether something is a name, and of which label, by its words and those beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.language.boundaries.data import (
    AGE_CLASS,
    AGED,
    BODIES,
    BUILDINGS,
    CALLED_AFTER,
    CONTACTS,
    CRAFT,
    CURRENCIES,
    DEMONYMS,
    FELLOWS,
    FIRMS,
    FORCES,
    INDICES,
    OF_COUNTRIES,
    OFFICES,
    PAPERS,
    PARTIES,
    ROLES,
    SEVERAL_SITES,
    SHORT_TITLES,
    SITES,
    TELEPHONES,
    TERMS,
    TITLE_HEADS,
)
from pipeline.language.known import FORENAMES, MAYBE_PLACES, type_of
from pipeline.language.lexicon import OWNING, PERSONS, TITLES
from pipeline.vocabulary import PLACE_LABELS


def is_unnamed(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is somebody without a name: `Mann (42) tiltalt`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        following: The word after it, empty where there is none.
    """
    return label == "PER" and following == "(" and len(words) == 1 and words[0] in AGED


def is_term(words: Sequence[str], label: str, told: Collection[str]) -> bool:
    """Whether it is letters for an illness, a substance or an index, and no body: `PFAS`, `KPI-en`.

    Or for money, or who is of an age: `USD`, `G16`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        told: What stands in brackets in the document: `European Patent Office (EPO)`.
    """
    if words[0] == "IMO" and "".join(words[1:]).isdecimal():
        return True  # a ship by its number
    if label in ("PROD", "EVT"):
        return False
    term = words[0].removesuffix("-en")
    stands_for = term in TERMS or term in CURRENCIES or AGE_CLASS.fullmatch(term)
    letters = len(words) == 1 and stands_for and term not in told
    return bool(letters) or " ".join(words) in INDICES


def is_party(words: Sequence[str], label: str, *, sure: bool) -> bool:
    """Whether a notice or contract speaks of somebody without the name: `Styret i Selskapet`.

    But there are farms called Banken.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        sure: Whether the model is.
    """
    spoken_of = len(words) == 1 and words[0].removesuffix("s") in PARTIES
    return spoken_of and not (label in ("LOC", "PROD") and sure)


def is_demonym(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is who comes from a place, and no name: `Moldenseren tok gull`.

    Args:
        words: The tokens of a name that opens a sentence.
        label: What the model calls it.
        following: The word after it.
    """
    unknown = len(words) == 1 and words[0].endswith(DEMONYMS) and type_of(words[0]) is None
    return unknown and label != "PROD" and following not in PAPERS


def is_of_country(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is what a country has, and no name: `Sudanske styrker`.

    But the party `Libanesiske styrker` is known, and `Etiopisk forening` a body.

    Args:
        words: The tokens of a name that opens a sentence.
        label: What the model calls it.
        following: The word after it.
    """
    if words[0].lower() not in OF_COUNTRIES:
        return False
    last = words[-1] if len(words) > 1 else following
    small = last.islower() and all(word.islower() for word in words[1:])
    body = last.endswith(CALLED_AFTER) and not last.endswith(FORCES)
    known = label == "PROD" or type_of(" ".join(words)) is not None
    return small and not body and not known


def is_somebody(words: Sequence[str], label: str, role: str, *, sure: bool) -> bool:
    """Whether a body is somebody by what stands before: `investoren Priya Raghunathan`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        role: The word before it.
        sure: Whether the model is.
    """
    if label not in ("ORG", "PROD") or type_of(" ".join(words)) is not None:
        return False
    full = _is_full_name(words) and (role in FELLOWS or (role in ROLES and not sure))
    return role in PERSONS or full


def is_told(words: Sequence[str], label: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a body is somebody by how a notice tells it: `Kari Moe (CEO)`, `Kari Moe, CFO,`.

    Or by how to reach them: `kontakt: Kari Moe, tlf. 22 00 00 00`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        before: The words before it.
        after: Those after it.
    """
    opened, told, closed = (*after[:3], "", "", "")[:3]
    if label != "ORG" or opened not in ("(", ",") or not _is_full_name(words):
        return False
    if any(type_of(name) == "organisation" for name in (" ".join(words), *words)):
        return False
    office = told in OFFICES or told.lower() in TITLES
    if office and ((opened == "(" and closed[:1] == ")") or (opened == "," and closed == ",")):
        return True
    contact = [word.lower() for word in before[-2:]]
    reached = len(contact) > 1 and contact[0] in CONTACTS and contact[1] == ":"
    return reached and opened == "," and told.lower() in TELEPHONES


def _is_full_name(words: Sequence[str]) -> bool:
    """Whether words may be what somebody is called: two to four, none of a firm or a building."""
    last = words[-1].lower()
    if not 1 < len(words) < 5 or last in BODIES or last in BUILDINGS:
        return False
    named = all(word.isalpha() and word[0].isupper() for word in words)
    return named and FIRMS.isdisjoint(words) and not last.endswith(CALLED_AFTER)


def site_or_craft(
    words: Sequence[str], label: str, before: Sequence[str], following: str
) -> str | None:
    """The label of what is no person and no body by what stands before; None where it may be one.

    `flyktningleiren Kakuma` and `kraftverkene Cetin og Kargi` are places, `raketten Starship` and
    `viruset ToBRFV` products; but `kraftverket Zorp eier`, and letters are a body.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        before: The words before it.
        following: The word after it.
    """
    if label not in ("ORG", "PER", "LOC", "GPE_LOC") or not before:
        return None
    head = before[-1].lower()
    first = before[-3].lower() if before[-1] == "og" and len(before) > 2 else ""
    craft = head.endswith(CRAFT)
    site = head.endswith((*SITES, *SEVERAL_SITES)) or first.endswith(SEVERAL_SITES)
    if not (craft or (site and not words[0].isupper())):
        return None
    if label not in ("ORG", "PER") and (site or " ".join(words) in MAYBE_PLACES):
        return None
    if "-" in head or following in OWNING:  # `Trump-leiren`
        return None
    if type_of(" ".join(words)) is not None or (len(words) > 1 and words[0] in FORENAMES):
        return None
    return "PROD" if craft else "LOC"


def is_role(words: Sequence[str], label: str) -> bool:
    """Whether a model that is not sure makes a body of a role: `Filmanmelder`, under a byline.

    Or of whose it is: `Statsministerens partifelle`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
    """
    word = words[0]
    heads = word.lower().removesuffix("s").endswith(TITLE_HEADS)
    head = word.isalpha() and heads and type_of(word) is None
    return len(words) == 1 and head and label in PLACE_LABELS | {"ORG"}


def is_title(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is no name but what somebody is, whose name follows: `Kommisjonsleder Kari Moe`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        following: What the model calls the name that follows without anything between.
    """
    derived = label == "DRV" and not words[0].isalpha()  # `Ap-nestleder Kari Moe`
    if following != "PER" or len(words) != 1 or derived or label in ("PROD", "EVT", "MISC"):
        return False
    word = words[0].lower()
    title = word in TITLES or word in SHORT_TITLES or word in ROLES
    return title or word.endswith(TITLE_HEADS)
