"""A transformer as a bundled model: an ordinary spaCy package with probabilities."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import spacy
from spacy.language import Language

from pipeline import errors, models
from pipeline.language.encoder import factory
from pipeline.language.encoder.factory import EncoderRecognizer
from tests.conftest import ROOT

MODEL = models.BUNDLED / "nb_ent_news_trf"
LARGEST = 30_000_000
TEXTS = [path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/*/*.txt"))[:6]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return models.load("nb_ent_news_trf")


def found(nlp: Language, text: str) -> list[tuple[int, int, str, float]]:
    return [(e.start_char, e.end_char, e.label_, e._.score) for e in nlp(text).ents]


def test_package_is_small() -> None:
    assert sum(file.stat().st_size for file in MODEL.rglob("*") if file.is_file()) <= LARGEST


def test_finds_names_with_probabilities(nlp: Language) -> None:
    doc = nlp("Tyrkias president Recep Tayyip Erdogan møtte Vladimir Putin i Oslo torsdag.")
    names = {ent.text: ent.label_ for ent in doc.ents}
    assert names["Recep Tayyip Erdogan"] == names["Vladimir Putin"] == "PER"
    assert names["Oslo"] == "GPE_LOC"
    assert all(0.0 < ent._.score < 1.0 for ent in doc.ents)
    assert all(ent._.second_label != ent.label_ for ent in doc.ents)


def test_a_text_is_read_the_same_alone_and_among_others(nlp: Language) -> None:
    alone = [found(nlp, text) for text in TEXTS]
    among = [
        [(e.start_char, e.end_char, e.label_, e._.score) for e in doc.ents]
        for doc in nlp.pipe(TEXTS[::-1], batch_size=3)
    ]
    assert alone == among[::-1]


def test_scores_do_not_depend_on_the_windows_beside(nlp: Language) -> None:
    recognizer = nlp.get_pipe("ner")
    assert isinstance(recognizer, EncoderRecognizer)
    network = recognizer.scorer
    assert network is not None
    windows = ["Kari bor i Oslo .".split(), ["Nato"], "Hun så Bodø / Glimt .".split()]
    together = network(windows)
    assert together.shape[:2] == (3, 6)
    for window, scores in zip(windows, together, strict=True):
        np.testing.assert_array_equal(scores[: len(window)], network([window])[0])


def test_texts_are_told_apart_where_their_windows_are_decoded_together(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    recognizer = nlp.get_pipe("ner")
    assert isinstance(recognizer, EncoderRecognizer)
    texts = ["", *TEXTS, "Nato"]
    alone = [found(nlp, text) for text in texts]
    for windows in (1, 3, 10**6):
        monkeypatch.setattr(factory, "AT_ONCE", windows)
        docs = list(recognizer.find_all(nlp.make_doc(text) for text in texts))
        assert [doc.text for doc in docs] == texts
        together = [[(e.start_char, e.end_char, e.label_, e._.score) for e in d.ents] for d in docs]
        assert together == alone


def test_network_of_another_make_is_refused(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    file = tmp_path / "model" / "ner" / "network.onnx"
    # The name of the graph's input, wherever it stands: field 1 or 2 of one letter.
    file.write_bytes(file.read_bytes().replace(b"\x01x", b"\x01y"))
    with pytest.raises(errors.UserError) as caught:
        models.load(str(tmp_path / "model"))
    assert caught.value.problem is errors.MODEL_BROKEN
    assert "another version" in str(caught.value)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "€" * 300, "Oslo " * 3000])
def test_any_text_is_read(nlp: Language, text: str) -> None:
    assert all(not ent.text.isspace() for ent in nlp(text).ents)


def test_capitals_are_read(nlp: Language) -> None:
    usual = {e.text.upper() for e in nlp("Statsminister Erna Solberg besøkte Bergen i går.").ents}
    capitals = {e.text for e in nlp("STATSMINISTER ERNA SOLBERG BESØKTE BERGEN I GÅR.").ents}
    assert {"ERNA SOLBERG", "BERGEN"} <= usual & capitals


def test_is_written_and_read_by_spacy(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert found(again, TEXTS[0]) == found(nlp, TEXTS[0])


def test_spacy_loads_it_without_importing_the_project() -> None:
    code = (
        f"import spacy; nlp = spacy.load({str(MODEL)!r});"
        "print([e.text for e in nlp('Erna Solberg bor i Bergen.').ents])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['Erna Solberg', 'Bergen']\n"


def test_tables_have_the_scores(corpus_run: Path) -> None:
    mentions = pq.read_table(corpus_run / "mentions.parquet").to_pylist()
    scored = [row for row in mentions if row["method"] == "model"]
    assert all(row["score"] is not None and 0 <= row["score"] <= 1 for row in scored)
    assert all(abs(row["score"] - round(row["score"], 3)) < 1e-6 for row in scored)
    assert len({row["score"] for row in scored}) > 20
