"""spaCy's `ner` with its words remembered and its search in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from pipeline.language.greedy.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from spacy.vocab import Vocab
    from thinc.model import Model

    Key = tuple[int, int]  # a word and its norm

# Layers that know nothing of a word but itself, and the features that they may read.
_OF_WORDS = frozenset(
    {"extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors"}
    | {"maxout", "layernorm", "dropout", "ragged2list"}
)
_FEATURES = frozenset({"ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE"})
_AT_ONCE = 64  # always as many: how a product is computed may depend on its size
_MOST = 30_000  # words that are remembered, some 20 MB


class Recognizer:
    """Finds the names that a spaCy `ner` finds.

    Args:
        pipe: It; see `speed_up`.
    """

    def __init__(self, pipe: EntityRecognizer) -> None:
        self.inner = pipe
        model = pipe.model
        tok2vec, *self._after = model.get_ref("tok2vec").layers
        self._tok2vec = tok2vec
        self._words = None
        if len(tok2vec.layers) == 2 and _is_of_words(tok2vec.layers[0]):
            embed, self._tok2vec = tok2vec.layers
            self._words = WordVectors(embed, pipe.vocab)
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._search = Search(
            [pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)],
            lower.get_param("W"),
            lower.get_param("pad")[0],
            lower.get_param("b"),
            upper.get_param("W"),
            upper.get_param("b"),
        )

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.ents`."""
        if not len(doc) or doc.to_array("ENT_IOB").any():
            done: Doc = self.inner(doc)
            return done
        read = doc if self._words is None else self._words(doc)
        vectors = self._tok2vec.predict([read])
        for layer in self._after:
            vectors = layer.predict(vectors)
        blank, starts = doc.to_array(["IS_SPACE", "SENT_START"]).T == 1
        found = self._search(vectors, blank, starts)
        doc.set_ents([Span(doc, start, end, label=label) for start, end, label in found])
        return doc


class WordVectors:
    """What the first layers make of each word, computed once.

    Args:
        embed: These layers.
        vocab: Of the documents.
    """

    def __init__(self, embed: Model[Any, Any], vocab: Vocab) -> None:
        self._embed, self._vocab = embed, vocab
        self._known: dict[Key, NDArray[np.float32]] = {}

    def __call__(self, doc: Doc) -> NDArray[np.float32]:
        """The vectors of a document's words."""
        keys = [*zip(*doc.to_array(["ORTH", "NORM"]).T.tolist(), strict=True)]
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        if len(self._known) + len(new) > _MOST:
            self._known.clear()
            new = [*dict.fromkeys(keys)]
        for first in range(0, len(new), _AT_ONCE):
            self._learn(new[first : first + _AT_ONCE])
        return np.array([self._known[key] for key in keys])

    def _learn(self, keys: list[Key]) -> None:
        filled = keys + keys[-1:] * (_AT_ONCE - len(keys))
        words = Doc(self._vocab, words=[self._vocab.strings[word] for word, _ in filled])
        norms: Any = np.array([[norm] for _, norm in filled], dtype=np.uint64)
        words.from_array(["NORM"], norms)
        (vectors,) = self._embed.predict([words])
        self._known.update(zip(keys, vectors, strict=False))


def _is_of_words(embed: Model[Any, Any]) -> bool:
    leaves = [layer for layer in embed.walk() if not layer.layers]
    return all(
        layer.name in _OF_WORDS and set(layer.attrs.get("columns", ())) <= _FEATURES
        for layer in leaves
    )


def speed_up(pipe: Callable[[Doc], Doc]) -> Callable[[Doc], Doc]:
    """The same, faster, where it is a `ner` of the usual kind; else as it is.

    Args:
        pipe: A component of a spaCy pipeline.
    """
    if type(pipe) is not EntityRecognizer:
        return pipe
    ner: Any = pipe
    model = ner.model
    lower = model.get_ref("lower")
    usual = (
        ner.cfg["beam_width"] == 1
        and model.attrs["has_upper"]
        and not model.attrs["unseen_classes"]
        and lower.get_dim("nF") in (3, 6)
        and lower.get_dim("nP") > 1
    )
    return Recognizer(ner) if usual else pipe
