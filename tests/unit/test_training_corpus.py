"""Treebank sentences become raw text with the right offsets."""

import random

import pytest
import spacy

from pipeline.training.corpus import (
    UNKNOWN,
    Sentence,
    compose,
    make_doc,
    read_document,
    read_training,
)

HEADING = (
    "1\tNato\tNato\tsubst\t_\t_\t0\t_\t_\tname=B-ORG\n2\tsamles\t_\t_\t_\t_\t0\t_\t_\tname=O\n"
)
BODY = (
    "1\tJens\t_\t_\t_\t_\t0\t_\t_\tname=B-PER\n2\tStoltenberg\t_\t_\t_\t_\t0\t_\t_\tname=I-PER\n"
    "3\tkom\t_\t_\t_\t_\t0\t_\t_\tname=O\n4\t.\t_\t_\t_\t_\t0\t_\t_\tname=O\n"
)
MARK = "3\t|\t_\t_\t_\t_\t0\t_\t_\tname=O\n"


def test_read_document_drops_heading_marks_and_left_out_sentences(tmp_path):
    path = tmp_path / "vg001_0000.conll"
    path.write_text(HEADING + MARK + "\n" + BODY + "\n", encoding="utf-8")
    document = read_document(path)
    assert document.source == "vg001"
    assert document.sentences == [
        Sentence("Nato samles", ((0, 4, "ORG"),), heading=True),
        Sentence("Jens Stoltenberg kom.", ((0, 16, "PER"),)),
    ]
    without = frozenset([("Nato", "samles")])
    assert len(read_document(path, without=without).sentences) == 1


def test_read_training_leaves_out_development_and_measured_nynorsk(tmp_path):
    for folder in ("ndt/nob", "ndt/nno", "ud/nno"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ndt/nob/vg001_0000.conll").write_text(BODY, encoding="utf-8")
    (tmp_path / "ndt/nob/vg002_0004.conll").write_text(BODY, encoding="utf-8")
    (tmp_path / "ndt/nno/dot001_0000.conll").write_text(HEADING + "\n" + BODY, encoding="utf-8")
    (tmp_path / "ud/nno/dev.conllu").write_text("# text = x\n" + BODY, encoding="utf-8")
    documents = read_training(tmp_path)
    assert [(d.name, d.held_out_in_turn) for d in documents] == [
        ("vg001_0000", True),
        ("dot001_0000", False),
    ]
    assert [s.text for s in documents[1].sentences] == ["Nato samles"]


@pytest.mark.parametrize("rng", [None, random.Random(1)])  # noqa: S311
def test_compose_keeps_names_and_begins_at_their_place(rng):
    sentences = [Sentence("Nato samles", ((0, 4, "ORG"),), heading=True)] + [
        Sentence("Jens kom.", ((0, 4, "PER"),))
    ] * 20
    text, spans, starts = compose(sentences, rng)
    assert [text[start:end] for start, end, _ in spans] == ["Nato"] + ["Jens"] * 20
    assert [text[start : start + 4] for start in starts] == ["Nato"] + ["Jens"] * 20
    assert text.startswith("Nato samles\n")
    assert rng is not None or text.count("\n") == 2


def test_make_doc_takes_the_whole_token_where_a_name_ends_inside():
    tokenizer = spacy.blank("nb").tokenizer
    doc, missed = make_doc(
        "Ja.\n\nHan bor i Oslo-området.", [(15, 19, "GPE_LOC")], tokenizer, [0, 5]
    )
    assert missed == 1
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Oslo-området", "GPE_LOC")]
    assert [token.text for token in doc if token.is_sent_start] == ["Ja", "Han"]


def test_make_doc_marks_unknown_stretches_as_missing():
    tokenizer = spacy.blank("nb").tokenizer
    doc, _ = make_doc("Per i Oslo", [(0, 3, UNKNOWN), (6, 10, "GPE_LOC")], tokenizer)
    assert [token.ent_iob_ for token in doc] == ["", "O", "B"]
