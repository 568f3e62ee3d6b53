"""How sure it is that a name is one, from what the network and the rest of the document say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a network's probability to the share of such names that was right.

    On log-odds, after Platt (1999). A name that the document has elsewhere too is right more
    often than its probability tells, and less often where it is called something else there.

    Attributes:
        slope: of the log-odds.
        offset: added to them.
        same: added for each doubling of 1 + the other mentions with the same label.
        other: taken away for each doubling of 1 + the mentions with another label.
    """

    slope: float = 1.0
    offset: float = 0.0
    same: float = 0.0
    other: float = 0.0

    def __call__(self, probability: float, same: int = 0, other: int = 0) -> float:
        """Calibrate one probability.

        Args:
            probability: 0 to 1.
            same: other mentions of the name in the document that have the same label.
            other: those that have another.
        """
        safe = min(max(probability, 1e-6), 1 - 1e-6)
        odds = self.slope * math.log(safe / (1 - safe)) + self.offset
        odds += self.same * math.log2(1 + same) - self.other * math.log2(1 + other)
        return 1 / (1 + math.exp(-odds))


def elsewhere(names: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """How often a document has each of its names elsewhere: with the same label, with another.

    Args:
        names: Text and label of each.
    """
    of_text = Counter(text for text, _ in names)
    of_name = Counter(names)
    return [(of_name[name] - 1, of_text[name[0]] - of_name[name]) for name in names]
