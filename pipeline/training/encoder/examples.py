"""Training texts as the encoder takes them: windows of words with their tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from pipeline.language.encoder.decode import TAGS
from pipeline.language.encoder.words import BREAK, MASK, MOST_PIECES, Case, Vocabulary, case_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.training.encoder.gold import TaggedWindow

_WORDS_A_BATCH = 2048
_LENGTHS = (32, 64, 96, 128)  # windows are filled up to one of these, so that shapes repeat
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "è": "e", "ô": "o", "ó": "o",
                        "ü": "u", "ö": "o", "ä": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})  # fmt: skip
_CONFUSED = {"l": "1", "i": "l", "o": "0", "e": "c", "m": "rn", "å": "a", "ø": "o", "h": "b"}


@dataclass(frozen=True)
class Window:
    """One training example.

    Attributes:
        words: its words.
        target: (words, tags), the wanted distribution over tags; a row of zeros teaches nothing.
    """

    words: list[str]
    target: NDArray[np.float32]


def one_hot(tags: NDArray[np.int8]) -> NDArray[np.float32]:
    """Tags as distributions.

    Args:
        tags: numbers, one a word; -1 where unknown.
    """
    target = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    known = tags >= 0
    target[np.flatnonzero(known), tags[known]] = 1.0
    return target


def gold_passes(
    windows: Sequence[TaggedWindow], rng: random.Random, disturbed: float
) -> Iterator[Window]:
    """Go through windows for ever, one pass after another, in random order.

    Args:
        windows: of the passes for training.
        rng: of the order and of what is disturbed.
        disturbed: see `disturb`.
    """
    passes = sorted({window.number for window in windows})
    while True:
        for number in passes:
            chosen = [window for window in windows if window.number == number]
            rng.shuffle(chosen)
            for window in chosen:
                yield Window(disturb(window.words, rng, disturbed), one_hot(window.tags))


def disturb(words: list[str], rng: random.Random, share: float = 0.1) -> list[str]:
    """Write a text as bad copies and careless writers do; its names stay where they are.

    Args:
        words: of a window.
        rng: decides.
        share: of the windows that are changed at all.

    Returns:
        As many words.
    """
    if rng.random() >= share:
        return words
    kind = rng.choice(("plain", "noise", "noise", "upper", "lower"))
    if kind == "plain":
        return [word.translate(_PLAIN) for word in words]
    if kind == "upper":
        return [word.upper() for word in words]
    if kind == "lower":
        return [word.lower() for word in words]
    rate = rng.choice((0.02, 0.05, 0.1))
    return [_misspell(word, rng) if rng.random() < rate else word for word in words]


def _misspell(word: str, rng: random.Random) -> str:
    """Change one letter of a word, but never leave it empty."""
    if len(word) < 3 or not word.isalpha():
        return word
    at = rng.randrange(1, len(word))
    before, first, second, after = word[: at - 1], word[at - 1], word[at], word[at + 1 :]
    wrong = (first, second + first, first + second * 2, first + _CONFUSED.get(second, second))
    return before + rng.choice(wrong) + after


@dataclass(frozen=True)
class Batch:
    """Windows of one length.

    Attributes:
        pieces: int, (windows, words, pieces a word).
        cases: int, (windows, words).
        lengths: words of each window.
        target: (windows, words, tags).
    """

    pieces: torch.Tensor
    cases: torch.Tensor
    lengths: torch.Tensor
    target: torch.Tensor

    def to(self, device: str) -> Batch:
        """Move to a device.

        Args:
            device: its name.
        """
        return Batch(*(tensor.to(device) for tensor in vars(self).values()))


class Packer:
    """Fills windows up to a few lengths and groups those of one length.

    Args:
        vocabulary: the pieces.
        seed: of what is hidden.
        hidden: share of the words whose pieces are hidden, so that context has to tell.
        words: of a batch.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        seed: int,
        *,
        hidden: float = 0.0,
        words: int = _WORDS_A_BATCH,
    ) -> None:
        self.vocabulary = vocabulary
        self.hidden = hidden
        self.words = words
        self.rng = np.random.default_rng(seed)
        self._known: dict[str, tuple[list[int], int]] = {}

    def _word(self, word: str) -> tuple[list[int], int]:
        found = self._known.get(word)
        if found is None:
            pieces = self.vocabulary.split(word)
            found = pieces + [0] * (MOST_PIECES - len(pieces)), int(case_of(word))
            self._known[word] = found
        return found

    def pack(self, windows: Sequence[Window], length: int) -> Batch:
        """Make a batch.

        Args:
            windows: of at most `length` words.
            length: to fill them up to.
        """
        pieces = np.zeros((len(windows), length, MOST_PIECES), dtype=np.int64)
        cases = np.full((len(windows), length), int(Case.NONE), dtype=np.int64)
        target = np.zeros((len(windows), length, len(TAGS)), dtype=np.float32)
        for row, window in enumerate(windows):
            size = len(window.words)
            split = [self._word(word) for word in window.words]
            pieces[row, :size] = [found for found, _ in split]
            cases[row, :size] = [case for _, case in split]
            target[row, :size] = window.target
        if self.hidden:
            hide = (self.rng.random(cases.shape) < self.hidden) & (pieces[..., 0] > BREAK)
            pieces[hide] = 0
            pieces[hide, 0] = MASK
        lengths = np.array([len(window.words) for window in windows])
        return Batch(*map(torch.from_numpy, (pieces, cases, lengths, target)))

    def batches(self, windows: Iterator[Window]) -> Iterator[Batch]:
        """Group windows.

        Args:
            windows: without end.

        Yields:
            Batches of about `words` words.
        """
        waiting: dict[int, list[Window]] = {length: [] for length in _LENGTHS}
        for window in windows:
            length = next(n for n in _LENGTHS if len(window.words) <= n)
            waiting[length].append(window)
            if len(waiting[length]) * length >= self.words:
                yield self.pack(waiting[length], length)
                waiting[length] = []
