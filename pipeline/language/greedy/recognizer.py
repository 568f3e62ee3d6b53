"""spaCy's `ner` with its words remembered, and its layers and its search in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from pipeline.language.greedy.encode import Encoder, is_usual
from pipeline.language.greedy.search import Search
from pipeline.language.greedy.words import WordVectors, is_of_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from thinc.model import Model

    Floats = NDArray[np.float32]


_AT_ONCE = 10_000  # tokens of documents whose words are learnt together


class GreedyRecognizer:
    """Finds the names that a spaCy `ner` finds.

    Args:
        pipe: It; see `speed_up`.
    """

    def __init__(self, pipe: EntityRecognizer) -> None:
        self.inner = pipe
        model = pipe.model
        tok2vec, *self._after = model.get_ref("tok2vec").layers
        self._words = None
        context = tok2vec
        if len(tok2vec.layers) == 2 and is_of_words(tok2vec.layers[0]):
            embed, context = tok2vec.layers
            self._words = WordVectors(embed, pipe.vocab)
        self._encode: Callable[[Any], Floats]
        self._encode = Encoder(context) if is_usual(context) else _of_one(context)
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
        vectors: Any = [self._encode(doc if self._words is None else self._words(doc))]
        for layer in self._after:
            vectors = layer.predict(vectors)
        blank, starts = doc.to_array(["IS_SPACE", "SENT_START"]).T == 1
        found = self._search(vectors, blank, starts)
        doc.set_ents([Span(doc, start, end, label=label) for start, end, label in found])
        return doc

    def find_all(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Sets the names of documents, in each those that it would have alone.

        Args:
            docs: Some are taken before the first comes out.
        """
        waiting: list[Doc] = []
        size = 0
        for doc in docs:
            waiting.append(doc)
            size += len(doc)
            if size >= _AT_ONCE:
                yield from self._find(waiting)
                waiting, size = [], 0
        yield from self._find(waiting)

    def _find(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        if self._words is not None:
            self._words.learn(docs)
        return map(self, docs)


def _of_one(layers: Model[Any, Any]) -> Callable[[Any], Floats]:
    """A function from what layers read of one document to the vectors that they give."""

    def encode(read: Any) -> Floats:
        vectors: list[Floats] = layers.predict([read])
        return vectors[0]

    return encode


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
    return GreedyRecognizer(ner) if usual else pipe
