"""Gives names their usual capitals, where they have none or the text around them nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from pipeline.language.known import (
    CANONICAL,
    COMPANY_FORMS,
    PEOPLE,
    SHARED,
    SPELLINGS,
    by_lower_case,
    type_of,
)
from pipeline.language.lexicon import ENDS_IN_S, NAMED_AFTER_HEADS, OWN_NAME_HEADS
from pipeline.language.names.data import ACRONYMS, HEAD_KINDS, ORGANISATION_HEADS, PLACE_HEADS
from pipeline.language.spans import ARTICLES, PARTICLES
from pipeline.vocabulary import PLACE_LABELS, TYPE_OF_LABEL

_ADDRESS = re.compile(r"[^\W\d_][\w-]*(\.[\w-]+)+")  # `vg.no`
_LETTERS = re.compile(r"[^\W\d_]+")
_APOSTROPHE = re.compile(r"(?<=.)['’´`]s?$")
_HEADS = (
    PLACE_HEADS | ORGANISATION_HEADS | OWN_NAME_HEADS | NAMED_AFTER_HEADS | frozenset(HEAD_KINDS)
)
_DEFINITE = re.compile(r".{3,}(?:en|et|ene|a)")
_FORMS = {form.lower(): form for form in sorted(COMPANY_FORMS)}
_VOWELS = frozenset("aeiouyæøåäöéèü")
_INSIDE = PARTICLES | {"og", "i", "på"}  # words without a capital, but where they begin or end
_SMALL = frozenset({"DRV", "PROD", "MISC"})  # `osloboer`, `hundeloven`, `gaupe`
_SHORT = 4  # letters; what is longer is hardly an acronym


def is_capitals(name: str) -> bool:
    """Whether a name has two or more letters and all are capitals."""
    letters = [character for character in name if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters)


def lower_capitals(name: str, label: str, spelt: Mapping[str, str], *, in_capitals: bool) -> str:
    """`KHARKIV` -> `Kharkiv`; acronyms stay.

    Args:
        name: The name.
        label: What the model calls it.
        spelt: Lower-case name to its normal spelling elsewhere in the document.
        in_capitals: Whether the sentence around it is in capitals too.
    """
    if not is_capitals(name):
        return name
    known = by_lower_case() if in_capitals and len(name) > _SHORT else {}
    usual = spelt.get(name.lower()) or known.get(name.lower())
    if usual and (in_capitals or not _are_two(name, usual)):
        return usual
    single = " " not in name
    if single and type_of(name) is None and type_of(name.capitalize()) == "place":
        return name.capitalize()
    if single and (name in ACRONYMS or len(name) <= _SHORT or "." in name):
        return name
    if label not in PLACE_LABELS | {"PER"} and not in_capitals:
        return name  # a body or a product that writes itself so
    first, *others = name.split()
    return " ".join([_titled(first), *map(_titled_inside, others)])


def _are_two(name: str, other: str) -> bool:
    """Whether two spellings are known as two things: AP, and Ap, which is Arbeiderpartiet."""
    return type_of(name) is not None and CANONICAL.get(name, name) != CANONICAL.get(other, other)


def _titled(word: str) -> str:
    if word in ACRONYMS:
        return SPELLINGS.get(word, word)
    return _LETTERS.sub(lambda match: match[0].capitalize(), word)


def _titled_inside(word: str) -> str:
    return word.lower() if word.lower() in _INSIDE else _titled(word)


def lower_endings(name: str, label: str, spelt: Collection[str]) -> str:
    """`TYRKIAS` -> `TYRKIAs`, `NATO-SJEFEN` -> `NATO-sjefen`: what is no part of the name inside.

    Args:
        name: In capitals, as is the sentence around it.
        label: What the model calls it.
        spelt: The document's names in normal spelling, in lower case.
    """
    inner, _, head = name.rpartition("-")
    known = name.lower() in spelt or name.lower() in by_lower_case()
    is_head = head.lower() in _HEADS or (not known and _is_head(head.lower(), label))
    if inner and (is_head or is_shouted(name)):
        return f"{inner}-{head.lower()}"
    if known:
        return name
    stem = name[:-1]
    owns = name.endswith("S") and name.rsplit(maxsplit=1)[-1].capitalize() not in ENDS_IN_S
    return f"{stem}s" if owns and _may_own(stem.lower(), label, spelt) else name


def is_shouted(name: str) -> bool:
    """Whether it is a compound in capitals of something known and a noun: `NAV-SKANDALEN`."""
    inner, _, head = name.rpartition("-")
    return (
        is_capitals(name)
        and len(head) > _SHORT
        and inner.lower() in by_lower_case()
        and type_of(head.capitalize()) is None
        and head.capitalize() not in SHARED  # `MOE-JENSEN`
        and (head.lower() in _HEADS or _DEFINITE.fullmatch(head.lower()) is not None)
    )


def _is_head(word: str, label: str) -> bool:
    """Whether a compound's last part is a noun; of `Sør-Varanger` it is a name."""
    if label == "DRV" or word in _HEADS:
        return True
    return label in {"PROD", "EVT"} and _DEFINITE.fullmatch(word) is not None


def _may_own(name: str, label: str, spelt: Collection[str]) -> bool:
    """Whether a name without its -s, in lower case, is one that the document has or that is known.

    Those known have to be of the type that the model says: `LOS` is no genitive where it is a
    place.
    """
    if name in spelt:
        return True
    usual = by_lower_case()
    forenames, _, surname = name.rpartition(" ")
    if label == "PER" and forenames and usual.get(surname) in PEOPLE:
        return True
    return name in usual and type_of(usual[name]) == TYPE_OF_LABEL.get(label)


def add_capitals(name: str, label: str) -> str:
    """`recep tayyip erdogan` -> `Recep Tayyip Erdogan`, `fns` -> `FNs`, `oslo børs` -> `Oslo Børs`.

    All words of a person get a capital; of others the first one, and those that are names by
    themselves. Laws and species need none, and get none but where they are known.

    Args:
        name: Without any capital; a name that has one stays.
        label: What the model calls it.
    """
    if any(map(str.isupper, name)) or _ADDRESS.fullmatch(name):
        return name
    if label in _SMALL and "-" not in name:
        return name if label == "DRV" else by_lower_case().get(name, name)
    usual = by_lower_case()
    stem = _APOSTROPHE.sub("", name)
    ending = name[len(stem) :]
    for whole, genitive in ((stem, ""), (stem.removesuffix("s"), "s")):
        if whole in usual:
            return usual[whole] + genitive + ending
    inner, _, head = stem.rpartition("-")
    if inner and _is_head(head, label):
        return f"{add_capitals(inner, '')}-{head}{ending}"
    words = stem.split(" ")
    return " ".join(_spelt(words, at, label) for at in range(len(words))) + ending


def _spelt(words: list[str], at: int, label: str) -> str:
    """A word of a name with the capitals that it has there."""
    word, last = words[at], len(words) - 1
    if 0 < at < last and word in _INSIDE:
        return word
    usual = by_lower_case().get(word, "")
    if label == "PER":
        return usual if len(word) > 2 and usual and not usual.isupper() else _capitalised(word)
    if 0 < at == last and word in _FORMS:
        return _FORMS[word]
    if len(word) > 2 and usual:
        return usual
    if at > 0:
        return word
    short = len(word) <= _SHORT and _VOWELS.isdisjoint(word)  # `kfc`
    return word.upper() if short or word.upper() in ACRONYMS else _capitalised(word)


def _capitalised(word: str) -> str:
    """`anne-marie` -> `Anne-Marie`, `al-assad` -> `al-Assad`."""
    *before, last = word.split("-")
    parts = [part if part in ARTICLES else part[:1].upper() + part[1:] for part in before]
    return "-".join([*parts, last[:1].upper() + last[1:]])
