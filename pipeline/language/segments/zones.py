"""Zones: which part of an article each sentence is.

A sentence is asked about with its paragraph; the first rule that knows decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.language.segments.data import (
    AGENCIES_IN_BRACKETS,
    CREDIT_WORDS,
    SAYING_VERBS,
    TEXT_CREDIT_WORDS,
)

_DASHES = frozenset({"–", "—", "-"})
_HEADLINE_WORDS = 25
_BYLINE_WORDS = 14
_CAPTION_SENTENCES = 6
_NAME_LINKS = frozenset({"og", "i", "for", "av", "de", "van", "von", "/", ",", "-", "&", "|"})
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words without white space, and where it stands.

    Attributes:
        words: Its tokens.
        start: Offset of its first character.
        paragraph: Index of its paragraph.
        quoted: Part of its words inside quotation marks, 0 to 1.
    """

    words: tuple[str, ...]
    start: int
    paragraph: int
    quoted: float


@dataclass(frozen=True, slots=True)
class Article:
    """All sentences, and what is known of the whole.

    Attributes:
        sentences: In order.
        title_end: Offset one past the title, 0 where unknown.
        by_paragraph: Sentence indices of each paragraph, in order.
        credited: Paragraphs with a photo credit.
        dash_quoted: Sentences within quotations that a dash opens.
    """

    sentences: tuple[Sentence, ...]
    title_end: int
    by_paragraph: tuple[tuple[int, ...], ...]
    credited: frozenset[int]
    dash_quoted: frozenset[int]


def is_photo_credit(words: Sequence[str]) -> bool:
    """`Foto : ...`, `( Foto : ...`."""
    rest = words[1:] if words[:1] == ("(",) else words
    return len(rest) > 1 and rest[0].lower() in CREDIT_WORDS and rest[1] == ":"


def _is_text_credit(words: Sequence[str]) -> bool:
    rest = words[1:] if words[:1] == ("(",) else words
    return (
        1 < len(rest) <= _BYLINE_WORDS and rest[0].lower() in TEXT_CREDIT_WORDS and rest[1] == ":"
    )


def is_signature(words: Sequence[str]) -> bool:
    """`Av Ola Dahl`, `Av Ola Dahl og Kari Moe, NTB`: capitalised words only."""
    if not 1 < len(words) <= _BYLINE_WORDS or words[0] not in {"Av", "AV", "By"}:
        return False
    rest = [word for word in words[1:] if word not in {".", "(", ")"}]
    return bool(rest) and all(w[:1].isupper() or w in _NAME_LINKS or _MAIL.match(w) for w in rest)


def is_agency(words: Sequence[str]) -> bool:
    """`( NTB )`, `( © NTB )`, `© NTB`, `NTB - AFP`."""
    inner = [word for word in words if word not in {"(", ")", "©", ".", "/", "–", "-"}]
    if not inner or len(words) > _BYLINE_WORDS:
        return False
    return all(word in AGENCIES_IN_BRACKETS for word in inner)


def _headline_by_title(article: Article, index: int) -> str | None:
    return "headline" if article.sentences[index].start < article.title_end else None


def _headline_by_shape(article: Article, index: int) -> str | None:
    """Without a known title, a short first paragraph without full stop is one."""
    first = article.by_paragraph[0]
    if article.title_end or article.sentences[index].paragraph or len(article.by_paragraph) < 2:
        return None
    if len(first) > _HEADLINE_WORDS:
        return None
    words = [word for at in first for word in article.sentences[at].words]
    if len(words) > _HEADLINE_WORDS or words[-1] in {".", ":", ","} or words[0] == "(":
        return None
    return "headline"


def _byline(article: Article, index: int) -> str | None:
    words = article.sentences[index].words
    for test in (is_photo_credit, _is_text_credit, is_signature, is_agency):
        if test(words):
            return "byline"
    return "byline" if len(words) == 1 and _MAIL.fullmatch(words[0]) else None


def _caption(article: Article, index: int) -> str | None:
    """The other sentences of a short paragraph with a photo credit, also of one before it."""
    paragraph = article.sentences[index].paragraph
    siblings = article.by_paragraph[paragraph]
    return (
        "caption" if paragraph in article.credited and len(siblings) <= _CAPTION_SENTENCES else None
    )


def _ascribes(words: Sequence[str]) -> bool:
    """Whether the sentence says who spoke: `, sier Putin`."""
    return any(
        word.lower() in SAYING_VERBS and words[at] in {",", "»", "!", "?", "–", "…"}
        for at, word in enumerate(words[1:])
    )


def _dash_quotes(sentences: Sequence[Sentence], paragraph: Sequence[int]) -> list[int]:
    """The sentences of a paragraph within quotations that a dash opens.

    A quotation ends where the speaker is named, or with the paragraph.
    """
    found = []
    quoting = False
    for index in paragraph:
        words = sentences[index].words
        quoting = quoting or (len(words) > 1 and words[0] in _DASHES)
        if quoting:
            found.append(index)
        quoting = quoting and not _ascribes(words)
    return found


def _dash_quote(article: Article, index: int) -> str | None:
    """`– Jeg håper. Jeg tror, sier Putin.` is two sentences of one quotation."""
    return "quote" if index in article.dash_quoted else None


def _marked_quote(article: Article, index: int) -> str | None:
    sentence = article.sentences[index]
    return "quote" if len(sentence.words) > 3 and sentence.quoted > 0.5 else None


RULES: tuple[Callable[[Article, int], str | None], ...] = (
    _headline_by_title,
    _byline,
    _headline_by_shape,
    _caption,
    _dash_quote,
    _marked_quote,
)


def _lead_paragraph(article: Article, zones: Sequence[str]) -> int | None:
    """The first paragraph of running text, where something else is before or after it."""
    if article.title_end < 0:
        return None
    for paragraph, sentences in enumerate(article.by_paragraph):
        if any(zones[at] == "body" for at in sentences):
            only = "headline" not in zones and len(article.by_paragraph) == 1
            return None if only else paragraph
    return None


def zones_of(sentences: Sequence[Sentence], title_end: int = 0) -> list[str]:
    """The zone of each sentence, out of `pipeline.vocabulary.ZONES`.

    Args:
        sentences: In order, none without words.
        title_end: Offset one past the title, 0 where unknown, negative where the text is not the
            beginning of an article and has neither headline nor lead.
    """
    by_paragraph: dict[int, list[int]] = {}
    for index, sentence in enumerate(sentences):
        by_paragraph.setdefault(sentence.paragraph, []).append(index)
    order = {paragraph: number for number, paragraph in enumerate(by_paragraph)}
    article = Article(
        tuple(Sentence(s.words, s.start, order[s.paragraph], s.quoted) for s in sentences),
        title_end,
        tuple(tuple(group) for group in by_paragraph.values()),
        frozenset(order[s.paragraph] for s in sentences if is_photo_credit(s.words)),
        frozenset(at for group in by_paragraph.values() for at in _dash_quotes(sentences, group)),
    )
    zones = [
        next((zone for rule in RULES if (zone := rule(article, index))), "body")
        for index in range(len(sentences))
    ]
    lead = _lead_paragraph(article, zones)
    if lead is not None:
        for index in article.by_paragraph[lead]:
            zones[index] = "lead" if zones[index] == "body" else zones[index]
    return zones
