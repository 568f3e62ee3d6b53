"""Treebank tokens become raw text with names at the right offsets."""

import subprocess
import sys

import pytest

from pipeline.evaluation.norne import detokenise, entity_spans, is_training_file


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["Han", "sa", ":", "«", "Ja", "»", "."], "Han sa: «Ja»."),
        (["Han", "sa", '"', "ja", '"', ",", "og", "gikk", "."], 'Han sa "ja", og gikk.'),
        (["-", "Ja", ",", "sier", "Per", "(", "30", ")", "."], "- Ja, sier Per (30)."),
        (["SV", "og", "/", "eller", "Sp"], "SV og/eller Sp"),
        (["Foto", ":", "Reuters", "/", "AP"], "Foto: Reuters/AP"),
        (["«", "Guitar", "Hero", "»", "-spillet"], "«Guitar Hero»-spillet"),
        (["fra", "Oslo", "-", "i", "dag"], "fra Oslo - i dag"),
        ([".", "."], ".."),
        ([], ""),
    ],
)
def test_detokenise_writes_as_newspapers_do(words, text):
    result, offsets = detokenise(words)
    assert result == text
    assert [result[start:end] for start, end in offsets] == words


def test_entity_spans_begins_a_name_where_the_label_changes():
    offsets = [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]
    tags = ["B-PER", "I-PER", "B-PER", "I-ORG", "O"]
    assert entity_spans(tags, offsets) == ((0, 3, "PER"), (4, 5, "PER"), (6, 7, "ORG"))


@pytest.mark.parametrize(
    ("stem", "training"),
    [
        ("ap012_0002", True),
        ("ap012_0003", False),
        ("ap014_0000", False),
        ("db001a_0000", True),
        ("db013_0004", True),
        ("db013_0005", False),
        ("blogg-bm002_0004", True),
        ("blogg-bm003_0001", False),
        ("sp-bm002_0000", False),
        ("kk006_0000", False),
    ],
)
def test_is_training_file_splits_as_universal_dependencies_does(stem, training):
    assert is_training_file(stem) is training


def test_evaluating_needs_nothing_of_training():
    script = (
        "import importlib, pkgutil, sys, pipeline.evaluation as e\n"
        "for found in pkgutil.iter_modules(e.__path__):\n"
        "    importlib.import_module(f'pipeline.evaluation.{found.name}')\n"
        "sys.exit(any(name.startswith('pipeline.training') for name in sys.modules))"
    )
    assert subprocess.call([sys.executable, "-c", script]) == 0
