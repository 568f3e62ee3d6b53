"""What every finished package has: hashes of its training names, and its scores."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from spacy import load

from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.predict import SEEN
from pipeline.evaluation.scoring import (
    Evaluation,
    evaluate,
    read_seen_names,
    spacy_predictor,
    write_seen_names,
)
from pipeline.training.data import DEVELOPMENT
from pipeline.training.work import BuildError
from pipeline.whole import beside, replacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language

    from pipeline.training.corpus import SourceDocument

_META = "meta.json"


def surfaces(documents: list[SourceDocument]) -> Iterator[str]:
    """Yield the names of training texts as they stand there."""
    for document in documents:
        for sentence in document.sentences:
            for start, end, _ in sentence.spans:
                yield sentence.text[start:end]


def see_replaceable(out: Path) -> None:
    """See, before a build begins, that a finished package may take its place at the end.

    Args:
        out: the package's folder.

    Raises:
        BuildError: if something else is there.
    """
    if out.exists() and not (out / _META).is_file() and (out.is_file() or any(out.iterdir())):
        raise BuildError(
            f"{out} is there and no model, so nothing is put in its place; give another"
        )


def write_package(
    nlp: Language,
    out: Path,
    documents: list[SourceDocument],
    *,
    name: str,
    version: str,
    largest: int,
    **meta: object,
) -> None:
    """Write a finished pipeline, with the hashes of its training names.

    Args:
        nlp: the pipeline; it has seen no text.
        out: the folder to write; a model that stands there is replaced by the whole new one.
        documents: the training texts.
        name: of the package, ``nb_`` first.
        version: of the package.
        largest: bytes that the package may have.
        meta: what else to say in meta.json.

    Raises:
        BuildError: if the package is larger than that; and see `see_replaceable`.
    """
    see_replaceable(out)
    nlp.meta.update(
        name=name.removeprefix("nb_"),
        version=version,
        description="Names in Norwegian Bokmål news text: people, places, organisations.",
        license="MIT",
        spacy_version=">=3.8.0,<3.9.0",
        sources=[
            {"name": "NorNE (Bokmål and Nynorsk training texts)", "license": "CC0 (annotations)"},
            {
                "name": "nb-entities (own annotations of newer texts, own articles)",
                "license": "MIT",
            },
            {"name": "NoReC, NorQuAD, giellalt/corpus-nob, Norwegian laws", "license": "see card"},
        ],
        **meta,
    )
    new, old = beside(out), out.with_name(f".{out.name}.old")
    for left in (new, old):  # by a build that was killed here
        shutil.rmtree(left, ignore_errors=True)
    nlp.to_disk(new)
    write_seen_names(surfaces(documents), new / SEEN)
    size = sum(path.stat().st_size for path in new.rglob("*") if path.is_file())
    if size > largest:
        raise BuildError(f"{new} has {size:,} bytes, more than {largest:,}")
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


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
        seen=read_seen_names(out / SEEN),
    )
    meta = json.loads((out / _META).read_text(encoding="utf-8"))
    scores = result.to_json()
    norne = scores["norne"]
    meta["performance"] = {
        "ents_f": norne["f"] / 100,
        "ents_p": norne["p"] / 100,
        "ents_r": norne["r"] / 100,
        "dev": scores,
    }
    with replacing(out / _META) as file:
        file.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return result
