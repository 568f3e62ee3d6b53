"""From the network's scores to names: only legal tags, and the probability of every name.

Tags are those of `TAGS`: O, then B and I of every label. An I stands only after B or I of its own
label. Under that rule the network's scores make a distribution over all ways to tag a text; the
best one is found by Viterbi's algorithm, and a name's probability is the share of those ways that
have exactly this name (forward and backward sums, as in a CRF with fixed transitions).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.vocabulary import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TAGS = ("O", *(f"B-{label}" for label in LABELS), *(f"I-{label}" for label in LABELS))
_B = slice(1, 1 + len(LABELS))
_I = slice(1 + len(LABELS), 1 + 2 * len(LABELS))
_FREE = slice(0, 1 + len(LABELS))  # tags that may follow any other


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was found.

    Attributes:
        start: first word.
        end: the word after the last.
        label: one of `LABELS`.
        probability: of exactly this span with this label, 0 to 1; as the network has it.
        second: the label that its first word would have if not this one.
    """

    start: int
    end: int
    label: str
    probability: float
    second: str


def tag_numbers(tags: Sequence[str]) -> list[int]:
    """Number tags such as ``B-PER``; -1 for an empty tag, which means unknown.

    Args:
        tags: one a word.
    """
    return [TAGS.index(tag) if tag else -1 for tag in tags]


def find_names(scores: NDArray[np.float32], lengths: Sequence[int]) -> list[list[Name]]:
    """Find the names of several texts.

    Args:
        scores: (texts, words, tags), logarithms up to a constant.
        lengths: words of each text; what stands behind them is not looked at.

    Returns:
        The names of each text, in order.
    """
    wide = scores.astype(np.float64)
    wide -= wide.max(axis=-1, keepdims=True)
    for row, length in enumerate(lengths):
        wide[row, length:] = -1e4  # behind the end everything is O
        wide[row, length:, 0] = 0.0
    best = _viterbi(wide)
    probabilities = np.exp(wide)
    forward, backward = _forward(probabilities), _backward(probabilities)
    return [
        [
            _name(row, start, end, kind, probabilities, forward, backward)
            for start, end, kind in _spans(best[row, :length])
        ]
        for row, length in enumerate(lengths)
    ]


def _viterbi(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The best legal tags: (texts, words)."""
    texts, words, tags = scores.shape
    came_from = np.zeros((words, texts, tags), dtype=np.int64)
    best = scores[:, 0].copy()
    best[:, _I] = -np.inf
    inside = np.arange(_I.start, _I.stop)
    for t in range(1, words):
        top = best.argmax(axis=1)
        begun, going = best[:, _B], best[:, _I]
        came_from[t, :, _FREE] = top[:, None]
        came_from[t, :, _I] = np.where(begun >= going, inside - len(LABELS), inside)
        following = scores[:, t].copy()
        following[:, _FREE] += best[np.arange(texts), top][:, None]
        following[:, _I] += np.maximum(begun, going)
        best = following
    path = np.zeros((texts, words), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    for t in range(words - 1, 0, -1):
        path[:, t - 1] = came_from[t, np.arange(texts), path[:, t]]
    return path


def _forward(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each word and tag, the sum over all legal beginnings that end there; scaled."""
    result = np.empty_like(p)
    result[:, 0] = p[:, 0]
    result[:, 0, _I] = 0.0
    result[:, 0] /= result[:, 0].sum(axis=1, keepdims=True)
    for t in range(1, p.shape[1]):
        now, last = result[:, t], result[:, t - 1]
        now[:, _FREE] = p[:, t, _FREE]  # what was before sums to 1
        now[:, _I] = p[:, t, _I] * (last[:, _B] + last[:, _I])
        now /= now.sum(axis=1, keepdims=True)
    return result


def _backward(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each word and tag, the sum over all legal ways on from there; scaled."""
    result = np.ones_like(p)
    for t in range(p.shape[1] - 2, -1, -1):
        ways = p[:, t + 1] * result[:, t + 1]
        now = result[:, t]
        now[:] = ways[:, _FREE].sum(axis=1, keepdims=True)
        now[:, _B] += ways[:, _I]
        now[:, _I] += ways[:, _I]
        now /= now.max(axis=1, keepdims=True)
    return result


def _spans(path: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """(start, end, number of the label) of each name of one text."""
    found: list[tuple[int, int, int]] = []
    for at, tag in enumerate(path.tolist()):
        if _B.start <= tag < _B.stop:
            found.append((at, at + 1, tag - _B.start))
        elif tag >= _I.start:
            start, _, kind = found[-1]
            found[-1] = (start, at + 1, kind)
    return found


def _name(
    row: int,
    start: int,
    end: int,
    kind: int,
    p: NDArray[np.float64],
    forward: NDArray[np.float64],
    backward: NDArray[np.float64],
) -> Name:
    """A name with its probability, as a product of ratios, each of which is in scale."""
    begin, inside = _B.start + kind, _I.start + kind
    probability = _share(forward[row, start], backward[row, start], begin)
    for t in range(start, end):
        last = t == end - 1
        if t == p.shape[1] - 1:
            break
        ways = p[row, t + 1] * backward[row, t + 1]
        all_ways = ways[_FREE].sum() + ways[inside]
        probability *= (all_ways - ways[inside] if last else ways[inside]) / all_ways
    others = forward[row, start, _B] * backward[row, start, _B]
    others[kind] = -1.0
    return Name(start, end, LABELS[kind], float(probability), LABELS[int(others.argmax())])


def _share(forward: NDArray[np.float64], backward: NDArray[np.float64], tag: int) -> float:
    """The probability of one tag of one word."""
    both = forward * backward
    return float(both[tag] / both.sum())
