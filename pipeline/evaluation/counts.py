"""Counts of names, and the scores with intervals that come of them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Counts:
    """How many names: in gold, predicted, and both."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __iadd__(self, other: Counts) -> Counts:
        """Add the counts of another text."""
        self.right += other.right
        self.predicted += other.predicted
        self.gold += other.gold
        return self

    @property
    def precision(self) -> float:
        """Right of predicted, 0 to 100; 0 where nothing was predicted."""
        return 100.0 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right of gold, 0 to 100; 0 where there is no gold."""
        return 100.0 * self.right / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall, 0 to 100; 0 where there is no name."""
        total = self.predicted + self.gold
        return 200.0 * self.right / total if total else 0.0


# Counts of one unit (a sentence, or a text), by label.
UnitCounts = Mapping[str, Counts]


@dataclass(frozen=True)
class Score:
    """Scores of one view or of one label.

    Attributes:
        f: F, 0 to 100.
        p: precision, 0 to 100.
        r: recall, 0 to 100.
        low: lower end of F's 95 % interval.
        high: its upper end.
        gold: names in gold.
        predicted: names predicted.
        per_type: the same for every label; empty for a label.
    """

    f: float
    p: float
    r: float
    low: float
    high: float
    gold: int
    predicted: int
    per_type: dict[str, Score] = field(default_factory=dict)


def score(units: Sequence[UnitCounts], *, samples: int, seed: int) -> Score:
    """Score the units of one view.

    Args:
        units: the counts of each, also of those without any name.
        samples: bootstrap samples; as many units are drawn with replacement, and the interval
            is from the 2.5th to the 97.5th percentile.
        seed: of the bootstrap.

    Returns:
        The score over all units, with one for each label.
    """
    whole, labels = _total(units)
    rng = random.Random(seed)  # noqa: S311
    drawn: dict[str, list[float]] = defaultdict(list)
    filled = [unit for unit in units if unit]
    for _ in range(samples):
        # Units without any name change nothing: only their number is drawn.
        numbers = rng.choices(range(len(units)), k=len(units))
        sample, by_label = _total(filled[i] for i in numbers if i < len(filled))
        drawn[""].append(sample.f)
        for label in labels:
            drawn[label].append(by_label[label].f if label in by_label else 0.0)
    per_type = {label: _make(labels[label], drawn[label], {}) for label in sorted(labels)}
    return _make(whole, drawn[""], per_type)


def _total(units: Iterable[UnitCounts]) -> tuple[Counts, dict[str, Counts]]:
    """Sum units: over all labels, and by label."""
    whole = Counts()
    labels: dict[str, Counts] = defaultdict(Counts)
    for unit in units:
        for label, counts in unit.items():
            whole += counts
            labels[label] += counts
    return whole, labels


def _make(counts: Counts, drawn: list[float], per_type: dict[str, Score]) -> Score:
    """Build a score from counts and bootstrap values of F."""
    values = sorted(drawn)
    low = values[int(0.025 * (len(values) - 1))] if values else counts.f
    high = values[round(0.975 * (len(values) - 1))] if values else counts.f
    return Score(
        counts.f, counts.precision, counts.recall, low, high, counts.gold, counts.predicted,
        per_type,
    )  # fmt: skip
