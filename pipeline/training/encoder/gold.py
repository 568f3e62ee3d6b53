"""The gold texts as windows of tagged words, made once: fine-tuning then needs no spaCy.

Pass 0 is the texts as they are, cut as at run time; it is for measuring. The others are for
training: every one draws other stretches and other variations.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.language.encoder.decode import tag_numbers
from pipeline.language.encoder.windows import LONGEST, cut
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.training.augment import Augmenter
    from pipeline.training.corpus import SourceDocument
    from pipeline.training.data import Tokenizer


@dataclass(frozen=True)
class TaggedWindow:
    """One window of gold.

    Attributes:
        words: its words.
        tags: their tags' numbers; -1 where unknown.
        source: number of the source document, -1 where it is never held out.
        number: of the pass; 0 is the text as it is.
    """

    words: list[str]
    tags: NDArray[np.int8]
    source: int
    number: int


def make_windows(
    documents: Sequence[SourceDocument],
    tokenizer: Tokenizer,
    augmenter: Augmenter,
    rng: random.Random,
    passes: int,
) -> Iterator[TaggedWindow]:
    """Make all passes over the texts.

    Args:
        documents: training texts.
        tokenizer: the model's tokenizer.
        augmenter: varies the sentences of the passes for training.
        rng: decides stretches and layout.
        passes: for training.

    Yields:
        Windows of 1 to `LONGEST` words.
    """
    from pipeline.training.corpus import compose, make_doc

    names = sorted({document.source for document in documents if document.held_out_in_turn})
    numbers = {name: number for number, name in enumerate(names)}

    def source_of(document: SourceDocument) -> int:
        return numbers[document.source] if document.held_out_in_turn else -1

    for document in documents:
        text, spans, _ = compose(document.sentences)
        doc, _ = make_doc(text, spans, tokenizer)
        yield from _windows(doc, source_of(document), 0)
    for number in range(1, passes + 1):
        for document in documents:
            for stretch in _stretches(document, rng):
                varied = [new for sentence in stretch for new in augmenter.sentence(sentence)]
                text, spans, _ = compose(varied, rng)
                doc, _ = make_doc(text, spans, tokenizer)
                yield from _windows(doc, source_of(document), number)


def _stretches(document: SourceDocument, rng: random.Random) -> Iterator[list]:  # type: ignore[type-arg]
    """Cut a document at random: some single sentences, most as long as a window."""
    at = 0
    while at < len(document.sentences):
        wanted = rng.choice((1, rng.randint(1, LONGEST), LONGEST, LONGEST))
        end, words = at, 0.0
        while end < len(document.sentences) and (words < wanted or end == at):
            # Marks are words of their own: a fifth more than there are blanks.
            words += len(document.sentences[end].text.split()) * 1.2
            end += 1
        yield document.sentences[at:end]
        at = end


def tags_of(doc: Doc) -> NDArray[np.int8]:
    """The number of each word's tag; -1 where it is unknown.

    Args:
        doc: with entities.
    """
    tags = [
        f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else token.ent_iob_
        for token in doc
    ]
    return np.array(tag_numbers(tags), dtype=np.int8)


def _windows(doc: Doc, source: int, number: int) -> Iterator[TaggedWindow]:
    words, tags = [token.text for token in doc], tags_of(doc)
    for start, end in cut(words):
        yield TaggedWindow(words[start:end], tags[start:end], source, number)


def save_windows(windows: Sequence[TaggedWindow], path: Path) -> None:
    """Write windows to a file.

    Args:
        windows: any.
        path: ends in ``.npz``.
    """
    numbers: dict[str, int] = {}
    flat = [numbers.setdefault(word, len(numbers)) for window in windows for word in window.words]
    with replacing(path) as new, new.open("wb") as file:
        np.savez(
            file,
            vocabulary=np.frombuffer("\0".join(numbers).encode(), dtype=np.uint8),
            words=np.array(flat, dtype=np.int32),
            tags=np.concatenate([window.tags for window in windows]),
            lengths=np.array([len(window.words) for window in windows], dtype=np.int32),
            sources=np.array([window.source for window in windows], dtype=np.int16),
            passes=np.array([window.number for window in windows], dtype=np.int16),
        )


def load_windows(path: Path) -> list[TaggedWindow]:
    """Read what `save_windows` wrote.

    Args:
        path: the file.
    """
    with np.load(path) as arrays:
        vocabulary = arrays["vocabulary"].tobytes().decode().split("\0")
        words = [vocabulary[number] for number in arrays["words"]]
        ends = np.cumsum(arrays["lengths"]).tolist()
        starts = [0, *ends[:-1]]
        tags, sources, passes = (arrays[name] for name in ("tags", "sources", "passes"))
    return [
        TaggedWindow(words[start:end], tags[start:end], int(source), int(number))
        for start, end, source, number in zip(starts, ends, sources, passes, strict=True)
    ]
