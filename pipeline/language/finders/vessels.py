"""Ships by what stands before their names: `KV Bergen`, of which a model sees the town alone.

NorNE has none, so that who learns from it alone does not know them. After a word for a ship it is
the name alone: `fregatten «Helge Ingstad»` and `slepebåten Boa Heimdal`, where a model sees people.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.finders.data import (
    AFLOAT,
    CHRISTENED,
    FLAGSHIPS,
    NO_SHIPS,
    OWNED_SHIPS,
    QUOTED_SHIPS,
    SEVERAL_SHIPS,
    SHIP_CLASS,
    SHIP_CLASSES,
    SHIPS,
    SINKS,
)
from pipeline.language.known import COUNTRIES, type_of
from pipeline.language.lexicon import OWNING, QUOTES, SHIP_PREFIXES
from pipeline.language.spans import is_sure, overrule, sentences

_ALSO_FIRMS = ("RS ", "HMS ", "BRP ")
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
    for at in range(len(sentence)):
        if at >= end:
            for first, end in _named_after(sentence, at, begins):
                yield first, end


def _named_after(
    sentence: Sequence[str], at: int, begins: Callable[[int], bool]
) -> list[tuple[int, int]]:
    """Start and end of each ship's name that stands after a word."""
    word, start = sentence[at].lower(), at + 1
    if word.endswith(SEVERAL_SHIPS):
        return _fleet(sentence, start)
    prefix = sentence[at] in SHIP_PREFIXES
    owned = word.endswith(OWNED_SHIPS) and at > 0 and sentence[at - 1][-1] == "s"
    if not (prefix or owned or word.endswith(QUOTED_SHIPS)):
        return []
    if close := _quoted(sentence, start):
        return [(start + 1, close)]
    if prefix:
        end = _prefixed(sentence, start, begins)
        return [(at, end)] if end > start else []
    if not (owned or word.endswith(SHIPS)) or word.endswith(FLAGSHIPS):
        return []
    start = _called(sentence, start)
    end = _unquoted(sentence, start)
    return [(start, end)] if end > start else []


def _prefixed(sentence: Sequence[str], start: int, begins: Callable[[int], bool]) -> int:
    """Where a ship's name ends that stands after a prefix; right after it where none does."""
    end = start
    while end < min(start + _LONGEST, len(sentence)) and _goes_on(sentence, end):
        if end > start and begins(end):  # somebody on board
            break
        end += 1
    return end


def _called(sentence: Sequence[str], at: int) -> int:
    """Where a ship's name begins that stands after a word for one, or after what it is called."""
    between = (words for words in CHRISTENED if sentence[at : at + len(words)] == words)
    return at + len(next(between, []))


def _quoted(sentence: Sequence[str], at: int) -> int:
    """Where a ship's name ends that a quotation mark opens; 0 where none does."""
    closing = QUOTES.get(sentence[at]) if at + 2 < len(sentence) else None
    if closing is None or not sentence[at + 1][0].isupper():
        return 0
    ends = range(at + 2, min(at + 2 + _LONGEST, len(sentence)))
    return next((end for end in ends if sentence[end] == closing), 0)


def _unquoted(sentence: Sequence[str], start: int) -> int:
    """Where a ship's name ends that may begin at a word; at that word where none does.

    `Fergen Moss–Horten` has a route, `båten Norges største` nothing.
    """
    end = start
    while end < min(start + _LONGEST - 1, len(sentence)) and (
        _goes_on(sentence, end) or (end > start and sentence[end].isupper())  # Trondheimsfjord II
    ):
        end += 1
    name, following = sentence[start:end], sentence[end : end + 2]
    parted = len(following) > 1 and following[0] in _ROUTE and following[1][0].isupper()
    route = parted or any(mark in part for part in name for mark in _ROUTE)
    whose = name and name[-1].endswith("s") and type_of(name[-1][:-1]) is not None
    owner = not OWNING.isdisjoint(following[:1])  # `Riggen Norsk Hydro leide.`
    return start if route or whose or owner else end


def _fleet(sentence: Sequence[str], at: int) -> list[tuple[int, int]]:
    """Start and end of each of several ships: `Magne Viking og Brage Viking`, `«A», «B» og «C»`.

    None where there is one alone, or a country or a body among them: `skipene Norge og Kina har`.
    """
    found: list[tuple[int, int]] = []
    link = ""
    while at < len(sentence):
        close = _quoted(sentence, at)
        first, end = (at + 1, close) if close else (at, _unquoted(sentence, at))
        name = " ".join(sentence[first:end])
        acts = name in COUNTRIES or type_of(name) == "organisation"
        if end == first or (acts and not close):
            break
        found.append((first, end))
        if link == "og":
            return found
        at = end + 1 if close else end
        link = "".join(sentence[at : at + 1])
        if link not in (",", "og"):
            break
        at += 1
    return []


def _goes_on(sentence: Sequence[str], end: int) -> bool:
    """Whether a word is the next one of a ship's name: also a title, `isbryteren Kronprins X`."""
    word, following = sentence[end], sentence[end + 1 : end + 2]
    if word == "of":  # `HMS Prince of Wales`
        return bool(following) and following[0][0].isupper()
    capital = word[0].isupper() and (not word.isupper() or word.endswith("."))
    return capital and word not in NO_SHIPS


def mark_vessels(doc: Doc) -> None:
    """Takes ships for one name each: products, as NorNE has it.

    What the model takes for somebody or a body of a full name that is a ship's in the text is that,
    too; but beside the royal yacht «Norge» Norway stays a country. So are classes of ships
    products, of whatever name, and what sinks: `«Zorp» forliste`.
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
        if _is_one_of(ships, ent) or _sinks(ent, tokens)
    ]
    found += _classes(doc, tokens)
    overrule(doc, found, keeps=_keeps)


def _is_prefix(ent: Span, tokens: Sequence[str]) -> bool:
    """Whether a name is what stands before a ship's alone: `M/S` of `M/S «Black Prince»`."""
    quoted = "".join(tokens[ent.end : ent.end + 1]) in QUOTES
    return quoted and ent.text in SHIP_PREFIXES


def _is_one_of(ships: Collection[str], ent: Span) -> bool:
    """Whether somebody's full name, or an unknown body's, is one of ships."""
    acts = ent.label_ == "PER" or (ent.label_ == "ORG" and type_of(ent.text) is None)
    return acts and len(ent) > 1 and ent.text in ships


def _sinks(ent: Span, tokens: Sequence[str]) -> bool:
    """Whether a name in quotation marks is a ship's by what becomes of it: `«Zorp» forliste`."""
    closes, verb = (*tokens[ent.end : ent.end + 2], "", "")[:2]
    opens = tokens[ent.start - 1] if ent.start else ""
    return QUOTES.get(opens) == closes and verb in SINKS


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
