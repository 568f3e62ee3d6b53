"""The loop sees every sentence once a pass, and learns."""

import random
from itertools import islice

import pytest
import spacy
from spacy.util import load_config

from pipeline.training.cnn.train import (
    CONFIG,
    draw_sentences,
    make_batches,
    make_examples,
    train,
)
from pipeline.training.corpus import Sentence, SourceDocument

TOKENIZER = spacy.blank("nb").tokenizer


def documents(count, name="a"):
    sentences = [
        Sentence("Per bor i Oslo.", ((0, 3, "PER"), (10, 14, "GPE_LOC"))),
        Sentence("Det regner.", ()),
    ]
    return [SourceDocument(f"{name}{i}_0000", sentences * 3) for i in range(count)]


def test_make_examples_covers_every_sentence_once_a_pass():
    examples = list(make_examples(documents(4), TOKENIZER, random.Random(0)))  # noqa: S311
    text = " ".join(example.text for example in examples)
    assert text.count("Per") == text.count("regner") == 12
    assert sum(len(example.reference.ents) for example in examples) == 24
    assert not any(example.reference.has_annotation("SENT_START") for example in examples)


def test_make_batches_goes_on_for_ever():
    def passes():
        return make_examples(documents(2), TOKENIZER, random.Random(0))  # noqa: S311

    for batch in islice(make_batches(passes, words=30), 10):
        assert sum(len(example.reference) for example in batch) >= 30


@pytest.mark.parametrize(("wanted", "drawn"), [(0, 0), (1, 1), (6, 1), (13, 3), (100, 4)])
def test_draw_sentences_takes_whole_documents(wanted, drawn):
    assert len(draw_sentences(documents(4), wanted, random.Random(0))) == drawn  # noqa: S311


def test_train_writes_a_pipeline_that_plain_spacy_loads(tmp_path):
    config = load_config(CONFIG)
    config["training"].update(max_steps=30, batch_words=50)
    embed = config["components"]["ner"]["model"]["tok2vec"]["embed"]
    embed.update(include_static_vectors=False, width=16, rows=[100, 100, 100, 100])
    config["components"]["ner"]["model"]["tok2vec"]["encode"]["width"] = 16
    config["training"]["optimizer"]["learn_rate"]["initial_rate"] = 0.02
    config["training"]["optimizer"]["learn_rate"]["warmup_steps"] = 1
    train(
        documents(4),
        tmp_path / "model",
        config=config,
        silver=documents(2, "silver"),
    )
    doc = spacy.load(tmp_path / "model")("Det regner. Per bor i Oslo.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Per", "PER"), ("Oslo", "GPE_LOC")]
