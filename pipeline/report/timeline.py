"""How often something is written about, over time: periods, and a line through them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

HEIGHT = 100  # of a line; its width is the number of periods less one

# The finest unit of time is taken that has at most so many periods: more could not be told apart;
# and not many more than there are documents, of which most would have none.
_MOST, _FEW = 180, 31


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods that time is divided into.

    Attributes:
        form: What makes a date's period of it, as `strftime` has it.
        periods: All from the first to the last date, as ISO 8601 writes them: 2020-03.
    """

    form: str
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line over all periods.

    Attributes:
        path: Its SVG path, from the top (0) to `HEIGHT`; "" where there is nothing to draw.
        peak: The period with most documents, the first of several.
        documents: Its documents.
    """

    path: str
    peak: str
    documents: int


def divide(first: datetime | None, last: datetime | None, documents: int) -> Timeline:
    """Divide the time between two dates into days, months or years.

    Args:
        first: The earliest date, None where nothing is dated.
        last: The latest.
        documents: How many are dated.
    """
    if first is None or last is None:
        return Timeline("%Y", ())
    most = min(_MOST, max(_FEW, documents))
    days = range(first.toordinal(), last.toordinal() + 1)
    if len(days) <= most:
        return Timeline("%Y-%m-%d", tuple(date.fromordinal(day).isoformat() for day in days))
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(months) <= most:
        return Timeline("%Y-%m", tuple(f"{m // 12:04}-{m % 12 + 1:02}" for m in months))
    return Timeline("%Y", tuple(f"{year:04}" for year in range(first.year, last.year + 1)))


def draw(timeline: Timeline, counts: Mapping[str, int]) -> Line | None:
    """Draw a line through the numbers of documents of each period.

    Args:
        timeline: The periods.
        counts: Period to documents; none where there is no period.

    Returns:
        The line, or None where there are no counts.
    """
    if not counts:
        return None
    documents = max(counts.values())
    peak = min(period for period, n in counts.items() if n == documents)
    heights = [HEIGHT - HEIGHT * counts.get(p, 0) // documents for p in timeline.periods]
    # What lies on a level line needs no point: most entities are in few periods of many.
    points = [
        f"{x} {y}"
        for x, y in enumerate(heights)
        if not 0 < x < len(heights) - 1 or not heights[x - 1] == y == heights[x + 1]
    ]
    return Line(f"M{'L'.join(points)}" if len(points) > 1 else "", peak, documents)
