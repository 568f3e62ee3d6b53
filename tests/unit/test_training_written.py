"""Articles that were written to train on."""

import re
import sys

from pipeline.evaluation.gold import read_gold
from pipeline.language.encoder.decode import LABELS
from pipeline.training import written
from pipeline.training.corpus import Sentence
from pipeline.training.written import FOLDER, read_marked, read_written


def test_marks_are_taken_out_of_a_line():
    assert read_marked("– [Kari Lie|PER]s, i «[VG|ORG]».") == Sentence(
        "– Kari Lies, i «VG».", ((2, 10, "PER"), (16, 18, "ORG")), closing=True
    )
    assert read_marked("[Molde|ORG] slo [Brann|ORG]").heading


def test_articles_are_read_and_every_fifteenth_is_kept(tmp_path):
    articles = [f"# {n}\n[Oslo|GPE_LOC] {n}\n\nEn linje.\n\n" for n in range(1, 32)]
    (tmp_path / "sport.txt").write_text("".join(articles), encoding="utf-8")
    kept = read_written("measure", tmp_path)
    assert [article.name for article in kept] == ["sport_15", "sport_30"]
    assert kept[0].source == "sport"
    assert not kept[0].held_out_in_turn
    assert kept[0].sentences == [
        Sentence("Oslo 15", ((0, 4, "GPE_LOC"),), heading=True, closing=True),
        Sentence("En linje.", (), closing=True),
    ]
    learnt = read_written("train", tmp_path)
    assert len(learnt) == 29
    assert not {article.name for article in learnt} & {article.name for article in kept}


def test_all_marks_are_names_with_labels_of_the_models():
    bare, names = 0, 0
    for article in (*read_written("train"), *read_written("measure")):
        assert len(article.sentences) > 1
        for sentence in article.sentences:
            bare += len(re.findall(r"[\[\]|]", sentence.text))
            for start, end, label in sentence.spans:
                surface = sentence.text[start:end]
                assert surface == surface.strip()
                assert label in LABELS
                names += 1
    assert bare == 0
    assert names > 15_000


def test_no_article_stands_there_twice():
    texts = [
        "\n".join(sentence.text for sentence in article.sentences)
        for part in ("train", "measure")
        for article in read_written(part)
    ]
    assert len(set(texts)) == len(texts) > 500
    assert {path.suffix for path in FOLDER.iterdir()} == {".txt"}


def test_what_is_kept_is_gold_to_evaluate(tmp_path, monkeypatch):
    path = tmp_path / "new" / "gold.jsonl"
    monkeypatch.setattr(sys, "argv", ["written", str(path)])
    written.main()
    gold, articles = read_gold(path), read_written("measure")
    assert len(gold) == len(articles)
    for text, article in zip(gold, articles, strict=True):
        assert text.spans
        assert text.text.split("\n\n") == [sentence.text for sentence in article.sentences]
