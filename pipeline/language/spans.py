"""Small operations on names (`doc.ents`) that several components share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span

from pipeline.language.extensions import sentence_index, sentence_starts, words

# Lower-case words inside names: "al Assad", "van der Bellen".
PARTICLES = frozenset(
    """
    al el bin bint ibn abu van von der den de des del della di da do dos du la le af av til ter ten
    zu zum y e of the and for
    """.split()
)

ARTICLES = frozenset({"al", "el"})  # Arabic ones, which papers write or not

# Those that surnames begin with, and are no ordinary words: Emma av Normandie is no `av Normandie`.
BEGIN_SURNAMES = PARTICLES - {"og", "av", "til", "for", "the", "and", "of", "der", "den", "do"}

# See `is_sure`; of the labels for towns and countries as many were right as wrong.
_SURE = {"PER": 0.8, "LOC": 0.6, "ORG": 0.8, "PROD": 0.7}


def like(ent: Span, start: int, end: int, label: str) -> Span:
    """Other tokens than a name's, counted from its first, as sure as it is, and found as it was."""
    span = Span(ent.doc, ent.start + start, ent.start + end, label=label)
    for attribute in ("score", "second_label", "method"):
        setattr(span._, attribute, getattr(ent._, attribute))
    return span


def overrule(
    doc: Doc,
    found: Iterable[Span],
    keeps: Callable[[Span, Span], bool] | None = None,
    method: str = "rule",
    score: float | None = None,
) -> None:
    """Adds names to a document; those in their way give way.

    Args:
        doc: The document.
        found: New names; of two that overlap the longer, else the earlier, is taken.
        keeps: Tells for an existing name and a new one that overlap whether the existing one
            stays and the new one is dropped. None means that the new one always wins.
        method: What found the new names; only those that are taken are marked with it.
        score: How many of such names are right, as measured; None where that is not known.
    """
    found = list(found)
    if not found:
        return
    taken: dict[int, Span] = {}
    for ent in doc.ents:
        taken.update(dict.fromkeys(range(ent.start, ent.end), ent))
    new: dict[int, Span] = {}
    gone: set[tuple[int, int]] = set()
    for span in sorted(found, key=lambda span: (span.start - span.end, span.start)):
        tokens = range(span.start, span.end)
        if any(token in new for token in tokens):
            continue
        rivals = [taken[token] for token in tokens if token in taken]
        if keeps is not None and any(keeps(rival, span) for rival in rivals):
            continue
        gone.update((rival.start, rival.end) for rival in rivals)
        new.update(dict.fromkeys(tokens, span))
    kept = [ent for ent in doc.ents if (ent.start, ent.end) not in gone]
    fresh = {(span.start, span.end): span for span in new.values()}
    for span in fresh.values():
        span._.method = method
        span._.score = score
    doc.ents = tuple(sorted([*kept, *fresh.values()], key=lambda span: span.start))


def sentences(doc: Doc) -> Iterator[tuple[int, list[str]]]:
    """The number of the first token and the words of each sentence."""
    tokens, starts = words(doc), sentence_starts(doc)
    for start, end in pairwise([*starts, len(doc)]):
        yield start, tokens[start:end]


def is_sure(ent: Span) -> bool:
    """Whether the model's label holds against what the name is elsewhere.

    That is, against somebody of that name in the article, or a place that is known: from its score
    on more labels were right than wrong, as counted in articles that it had not learnt from.
    """
    score: float | None = ent._.score
    if score is None:
        return bool(ent._.method == "rule")
    return score >= _SURE.get(ent.label_, 1)


def words_between(first: Span, second: Span) -> list[str]:
    """The words between a name and a later one."""
    return words(first.doc)[first.end : second.start]


def words_of(span: Span) -> list[str]:
    """The words of a span."""
    return words(span.doc)[span.start : span.end]


def opening(sentence: list[str]) -> int:
    """Where the word stands that opens a sentence: behind the marks, 0 where there are only marks.

    Args:
        sentence: Its words.
    """
    return next((at for at, word in enumerate(sentence) if word[0].isalnum()), 0)


def stands_alone(
    sentence: list[str], first: int, last: int, opens: int, *, owns: bool = False
) -> bool:
    """Whether words of a sentence are no part of a longer name: no capital beside them.

    Args:
        sentence: Its words.
        first: Where those in question begin.
        last: Where what follows them begins.
        opens: Where the word that opens it stands (`opening`), which has a capital anyway.
        owns: Whether they own what follows (`Norges Carlsen`), which may have a capital then.
    """
    before = opens < first - 1 and sentence[first - 1][:1].isupper()
    after = last < len(sentence) and sentence[last][:1].isupper()
    return not before and (owns or not after)


def sentence_words(span: Span) -> list[str]:
    """The words of the sentence a span stands in."""
    starts = sentence_starts(span.doc)
    index = sentence_index(span.doc, span.start)
    end = starts[index + 1] if index + 1 < len(starts) else len(span.doc)
    return words(span.doc)[starts[index] : end]


def is_capital_sentence(tokens: Iterable[str]) -> bool:
    """Whether a sentence is in capitals, as some headlines are: three words or more, most of all.

    Args:
        tokens: Their texts.
    """
    long = [word for word in tokens if len(word) > 2 and word.replace("-", "").isalpha()]
    return len(long) > 2 and sum(word.isupper() for word in long) * 10 >= len(long) * 7


def before(span: Span) -> str:
    """The token before a span, empty at the start of the document or after a line break."""
    return "" if span.start == 0 else words(span.doc)[span.start - 1].strip()


def after(span: Span) -> str:
    """The token after a span, empty at the end of the document or before a line break."""
    following = words(span.doc)[span.end : span.end + 1]
    return following[0].strip() if following else ""
