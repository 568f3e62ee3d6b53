"""The stages of the product as a predictor for the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import models
from pipeline.evaluation.gold import Span
from pipeline.evaluation.scoring import read_seen_names
from pipeline.vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.evaluation.scoring import Predictor

SEEN = "seen_names.bin"
COLUMNS = ["doc_id", "start", "end", "label", "type", "method", "score"]


def run_predictor(model: str = "", gazetteer: str | None = None) -> Predictor:
    """What a run finds in texts: the model's labels, and the types that resolve decides on.

    Args:
        model: As for `models.find`.
        gazetteer: Path of the user's CSV of names, or None.

    Raises:
        UserError: The model or the gazetteer cannot be used.
    """
    from pipeline.stages.memory import find_mentions

    def predict(texts: Sequence[str]) -> list[list[Span]]:
        found: list[list[Span]] = [[] for _ in texts]
        mentions = find_mentions(texts, model=model, gazetteer=gazetteer, types=TYPES)
        for row in mentions.select(COLUMNS).to_pylist():
            score = row["score"] if row["method"] == "model" else None
            span = Span(row["start"], row["end"], row["label"], row["type"], score)
            found[int(row["doc_id"])].append(span)
        return found

    return predict


def seen_names(model: str = "") -> frozenset[bytes] | None:
    """Hashes of the names that a model was trained on; None where it does not come with them."""
    path = models.find(model).path / SEEN
    return read_seen_names(path) if path.is_file() else None
