"""The network on onnxruntime: words to the scores of their tags."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pipeline.language.encoder.words import Vocabulary, case_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_REMEMBERED = 20_000  # words whose vectors are kept
FILES = ("network.onnx", "vectors.npz", "vocabulary.txt")


class Network:
    """The embedding in numpy, and the layers on onnxruntime, with one thread.

    It reads one window at a time: activations are quantised by their range, so a window's scores
    would depend on those that are read with it. Nor is there anything to fill up, and it is a
    fourth faster than with several.

    Args:
        folder: with `FILES`.

    Raises:
        ValueError: the network is of another make.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        self.folder = folder
        self.vocabulary = Vocabulary.read(folder / "vocabulary.txt")
        with np.load(folder / "vectors.npz") as arrays:
            self._rows = arrays["pieces"]  # int8, (pieces, width)
            self._scales = arrays["scales"]  # float32, (pieces, 1)
            self._cases = arrays["cases"]  # float32, (cases, width)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "network.onnx"), options, providers=["CPUExecutionProvider"]
        )
        if [given.name for given in self._session.get_inputs()] != ["x"]:
            raise ValueError(f"{folder} was built for another version of nb-entities")
        self._vector = lru_cache(maxsize=_REMEMBERED)(self._compute_vector)

    def _compute_vector(self, word: str) -> NDArray[np.float32]:
        pieces = self.vocabulary.split(word)
        vector = (self._rows[pieces] * self._scales[pieces]).sum(axis=0, dtype=np.float32)
        return np.asarray(vector + self._cases[case_of(word)], dtype=np.float32)

    def __call__(self, windows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Score the tags of all words.

        Args:
            windows: texts of at least one word each, at least one.

        Returns:
            (windows, words of the longest, tags).
        """
        read = [self._read(words) for words in windows]
        longest = max(map(len, read))
        return np.stack([np.pad(scores, ((0, longest - len(scores)), (0, 0))) for scores in read])

    def _read(self, words: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.array([[self._vector(word) for word in words]], dtype=np.float32)
        (scores,) = self._session.run(None, {"x": vectors})
        return np.asarray(scores[0])
