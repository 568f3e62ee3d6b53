"""Brings a network's probabilities to the shares of names that were right, on held-out texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline import language
from pipeline.language.encoder.calibration import Calibration, elsewhere
from pipeline.training.corpus import compose

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.language.encoder.factory import EncoderRecognizer
    from pipeline.training.corpus import SourceDocument


@dataclass(frozen=True, slots=True)
class Observation:
    """A name that was found in a text that the network has not seen.

    Attributes:
        probability: The network's.
        right: Whether gold has it, with these ends and this label.
        same: Its other mentions in the text with the same label.
        other: Those with another.
    """

    probability: float
    right: bool
    same: int = 0
    other: int = 0


def observe(
    recognizer: EncoderRecognizer, documents: Iterable[SourceDocument]
) -> list[Observation]:
    """Find the names of documents that the network has not seen.

    Args:
        recognizer: Its calibration is taken off.
        documents: With their true names.
    """
    recognizer.calibration = Calibration()
    reader = language.blank()
    observed = []
    for document in documents:
        text, spans, _ = compose(document.sentences)
        gold = set(spans)
        found = recognizer(language.read(reader, text)).ents
        counts = elsewhere([(ent.text, ent.label_) for ent in found])
        for ent, (same, other) in zip(found, counts, strict=True):
            right = (ent.start_char, ent.end_char, ent.label_) in gold
            observed.append(Observation(ent._.score, right, same, other))
    return observed


def calibrate(observed: Sequence[Observation]) -> Calibration:
    """Fit what the network's probability says, and the rest of the document.

    Args:
        observed: See `observe`.
    """
    odds = _odds([name.probability for name in observed])
    columns = [
        odds,
        np.ones_like(odds),
        np.log2([1 + name.same for name in observed]),
        -np.log2([1 + name.other for name in observed]),
    ]
    right = np.array([name.right for name in observed], dtype=float)
    return Calibration(*map(float, _fit(columns, right, prior=(1, 0, 0, 0))))


def _odds(probabilities: Sequence[float]) -> NDArray[np.float64]:
    raw = np.clip(np.array(probabilities, dtype=float), 1e-6, 1 - 1e-6)
    odds: NDArray[np.float64] = np.log(raw / (1 - raw))
    return odds


def _fit(
    columns: Sequence[NDArray[np.float64]],
    right: NDArray[np.float64],
    prior: Sequence[float],
    steps: int = 200,
) -> NDArray[np.float64]:
    """Logistic regression by Newton's method."""
    x = np.stack(columns, axis=1)
    middle = np.array(prior, dtype=float)
    weights = middle.copy()
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slopes = x.T @ (right - p) - 1e-3 * (weights - middle)
        curve = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(middle))
        # Short steps: a whole one from far away would overshoot, and never come back.
        step = np.clip(np.linalg.solve(curve, slopes), -0.2, 0.2)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    return weights
