"""The faster search finds what spaCy's own finds."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from pipeline.language.greedy import recognizer
from pipeline.language.greedy import words as remembered
from pipeline.language.greedy.encode import Encoder, is_usual
from pipeline.language.greedy.recognizer import GreedyRecognizer, speed_up
from pipeline.language.greedy.words import WordVectors

WORDS = [*"Oslo Ola Dahl Nato Storting Equinor bor i og på er 2019 . , ( )".split(), "\n\n"]


def make(*, more: bool) -> EntityRecognizer:
    """A `ner` that finds names, long ones too, wherever it looks: it is made up."""
    nlp = spacy.blank("nb")
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": more,
        "hidden_width": 16,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "width": 16,
            "depth": 2,
            "embed_size": 200,
            "window_size": 1,
            "maxout_pieces": 2,
            "subword_features": True,
            "pretrained_vectors": None,
        },
    }
    ner = nlp.add_pipe("ner", config={"model": model})
    assert isinstance(ner, EntityRecognizer)
    for label in ("PER", "ORG", "LOC"):
        ner.add_label(label)
    nlp.initialize()
    draw = np.random.default_rng(0)
    for layer in (ner.model.get_ref("lower"), ner.model.get_ref("upper")):
        for name in layer.param_names:
            values = draw.normal(size=layer.get_param(name).shape)
            layer.set_param(name, values.astype(np.float32))
    return ner


def text(nlp: Any, draw: random.Random) -> Doc:
    words = draw.choices(WORDS, k=draw.randint(1, 60))
    return Doc(nlp.vocab, words=words, sent_starts=[draw.random() < 0.1 for _ in words])


def names(doc: Doc) -> list[tuple[int, int, str]]:
    return [(ent.start, ent.end, ent.label_) for ent in doc.ents]


@pytest.mark.parametrize("more", [True, False])
def test_recognizer_finds_what_spacy_finds(more: bool) -> None:
    ner = make(more=more)
    fast = speed_up(ner)
    assert isinstance(fast, GreedyRecognizer)
    draw = random.Random(1)  # noqa: S311 - no secret
    found: list[tuple[int, int, str]] = []
    for _ in range(60):
        doc = text(ner, draw)
        expected = names(ner(doc.copy()))
        assert names(fast(doc)) == expected
        found += expected
    assert {end - start for start, end, _ in found} >= {1, 2, 3}


def test_recognizer_leaves_preset_names_and_empty_documents_to_spacy() -> None:
    ner = make(more=True)
    fast = speed_up(ner)
    doc = Doc(ner.vocab, words="Ola Dahl bor i Oslo".split())
    doc.set_ents([Span(doc, 2, 4, "ORG")], default="unmodified")
    assert names(fast(doc.copy())) == names(ner(doc))
    assert (2, 4, "ORG") in names(doc)
    assert not names(fast(Doc(ner.vocab)))


def test_unusual_recognizer_stays_as_it_is() -> None:
    beam = spacy.blank("nb").add_pipe("beam_ner")
    assert speed_up(beam) is beam


@pytest.mark.parametrize("tokens", [1, 50, 10_000])
def test_documents_at_once_have_the_names_each_has_alone(
    tokens: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognizer, "_AT_ONCE", tokens)
    ner = make(more=True)
    draw = random.Random(3)  # noqa: S311 - no secret
    docs = [text(ner, draw) for _ in range(9)]
    expected = [names(ner(doc.copy())) for doc in docs]
    fast = speed_up(ner)
    assert isinstance(fast, GreedyRecognizer)
    assert [names(doc) for doc in fast.find_all(iter(docs))] == expected
    assert any(expected)


@pytest.mark.parametrize("words", [1, 2, 50])
def test_encoder_gives_what_its_layers_give(words: int) -> None:
    context = make(more=True).model.get_ref("tok2vec").layers[0].layers[1]
    for layer in context.walk():  # layers that were not trained normalise, but do not scale
        if layer.name == "layernorm":
            layer.set_param("G", np.linspace(0.5, 2, 16, dtype=np.float32))
            layer.set_param("b", np.linspace(-1, 1, 16, dtype=np.float32))
    assert is_usual(context)
    read = np.random.default_rng(1).normal(size=(words, 16)).astype(np.float32)
    (expected,) = context.predict([read])
    assert np.allclose(Encoder(context)(read), expected, atol=1e-5)


def test_layers_that_look_further_stay_as_they_are() -> None:
    context = make(more=True).model.get_ref("tok2vec").layers[0].layers[1]
    for layer in context.walk():
        if layer.name == "expand_window":
            layer.attrs["window_size"] = 2
    assert not is_usual(context)


def test_word_vectors_do_not_depend_on_what_was_seen_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered, "_MOST", 30)
    ner = make(more=True)
    embed = ner.model.get_ref("tok2vec").layers[0].layers[0]
    words = [f"ord{n}" for n in range(80)]
    whole, piecewise = (WordVectors(embed, ner.vocab) for _ in range(2))
    expected = whole(Doc(ner.vocab, words=words))
    random.Random(2).shuffle(words)  # noqa: S311 - no secret
    for first in range(0, 80, 7):
        piecewise(Doc(ner.vocab, words=words[first : first + 7]))
    again = piecewise(Doc(ner.vocab, words=sorted(words, key=lambda word: int(word[3:]))))
    assert np.array_equal(again, expected)


def test_words_in_use_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 10)
    ner = make(more=True)
    embed = ner.model.get_ref("tok2vec").layers[0].layers[0]
    vectors, computed = WordVectors(embed, ner.vocab), Counter[str]()
    learn = vectors._learn
    monkeypatch.setattr(
        vectors,
        "_learn",
        lambda keys: (computed.update(ner.vocab.strings[word] for word, _ in keys), learn(keys)),
    )
    for n in range(40):
        vectors(Doc(ner.vocab, words=["og", f"a{n}", f"b{n}"]))
    vectors(Doc(ner.vocab, words=["a0"]))  # forgotten long since
    assert computed["og"] == 1
    assert computed["a0"] == 2
    assert len(vectors._known) + len(vectors._before) < 30
