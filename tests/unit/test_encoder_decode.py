from itertools import product

import numpy as np
import pytest

from pipeline.language.encoder.decode import LABELS, TAGS, find_names, tag_numbers


def is_legal(path):
    last = "O"
    for tag in path:
        if tag.startswith("I-") and last[2:] != tag[2:]:
            return False
        last = tag
    return True


def spans(path):
    found = []
    for at, tag in enumerate(path):
        if tag.startswith("B-"):
            found.append((at, at + 1, tag[2:]))
        elif tag.startswith("I-"):
            found[-1] = (found[-1][0], at + 1, tag[2:])
    return found


def by_hand(scores):
    """All legal ways to tag a text, with their weights."""
    ways = {}
    for numbers in product(range(len(TAGS)), repeat=len(scores)):
        path = tuple(TAGS[n] for n in numbers)
        if is_legal(path):
            ways[path] = float(np.exp(sum(scores[t, n] for t, n in enumerate(numbers))))
    return ways


@pytest.mark.parametrize("seed", range(8))
def test_find_names_is_the_best_legal_way_and_its_share_of_all_ways(seed):
    scores = np.random.default_rng(seed).normal(0, 3, (3, len(TAGS))).astype(np.float32)
    ways = by_hand(scores)
    best = max(ways, key=ways.get)
    (names,) = find_names(scores[None], [3])
    assert [(n.start, n.end, n.label) for n in names] == spans(best)
    total = sum(ways.values())
    for name in names:
        share = sum(
            weight for path, weight in ways.items()
            if (name.start, name.end, name.label) in spans(path)
        ) / total  # fmt: skip
        assert name.probability == pytest.approx(share, rel=1e-5)


def test_find_names_does_not_look_behind_the_end():
    scores = np.random.default_rng(1).normal(0, 3, (1, 3, len(TAGS))).astype(np.float32)
    alone = find_names(scores[:, :2], [2])
    scores[0, 2] = 50.0
    longer = np.concatenate([scores, scores], axis=1)
    assert find_names(longer, [2]) == alone


def test_find_names_of_a_long_text_stays_in_scale():
    scores = np.full((1, 3000, len(TAGS)), -30.0, dtype=np.float32)
    scores[..., TAGS.index("I-PER")] = 0.0
    scores[0, 0, TAGS.index("B-PER")] = 0.0
    (names,) = find_names(scores, [3000])
    assert [(n.start, n.end, n.label) for n in names] == [(0, 3000, "PER")]
    assert names[0].probability == pytest.approx(1.0, abs=1e-3)


def test_second_is_the_next_best_label():
    scores = np.full((1, 1, len(TAGS)), -9.0, dtype=np.float32)
    scores[0, 0, TAGS.index("B-DRV")] = 3.0
    scores[0, 0, TAGS.index("B-ORG")] = 2.0
    (names,) = find_names(scores, [1])
    assert (names[0].label, names[0].second) == ("DRV", "ORG")


def test_tag_numbers():
    assert tag_numbers(["O", "", "B-PER", f"I-{LABELS[-1]}"]) == [0, -1, 1, len(TAGS) - 1]
