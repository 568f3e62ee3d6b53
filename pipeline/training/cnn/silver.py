"""Silver: raw texts with the names that a better model finds in them.

The bundled transformer reads raw texts, and what it finds is learnt from as if it were gold;
where it is less than half sure the text is marked as unknown and teaches nothing. So the small
model meets names by the ten thousand that gold does not have.
"""

from __future__ import annotations

import json
import random
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.evaluation.gold import SENTENCE_ENDS
from pipeline.training.corpus import UNKNOWN, Sentence, SourceDocument
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc, Span

_LONGEST = 1500  # code points; longer lines are lists and tables
_SURE = 0.5  # calibrated score


def label(lines: Sequence[str], teacher: Language) -> list[Sentence]:
    """Label lines that follow each other, read as one text.

    Args:
        lines: raw texts, a sentence or a paragraph each.
        teacher: a pipeline that sets ``doc.ents``, and perhaps their ``score``.

    Returns:
        The lines with their names; doubtful ones are `UNKNOWN`.
    """
    doc = teacher("\n".join(lines))
    starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
    return [
        Sentence(line, tuple(_names(doc, start, len(line))), heading=line[-1] not in SENTENCE_ENDS)
        for start, line in zip(starts, lines, strict=True)
    ]


def _names(doc: Doc, start: int, length: int) -> Iterator[tuple[int, int, str]]:
    """Yield the names of the line that begins at `start`, from its beginning."""
    for ent in doc.ents:
        if start <= ent.start_char and ent.end_char <= start + length:
            label = UNKNOWN if _is_doubtful(ent) else ent.label_
            yield ent.start_char - start, ent.end_char - start, label


def _is_doubtful(ent: Span) -> bool:
    score = ent._.score if ent.has_extension("score") else None
    return score is not None and score < _SURE


def make_silver(
    texts: Sequence[tuple[Iterable[str], int]],
    teacher: Language,
    *,
    seed: int,
    empty: float = 0.15,
    together: int = 20,
) -> list[SourceDocument]:
    """Label raw texts.

    Args:
        texts: the lines of each source, and how many of them to take.
        teacher: see `label`.
        seed: of the draw.
        empty: share of the lines without any name that is kept.
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
            sentences = [
                sentence
                for sentence in label(stretch, teacher)
                if any(label != UNKNOWN for _, _, label in sentence.spans) or rng.random() < empty
            ]
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
    with replacing(path) as new, new.open("w", encoding="utf-8") as file:
        for document in documents:
            sentences = [(s.text, s.spans, s.heading) for s in document.sentences]
            file.write(json.dumps([document.name, sentences], ensure_ascii=False) + "\n")
