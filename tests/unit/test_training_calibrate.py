"""How a model's probabilities are brought to the shares of names that were right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from spacy import blank
from spacy.tokens import Doc

from pipeline import models
from pipeline.language.encoder.calibration import Calibration, elsewhere
from pipeline.language.encoder.decode import TAGS
from pipeline.language.encoder.factory import EncoderRecognizer
from pipeline.training.corpus import Sentence, SourceDocument
from pipeline.training.encoder.calibrate import Observation, calibrate, observe

LABELS = {"Brann": ["ORG", "ORG"], "Oslo": ["PER"], "Bergen": ["LOC", "LOC", "ORG"]}


class Finder(EncoderRecognizer):
    """Finds what it is told, each name with a probability of a half."""

    def find_all(self, docs):
        for doc in docs:
            at = {name: iter(labels) for name, labels in LABELS.items()}
            spans = [
                doc.char_span(t.idx, t.idx + len(t), label=next(at[t.text]))
                for t in doc
                if t.text in at
            ]
            for span in spans:
                span._.score = 0.5
            doc.set_ents(spans)
            yield doc


def test_the_rest_of_a_document_counts():
    calibration = Calibration(0.8, -0.3, same=0.6, other=0.4)
    alone = calibration(0.7)
    assert calibration(0.7, same=1) > alone > calibration(0.7, other=1)
    assert calibration(0.7, same=3) > calibration(0.7, same=1)
    assert Calibration()(0.7, same=5, other=5) == pytest.approx(0.7)


def test_names_are_counted_elsewhere_by_text_and_label():
    names = [("Brann", "ORG"), ("Brann", "ORG"), ("Brann", "LOC"), ("Oslo", "LOC")]
    assert elsewhere(names) == [(1, 1), (1, 1), (0, 2), (0, 0)]


def test_probabilities_and_the_document_are_weighed_as_they_were_right():
    rng = np.random.default_rng(1)
    truth = Calibration(0.8, -1.0, same=0.7, other=0.5)
    observed = []
    for _ in range(20_000):
        probability, same, other = rng.uniform(0.05, 0.95), rng.integers(4), rng.integers(3)
        right = rng.random() < truth(probability, same, other)
        observed.append(Observation(probability, right, int(same), int(other)))
    weighed = calibrate(observed)
    assert weighed.slope == pytest.approx(0.8, abs=0.1)
    assert weighed.offset == pytest.approx(-1.0, abs=0.1)
    assert weighed.same == pytest.approx(0.7, abs=0.1)
    assert weighed.other == pytest.approx(0.5, abs=0.1)


def test_names_are_observed_beside_gold():
    sentences = (
        "Brann vant.",
        "Brann tapte.",
        "Oslo sov.",
        "Bergen våknet i Bergen, og Bergen gråt.",
    )
    spans = (((0, 5, "ORG"),), ((0, 5, "LOC"),), ((0, 4, "GPE_LOC"),), ())
    document = SourceDocument("a", [Sentence(*pair) for pair in zip(sentences, spans, strict=True)])
    recognizer = Finder(calibration=Calibration(2.0, 3.0))
    observed = observe(recognizer, [document])
    assert recognizer.calibration == Calibration()
    assert [name.right for name in observed] == [True, False, False, False, False, False]
    assert [(name.same, name.other) for name in observed] == [
        (1, 0), (1, 0), (0, 0), (1, 1), (1, 1), (0, 2),
    ]  # fmt: skip


def names_kari(windows):
    """Gives `Kari` the tag of a person, with some doubt."""
    scores = np.zeros((len(windows), max(map(len, windows)), len(TAGS)), np.float32)
    for row, words in zip(scores, windows, strict=True):
        for word, tags in zip(words, row, strict=False):
            tags[TAGS.index("B-PER" if word == "Kari" else "O")] = 5
    return scores


def test_a_name_that_stands_in_the_text_again_is_surer():
    vocab = blank("nb").vocab
    calibration = Calibration(0.8, -0.3, same=0.6, other=0.4)
    recognizer = EncoderRecognizer(scorer=names_kari, calibration=calibration)

    def scores(*words: str) -> list[float]:
        return [ent._.score for ent in recognizer(Doc(vocab, words=words)).ents]

    (once,) = scores("Kari", "sang")
    first, second = scores("Kari", "sang", "Kari", "lo")
    assert first == pytest.approx(second, abs=0.01)
    assert first > once


def test_the_bundled_calibration_is_written_as_it_was_read(tmp_path: Path):
    recognizer = models.load("nb_ent_news_trf").get_pipe("ner")
    assert isinstance(recognizer, EncoderRecognizer)
    assert recognizer.calibration.same > 0
    assert recognizer.calibration.other > 0
    recognizer.to_disk(tmp_path)
    written = json.loads((tmp_path / "calibration.json").read_text("utf-8"))
    assert Calibration(**written) == recognizer.calibration
