"""Ships by what stands before their names: `KV Bergen`, of which a model sees the town alone.

NorNE has none, so that who learns from it alone does not know them. After a word for a ship it is
the name alone: `fregatten «Helge Ingstad»` and `slepebåten Boa Heimdal`, where a model sees people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.finders.data import (
    AFLOAT,
    FLAGSHIPS,
    NO_SHIPS,
    QUOTED_SHIPS,
    SHIP_CLASS,
    SHIP_CLASSES,
    SHIPS,
)
from pipeline.language.known import type_of
from pipeline.language.lexicon import OWNING, QUOTES, SHIP_PREFIXES
from pipeline.language.spans import is_sure, overrule, sentences

_ALSO_FIRMS = ("RS ", "HMS ")
_LONGEST = 4  # words of a name: `USS Gerald R. Ford`
_ROUTE = frozenset("–-/")


def find_vessels(
    sentence: Sequence[str], begins: Callable[[int], bool]
) -> Iterator[tuple[int, int]]:
    """Start and end of each ship in a sentence.

    Args:
        sentence: Its words.
        begins: Whether a name that is found already begins at a word.
    """
    end = 0
    for at, word in enumerate(sentence):
        if at < end or not (word in SHIP_PREFIXES or word.lower().endswith(QUOTED_SHIPS)):
            continue
        end = at + 1
        if (close := _quoted(sentence, at)) > 0:
            yield at + 2, close
            end = close
        elif word in SHIP_PREFIXES:
            while end < min(at + 1 + _LONGEST, len(sentence)) and _goes_on(sentence, end):
                if end > at + 1 and begins(end):  # somebody on board
                    break
                end += 1
            if end > at + 1:
                yield at, end
        elif (end := _unquoted(sentence, at)) > at + 1:
            yield at + 1, end


def _quoted(sentence: Sequence[str], at: int) -> int:
    """Where a ship's name in quotation marks ends that follows a word; 0 where none does."""
    closing = QUOTES.get(sentence[at + 1]) if at + 3 < len(sentence) else None
    if closing is None or not sentence[at + 2][0].isupper():
        return 0
    ends = range(at + 3, min(at + 3 + _LONGEST, len(sentence)))
    return next((end for end in ends if sentence[end] == closing), 0)


def _unquoted(sentence: Sequence[str], at: int) -> int:
    """Where a ship's name ends that follows a word for a ship; right after it where none does.

    `Fergen Moss–Horten` has a route, `båten Norges største` nothing.
    """
    word, end = sentence[at].lower(), at + 1
    if not word.endswith(SHIPS) or word.endswith(FLAGSHIPS):
        return end
    while end < min(at + _LONGEST, len(sentence)) and (
        _goes_on(sentence, end) or (end > at + 1 and sentence[end].isupper())  # Trondheimsfjord II
    ):
        end += 1
    name, following = sentence[at + 1 : end], sentence[end : end + 2]
    parted = len(following) > 1 and following[0] in _ROUTE and following[1][0].isupper()
    route = parted or any(mark in part for part in name for mark in _ROUTE)
    whose = name and name[-1].endswith("s") and type_of(name[-1][:-1]) is not None
    owner = not OWNING.isdisjoint(following[:1])  # `Riggen Norsk Hydro leide.`
    return at + 1 if route or whose or owner else end


def _goes_on(sentence: Sequence[str], end: int) -> bool:
    """Whether a word is the next one of a ship's name: also a title, `isbryteren Kronprins X`."""
    word, following = sentence[end], sentence[end + 1 : end + 2]
    if word == "of":  # `HMS Prince of Wales`
        return bool(following) and following[0][0].isupper()
    capital = word[0].isupper() and (not word.isupper() or word.endswith("."))
    return capital and word not in NO_SHIPS


def mark_vessels(doc: Doc) -> None:
    """Takes ships for one name each: products, as NorNE has it.

    Somebody's full name is the ship's elsewhere in a text, too; but beside the royal yacht «Norge»
    Norway stays a country. So are classes of ships products, of whatever name.
    """
    tokens = extensions.words(doc)
    if any(_is_prefix(ent, tokens) for ent in doc.ents):
        doc.ents = tuple(ent for ent in doc.ents if not _is_prefix(ent, tokens))
    names = {ent.start for ent in doc.ents}

    def begins(sentence: int, word: int) -> bool:
        return sentence + word in names

    found = [
        Span(doc, start + first, start + last, label="PROD")
        for start, words in sentences(doc)
        for first, last in find_vessels(words, partial(begins, start))
    ]
    ships = {ship.text for ship in found}
    found += [
        Span(doc, ent.start, ent.end, label="PROD")
        for ent in doc.ents
        if ent.label_ == "PER" and len(ent) > 1 and ent.text in ships
    ]
    found += _classes(doc, tokens)
    overrule(doc, found, keeps=_keeps)


def _is_prefix(ent: Span, tokens: Sequence[str]) -> bool:
    """Whether a name is what stands before a ship's alone: `M/S` of `M/S «Black Prince»`."""
    quoted = "".join(tokens[ent.end : ent.end + 1]) in QUOTES
    return quoted and ent.text in SHIP_PREFIXES


def _classes(doc: Doc, tokens: Sequence[str]) -> list[Span]:
    """Classes of ships: `Skjold-korvettene`, and `Nordkapp-klassen` in a text about ships."""
    called = [ent for ent in doc.ents if tokens[ent.end - 1].endswith((*SHIP_CLASSES, SHIP_CLASS))]
    afloat = called and any(token.lower().endswith(AFLOAT) for token in tokens)
    return [
        Span(doc, ent.start, ent.end, label="PROD")
        for ent in called
        if ent.label_ != "PROD" and (afloat or tokens[ent.end - 1].endswith(SHIP_CLASSES))
    ]


def _keeps(existing: Span, new: Span) -> bool:
    """Whether a name stays: a longer one, and a firm for sure, `RS Components`."""
    firm = new.text.startswith(_ALSO_FIRMS) and existing.label_ == "ORG" and len(existing) > 1
    return (firm and is_sure(existing)) or len(existing) > len(new)
