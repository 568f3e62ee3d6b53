"""The training loop: sentences in ever new variations, one optimizer, averaged weights."""

from __future__ import annotations

import logging
import random
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from spacy import load
from spacy.training import Example
from spacy.training.initialize import load_vectors_into_model
from spacy.util import load_config, load_model_from_config, registry
from thinc.api import Config, NumpyOps, Optimizer, fix_random_seed, set_current_ops

from pipeline.training.corpus import SourceDocument, compose, make_doc
from pipeline.vocabulary import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.language import Language

    from pipeline.training.augment import Augmenter
    from pipeline.training.data import Tokenizer

log = logging.getLogger(__name__)

CONFIG = Path(__file__).with_name("config.cfg")
_TELL_EVERY = 500  # steps


def make_examples(
    documents: Sequence[SourceDocument],
    tokenizer: Tokenizer,
    rng: random.Random,
    augmenter: Augmenter | None = None,
    *,
    longest: int = 16,
) -> Iterator[Example]:
    """Make one pass over the texts, in pieces and in random order.

    Args:
        documents: training texts.
        tokenizer: the model's tokenizer.
        rng: decides pieces, order and layout.
        augmenter: varies the sentences, where given.
        longest: sentences in the longest piece.

    Yields:
        Examples of 1 to `longest` sentences. No sentence begins are marked: the model sees
        whole texts at run time, and learns from the text alone where names end.
    """
    pieces = []
    for document in documents:
        at = 0
        while at < len(document.sentences):
            length = rng.randint(1, longest)
            pieces.append(document.sentences[at : at + length])
            at += length
    rng.shuffle(pieces)
    for piece in pieces:
        sentences = piece
        if augmenter is not None:
            sentences = [varied for sentence in piece for varied in augmenter.sentence(sentence)]
        text, spans, _ = compose(sentences, rng)
        reference, _ = make_doc(text, spans, tokenizer)
        yield Example(tokenizer(text), reference)


def make_batches(
    passes: Callable[[], Iterator[Example]], *, words: int = 1000
) -> Iterator[list[Example]]:
    """Group examples, for ever.

    Args:
        passes: gives one pass over the texts each time it is called.
        words: tokens in a batch, at least.

    Yields:
        Batches.
    """
    batch: list[Example] = []
    size = 0
    while True:
        for example in passes():
            batch.append(example)
            size += len(example.reference)
            if size >= words:
                yield batch
                batch, size = [], 0


def draw_sentences(
    documents: Sequence[SourceDocument], sentences: int, rng: random.Random
) -> list[SourceDocument]:
    """Draw documents until they have a number of sentences, or all are drawn.

    Args:
        documents: to draw from.
        sentences: how many are wanted.
        rng: decides.

    Returns:
        Whole documents, in random order.
    """
    drawn: list[SourceDocument] = []
    for document in rng.sample(documents, len(documents)):
        if sentences <= 0:
            break
        drawn.append(document)
        sentences -= len(document.sentences)
    return drawn


def new_model(config: Config, vectors: Path | None, seed: int) -> tuple[Language, Optimizer]:
    """Build the untrained pipeline.

    Args:
        config: as `CONFIG` has it.
        vectors: a folder that ``Vocab.to_disk`` or ``nlp.to_disk`` wrote, or none.
        seed: of the first weights.

    Returns:
        The pipeline and its optimizer.
    """
    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(seed)
    nlp = load_model_from_config(config, auto_fill=True, validate=True)
    if vectors is not None:
        load_vectors_into_model(nlp, vectors)
    optimizer = registry.resolve({"optimizer": config.interpolate()["training"]["optimizer"]})
    ner = nlp.get_pipe("ner")
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    return nlp, optimizer["optimizer"]


def train(
    documents: Sequence[SourceDocument],
    out: Path,
    *,
    config: Config | None = None,
    vectors: Path | None = None,
    augmenter: Augmenter | None = None,
    silver: Sequence[SourceDocument] = (),
    seed: int = 0,
) -> Language:
    """Train a pipeline and write it.

    Args:
        documents: training texts.
        out: the folder to write, with averaged weights.
        config: the network and its training; `CONFIG` where not given.
        vectors: see `new_model`.
        augmenter: varies the sentences, where given.
        silver: texts labelled by models. Each pass draws as many sentences of them as gold
            has, until three quarters of the steps are done; the rest is gold alone.
        seed: of weights, order and dropout.

    Returns:
        The pipeline with averaged weights.
    """
    config = config if config is not None else load_config(CONFIG)
    settings = config.interpolate()["training"]
    nlp, optimizer = new_model(config, vectors, seed)
    rng = random.Random(seed)  # noqa: S311

    sentences = sum(len(document.sentences) for document in documents)

    def gold() -> Iterator[Example]:
        return make_examples(documents, nlp.tokenizer, rng, augmenter)

    def mixed() -> Iterator[Example]:
        drawn = draw_sentences(silver, sentences, rng)
        return make_examples([*documents, *drawn], nlp.tokenizer, rng, augmenter)

    sample = list(islice(gold(), 200))
    nlp.initialize(lambda: sample, sgd=optimizer)
    words = settings["batch_words"]
    batches = make_batches(mixed if silver else gold, words=words)
    begin = time.monotonic()
    losses: dict[str, float] = {}
    for step in range(1, settings["max_steps"] + 1):
        if silver and step == settings["max_steps"] * 3 // 4:
            batches = make_batches(gold, words=words)
        nlp.update(next(batches), sgd=optimizer, drop=settings["dropout"], losses=losses)
        optimizer.step_schedules()  # type: ignore[no-untyped-call]
        if step % _TELL_EVERY == 0:
            log.info("step %d loss %.0f %.0f s", step, losses["ner"], time.monotonic() - begin)
            losses = {}
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(out)
    return load(out)
