"""Whether a name with score 0.9 is right in nine cases of ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table

BINS = 10
CONFIDENT = 0.9


@dataclass(frozen=True)
class Bin:
    """Names whose scores are near each other.

    Attributes:
        low: scores begin here.
        high: and end below here; 1 is in the last bin.
        n: names.
        score: their mean score; None where there is no name.
        right: share of them that is right; None where there is no name.
    """

    low: float
    high: float
    n: int
    score: float | None
    right: float | None


@dataclass(frozen=True)
class Confident:
    """The names with a score of at least `CONFIDENT`.

    Attributes:
        n: how many.
        share: of all names with a score.
        precision: share of them that is right; None where there is none.
    """

    n: int
    share: float
    precision: float | None


@dataclass(frozen=True)
class Reliability:
    """How far scores are the probabilities they claim to be; all between 0 and 1.

    Attributes:
        n: names with a score.
        ece: expected calibration error over bins of equal width: how far the mean score of a
            bin is from its share of right names, bins weighted by their names.
        confident: see the class.
        bins: ten, from 0 to 1.
    """

    n: int
    ece: float
    confident: Confident
    bins: tuple[Bin, ...]

    def to_table(self) -> Table:
        """Give a table for a terminal: a line for every bin that holds a name."""
        sure = self.confident
        table = Table(
            title=f"{self.n} names with a score, expected calibration error {self.ece:.3f}",
            caption=f"score ≥ {CONFIDENT}: {sure.share:.1%} of them"
            + ("" if sure.precision is None else f", {sure.precision:.1%} right"),
        )
        for column in ("score", "names", "mean score", "right"):
            table.add_column(column, justify="right")
        for part in self.bins:
            if part.score is not None and part.right is not None:
                span = f"{part.low:.1f}-{part.high:.1f}"
                table.add_row(span, str(part.n), f"{part.score:.3f}", f"{part.right:.3f}")
        return table


def measure_reliability(names: Sequence[tuple[float, bool]]) -> Reliability | None:
    """Compare scores with what is right.

    Args:
        names: the score of each name, and whether it is right.

    Returns:
        The measure; None without a name.
    """
    if not names:
        return None
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in names:
        held[min(int(score * BINS), BINS - 1)].append((score, right))
    bins = tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(part),
            sum(score for score, _ in part) / len(part) if part else None,
            sum(right for _, right in part) / len(part) if part else None,
        )
        for number, part in enumerate(held)
    )
    gaps = (abs(sum(score - right for score, right in part)) for part in held)
    sure = [right for score, right in names if score >= CONFIDENT]
    return Reliability(
        n=len(names),
        ece=sum(gaps) / len(names),
        confident=Confident(
            len(sure), len(sure) / len(names), sum(sure) / len(sure) if sure else None
        ),
        bins=bins,
    )
