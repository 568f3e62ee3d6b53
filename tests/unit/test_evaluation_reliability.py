"""Scores are held against what is right as worked out by hand."""

import io

import pytest
from rich.console import Console

from pipeline.evaluation.reliability import measure_reliability


def test_measure_reliability_of_nothing_is_none():
    assert measure_reliability([]) is None


def test_measure_reliability_of_true_probabilities_is_without_error():
    names = [(0.75, True)] * 3 + [(0.75, False)] + [(0.5, True), (0.5, False)]
    assert measure_reliability(names).ece == 0


def test_measure_reliability_weighs_bins_by_their_names():
    # Three names of mean score 0.95, two right: off by 0.2833; one of 0.25, wrong: off by 0.25.
    result = measure_reliability([(0.9, True), (0.95, True), (1.0, False), (0.25, False)])
    assert result.ece == pytest.approx((3 * (0.95 - 2 / 3) + 0.25) / 4)
    assert [part.n for part in result.bins] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 3]
    assert result.bins[9].score == pytest.approx(0.95)
    assert result.bins[9].right == pytest.approx(2 / 3)
    assert (result.confident.n, result.confident.share) == (3, 0.75)
    assert result.confident.precision == pytest.approx(2 / 3)


def test_measure_reliability_without_confident_names_has_no_precision():
    confident = measure_reliability([(0.899, True)]).confident
    assert (confident.n, confident.share, confident.precision) == (0, 0, None)


def test_reliability_to_table_has_a_line_for_each_filled_bin():
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(measure_reliability([(0.95, True), (0.25, False)]).to_table())
    text = console.export_text()
    assert "0.9-1.0" in text
    assert "0.2-0.3" in text
    assert "0.3-0.4" not in text
    assert "50.0%" in text
