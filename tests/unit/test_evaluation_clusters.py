"""The scores of clusters are those worked out in the literature."""

import itertools
import random

import pytest

from pipeline.evaluation.clusters import ClusterScorer, _cheapest, clusters


def score(*documents):
    scorer = ClusterScorer()
    for gold, found in documents:
        scorer.add(
            *({mention: n for n, group in enumerate(side) for mention in group}
              for side in (gold, found))
        )  # fmt: skip
    return scorer.score()


# Bagga and Baldwin (1998), Luo (2005): one gold partition of twelve mentions and four responses.
GOLD = ("12345", "67", "89ABC")


@pytest.mark.parametrize(
    ("found", "muc", "b3", "ceaf_e"),
    [
        (("12345", "6789ABC"), 0.947, 0.865, 0.733),
        (("1234589ABC", "67"), 0.947, 0.737, 0.667),
        (("123456789ABC",), 0.900, 0.545, 0.294),
        (tuple("123456789ABC"), 0.0, 0.400, 0.178),
    ],
)
def test_scores_are_those_of_luo_2005(found, muc, b3, ceaf_e):
    result = score((GOLD, found))
    assert result.muc.f == pytest.approx(muc, abs=0.0005)
    assert result.b3.f == pytest.approx(b3, abs=0.0005)
    assert result.ceaf_e.f == pytest.approx(ceaf_e, abs=0.0005)
    assert result.conll == pytest.approx((muc + b3 + ceaf_e) / 3, abs=0.0005)


def test_precision_is_that_of_bagga_and_baldwin_1998():
    for found, precision in ((("12345", "6789ABC"), 0.76), (("1234589ABC", "67"), 0.58)):
        result = score((GOLD, found))
        assert result.b3.p == pytest.approx(precision, abs=0.005)
        assert result.b3.r == 1
        assert (result.muc.p, result.muc.r) == (pytest.approx(9 / 10), 1)


def test_other_mentions_than_golds_are_those_of_pradhan_2014():
    # c is linked to d, e is not found, h and i are not in gold.
    result = score((("abc", "defg"), ("ab", "cd", "fghi")))
    assert (result.muc.r, result.muc.p) == (pytest.approx(2 / 5), pytest.approx(2 / 5))
    assert result.b3.r == pytest.approx((4 / 3 + 1 / 3 + 1 / 4 + 4 / 4) / 7)
    assert result.b3.p == pytest.approx((4 / 2 + 1 / 2 + 1 / 2 + 4 / 4) / 8)
    assert result.ceaf_e.r == pytest.approx((4 / 5 + 4 / 8) / 2)
    assert result.ceaf_e.p == pytest.approx((4 / 5 + 4 / 8) / 3)
    assert (result.gold, result.found) == (7, 8)


def test_the_same_clusters_are_1():
    result = score((GOLD, GOLD))
    assert (result.b3.f, result.muc.f, result.ceaf_e.f, result.conll) == (1, 1, 1, 1)


def test_documents_are_pooled_by_mentions():
    # Three mentions all right, and one cluster of four taken apart.
    result = score((("abc",), ("abc",)), (("defg",), tuple("defg")))
    assert result.b3.r == pytest.approx((3 + 1) / 7)
    assert result.b3.p == 1
    assert result.muc.r == pytest.approx(2 / 5)


def test_nothing_found_or_nothing_at_all_is_0():
    assert score((("abc",), ())).b3.f == 0
    assert score(((), ())).conll == 0


def test_clusters_groups_mentions():
    assert clusters({1: "a", 2: "b", 3: "a"}) == {frozenset({1, 3}), frozenset({2})}


def test_cheapest_finds_the_best_pairing():
    rng = random.Random(0)  # noqa: S311
    for _ in range(300):
        n_rows = rng.randint(0, 4)
        n_columns = rng.randint(n_rows, 6)
        cost = [
            [rng.choice([0, -rng.random(), -1]) for _ in range(n_columns)] for _ in range(n_rows)
        ]
        best = min(
            sum(row[j] for row, j in zip(cost, columns, strict=True))
            for columns in itertools.permutations(range(n_columns), n_rows)
        )
        assert _cheapest(cost) == pytest.approx(best)
