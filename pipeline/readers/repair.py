"""Text to text that is fit to be analysed, each repair named (see `raw.REPAIRS`)."""

from __future__ import annotations

import re
import unicodedata

# Most text has none of these, and is spared the slower looks. (A mended letter is never made of
# the usual ones alone: broken Norwegian has an Ã or an â.)
_UNUSUAL = re.compile("[^\x00-\x7fæøåÆØÅéèêóòôäöüÉÄÖÜ«»–—‘’“”…§°½\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")
# Soft hyphen, zero-width space, word joiner and a byte order mark inside the text. News sites put
# them into long words, where they hide the name: Fremskritts\u00adpartiet. The joiners U+200C and
# U+200D stay, emoji and other scripts need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# What ftfy leaves: a capital before Ã¥ (PÃ¥), Ã… (Ã…mot), and any beside correct letters.
_BROKEN = {"Ã¥": "å", "Ã¸": "ø", "Ã¦": "æ", "Ã˜": "Ø", "Ã†": "Æ", "Ã…": "Å"}
_BROKEN_LETTER = re.compile("Ã[¥¸¦˜†]|Ã…(?=[A-Za-zÆØÅæøå])|(?<!\\w)Ã…(?= )")


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


def _repair_letters(text: str, done: set[str]) -> str:
    for pattern, name in ((_SURROGATES, "surrogate"), (_INVISIBLE, "invisible")):
        found = pattern.sub("", text)
        if len(found) != len(text):
            text = found
            done.add(name)
    found = _mend_mojibake(text)
    if found != text:
        text = found
        done.add("mojibake")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        done.add("nfc")
    return text


def _mend_mojibake(text: str) -> str:
    from ftfy import badness, fix_encoding

    if badness.is_bad(text):
        # Line by line: a correct line that cannot be encoded back must not keep a bad one from
        # being mended. `fix_encoding` leaves quotes, ligatures and widths alone, unlike `fix_text`.
        text = "\n".join(fix_encoding(line) for line in text.split("\n"))
    return _BROKEN_LETTER.sub(lambda match: _BROKEN[match[0]], text)
