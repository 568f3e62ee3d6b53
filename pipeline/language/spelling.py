"""Brings a name to the spelling that the tables use: blanks, quotation marks, roads."""

from __future__ import annotations

import re
import unicodedata

from pipeline.language.known import SPELLINGS

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # not seen, but a terminal obeys them
_QUOTES = '«»"“”„‘`´'
_CLOSED = re.compile(r"^([^«»]+)» ")  # what was opened goes
_ROADS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"E\s+(\d{1,3})"), r"E\1"),
    (re.compile(r"[Ee]uropave[ig]\s?(\d{1,3})"), r"E\1"),
    (re.compile(r"(?:[Rr]v\.?|RV|[Rr]iksve[ig])\s?(\d{1,4})"), r"riksvei \1"),
    (re.compile(r"(?:[Ff]v\.?|FV|[Ff]ylkesve[ig])\s?(\d{1,4})"), r"fylkesvei \1"),
    (re.compile(r"Ring\s?([1-4])"), r"Ring \1"),
)


def clean(surface: str) -> str:
    """The name in one line, without what is around it: quotation marks, a tag's #.

    Nor with half of them: `«Texas-Tore» Moe` is Texas-Tore Moe.
    Nor with a hyphen that waits for its noun: `Sandefjord- og Strømsgodset-kampene`.
    """
    text = " ".join(_CONTROL.sub(" ", surface).split())
    stripped = text.strip(_QUOTES + " ").rstrip(",;:-").removeprefix("#")
    return _CLOSED.sub(r"\1 ", stripped) or text


def spell_road(name: str) -> str:
    """`E 6` -> `E6`, `Rv. 7` -> `riksvei 7`; other names stay."""
    for pattern, form in _ROADS:
        if pattern.fullmatch(name):
            return pattern.sub(form, name)
    return name


def plain(name: str) -> str:
    """A name without accents, as some write it a second time: `Modric` of `Modrić`.

    Å is a letter of its own, as where names are compared across articles.
    """
    if name.isascii():
        return name
    return "".join(c if c in "åÅ" else unicodedata.normalize("NFD", c)[0] for c in name)


def unify(name: str) -> str:
    """One spelling for names that papers spell in several ways: `NATO` -> `Nato`."""
    return SPELLINGS.get(name, name)


def turn(name: str) -> str:
    """`Meek, Tore` -> `Tore Meek`, as photo credits turn names."""
    surname, comma, forename = name.partition(",")
    turned = f"{forename.strip()} {surname.strip()}"
    return turned if comma and forename.strip() else name
