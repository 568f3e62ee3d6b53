"""What the first layers of a network make of each word, computed once while the word is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from spacy.vocab import Vocab
    from thinc.model import Model

    Floats = NDArray[np.float32]
    Key = tuple[int, int]  # a word and its norm

# Layers that know nothing of a word but itself, and the features that they may read.
_OF_WORDS = frozenset(
    {"extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors"}
    | {"maxout", "layernorm", "dropout", "ragged2list"}
)
_FEATURES = frozenset({"ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE"})
_AT_ONCE = 256  # always as many: how a product is computed may depend on its size
_MOST = 20_000  # words that are remembered, and again those of before: some 25 MB, at most 50


class WordVectors:
    """Remembers the vectors of words.

    Where there are too many, those are forgotten that were not met since there were too many
    before.

    Args:
        embed: The layers, see `is_of_words`.
        vocab: Of the documents.
    """

    def __init__(self, embed: Model[Any, Any], vocab: Vocab) -> None:
        self._embed, self._vocab = embed, vocab
        self._known: dict[Key, Floats] = {}
        self._before: dict[Key, Floats] = {}

    def __call__(self, doc: Doc) -> Floats:
        """The vectors of a document's words: (words, width)."""
        self.learn([doc])
        return np.array([self._known[key] for key in _keys(doc)])

    def learn(self, docs: Iterable[Doc]) -> None:
        """Compute the vectors of all words that are not known, which is quicker for many at once.

        Args:
            docs: Documents that are read next.
        """
        if len(self._known) > _MOST:
            self._known, self._before = {}, self._known
        keys = dict.fromkeys(key for doc in docs for key in _keys(doc))
        missing = [key for key in keys if key not in self._known]
        self._known.update((key, self._before[key]) for key in missing if key in self._before)
        new = [key for key in missing if key not in self._known]
        for first in range(0, len(new), _AT_ONCE):
            self._learn(new[first : first + _AT_ONCE])

    def _learn(self, keys: list[Key]) -> None:
        filled = keys + keys[-1:] * (_AT_ONCE - len(keys))
        words = Doc(self._vocab, words=[self._vocab.strings[word] for word, _ in filled])
        norms: Any = np.array([[norm] for _, norm in filled], dtype=np.uint64)
        words.from_array(["NORM"], norms)
        (vectors,) = self._embed.predict([words])
        # Copies, lest one word that stays keeps the vectors of all the others.
        self._known.update(zip(keys, map(np.copy, vectors), strict=False))


def is_of_words(embed: Model[Any, Any]) -> bool:
    """Whether layers make of each word what they would of the word alone.

    Args:
        embed: Some layers.
    """
    leaves = [layer for layer in embed.walk() if not layer.layers]
    return all(
        layer.name in _OF_WORDS and set(layer.attrs.get("columns", ())) <= _FEATURES
        for layer in leaves
    )


def _keys(doc: Doc) -> list[Key]:
    return [*zip(*doc.to_array(["ORTH", "NORM"]).T.tolist(), strict=True)]
