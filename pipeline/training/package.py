"""What every finished package has: hashes of its training names, and its scores."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from spacy import load

from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.scoring import (
    Evaluation,
    evaluate,
    read_seen_names,
    spacy_predictor,
)
from pipeline.training.data import DEVELOPMENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.training.corpus import SourceDocument

SEEN_NAMES = "seen_names.bin"


def surfaces(documents: list[SourceDocument]) -> Iterator[str]:
    """Yield the names of training texts as they stand there."""
    for document in documents:
        for sentence in document.sentences:
            for start, end, _ in sentence.spans:
                yield sentence.text[start:end]


def score(out: Path, corpus: Path) -> Evaluation:
    """Score a package on Bokmål's development texts, and write the scores to its meta.json.

    Args:
        out: the package.
        corpus: NorNE unpacked.

    Returns:
        The evaluation.
    """
    nlp = load(out)
    result = evaluate(
        read_gold(corpus / DEVELOPMENT),
        spacy_predictor(nlp),
        seen=read_seen_names(out / SEEN_NAMES),
    )
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    scores = result.to_json()
    norne = scores["norne"]
    meta["performance"] = {
        "ents_f": norne["f"] / 100,
        "ents_p": norne["p"] / 100,
        "ents_r": norne["r"] / 100,
        "dev": scores,
    }
    (out / "meta.json").write_text(
        json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return result
