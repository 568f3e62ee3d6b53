"""The stages of the product as a predictor for the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import models
from pipeline.evaluation.gold import Span
from pipeline.evaluation.scoring import read_seen_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.evaluation.scoring import Predictor

SEEN = "seen_names.bin"


def extract_predictor(model: str = "", gazetteer: Path | None = None) -> Predictor:
    """Tokenize and extract, as a run does them, on texts without titles.

    Args:
        model: As for `models.find`.
        gazetteer: The user's CSV of names, or None.

    Raises:
        UserError: The model or the gazetteer cannot be used.
    """
    from pipeline.stages.extract import Extractor
    from pipeline.stages.tokenize import Tokenizer

    tokenizer, extractor = Tokenizer(), Extractor(model, gazetteer)

    def predict(texts: Sequence[str]) -> list[list[Span]]:
        keys = pa.array([str(number) for number in range(len(texts))], pa.string())
        documents = pa.table(
            {
                "doc_key": keys,
                "tokens_key": keys,
                "title_end": pa.array([0] * len(texts), pa.int32()),
                "text": pa.array(texts, pa.string()),
            }
        )
        found: list[list[Span]] = [[] for _ in texts]
        for row in extractor(documents, tokenizer(documents)).to_pylist():
            span = Span(row["start"], row["end"], row["label"], row["type"])
            found[int(row["doc_key"])].append(span)
        return found

    return predict


def seen_names(model: str = "") -> frozenset[bytes] | None:
    """Hashes of the names that a model was trained on; None where it does not come with them."""
    path = models.find(model).path / SEEN
    return read_seen_names(path) if path.is_file() else None
