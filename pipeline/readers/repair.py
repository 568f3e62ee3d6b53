"""Text to text that is fit to be analysed, each repair named (see `raw.REPAIRS`)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Most text has none of these, and is spared the slower looks. (A mended letter is never made of
# the usual ones alone: broken Norwegian has an Ã or an â.)
_UNUSUAL = re.compile("[^\x00-\x7fæøåÆØÅéèêóòôäöüÉÄÖÜ«»–—‘’“”…§°½\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")
# What shows nothing: zero-width space, word joiner, byte order mark inside the text, and marks of
# direction, which stand around names that are pasted. The joiners U+200C and U+200D stay, emoji and
# other scripts need them.
_UNSEEN = "\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# The soft hyphen, too, which news sites put into long words, where it hides the name:
# Fremskritts\u00adpartiet. After some letters it may be half of another: Ã\u00ad is í.
_INVISIBLE = re.compile(f"[{_UNSEEN}]|(?<![\u00c2-\u00f4])\u00ad")
_INVISIBLE_AFTER_MENDING = re.compile(f"[{_UNSEEN}\u00ad]")
_HYPHENS = "\u2010\u2011"  # of typesetters, and the one at which no line ends: Idlib\u2011provinsen
_BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"  # at which no line ends, or of another width
_AS_USUAL = (
    (_INVISIBLE_AFTER_MENDING, "", "invisible"),
    (re.compile(f"[{_HYPHENS}]"), "-", "hyphen"),
    (re.compile(f"[{_BLANKS}]"), " ", "blank"),
)
# What ftfy leaves: a capital before Ã¥ (PÃ¥), Ã… (Ã…mot), and any beside correct letters.
_BROKEN = {"Ã¥": "å", "Ã¸": "ø", "Ã¦": "æ", "Ã˜": "Ø", "Ã†": "Æ", "Ã…": "Å"}
_BROKEN_LETTER = re.compile("Ã[¥¸¦˜†]|Ã…(?=[A-Za-zÆØÅæøå])|(?<!\\w)Ã…(?= )")
# What is mended whatever stands around it; letters with accents as macOS writes them.
_PIECE = re.compile(
    f"(\r\n?|[\0\ud800-\udfff\u2028\u2029\u00ad{_UNSEEN}{_HYPHENS}{_BLANKS}]"
    "|[^\\W\\d_][\u0300-\u036f]+)"
)


def repair(text: str) -> tuple[str, set[str]]:
    """The text, mended, and the names of the repairs made."""
    done: set[str] = set()
    if "\0" in text:
        text = text.replace("\0", "")
        done.add("nul")
    if _UNUSUAL.search(text):
        text = _repair_letters(text, done)
    if "\r" in text or "\u2028" in text or "\u2029" in text:
        text = _NEWLINES.sub("\n", text)
        done.add("newline")
    return text, done


def repair_in_place(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """The text, mended but for mojibake, and where each of its characters stood before.

    Returns:
        The text, and start and end of each character in the text that was given; None where
        nothing was mended.
    """
    parts = _PIECE.split(text)
    if len(parts) == 1:
        return text, None
    mended: list[str] = []
    places: list[tuple[int, int]] = []
    start = 0
    for number, part in enumerate(parts):
        end = start + len(part)
        if number % 2:  # what _PIECE found
            part = repair(part)[0]  # noqa: PLW2901
            places += [(start, end)] * len(part)
        else:
            places += zip(range(start, end), range(start + 1, end + 1), strict=True)
        mended.append(part)
        start = end
    return "".join(mended), places


def _repair_letters(text: str, done: set[str]) -> str:
    # A line with one of these cannot be encoded back, which mojibake wants.
    text = _replace(text, ((_SURROGATES, "", "surrogate"), (_INVISIBLE, "", "invisible")), done)
    mended = _mend_mojibake(text)
    if mended != text:
        text = mended
        done.add("mojibake")
    text = _replace(text, _AS_USUAL, done)  # only now: Ã and a blank that does not break are à
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        done.add("nfc")
    return text


def _replace(
    text: str, replacements: Iterable[tuple[re.Pattern[str], str, str]], done: set[str]
) -> str:
    for pattern, new, name in replacements:
        text, n = pattern.subn(new, text)
        if n:
            done.add(name)
    return text


def _mend_mojibake(text: str) -> str:
    from ftfy import badness, fix_encoding

    if badness.is_bad(text):
        # Line by line: a correct line that cannot be encoded back must not keep a bad one from
        # being mended. `fix_encoding` leaves quotes, ligatures and widths alone, unlike `fix_text`.
        text = "\n".join(fix_encoding(line) for line in text.split("\n"))
    return _BROKEN_LETTER.sub(lambda match: _BROKEN[match[0]], text)
