"""The spaCy component `nb_encoder_ner`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.encoder.calibration import Calibration, elsewhere
from pipeline.language.encoder.decode import Name, find_names
from pipeline.language.encoder.network import FILES, Network
from pipeline.language.encoder.windows import cut
from pipeline.vocabulary import LABELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

extensions.register()

CALIBRATION = "calibration.json"
AT_ONCE = 64  # windows that are decoded together, which is much faster than one by one


class Scorer(Protocol):
    """Gives every word of some windows the scores of its tags, as `Network` does."""

    def __call__(self, windows: Sequence[Sequence[str]]) -> NDArray[np.float32]: ...  # noqa: D102


class EncoderRecognizer:
    """Sets `doc.ents`, and on each `span._.score` and `span._.second_label`.

    Args:
        name: the component's name in the pipeline.
        scorer: the network; without one, `from_disk` has to come first.
        calibration: of the scores.
    """

    labels = LABELS

    def __init__(
        self,
        name: str = "ner",
        scorer: Scorer | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.name = name
        self.scorer = scorer
        self.calibration = calibration or Calibration()

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of a document.

        Args:
            doc: tokenised; its names are replaced.

        Raises:
            ValueError: the network was not loaded.
        """
        return next(self.find_all([doc]))

    def find_all(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Find the names of documents, in each those that it would have alone.

        It is not called `pipe`, since spaCy would then leave to it what becomes of errors.

        Args:
            docs: see `__call__`; some are taken before the first comes out.

        Raises:
            ValueError: the network was not loaded.
        """
        waiting: list[Doc] = []
        windows: list[tuple[Doc, int, list[str]]] = []
        for doc in docs:
            words = extensions.words(doc)
            waiting.append(doc)
            windows += [(doc, start, words[start:end]) for start, end in cut(words)]
            if len(windows) >= AT_ONCE:
                yield from self._find(waiting, windows)
                waiting, windows = [], []
        yield from self._find(waiting, windows)

    def _find(
        self, docs: Sequence[Doc], windows: Sequence[tuple[Doc, int, list[str]]]
    ) -> Sequence[Doc]:
        """Set the names of documents, of which all windows are given."""
        if self.scorer is None:
            raise ValueError(f"{self.name}: load the network with from_disk before use")
        ents: dict[Doc, list[Span]] = {doc: [] for doc in docs}
        for first in range(0, len(windows), AT_ONCE):
            part = windows[first : first + AT_ONCE]
            scores = self.scorer([words for _, _, words in part])
            found = find_names(scores, [len(words) for _, _, words in part])
            for (doc, start, _), names in zip(part, found, strict=True):
                ents[doc] += [_span(doc, start, name) for name in names]
        for doc, spans in ents.items():
            named = [span for span in spans if not span.text.isspace()]
            counts = elsewhere([(span.text, span.label_) for span in named])
            for span, (same, other) in zip(named, counts, strict=True):
                span._.score = self.calibration(span._.score, same, other)
            doc.set_ents(named)
        return docs

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the network's files to a folder.

        Args:
            path: the folder, made anew.
            exclude: not used; spaCy gives it.
        """
        if not isinstance(self.scorer, Network):
            raise TypeError(f"{self.name}: only a network on onnxruntime can be written")
        folder = Path(path)
        if folder.resolve() == self.scorer.folder.resolve():
            return
        folder.mkdir(parents=True, exist_ok=True)
        for file in FILES:
            shutil.copyfile(self.scorer.folder / file, folder / file)
        values = json.dumps(asdict(self.calibration))
        (folder / CALIBRATION).write_text(f"{values}\n", encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EncoderRecognizer:
        """Load the network from a folder that `to_disk` wrote.

        Args:
            path: the folder.
            exclude: not used; spaCy gives it.
        """
        folder = Path(path)
        self.scorer = Network(folder)
        self.calibration = Calibration(**json.loads((folder / CALIBRATION).read_text("utf-8")))
        return self


def _span(doc: Doc, offset: int, name: Name) -> Span:
    """A name with its own probability as its score."""
    span = Span(doc, offset + name.start, offset + name.end, label=name.label)
    span._.score = name.probability
    span._.second_label = name.second
    return span


@Language.factory("nb_encoder_ner", assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def create(nlp: Language, name: str) -> EncoderRecognizer:
    """Finds names with a small transformer, on onnxruntime, with a probability for each."""
    return EncoderRecognizer(name)
