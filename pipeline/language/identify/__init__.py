"""Which language a text is in: Bokmål, Nynorsk, Danish, Swedish, English, or another.

Counted are common words (`words.csv`, of our own writing) and a few spellings that set the
languages apart: each is evidence for all the languages that have it. Figures, and why no library
does it: docs/language-identification.md.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The languages told apart; the likelier here wins a tie. Those listed besides come out as "other".
_PRIORITY = {"nb": 5, "nn": 4, "da": 3, "sv": 2, "en": 1}

# Spellings of ordinary words (written small), each with the languages that have it.
_SPELLINGS = (
    (r"[æø]", "nb nn da"),
    (r"æ[^r]", "da"),
    (r"å", "nb nn da sv"),
    (r"[äö]", "sv de fi"),
    (r"[ßü]", "de"),
    (r"[éèçñàòùìêô]", "fr es it"),
    (r"[ðþ]", "is"),
    (r"[íúýó]", "is es"),
    (r"[áčđŋšŧž]", "se"),
    (r"[ąćęłśźż]", "pl"),
    (r"ei|øy|au", "nb nn de"),
    (r"øj|ej", "da"),
    (r"^[ksgt]?kj|^gj|skj", "nb nn"),
    (r".[kg]je?r?$", "nn"),
    (r"^hv", "nb da"),
    (r"^kv", "nn sv"),
    (r"[aeiouyæøå][mt]n", "nn sv"),
    (r"[aeiouyæøå]vn", "nb da"),
    (r"sjon(?:en|er|ene|s)?$", "nb nn"),
    (r"sjonar", "nn"),
    (r"tion", "da sv en de fr"),
    (r"het(?:en|er|ene|s)?$", "nb sv"),
    (r"heit(?:a|er|ene|en)?$", "nn de"),
    (r"hed(?:en|er|s)?$", "da"),
    (r"skab(?:e[rt]|s)?$", "da"),
    (r"else[rn]?$", "nb da"),
    (r"[lrd]ige?(?:re)?$", "nb da sv"),
    (r"igt$", "da sv"),
    (r"legt?e?(?:are)?$", "nn"),
    (r"(?:kk|tt|pp|mm|nn|gg|dd|ff|bb)$", "nb nn sv de"),
    (r"(?:kk|pp|gg|bb|mm)[ae]?[rnt]?$", "nb nn sv da"),
    (r"(?:ane|ande|ingar|arar|aste)$", "nn"),
    (r"...ar$", "nn sv"),
    (r"(?:ene|ende|inger|ere|erne)$", "nb da"),
    (r"ede$", "da"),
    (r"(?:arna|erna|orna|ade|are|ande)$", "sv"),
    (r"[^aeiouyæøåäö]a$", "nn sv fi it es"),
    (r"^(?:ud...|op[^pet]|ind[^iruo]|af[^rfg])", "da"),
    (r"^(?:ut...|opp|inn..|av..)", "nb nn"),
    (r"th|wh|ght|ing$|ed$|ly$", "en"),
    (r"ck", "sv en de"),
    (r"ij|aa|oo|ee", "nl fi en"),
    (r"sch|cht|tz|pf", "de nl"),
    (r"^zu|^ge.*t$", "de"),
)

_PREFIX = 4000  # characters looked at: some six hundred words
_FEWEST = 3  # words below which there is nothing to tell
# In running text a third of the words are common ones. Where fewer than a tenth of so many are,
# it is a language that has no list here.
_ENOUGH = 20
_COMMON_SHARE = 0.1
_CLEAR_LEAD = 6  # common words by which a language must lead to need no other evidence
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN_LETTERS = re.compile(r"[\u0370-\u1dff\u2c00-\uffff]")  # Greek and all that follows


def identify(text: str) -> str:
    """The language of a text, one of `vocabulary.LANGUAGES`; "unknown" for one of too few words.

    Bokmål wins a tie. Only the first 4,000 characters are looked at.
    """
    words = _WORD.findall(text[:_PREFIX])
    letters = "".join(words)
    if len(_FOREIGN_LETTERS.findall(letters)) * 2 > len(letters):
        return "other"
    if len(words) < _FEWEST:
        return "unknown"
    common = _count(map(_words().get, map(str.lower, words)))
    best, lead = _best(common)
    if lead < _CLEAR_LEAD:  # spellings cost more, and are asked where words leave a doubt
        signs = (_spellings_of(word) for word in words if word.islower())
        best, _ = _best(common + _count(sign for found in signs for sign in found))
    if best is None:
        return "other" if len(words) >= _ENOUGH else "unknown"
    if len(words) >= _ENOUGH and common[best] < _COMMON_SHARE * len(words):
        return "other"
    return best if best in _PRIORITY else "other"


def _count(evidence: Iterable[tuple[str, ...] | None]) -> Counter[str]:
    """How often each language is spoken for."""
    counts: Counter[str] = Counter()
    for languages, count in Counter(evidence).items():
        for language in languages or ():
            counts[language] += count
    return counts


def _best(counts: Counter[str]) -> tuple[str | None, int]:
    """The language that is spoken for most, and by how much; None where none is."""
    ranked = sorted(counts, key=lambda k: (-counts[k], -_PRIORITY.get(k, 0)))
    if not ranked:
        return None, 0
    return ranked[0], counts[ranked[0]] - (counts[ranked[1]] if len(ranked) > 1 else 0)


@lru_cache(maxsize=2**14)
def _spellings_of(word: str) -> tuple[tuple[str, ...], ...]:
    """For each spelling that a word shows, the languages that have it; none for a common word."""
    if word in _words():
        return ()
    return tuple(languages for pattern, languages in _spellings() if pattern.search(word))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Common word to the languages that have it."""
    table: dict[str, list[str]] = {}
    text = (resources.files(__package__) / "words.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        for word in dict.fromkeys(row["words"].split()):
            table.setdefault(word, []).append(row["language"])
    return {word: tuple(languages) for word, languages in table.items()}


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(p), tuple(languages.split())) for p, languages in _SPELLINGS)
