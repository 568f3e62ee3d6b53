"""Ordinary words that a model takes for names where any word has a capital: `Lampen kom på`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.finders.results import acts_in_matches
from pipeline.language.known import (
    MAYBE_PLACES,
    ORGANISATIONS,
    PEOPLE,
    SHARED,
    ordinary_words,
    type_of,
)
from pipeline.language.lexicon import CLUB_FORMS, SHORT_CLUBS
from pipeline.language.spans import after, before, is_sure
from pipeline.vocabulary import PLACE_LABELS

# A model is not sure of anything else, as events and works are called anything.
_LABELS = PLACE_LABELS | {"PER", "ORG", "PROD"}
# Clubs go by what follows such letters, too: FK Jerv.
_CLUBS = {
    club for form, _, club in (name.partition(" ") for name in ORGANISATIONS) if form in CLUB_FORMS
}
_KNOWN = (MAYBE_PLACES, SHARED, PEOPLE, SHORT_CLUBS, _CLUBS)
# No word has a capital for standing after one of these.
_INSIDE = frozenset("«\"“”„‘’'(/,")


def drop_ordinary(doc: Doc) -> None:
    """Drops single words that are ordinary ones as the language goes, or in this very document.

    Only what a model is not sure of, found once and with a capital nowhere else, and what is not
    known as a name.
    """
    doubted = {ent.start for ent in doc.ents if _is_doubted(ent)}
    if not doubted:
        return
    tokens = extensions.words(doc)
    named = Counter(word.lower() for ent in doc.ents for word in ent.text.split())
    inside = set(_inside(tokens))
    small = {word for word in tokens if word.islower()}

    def is_ordinary(word: str) -> bool:
        lower = word.lower()
        usual = lower in small or lower in ordinary_words()
        return usual and named[lower] == 1 and word not in inside

    doc.ents = tuple(
        ent for ent in doc.ents if not (ent.start in doubted and is_ordinary(ent.text))
    )


def _is_doubted(ent: Span) -> bool:
    """Whether a name might be any word, for all that is known of it."""
    word = ent.text
    if len(ent) > 1 or ent.label_ not in _LABELS or ent._.score is None or is_sure(ent):
        return False
    return (
        word.isalpha()
        and word.istitle()
        and (ent[0].is_sent_start or _has_any_capital(before(ent)))
        and not any(map(_is_known, (word, word.removesuffix("s"))))
        and not acts_in_matches(after(ent))
    )


def _is_known(word: str) -> bool:
    return type_of(word) is not None or any(word in names for names in _KNOWN)


def _has_any_capital(previous: str) -> bool:
    """Whether any word has a capital after this one: after a mark, a line, `2.`, but not `Mr.`."""
    marks = not any(map(str.isalpha, previous)) and not previous[-1:].isalnum()
    return marks and previous not in _INSIDE


def _inside(tokens: list[str]) -> Iterator[str]:
    """Words that stand with a capital where not every word has one."""
    previous = ""
    for token in tokens:
        if token[0].isupper() and not _has_any_capital(previous.strip()):
            yield token
        previous = token
