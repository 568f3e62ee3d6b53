"""spaCy's greedy search for names by transitions (B, I, L, U, O), as it is where nothing is preset.

What a move scores depends on the word in hand and the words of the name that is open. No name is
open at most words: their moves are scored at once, and only names are gone through word by word.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

Found = tuple[int, int, str]  # first word, one past the last, label


class Search:
    """The weights of spaCy's `TransitionBasedParser`, and how they find names.

    Args:
        moves: Names of the moves, such as ``B-PER``; ``U-`` only skips what is preset.
        lower: (features, hidden, pieces, width): from words to the hidden layer.
        pad: (features, hidden, pieces): in place of a word that is not there.
        bias: (hidden, pieces).
        upper: (moves, hidden): from the hidden layer to scores.
        upper_bias: (moves).
    """

    def __init__(
        self,
        moves: Sequence[str],
        lower: Floats,
        pad: Floats,
        bias: Floats,
        upper: Floats,
        upper_bias: Floats,
    ) -> None:
        self._moves = [*moves]
        self._lower, self._pad, self._bias = lower, pad, bias
        self._upper, self._upper_bias = upper, upper_bias
        # Which begin a longer name, which any, and which may be made where none is open.
        self._longer = np.array([move[:2] == "B-" for move in moves])
        self._name = self._longer | [move[:2] == "U-" != move for move in moves]
        self._free = self._name | [move == "O" for move in moves]

    def __call__(self, words: Floats, blank: Flags, starts: Flags) -> list[Found]:
        """Find the names of a text.

        Args:
            words: (words, width), what the network makes of them.
            blank: Which are white space: no name begins there.
            starts: Which begin a sentence: no name goes on there.
        """
        if not len(words):
            return []
        # The words after which a name must end.
        last = np.append(starts[1:], True)
        best = self._outside(words, blank, last)
        found: list[Found] = []
        end = 0
        for start in np.flatnonzero(self._name[best]).tolist():
            if start >= end:
                kind, label = self._moves[best[start]].split("-", 1)
                end = self._end(words, start, label, last) if kind == "B" else start + 1
                found.append((start, end, label))
        return found

    def _outside(self, words: Floats, blank: Flags, last: Flags) -> NDArray[np.int64]:
        """The best move at each word if no name is open."""
        sums = words @ self._lower[0].reshape(-1, words.shape[1]).T
        for pad in self._pad[1:]:
            sums += pad.ravel()
        scores = self._scores(sums)
        scores[:, ~self._free] = -np.inf
        scores[np.ix_(blank, self._name)] = -np.inf
        scores[np.ix_(last, self._longer)] = -np.inf
        best: NDArray[np.int64] = scores.argmax(axis=1)
        return best

    def _end(self, words: Floats, start: int, label: str, last: Flags) -> int:
        """One past the last word of a name that begins with two words or more."""
        inside, ends = self._moves.index(f"I-{label}"), self._moves.index(f"L-{label}")
        at = start + 1
        while not last[at]:
            scores = self._scores(self._state(words, start, at))
            # Of equal ones spaCy takes the first.
            if max((ends, inside), key=lambda move: (scores[move], -move)) == ends:
                break
            at += 1
        return at + 1

    def _state(self, words: Floats, start: int, at: int) -> Floats:
        """What goes into the hidden layer at a word of a name."""
        features = len(self._lower)
        inside = (
            [start, at - 1] if features == 3 else [*range(start, min(at, start + features - 1))]
        )
        sums = self._pad.copy()
        for feature, word in enumerate([at, *inside]):
            sums[feature] = self._lower[feature] @ words[word]
        state: Floats = sums.sum(axis=0).ravel()
        return state

    def _scores(self, sums: Floats) -> Floats:
        """The moves' scores, for one state or for several."""
        pieces = (sums + self._bias.ravel()).reshape(*sums.shape[:-1], *self._bias.shape)
        # Twenty times as fast as `pieces.max(axis=-1)`, whose inner loop is over a few pieces.
        hidden = reduce(np.maximum, np.moveaxis(pieces, -1, 0))
        scores: Floats = hidden @ self._upper.T + self._upper_bias
        return scores
