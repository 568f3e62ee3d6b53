"""Self-training: raw texts with the names that several trained models agree on.

Each model is trained alone (other vectors, other seed) on the gold texts, and they read the
raw ones. What they agree on, nearly always right, is learnt from as if it were gold; where
they differ, the text is marked as unknown and teaches nothing. So the next model meets
thousands of names that gold does not have.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from pipeline.training.corpus import UNKNOWN, Sentence, SourceDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

_LONGEST = 1500  # code points; longer lines are lists and tables
Names = set[tuple[int, int, str]]


def _names(doc: Doc) -> Names:
    """Give a document's names as (start, end, label)."""
    return {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}


def agree(readings: Sequence[Names]) -> tuple[tuple[int, int, str], ...]:
    """Merge what several models read in one text.

    Args:
        readings: each model's names as (start, end, label).

    Returns:
        The names that all of them found, and with the label `UNKNOWN` every stretch where
        some found something else.
    """
    agreed = set.intersection(*readings)
    doubts: list[tuple[int, int, str]] = []
    for start, end, _ in sorted(set.union(*readings) - agreed):
        if doubts and start < doubts[-1][1]:
            doubts[-1] = (doubts[-1][0], max(end, doubts[-1][1]), UNKNOWN)
        else:
            doubts.append((start, end, UNKNOWN))
    return tuple(sorted([*agreed, *doubts]))


def label(
    lines: Sequence[str], models: Sequence[Language], *, empty: float, rng: random.Random
) -> Iterator[Sentence]:
    """Label lines with the names all models agree on.

    Args:
        lines: raw texts, a sentence or a paragraph each.
        models: pipelines that set ``doc.ents``.
        empty: share of the lines without any agreed name that is kept.
        rng: draws that share.

    Yields:
        Lines with their names, some of them `UNKNOWN`.
    """
    streams = [model.pipe(lines) for model in models]
    for text, *docs in zip(lines, *streams, strict=True):
        spans = agree([_names(doc) for doc in docs])
        if any(label != UNKNOWN for _, _, label in spans) or rng.random() < empty:
            yield Sentence(text, spans, heading=text[-1] not in '.!?»"”:')


def make_silver(
    texts: Sequence[tuple[Iterable[str], int]],
    models: Sequence[Language],
    *,
    seed: int,
    empty: float = 0.15,
    together: int = 20,
) -> list[SourceDocument]:
    """Label raw texts.

    Args:
        texts: the lines of each source, and how many of them to take.
        models: see `label`.
        seed: of the draw.
        empty: see `label`.
        together: lines that are taken together, so that names stand in their text.

    Returns:
        One document for each stretch of lines, never held out.
    """
    rng = random.Random(seed)  # noqa: S311
    documents: list[SourceDocument] = []
    for number, (lines, wanted) in enumerate(texts):
        kept = [line for line in lines if len(line) <= _LONGEST]
        stretches = [kept[i : i + together] for i in range(0, len(kept), together)]
        rng.shuffle(stretches)
        for stretch in stretches[: -(-wanted // together)]:
            sentences = list(label(stretch, models, empty=empty, rng=rng))
            if sentences:
                name = f"silver{number}-{len(documents)}_0"
                documents.append(SourceDocument(name, sentences))
    return documents


def read_silver(path: Path) -> list[SourceDocument]:
    """Read what `write_silver` wrote.

    Args:
        path: the file.

    Returns:
        The documents.
    """
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sentences = json.loads(line)
        kept = [
            Sentence(text, tuple((start, end, label) for start, end, label in spans), heading)
            for text, spans, heading in sentences
        ]
        documents.append(SourceDocument(name, kept))
    return documents


def write_silver(documents: list[SourceDocument], path: Path) -> None:
    """Write documents as JSON, one a line.

    Args:
        documents: what `make_silver` made.
        path: the file.
    """
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as file:
        for document in documents:
            sentences = [(s.text, s.spans, s.heading) for s in document.sentences]
            file.write(json.dumps([document.name, sentences], ensure_ascii=False) + "\n")
    partial.rename(path)
