"""Ships by what stands before their names: `KV Bergen`, of which a model sees the town alone.

NorNE has none, so that who learns from it alone does not know them. In quotation marks it is the
name alone: `fregatten «Helge Ingstad»`, of which a model sees a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from spacy.tokens import Doc, Span

from pipeline.language.boundaries.data import TITLES
from pipeline.language.spans import overrule, sentences

# The coast guard, navies, and motor and steam ships, ferries, tankers and service ships.
PREFIXES = frozenset("KV KNM MS M/S MF M/F M/T M/V MV OV HNoMS USS HMCS HDMS D/S S/S".split())
# Clubs and programs with the same letters.
_OTHERS = frozenset("Mechelen Oostende Kortrijk Office Word Excel Windows Teams Outlook".split())
_LONGEST = 4  # words of a name: `USS Gerald R. Ford`
# Last parts of words for ships.
_SHIPS = tuple(
    """
    skipet skuta skøyta skøyten ferja ferga fergen båten tråleren fregatten korvetten skonnerten
    barken briggen galeasen hurtigruten tankeren krysseren kystvaktskipet
    """.split()
)
_QUOTES = {"«": "»", '"': '"', "“": "”", "”": "”"}


def find_vessels(
    sentence: Sequence[str], begins: Callable[[int], bool]
) -> Iterator[tuple[int, int]]:
    """Start and end of each ship in a sentence.

    Args:
        sentence: Its words.
        begins: Whether a name that is found already begins at a word.
    """
    at = 0
    while at < len(sentence):
        end = at + 1
        if (close := _quoted(sentence, at)) > 0:
            yield at + 2, close
            end = close
        elif sentence[at] in PREFIXES:
            while end < min(at + 1 + _LONGEST, len(sentence)) and _goes_on(sentence[end]):
                if end > at + 1 and begins(end):  # somebody on board
                    break
                end += 1
            if end > at + 1:
                yield at, end
        at = end


def _quoted(sentence: Sequence[str], at: int) -> int:
    """Where a ship's name in quotation marks ends that follows a word; 0 where none does."""
    ship = sentence[at] in PREFIXES or sentence[at].lower().endswith(_SHIPS)
    closing = _QUOTES.get(sentence[at + 1]) if ship and at + 3 < len(sentence) else None
    if closing is None or not sentence[at + 2][0].isupper():
        return 0
    ends = range(at + 3, min(at + 3 + _LONGEST, len(sentence)))
    return next((end for end in ends if sentence[end] == closing), 0)


def _goes_on(word: str) -> bool:
    capital = word[0].isupper() and (not word.isupper() or word.endswith("."))
    return capital and word not in _OTHERS and word.lower() not in TITLES


def mark_vessels(doc: Doc) -> None:
    """Takes ships for one name each: products, as NorNE has it.

    Somebody's full name is the ship's elsewhere in a text, too; but beside the royal yacht «Norge»
    Norway stays a country.
    """
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
    overrule(doc, found, keeps=lambda existing, new: len(existing) > len(new))
