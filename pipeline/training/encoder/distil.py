"""Distilling: several taggers give their opinion of raw texts, and one learns from it.

The opinion is a distribution over tags for every word ("soft labels", Hinton et al. 2015): it says
also how sure they are and what else it might be, and thousands of names come along that the gold
texts do not have. The small model, of another make, has its say beside the teachers; what it finds
is already in the windows as tags.
"""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING

import numpy as np

from pipeline.language.encoder.windows import LONGEST, cut
from pipeline.training.encoder.examples import Window, disturb, one_hot
from pipeline.training.encoder.gold import TaggedWindow, tags_of
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.language import Language

    from pipeline.language.encoder.factory import Scorer

log = logging.getLogger(__name__)

_TOGETHER = 8  # lines that are read as one text
_LONGEST_LINE = 1500  # code points; longer lines are lists and tables


def raw_windows(
    sources: Iterable[tuple[list[str], int]], nlp: Language, seed: int
) -> Iterator[TaggedWindow]:
    """Draw windows of raw text, with the tags that a model gives them.

    Args:
        sources: the lines of each, and how many windows to draw.
        nlp: sets ``doc.ents``.
        seed: of the draw.

    Yields:
        Windows of some 128 words.
    """
    rng = random.Random(seed)  # noqa: S311
    for lines, wanted in sources:
        starts = list(range(0, len(lines), _TOGETHER))
        rng.shuffle(starts)
        drawn = 0
        for start in starts:
            if drawn >= wanted:
                break
            kept = [x for x in lines[start : start + _TOGETHER] if len(x) <= _LONGEST_LINE]
            with nlp.memory_zone():
                doc = nlp("".join(line + rng.choice((" ", "\n\n")) for line in kept).strip())
                words = [token.text for token in doc]
                tags = tags_of(doc)
            for first, end in cut(words):
                if end - first > LONGEST // 4:
                    yield TaggedWindow(words[first:end], tags[first:end], -1, 0)
                    drawn += 1


def ask(
    teachers: Sequence[Scorer],
    windows: Sequence[TaggedWindow],
    small_model: float,
    at_once: int = 16,
) -> list[NDArray[np.float16]]:
    """Let the teachers read windows.

    Args:
        teachers: whose mean is taken.
        windows: see `raw_windows`.
        small_model: weight of the tags that the windows have, 0 to 1.
        at_once: windows that are read together; a CPU is no faster with more.

    Returns:
        The opinion of each window: (words, tags).
    """
    opinions: dict[int, NDArray[np.float16]] = {}
    # Those of one length together, so that little is filled up.
    order = sorted(range(len(windows)), key=lambda at: len(windows[at].words))
    for first in range(0, len(order), at_once):
        some = order[first : first + at_once]
        words = [windows[at].words for at in some]
        probabilities = np.mean([np.exp(teacher(words)) for teacher in teachers], axis=0)
        for at, found in zip(some, probabilities, strict=True):
            mixed = (1 - small_model) * found[: len(windows[at].words)]
            mixed += small_model * one_hot(windows[at].tags)
            opinions[at] = mixed.astype(np.float16)
        if first // at_once % 200 == 0:
            log.info("teachers read %d of %d windows", first, len(windows))
    return [opinions[at] for at in range(len(windows))]


def save_opinions(opinions: Sequence[NDArray[np.float16]], path: Path) -> None:
    """Write opinions to a file.

    Args:
        opinions: see `ask`.
        path: ends in ``.npz``.
    """
    with replacing(path) as new, new.open("wb") as file:
        np.savez(file, tags=np.concatenate(opinions), lengths=[len(o) for o in opinions])


def load_opinions(path: Path) -> list[NDArray[np.float16]]:
    """Read what `save_opinions` wrote.

    Args:
        path: the file.
    """
    with np.load(path) as arrays:
        return np.split(arrays["tags"], np.cumsum(arrays["lengths"])[:-1])


def opinion_passes(
    windows: Sequence[TaggedWindow],
    opinions: Sequence[NDArray[np.float16]],
    rng: random.Random,
    disturbed: float,
) -> Iterator[Window]:
    """Go through windows for ever, in random order.

    The pupil sees some of them disturbed: the teachers had seen them as they are.

    Args:
        windows: see `raw_windows`.
        opinions: the wanted tags of each.
        rng: of the order and of what is disturbed.
        disturbed: see `disturb`.
    """
    while True:
        for at in rng.sample(range(len(windows)), len(windows)):
            words = disturb(windows[at].words, rng, disturbed)
            yield Window(words, opinions[at].astype(np.float32))
