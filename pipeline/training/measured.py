"""The two parts of our own gold, one to train on and one to measure by, and how that is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from pipeline.training.corpus import compose
from pipeline.vocabulary import TYPE_OF_LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.training.corpus import SourceDocument

Part = Literal["train", "measure"]
_TYPES = TYPE_OF_LABEL | {"DRV": "other"}


def write_gold(documents: Sequence[SourceDocument], path: Path) -> None:
    """Write documents as gold that ``nb-entities evaluate`` reads; their source is the genre.

    Args:
        documents: with sentences.
        path: ends in ``.jsonl``; its folder is made if missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            text, spans, _ = compose(document.sentences)
            mentions = [
                {"start": start, "end": end, "label": label, "type": _TYPES[label]}
                for start, end, label in spans
            ]
            row = {"doc_id": document.name, "text": text, "mentions": mentions}
            row["genre"] = document.source
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
