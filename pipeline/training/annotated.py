"""Names that we marked ourselves in public raw texts, as a table of places without the texts.

NorNE's texts are of 2003 to 2011, and few. ``annotated.csv`` has names of news articles and
encyclopedia paragraphs of 2019, of reviews and of public-body texts; docs/training.md says how they
came about. A row is a line of a raw text, known by its hash; the texts are in the data folder.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pipeline.evaluation.gold import USER_TYPES
from pipeline.training.corpus import Sentence, SourceDocument, compose
from pipeline.training.data import TEXTS, read_lines, unpack

log = logging.getLogger(__name__)

TABLE = Path(__file__).with_name("annotated.csv")
Part = Literal["train", "measure"]
_SENTENCE_ENDS = (".", "!", "?", ":", "»", "”", '"', ")", "…")
_TYPES = USER_TYPES | {"PROD": "product", "EVT": "event", "MISC": "other", "DRV": "other"}


def key_of(line: str) -> str:
    """By what a line is known: half of its MD5, in hexadecimal.

    Args:
        line: as `read_lines` yields it.
    """
    return hashlib.md5(line.encode(), usedforsecurity=False).hexdigest()[:16]


def read_annotated(texts: Path, part: Part, table: Path = TABLE) -> list[SourceDocument]:
    """Read the lines of one part, with their names.

    Args:
        texts: folder with the raw texts, unpacked.
        part: those to train on, or those kept for measuring.
        table: columns document (its text's name and a number), part, line (see `key_of`) and names
            (``start-end:label``, code points).

    Returns:
        Documents of a few lines that stand together. Lines that the texts do not have are left
        out.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == part]
    names = sorted({_text_of(row["document"]) for row in rows})
    lines = {
        (name, key_of(line)): line
        for name in names
        for line in read_lines(texts / f"{name}.txt", prose_only=TEXTS[name])
    }
    documents: dict[str, SourceDocument] = {}
    missing = 0
    for row in rows:
        line = lines.get((_text_of(row["document"]), row["line"]))
        if line is None:
            missing += 1
            continue
        made = SourceDocument(row["document"], in_parts=False)
        document = documents.setdefault(row["document"], made)
        heading = not line.endswith(_SENTENCE_ENDS)
        document.sentences.append(Sentence(line, _spans(row["names"]), heading))
    if missing:
        log.warning("%d of %d lines of %s are not in these texts", missing, len(rows), table.name)
    return list(documents.values())


def _text_of(document: str) -> str:
    return document.rsplit("_", 1)[0]


def _spans(names: str) -> tuple[tuple[int, int, str], ...]:
    spans = []
    for name in names.split():
        place, label = name.split(":")
        start, end = place.split("-")
        spans.append((int(start), int(end), label))
    return tuple(spans)


def names_of(spans: Iterable[tuple[int, int, str]]) -> str:
    """Names as the table has them."""
    return " ".join(f"{start}-{end}:{label}" for start, end, label in sorted(spans))


def write_gold(documents: Sequence[SourceDocument], path: Path) -> None:
    """Write documents as gold that ``nb-entities evaluate`` reads; their text is the genre.

    Args:
        documents: see `read_annotated`.
        path: ends in ``.jsonl``.
    """
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            text, spans, _ = compose(document.sentences)
            mentions = [
                {"start": start, "end": end, "label": label, "type": _TYPES[label]}
                for start, end, label in spans
            ]
            row = {"doc_id": document.name, "text": text, "mentions": mentions}
            row["genre"] = _text_of(document.name)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Write what is kept for measuring: ``python -m pipeline.training.annotated DATA FILE.jsonl``.

    What is unpacked goes beside the file.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path)
    arguments = parser.parse_args()
    folder = arguments.gold.parent
    folder.mkdir(parents=True, exist_ok=True)
    unpack(arguments.data, folder)
    write_gold(read_annotated(folder, "measure"), arguments.gold)


if __name__ == "__main__":
    main()
