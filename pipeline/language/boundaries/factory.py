"""The spaCy component `nb_entity_mender`."""

from __future__ import annotations

from collections import ChainMap
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.boundaries.data import SOMEBODY
from pipeline.language.boundaries.echo import Heard, Index, listen
from pipeline.language.boundaries.edges import glued, is_title, trim, widened
from pipeline.language.boundaries.recall import recall
from pipeline.language.boundaries.vessels import find_vessels
from pipeline.language.known import ORGANISATIONS, PLACES
from pipeline.language.spans import after, is_capital_sentence, overrule, sentences
from pipeline.language.tokens.data import STARTERS

extensions.register()

_PLACE_LABELS = frozenset({"GPE_LOC", "GPE_ORG", "LOC"})
_OWNER_LABEL = "GPE_LOC"
_SHORT_SURNAME = 4  # letters: `Berg`, `Dahl`

# Known names that may own somebody, with their label; not those that with -s are somebody's.
_OWNERS = {
    name: label
    for names, label in ((ORGANISATIONS, "ORG"), (PLACES, _OWNER_LABEL))
    for name in names
    if f"{name}s" not in SOMEBODY
}


def _owners(doc: Doc) -> ChainMap[str, str]:
    """Names that may own somebody, with their label; the document's own come first."""
    own = {
        ent.text: ent.label_
        for ent in doc.ents
        if len(ent) == 1 and (ent.label_ in _PLACE_LABELS or ent.label_ == "ORG")
    }
    return ChainMap(own, _OWNERS)


def _words(span: Span) -> list[str]:
    return extensions.words(span.doc)[span.start : span.end]


def mend_edges(doc: Doc) -> None:
    """Cuts what is no part of a name, adds what is, drops what is no name, parts two names."""
    owners = _owners(doc)
    following = {ent.start: ent.label_ for ent in doc.ents}
    mended: list[Span] = []
    for ent in doc.ents:
        words, label, adjacent = _words(ent), ent.label_, following.get(ent.end, "")
        start, end = trim(words, label)
        if start == end or is_title(words, label, adjacent):
            continue
        if (first := glued(words[start:end], label, owners)) is not None:
            mended.append(_like(ent, start, start + 1, first))
            start += 1
        if end == len(words) and not adjacent:
            whole = widened(words[start:end], label, after(ent), owners)
            end, label = (end, label) if whole is None else (end + 1, whole)
        same = (start, end, label) == (0, len(words), ent.label_)
        mended.append(ent if same else _like(ent, start, end, label))
    doc.ents = tuple(mended)


def _like(ent: Span, start: int, end: int, label: str) -> Span:
    """Other tokens than a name's, counted from its first, as sure as it is."""
    span = Span(ent.doc, ent.start + start, ent.start + end, label=label)
    span._.score, span._.second_label = ent._.score, ent._.second_label
    return span


def hear_capitals(doc: Doc) -> None:
    """Names in a capital headline take the label they have in normal spelling elsewhere.

    `FLERE DREPT I KHARKIV`: a model trained on normal spelling is lost there.
    """
    capital = [(start, words) for start, words in sentences(doc) if is_capital_sentence(words)]
    if not capital:
        return
    inside = {start + at for start, words in capital for at in range(len(words))}
    normal = [(tuple(_words(e)), e.label_) for e in doc.ents if e.start not in inside]
    known = [heard for heard in listen(normal) if heard.share > 0.5]
    index = Index(known, str.lower)
    found = [
        Span(doc, start + first, start + last, label=heard.label)
        for start, words in capital
        for (first, last), heard in index.find(words)
        if words[first][:1].isupper()
    ]
    overrule(doc, found, keeps=_covers)


def _covers(existing: Span, new: Span) -> bool:
    """Whether the model found the same here, or a longer name of the same kind."""
    wider = existing.start <= new.start and existing.end >= new.end
    return wider and existing.label == new.label


def _is_alone(doc: Doc, start: int, end: int, sentence: int) -> bool:
    """Whether the words are not part of a longer name: no capital beside them."""
    after = doc[end].text if end < len(doc) else ""
    if after[:1].isupper():
        return False
    return start - 1 <= sentence or not doc[start - 1].text[:1].isupper()


def _is_trusted(heard: Heard, start: int, sentence: int) -> bool:
    """A single word that opens a sentence may be any word."""
    if len(heard.words) > 1:
        return True
    return start > sentence + 1 and heard.words[0].lower() not in STARTERS


def echo(doc: Doc) -> None:
    """Adds mentions of a name that the model found elsewhere and missed here."""
    heard = listen((tuple(_words(ent)), ent.label_) for ent in doc.ents)
    known = [name for name in heard if name.is_sure and name.words[0][:1].isupper()]
    if not known:
        return
    index = Index(known)
    found = [
        Span(doc, sentence + first, sentence + last, label=name.label)
        for sentence, words in sentences(doc)
        for (first, last), name in index.find(words)
        if _is_trusted(name, sentence + first, sentence)
        and _is_alone(doc, sentence + first, sentence + last, sentence)
    ]
    overrule(doc, found, keeps=lambda existing, new: True)


def mark_vessels(doc: Doc) -> None:
    """Takes ships for one name each: products, as NorNE has it."""
    names = {ent.start for ent in doc.ents}

    def begins(sentence: int, word: int) -> bool:
        return sentence + word in names

    found = [
        Span(doc, start + first, start + last, label="PROD")
        for start, words in sentences(doc)
        for first, last in find_vessels(words, partial(begins, start))
    ]
    overrule(doc, found, keeps=lambda existing, new: len(existing) >= len(new))


def echo_surnames(doc: Doc) -> None:
    """Adds surnames of the document's people that the model missed: `Gaupset scoret`.

    Not those that the document has as a word, too.
    """
    tokens = set(extensions.words(doc))
    surnames = {
        last
        for words in (_words(ent) for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1)
        if len(last := words[-1]) > _SHORT_SURNAME and last[0].isupper()
        if last.lower() not in tokens and last.lower() not in STARTERS
    }
    found = [
        Span(doc, at, at + 1, label="PER")
        for start, words in sentences(doc)
        for at, word in enumerate(words, start)
        if (word in surnames or word.removesuffix("s") in surnames)
        and _is_alone(doc, at, at + 1, start)
        and not _is_first_name(words, at - start - 1)
    ]
    overrule(doc, found, keeps=lambda existing, new: True)


def _is_first_name(sentence: list[str], at: int) -> bool:
    """Whether the word that opens a sentence may be: any but those that often do."""
    return at == 0 and sentence[0][0].isupper() and sentence[0].lower() not in STARTERS


class EntityMender:
    """Mends the names of a statistical model.

    Args:
        echoes: Whether to add mentions that the model missed: of names it found elsewhere, and of
            well-known ones.
    """

    def __init__(self, *, echoes: bool) -> None:
        self.echoes = echoes

    def __call__(self, doc: Doc) -> Doc:
        """Mends `doc.ents`."""
        mend_edges(doc)
        hear_capitals(doc)
        mark_vessels(doc)
        if self.echoes:
            recall(doc)
            echo(doc)
            echo_surnames(doc)
        return doc


@Language.factory(
    "nb_entity_mender",
    requires=["doc.ents"],
    assigns=["doc.ents", "span._.method"],
    default_config={"echoes": True},
)
def create(nlp: Language, name: str, echoes: bool) -> EntityMender:
    """Mends systematic faults in the names of a statistical model.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        echoes: Whether to add mentions that the model missed: of names it found elsewhere, and of
            well-known ones.
    """
    return EntityMender(echoes=echoes)
