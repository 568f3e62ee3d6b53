"""The extract stage: a document has the same names wherever it stands and however it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
import spacy

from pipeline.stages import extract
from pipeline.stages.extract import Extractor, Recognizer
from pipeline.stages.tokenize import Tokenizer
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = [path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/*/*.txt"))[:6]]


@pytest.fixture(scope="module", params=["nb_ent_news_trf", "small"])
def extractor(request: pytest.FixtureRequest) -> Extractor:
    return Extractor.load(request.param)


def documents(texts: list[str]) -> pa.Table:
    keys = [f"{text[:20]} {len(text)}" for text in texts]
    ends = pa.array([0] * len(texts), pa.int32())
    return pa.table({"doc_key": keys, "tokens_key": keys, "title_end": ends, "text": texts})


def names(extractor: Extractor, texts: list[str]) -> list[dict[str, object]]:
    table = documents(texts)
    rows: list[dict[str, object]] = extractor(table, Tokenizer()(table)).to_pylist()
    return rows


def one_by_one(extractor: Extractor, texts: list[str]) -> Iterator[dict[str, object]]:
    for text in texts:
        yield from names(extractor, [text])


def test_names_do_not_depend_on_the_documents_beside(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["", *TEXTS, " \n", "Kari bor i Oslo."]
    alone = list(one_by_one(extractor, texts))
    assert len(alone) > 50
    for tokens in (1, 500, 10**6):
        monkeypatch.setattr(extract, "BATCH_TOKENS", tokens)
        assert names(extractor, texts) == alone


@pytest.mark.parametrize("model", ["nb_ent_news_trf", "small"])
def test_features_that_no_layer_reads_change_nothing(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Extractor.load(model)
    monkeypatch.setattr(extract, "compute_only", lambda *_: None)
    every = Extractor.load(model)
    assert names(few, TEXTS) == names(every, TEXTS)
    assert not few.nlp.vocab["post@avisa.no"].like_email
    assert every.nlp.vocab["post@avisa.no"].like_email


def test_all_features_are_there_for_a_model_of_another_kind() -> None:
    nlp = spacy.blank("nb")
    nlp.add_pipe("ner")
    nlp.initialize()
    assert Recognizer(nlp).features == {"IS_SPACE", "NORM", "PREFIX", "SUFFIX", "SHAPE"}
    nlp.remove_pipe("ner")
    nlp.add_pipe("entity_ruler", name="ner")
    assert Recognizer(nlp).features is None


def test_long_document_is_read_in_parts(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["Oslo", "Kari Hansen møtte Nato i Bodø. " * 60, "Kari Hansen bor i Oslo."]
    whole = names(extractor, texts)
    monkeypatch.setattr(extract, "MODEL_TOKENS", 50)
    monkeypatch.setattr(extract, "DOC_TOKENS", 200)
    parts = names(extractor, texts)
    for row, other in zip(whole, parts, strict=True):
        for found in (row, other):  # these depend on what stands before
            del found["score"]
        assert row == other


def test_scores_count_the_whole_of_a_long_document(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Kari Hansen møtte Nato i Bodø. " * 60
    extractor = Extractor.load("nb_ent_news_trf")
    whole = names(extractor, [text])
    monkeypatch.setattr(extract, "MODEL_TOKENS", 50)  # what bounds spaCy's own models
    assert names(extractor, [text]) == whole


def test_where_a_line_is_wrapped_no_name_ends(extractor: Extractor) -> None:
    text = (
        "Striden om pengene til sykehusene i nord gikk videre i går, sier Jens\n"
        "Stoltenberg, som møtte Kari Hansen ved Oslo\n"
        "universitetssykehus før han reiste videre til den store byen New\n"
        "York sammen med flere av dem som har arbeidet med saken i mange år."
    )
    on_one_line = names(extractor, [text.replace("\n", " ")])
    wrapped = names(extractor, [text])
    assert wrapped[0]["surface"] == "Jens\nStoltenberg"
    assert wrapped[0]["name"] == "Jens Stoltenberg"
    for row, other in zip(wrapped, on_one_line, strict=True):
        for found in (row, other):
            found["surface"] = str(found["surface"]).replace("\n", " ")
            del found["doc_key"]
        assert row == other
