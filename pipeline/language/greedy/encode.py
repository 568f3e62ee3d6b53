"""spaCy's `MaxoutWindowEncoder` in NumPy: what convolutions make of the words of one document.

The products are those of thinc; what is done between them takes a third of its time.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from thinc.model import Model

    Floats = NDArray[np.float32]

_EPSILON = 1e-8  # thinc's
_LAYER = ["expand_window", "maxout", "layernorm", "dropout"]


class Encoder:
    """The layers of an encoder, each of which looks at a word and its neighbours.

    Args:
        model: See `is_usual`.
    """

    def __init__(self, model: Model[Any, Any]) -> None:
        self._pad: int = model.attrs["pad"]
        self._layers = [_Layer(residual) for residual in model.layers[0].layers]

    def __call__(self, words: Floats) -> Floats:
        """Encode the words of a document.

        Args:
            words: (words, width).

        Returns:
            The same shape.
        """
        # Beyond its ends there are words of zeros, as many as layers, which layers change, too.
        read = np.pad(words, ((self._pad, self._pad), (0, 0)))
        for layer in self._layers:
            read += layer(read)
        return read[self._pad : len(read) - self._pad]


class _Layer:
    def __init__(self, residual: Model[Any, Any]) -> None:
        maxout, norm = _leaves(residual)[1:3]
        weights: Any = maxout.get_param("W")
        self._width, self._pieces, self._inputs = weights.shape
        # Each piece's outputs beside each other, so that the greatest of pieces is quickly found.
        self._weights = weights.transpose(2, 1, 0).reshape(self._inputs, -1)
        self._bias: Floats = np.ascontiguousarray(maxout.get_param("b").T)
        self._scale: Floats = np.asarray(norm.get_param("G"))
        self._shift: Floats = np.asarray(norm.get_param("b"))

    def __call__(self, words: Floats) -> Floats:
        windows = np.zeros((len(words), self._inputs), dtype=np.float32)
        windows[1:, : self._width] = words[:-1]
        windows[:, self._width : -self._width] = words
        windows[:-1, -self._width :] = words[1:]
        pieces = (windows @ self._weights).reshape(-1, self._pieces, self._width)
        pieces += self._bias
        found: Floats = reduce(np.maximum, pieces.transpose(1, 0, 2))
        found -= found.mean(axis=1, keepdims=True)
        squares = np.einsum("wi,wi->w", found, found) / self._width
        found *= ((squares + _EPSILON) ** -0.5)[:, np.newaxis]
        found *= self._scale
        found += self._shift
        return found


def is_usual(model: Model[Any, Any]) -> bool:
    """Whether it is made of residual layers that look one word to either side.

    Args:
        model: What follows the first layers of a `Tok2Vec`.
    """
    if model.name.split("(")[0] != "with_array" or not model.layers:
        return False
    residuals = model.layers[0].layers
    return bool(residuals) and all(_is_usual_layer(residual) for residual in residuals)


def _is_usual_layer(residual: Model[Any, Any]) -> bool:
    leaves = _leaves(residual)
    return (
        residual.name.startswith("residual(")
        and [leaf.name for leaf in leaves] == _LAYER
        and leaves[0].attrs["window_size"] == 1
        and leaves[1].get_dim("nI") == 3 * leaves[1].get_dim("nO")
    )


def _leaves(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    return [layer for layer in model.walk(order="dfs_pre") if not layer.layers]
