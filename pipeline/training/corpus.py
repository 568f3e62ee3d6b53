"""NorNE's training texts as raw text with character spans, and as spaCy documents.

At run time the model reads raw text through spaCy's tokenizer, so it is trained on just
that: treebank tokens are joined to text again, headings become lines of their own, and
the text is tokenised anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.util import filter_spans

from pipeline.evaluation.norne import HEADING_MARK, detokenise, entity_spans, is_training_file

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.tokens import Doc, Span

    from pipeline.training.data import Tokenizer

UNKNOWN = "?"  # the label of a stretch that may be a name or none; training passes over it


@dataclass(frozen=True)
class Sentence:
    """One sentence of a treebank file.

    Attributes:
        text: the sentence as raw text.
        spans: names as (start, end, label); code points into `text`, end exclusive.
        heading: whether it is a heading.
        closing: whether a paragraph is known to end with it.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    heading: bool = False
    closing: bool = False


@dataclass
class SourceDocument:
    """One treebank file, or one part of it.

    Attributes:
        name: the file's stem, such as ``"ap001_0000"``.
        sentences: its sentences in order.
        held_out_in_turn: whether it is in a part of the gold that some training leaves out, to
            measure: NorNE's Bokmål is. The rest is always trained on.
    """

    name: str
    sentences: list[Sentence] = field(default_factory=list)
    held_out_in_turn: bool = False

    @property
    def source(self) -> str:
        """The source document: the file's stem without its last number."""
        return self.name.rsplit("_", 1)[0]


def read_treebank(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Read the sentences of a file with ``name=`` in its last column.

    Args:
        path: a file of ``ndt/`` or ``ud/``; lines that begin with ``#`` are skipped.

    Yields:
        The tokens and the IOB tags of one sentence.
    """
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
        elif not line.startswith("#"):
            cells = line.split("\t")
            words.append(cells[1])
            tags.append(cells[-1].rsplit("name=", 1)[1])


def read_document(
    path: Path, *, held_out_in_turn: bool = False, without: frozenset[tuple[str, ...]] = frozenset()
) -> SourceDocument:
    """Read one file of ``ndt/``.

    Args:
        path: the file.
        held_out_in_turn: see `SourceDocument`.
        without: sentences to leave out, each as its tokens without heading marks.

    Returns:
        The document.
    """
    document = SourceDocument(path.name.split(".")[0], held_out_in_turn=held_out_in_turn)
    for words, tags in read_treebank(path):
        heading = HEADING_MARK in words
        kept = [(word, tag) for word, tag in zip(words, tags, strict=True) if word != HEADING_MARK]
        tokens = [word for word, _ in kept]
        if not tokens or tuple(tokens) in without:
            continue
        text, offsets = detokenise(tokens)
        spans = entity_spans([tag for _, tag in kept], offsets)
        document.sentences.append(Sentence(text, spans, heading))
    return document


def _held_out(norne: Path) -> frozenset[tuple[str, ...]]:
    """The sentences of ``ud/nno`` (development, test), which are not trained on."""
    return frozenset(
        tuple(words) for path in sorted((norne / "ud/nno").iterdir())
        if path.suffix == ".conllu" for words, _ in read_treebank(path)
    )  # fmt: skip


def read_training(norne: Path) -> list[SourceDocument]:
    """Read all that may be trained on: Bokmål's training files, and Nynorsk.

    Args:
        norne: NorNE unpacked, with ``ndt/`` and ``ud/`` below it.

    Returns:
        The documents, Bokmål first, each part in the order of the file names. Nynorsk
        sentences that stand in ``ud/nno`` (development, test) are left out.
    """
    held_out = _held_out(norne)
    documents = [
        read_document(path, held_out_in_turn=True)
        for path in sorted((norne / "ndt/nob").iterdir())
        if is_training_file(path.name.split(".")[0])
    ]
    documents.extend(
        read_document(path, without=held_out) for path in sorted((norne / "ndt/nno").iterdir())
    )
    return [document for document in documents if document.sentences]


def compose(
    sentences: Iterable[Sentence], rng: random.Random | None = None
) -> tuple[str, list[tuple[int, int, str]], list[int]]:
    """Lay sentences out as an article.

    Args:
        sentences: in order.
        rng: where given, new paragraphs begin at random, as they do in articles (the
            treebank does not tell where), and some headings and ends of paragraphs lose their
            blank line.

    Returns:
        The text, its names as (start, end, label), and where its sentences begin.
    """
    text = ""
    spans: list[tuple[int, int, str]] = []
    starts = []
    for sentence in sentences:
        offset = len(text)
        starts.append(offset)
        spans.extend((offset + start, offset + end, label) for start, end, label in sentence.spans)
        alone = sentence.heading or sentence.closing
        gap = "\n\n" if alone else " "
        if rng is not None:
            chance = rng.random()
            if alone:
                gap = "\n\n" if chance < 0.8 else "\n"
            elif chance < 0.25:
                gap = "\n\n" if chance < 0.2 else "\n"
        text += sentence.text + gap
    return text.rstrip(), spans, starts


def make_doc(
    text: str,
    spans: Iterable[tuple[int, int, str]],
    tokenizer: Tokenizer,
    starts: Iterable[int] | None = None,
) -> tuple[Doc, int]:
    """Tokenise a text and put its names on the tokens.

    Args:
        text: raw text.
        spans: (start, end, label) in code points.
        tokenizer: the model's tokenizer.
        starts: where sentences begin; none are marked where it is not given.

    Returns:
        The document, and the number of names whose ends are no ends of tokens. Those take
        the tokens they lie in: that is as near as the model can come.
    """
    doc = tokenizer(text)
    entities: list[Span] = []
    unknown: list[Span] = []
    missed = 0
    for start, end, label in spans:
        span = doc.char_span(start, end, label=label)
        if span is None:
            missed += 1
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            (unknown if label == UNKNOWN else entities).append(span)
    # An expanded name may reach into another one: the longer is kept.
    kept = filter_spans([*entities, *unknown])
    doc.set_ents(
        [span for span in kept if span.label_ != UNKNOWN],
        missing=[span for span in kept if span.label_ == UNKNOWN],
    )
    if starts is not None:
        begins = frozenset(starts)
        for token in doc:
            token.is_sent_start = token.idx in begins
    return doc, missed
