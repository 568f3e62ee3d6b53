"""Distilling: several taggers give their opinion of raw texts, and one learns from it.

The opinion is a distribution over tags for every word ("soft labels", Hinton et al. 2015): it
says also how sure they are and what else it might be, and thousands of names come along that the
gold texts do not have.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from pipeline.language.encoder.decode import TAGS
from pipeline.language.encoder.windows import LONGEST
from pipeline.language.encoder.words import BREAK, MASK, Case
from pipeline.training.encoder.examples import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.training.encoder.tagger import TorchScorer
    from pipeline.training.encoder.texts import Texts

log = logging.getLogger(__name__)

_AT_ONCE = 64


@dataclass(frozen=True)
class Opinions:
    """Windows of raw text and what the teachers think of them.

    Attributes:
        words: (windows, `LONGEST`), word numbers of `Texts`.
        tags: (windows, `LONGEST`, tags), float16.
    """

    words: NDArray[np.int32]
    tags: NDArray[np.float16]

    def save(self, path: Path) -> None:
        """Write to a file.

        Args:
            path: ends in ``.npz``.
        """
        partial = path.with_suffix(".partial.npz")
        np.savez(partial, words=self.words, tags=self.tags)
        partial.rename(path)

    @classmethod
    def load(cls, path: Path) -> Opinions:
        """Read what `save` wrote.

        Args:
            path: the file.
        """
        with np.load(path) as arrays:
            return cls(arrays["words"], arrays["tags"])


def draw_windows(
    texts: Texts, stretches: list[tuple[int, int, int]], seed: int
) -> NDArray[np.int32]:
    """Draw windows of raw text without overlap.

    Args:
        texts: to draw from.
        stretches: (first word, word after the last, windows to draw) of each part.
        seed: of the draw.

    Returns:
        (windows, `LONGEST`), word numbers.
    """
    rng = np.random.default_rng(seed)
    drawn = []
    for first, end, wanted in stretches:
        starts = np.arange(first, end - LONGEST, LONGEST)
        chosen = rng.choice(starts, min(wanted, len(starts)), replace=False)
        drawn.append(texts.words[chosen[:, None] + np.arange(LONGEST)])
    windows = np.concatenate(drawn)
    rng.shuffle(windows)
    return windows


def ask(teachers: TorchScorer, texts: Texts, windows: NDArray[np.int32]) -> Opinions:
    """Let the teachers read windows.

    Args:
        teachers: whose mean is taken.
        texts: with the words' pieces.
        windows: see `draw_windows`.

    Returns:
        Their opinions.
    """
    tags = np.empty((*windows.shape, len(TAGS)), dtype=np.float16)
    for at in range(0, len(windows), _AT_ONCE):
        batch = _batch(texts, windows[at : at + _AT_ONCE], None)
        tags[at : at + _AT_ONCE] = teachers.probabilities(batch).numpy()
        if at // _AT_ONCE % 50 == 0:
            log.info("teachers read %d of %d windows", at, len(windows))
    return Opinions(windows, tags)


def opinion_batches(
    opinions: Opinions, texts: Texts, seed: int, *, windows: int = 16, uncased: float = 0.03,
    hidden: float = 0.05,
) -> Iterator[Batch]:  # fmt: skip
    """Draw batches for ever.

    The pupil sees some windows in capitals or in lower case, and some words not at all: the
    teachers had seen them as they are.

    Args:
        opinions: to learn from.
        texts: with the words' pieces.
        seed: of order and chance.
        windows: in a batch.
        uncased: share of the windows that are in capitals, and of those in lower case.
        hidden: share of the words that are hidden.
    """
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(len(opinions.words))
        for at in range(0, len(order) - windows + 1, windows):
            chosen = order[at : at + windows]
            batch = _batch(texts, opinions.words[chosen], opinions.tags[chosen])
            draw = torch.from_numpy(rng.random(len(chosen)))[:, None]
            letters = batch.cases != int(Case.NONE)
            batch.cases[(draw < uncased) & letters] = int(Case.UPPER)
            batch.cases[(draw > 1 - uncased) & letters] = int(Case.LOWER)
            hide = torch.from_numpy(rng.random(batch.cases.shape) < hidden)
            hide &= batch.pieces[..., 0] > BREAK
            batch.pieces[hide] = 0
            batch.pieces[..., 0][hide] = MASK
            yield batch


def _batch(texts: Texts, windows: NDArray[np.int32], tags: NDArray[np.float16] | None) -> Batch:
    target = np.zeros((*windows.shape, len(TAGS)), dtype=np.float32) if tags is None else tags
    return Batch(
        torch.from_numpy(texts.pieces[windows].astype(np.int64)),
        torch.from_numpy(texts.cases[windows].astype(np.int64)),
        torch.full((len(windows),), windows.shape[1]),
        torch.from_numpy(target.astype(np.float32)),
    )
