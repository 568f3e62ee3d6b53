"""Brings a name to the spelling that the tables use: blanks, quotation marks, capitals, roads."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.language.known import SPELLINGS, by_lower_case, type_of
from pipeline.language.names.data import ACRONYMS
from pipeline.language.spans import PARTICLES

_QUOTES = '«»"“”„‘`´'
_ROADS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"E\s+(\d{1,3})"), r"E\1"),
    (re.compile(r"[Ee]uropave[ig]\s?(\d{1,3})"), r"E\1"),
    (re.compile(r"(?:[Rr]v\.?|RV|[Rr]iksve[ig])\s?(\d{1,4})"), r"riksvei \1"),
    (re.compile(r"(?:[Ff]v\.?|FV|[Ff]ylkesve[ig])\s?(\d{1,4})"), r"fylkesvei \1"),
    (re.compile(r"Ring\s?([1-4])"), r"Ring \1"),
)
_WORD = re.compile(r"[^\W\d_]+")


def clean(surface: str) -> str:
    """The name in one line, without the quotation marks around it or left open inside."""
    text = " ".join(surface.split())
    stripped = text.strip(_QUOTES + " ").rstrip(",;:")
    return stripped or text


def spell_road(name: str) -> str:
    """`E 6` -> `E6`, `Rv. 7` -> `riksvei 7`; other names stay."""
    for pattern, form in _ROADS:
        if pattern.fullmatch(name):
            return pattern.sub(form, name)
    return name


def is_capitals(name: str) -> bool:
    """Whether a name has two or more letters and all are capitals."""
    letters = [character for character in name if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters)


def _titled(word: str) -> str:
    if word in ACRONYMS:
        return SPELLINGS.get(word, word)
    return _capitalised(word)


def _capitalised(word: str) -> str:
    return _WORD.sub(lambda match: match[0].capitalize(), word)


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
    if name.lower() in spelt:
        return spelt[name.lower()]
    single = " " not in name
    if single and type_of(name) is None and type_of(name.capitalize()) == "place":
        return name.capitalize()
    if single and (name in ACRONYMS or len(name) <= 4 or "." in name):
        return name
    if label not in {"PER", "LOC", "GPE_LOC", "GPE_ORG"} and not in_capitals:
        return name  # a body or a product that writes itself so
    return " ".join(_titled(word) for word in name.split())


def lower_endings(name: str, label: str) -> str:
    """`TYRKIAS` -> `TYRKIAs`, `FN-SJEFEN` -> `FN-sjefen`: what is no part of the name inside.

    Args:
        name: In a sentence in capitals, and in capitals itself.
        label: What the model calls it; people are whole.
    """
    inner, hyphen, head = name.partition("-")
    if hyphen and label != "PER" and " " not in inner:
        return f"{lower_endings(inner, label)}-{head.lower()}"
    stem, ending = name[:-1], name[-1].lower()
    owns = ending == "s" and not _is_known(name) and _is_known(stem)
    return stem + ending if owns else name


def _is_known(name: str) -> bool:
    return type_of(name) is not None or name.lower() in by_lower_case()


def add_capitals(name: str, label: str) -> str:
    """`recep tayyip erdogan` -> `Recep Tayyip Erdogan`, `fns` -> `FNs`, `oslo børs` -> `Oslo Børs`.

    Args:
        name: From a text without capitals.
        label: What the model calls it: all words of a person have a capital, of others the first
            one and those that are names by themselves.
    """
    usual = by_lower_case()
    for stem, ending in ((name, ""), (name.removesuffix("s"), "s")):
        if stem in usual:
            return usual[stem] + ending
    first, hyphen, head = name.partition("-")
    if hyphen and label != "PER" and " " not in first:  # `nato-landet`
        return f"{add_capitals(first, label)}-{head}"
    return " ".join(
        word
        if at and word in PARTICLES
        else usual.get(word) or (_capitalised(word) if label == "PER" or not at else word)
        for at, word in enumerate(name.split())
    )


def unify(name: str) -> str:
    """One spelling for names that papers spell in several ways: `NATO` -> `Nato`."""
    return SPELLINGS.get(name, name)


def turn(name: str) -> str:
    """`Meek, Tore` -> `Tore Meek`, as photo credits turn names."""
    surname, comma, forename = name.partition(",")
    turned = f"{forename.strip()} {surname.strip()}"
    return turned if comma and forename.strip() else name
