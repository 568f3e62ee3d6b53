"""Scores of hand-built predictions are those counted by hand."""

import io
from dataclasses import replace

import pytest
import spacy
from rich.console import Console

from pipeline.evaluation.gold import GoldText, Span
from pipeline.evaluation.scoring import (
    evaluate,
    name_hash,
    read_seen_names,
    score_headline,
    spacy_predictor,
    write_seen_names,
)

TEXT = "Per Ås kom til Oslo. USA og Nato-landet vant."
GOLD = GoldText(
    "a",
    TEXT,
    (
        Span(0, 6, "PER"),
        Span(15, 19, "GPE_LOC"),
        Span(21, 24, "GPE_ORG"),
        Span(28, 39, "DRV"),
    ),
    ((0, 20), (21, 45)),
)


def score(*spans, gold=GOLD, **more):
    return evaluate([gold], lambda texts: [list(spans)], samples=50, **more)


def test_evaluate_right_everywhere_is_100():
    result = score(*GOLD.spans, seen=frozenset())
    for view in (result.norne, result.merged, result.types, result.unseen):
        assert (view.f, view.p, view.r, view.low, view.high) == (100, 100, 100, 100, 100)
    assert result.units == 2


def test_evaluate_counts_strictly():
    # Right: Per Ås. Wrong end: Oslo. Wrong label: USA. Not found: Nato-landet.
    result = score(Span(0, 6, "PER"), Span(15, 20, "GPE_LOC"), Span(21, 24, "GPE_LOC"))
    assert result.norne.p == pytest.approx(100 / 3)
    assert result.norne.r == pytest.approx(25)
    assert result.norne.f == pytest.approx(200 / 7)
    assert result.norne.per_type["PER"].f == 100
    assert result.norne.per_type["GPE_LOC"].predicted == 2
    assert result.norne.per_type["DRV"].gold == 1
    assert result.unseen is None


def test_evaluate_merged_takes_gpe_as_one():
    result = score(Span(21, 24, "GPE_LOC"))
    assert result.norne.f == 0
    assert result.merged.per_type["GPE"].r == 50


def test_evaluate_types_are_what_a_user_means():
    # Both GPE are places; a prediction on exactly the derived span is neutral.
    result = score(Span(21, 24, "GPE_LOC"), Span(28, 39, "ORG"))
    assert result.types.p == 100
    assert result.types.r == pytest.approx(100 / 3)
    # One that only overlaps it is wrong.
    assert score(Span(28, 32, "ORG")).types.predicted == 1
    # A derived prediction counts in none of the three types.
    assert score(Span(0, 6, "DRV")).types.predicted == 0


def test_evaluate_takes_given_types_over_labels():
    gold = GoldText("a", "EU", (Span(0, 2, "", "organisation"),), labelled=False)
    result = score(Span(0, 2, "GPE_ORG", "organisation"), gold=gold)
    assert result.types.f == 100
    assert result.norne is None
    assert result.merged is None


def test_evaluate_unseen_leaves_out_training_names():
    seen = frozenset([name_hash("oslo"), name_hash("USA")])
    spans = [Span(0, 6, "ORG"), Span(15, 19, "GPE_LOC"), Span(28, 39, "DRV")]
    result = score(*spans, seen=seen)
    assert (result.unseen.gold, result.unseen.predicted) == (2, 2)
    assert result.unseen.f == 50


def test_evaluate_gives_the_headline_view_by_genre():
    gold = replace(GOLD, genres=("news", ""))
    result = score(Span(0, 6, "PER"), gold=gold)
    assert list(result.genres) == ["news"]
    assert (result.genres["news"].p, result.genres["news"].r) == (100, 50)
    # Without labels it is that of the types; without genres there is none.
    untyped = GoldText("a", "EU", (Span(0, 2, "", "organisation"),), (), False, ("blog",))
    assert score(Span(0, 2, "", "organisation"), gold=untyped).genres["blog"].f == 100
    assert score().genres is None


def test_evaluate_compares_scores_with_strict_matches():
    result = score(
        Span(0, 6, "PER", None, 0.95), Span(15, 19, "LOC", None, 0.7), Span(21, 24, "GPE_ORG")
    ).reliability
    assert (result.n, result.ece) == (2, pytest.approx((0.05 + 0.7) / 2))
    assert (result.confident.share, result.confident.precision) == (0.5, 1.0)
    # A name without a score says nothing, and gold without labels cannot tell.
    assert score(Span(0, 6, "PER")).reliability is None
    unlabelled = GoldText("a", "EU", (Span(0, 2, "", "organisation"),), labelled=False)
    assert score(Span(0, 2, "ORG", None, 0.5), gold=unlabelled).reliability is None


def test_score_headline_is_the_view_of_evaluate():
    spans = [Span(0, 6, "PER"), Span(21, 24, "GPE_LOC")]
    alone = score_headline([GOLD], lambda texts: [spans], samples=50)
    assert alone == score(*spans).norne


def test_evaluate_intervals_hold_the_figure_and_repeat():
    gold = [GoldText(str(i), "Oslo", (Span(0, 4, "GPE_LOC"),), ((0, 4),)) for i in range(40)]
    predictions = [[Span(0, 4, "GPE_LOC")] if i % 2 else [] for i in range(40)]
    first = evaluate(gold, lambda texts: predictions, samples=200, seed=1)
    assert first.norne.low < first.norne.f < first.norne.high
    assert first == evaluate(gold, lambda texts: predictions, samples=200, seed=1)


def test_evaluate_refuses_another_number_of_texts():
    with pytest.raises(ValueError, match="0 predictions for 1 texts"):
        evaluate([GOLD], lambda texts: [])


def test_evaluation_to_json_has_the_documented_keys():
    result = score(Span(0, 6, "PER"), seen=frozenset()).to_json()
    for view in ("norne", "merged", "types", "unseen"):
        assert {"f", "p", "r", "low", "high", "per_type"} <= set(result[view])
        assert {"f", "p", "r", "low", "high"} <= set(next(iter(result[view]["per_type"].values())))
    assert result["reliability"] is None
    assert result["norne"]["r"] == 25.0
    assert result["norne"]["f"] == 40.0


def test_evaluation_to_table_has_a_line_for_every_view():
    console = Console(width=120, record=True, file=io.StringIO())
    table = score(Span(0, 6, "PER")).to_table()
    console.print(table)
    text = console.export_text()
    assert all(word in text for word in ("norne", "merged", "types", "GPE_ORG", "person"))
    assert "unseen" not in text


def test_evaluation_to_json_keeps_four_decimals_of_shares():
    result = score(Span(0, 6, "PER", None, 0.98766)).to_json()["reliability"]
    assert result["ece"] == 0.0123
    assert result["confident"] == {"n": 1, "share": 1.0, "precision": 1.0}
    assert len(result["bins"]) == 10
    assert result["bins"][9]["score"] == 0.9877
    assert result["bins"][0] == {"low": 0.0, "high": 0.1, "n": 0, "score": None, "right": None}


def test_evaluation_to_table_has_genres_and_perturbations():
    gold = replace(GOLD, genres=("news", "blog"))
    result = score(Span(0, 6, "PER"), gold=gold)
    result = replace(result, robustness={"capitals": result.norne})
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(result.to_table())
    text = console.export_text()
    assert all(word in text for word in ("norne by genre", "blog", "perturbed", "capitals"))


def test_seen_names_are_kept_as_hashes_only(tmp_path):
    path = tmp_path / "seen.bin"
    write_seen_names(["Per  Ås", "per ås", "Oslo"], path)
    assert read_seen_names(path) == {name_hash("PER ÅS"), name_hash("oslo")}
    assert path.stat().st_size == 16
    path.write_bytes(b"123")
    with pytest.raises(ValueError, match="8-byte hashes"):
        read_seen_names(path)


def test_spacy_predictor_gives_code_points():
    nlp = spacy.blank("nb")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Per Ås"}])
    assert spacy_predictor(nlp)(["🎉 Per Ås", ""]) == [[Span(2, 8, "PER")], []]
