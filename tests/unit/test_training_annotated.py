"""Our own annotations: places of names, without the texts they stand in."""

import csv
import re

import pytest

from pipeline.evaluation.gold import USER_TYPES, Span, read_gold
from pipeline.training.annotated import (
    TABLE,
    annotated_texts,
    key_of,
    read_annotated,
    read_with_ours,
    write_measured,
)
from pipeline.training.corpus import Sentence
from pipeline.training.measured import write_gold
from pipeline.training.work import BuildError
from pipeline.training.written import read_written

HEADLINE, LINE, OTHER = "Kari Moe slutter", "Kari Moe slutter i Equinor.", "Hun bor i Moss."


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "norquad.txt").write_text(f"{HEADLINE}\n{LINE}\n{OTHER}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def table(tmp_path):
    rows = [
        ("norquad_0000", "train", key_of(HEADLINE), "0-8:PER"),
        ("norquad_0000", "train", key_of(LINE), "0-8:PER 19-26:ORG"),
        ("norquad_0002", "measure", key_of(OTHER), "10-14:GPE_LOC"),
    ]
    path = tmp_path / "annotated.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("document", "part", "line", "names"), *rows])
    return path


def test_lines_are_found_in_their_texts(texts, table):
    (document,) = read_annotated(texts, "train", table)
    assert document.name == "norquad_0000"
    assert not document.held_out_in_turn
    assert annotated_texts(table) == ["norquad"]
    assert document.sentences == [
        Sentence(HEADLINE, ((0, 8, "PER"),), heading=True),
        Sentence(LINE, ((0, 8, "PER"), (19, 26, "ORG"))),
    ]


def test_transformers_learn_from_ours_too(texts, table):
    for folder in ("ndt/nob", "ndt/nno", "ud/nno"):
        (texts / "norne" / folder).mkdir(parents=True)
    sentence = "1\tOslo\t_\t_\t_\t_\t0\t_\t_\tname=B-GPE_LOC\n\n"
    (texts / "norne/ndt/nob/vg001_0000.conll").write_text(sentence, encoding="utf-8")
    documents = read_with_ours(texts, table)
    assert [(d.name, d.held_out_in_turn) for d in documents[:2]] == [
        ("vg001_0000", True),
        ("norquad_0000", False),
    ]
    assert documents[2:] == read_written("train")


def test_texts_without_the_lines_stop_a_build(texts, table):
    with table.open("a", encoding="utf-8") as file:
        file.write(f"norquad_0001,train,{key_of('Denne finnes ikke.')},\n")
    with pytest.raises(BuildError, match="1 of 3 lines"):
        read_annotated(texts, "train", table)


def test_measuring_says_which_text_is_missing(tmp_path):
    with pytest.raises(BuildError, match="norquad"):
        write_measured(tmp_path, tmp_path / "measured" / "gold.jsonl")


def test_what_is_kept_for_measuring_is_gold_to_evaluate(texts, table, tmp_path):
    write_gold(read_annotated(texts, "measure", table), tmp_path / "gold.jsonl")
    (gold,) = read_gold(tmp_path / "gold.jsonl")
    assert (gold.name, gold.text, gold.labelled) == ("norquad_0002", OTHER, True)
    assert gold.genres == ("norquad",)
    assert gold.spans == (Span(10, 14, "GPE_LOC", "place"),)


def test_bundled_table_has_places_and_labels_alone():
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = {*USER_TYPES, "PROD", "EVT", "DRV", "MISC"}
    assert len({row["line"] for row in rows}) == len(rows)
    parts = {(row["document"], row["part"]) for row in rows}
    assert len(parts) == len({document for document, _ in parts})
    assert {part for _, part in parts} == {"train", "measure"}
    for row in rows:
        assert re.fullmatch(r"[0-9a-f]{16}", row["line"])
        end = 0
        for name in row["names"].split():
            place, label = name.split(":")
            first, last = map(int, place.split("-"))
            assert end <= first < last
            assert label in labels
            end = last
