"""Names that we marked ourselves in public raw texts, as a table of places without the texts.

NorNE's texts are of 2003 to 2011, and few. ``annotated.csv`` has names of news articles and
encyclopedia paragraphs of 2019, of reviews and of public-body texts; docs/training.md says how they
came about. A row is a line of a raw text, known by its hash; the texts are in the data folder.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evaluation.gold import SENTENCE_ENDS
from pipeline.training.corpus import Sentence, SourceDocument, read_training
from pipeline.training.data import TEXTS, read_lines, unpack_texts
from pipeline.training.measured import Part, write_gold
from pipeline.training.work import BuildError
from pipeline.training.written import read_written

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).with_name("annotated.csv")
Row = dict[str, str]
_MAY_MISS = 0.01  # of the lines: another version of a text, but not another text


def key_of(line: str) -> str:
    """By what a line is known.

    Args:
        line: as `read_lines` yields it.

    Returns:
        Half of its MD5, in hexadecimal.
    """
    return hashlib.md5(line.encode(), usedforsecurity=False).hexdigest()[:16]


def annotated_texts(table: Path = TABLE) -> list[str]:
    """The raw texts whose lines are in a table, by name.

    Args:
        table: see `read_annotated`.
    """
    return sorted({_text_of(row) for row in _read(table)})


def other_lines(texts: Path, name: str, table: Path = TABLE) -> Iterator[str]:
    """The lines of a raw text without those that are in a table, of either part.

    Args:
        texts: folder with the raw texts, unpacked.
        name: of the text.
        table: see `read_annotated`.
    """
    known = {row["line"] for row in _read(table)}
    for line in read_lines(texts / f"{name}.txt", prose_only=TEXTS[name]):
        if key_of(line) not in known:
            yield line


def read_annotated(texts: Path, part: Part, table: Path = TABLE) -> list[SourceDocument]:
    """Read the lines of one part, with their names.

    Args:
        texts: folder with the raw texts, unpacked.
        part: those to train on, or those kept for measuring.
        table: columns document (its text's name and a number), part, line (see `key_of`) and names
            (``start-end:label``, code points).

    Returns:
        Documents of a few lines that stand near each other.

    Raises:
        BuildError: if the texts lack more than one in a hundred of the lines.
    """
    rows = [row for row in _read(table) if row["part"] == part]
    wanted = {(_text_of(row), row["line"]) for row in rows}
    lines = {
        (name, key): line
        for name in sorted({name for name, _ in wanted})
        for line in read_lines(texts / f"{name}.txt", prose_only=TEXTS[name])
        if (name, key := key_of(line)) in wanted
    }
    missing = len(wanted) - len(lines)
    if missing > _MAY_MISS * len(wanted):
        raise BuildError(f"{missing} of {len(wanted)} lines of {table.name} are not in {texts}")
    documents: dict[str, SourceDocument] = {}
    for row in rows:
        if (line := lines.get((_text_of(row), row["line"]))) is not None:
            sentence = Sentence(line, _spans(row["names"]), line[-1] not in SENTENCE_ENDS)
            document = documents.setdefault(row["document"], SourceDocument(row["document"]))
            document.sentences.append(sentence)
    return list(documents.values())


def read_with_ours(work: Path, table: Path = TABLE) -> list[SourceDocument]:
    """All gold to train on: NorNE's, and ours (lines that we annotated, articles that we wrote).

    Args:
        work: see `unpack`.
        table: see `read_annotated`.

    Returns:
        The documents, NorNE's first.

    Raises:
        BuildError: see `read_annotated`.
    """
    annotated = read_annotated(work, "train", table)
    return read_training(work / "norne") + annotated + read_written("train")


def count_ours(work: Path) -> dict[str, str]:
    """How much there is of our own gold, for the cards of models.

    Args:
        work: see `unpack`.

    Returns:
        Numbers by name: `marked` names in lines to train on, `articles` and `article_names`;
        `kept_lines` and `kept_articles`.
    """
    written = read_written("train")
    counts = {
        "marked": _count_names(read_annotated(work, "train")),
        "articles": len(written),
        "article_names": _count_names(written),
        "kept_lines": sum(len(d.sentences) for d in read_annotated(work, "measure")),
        "kept_articles": len(read_written("measure")),
    }
    return {name: f"{count:,}" for name, count in counts.items()}


def _count_names(documents: list[SourceDocument]) -> int:
    return sum(len(sentence.spans) for document in documents for sentence in document.sentences)


def _read(table: Path) -> list[Row]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text_of(row: Row) -> str:
    return row["document"].rsplit("_", 1)[0]


def _spans(names: str) -> tuple[tuple[int, int, str], ...]:
    spans = []
    for name in names.split():
        place, label = name.split(":")
        start, end = place.split("-")
        spans.append((int(start), int(end), label))
    return tuple(spans)


def write_measured(data: Path, path: Path) -> None:
    """Write what is kept for measuring as gold.

    Args:
        data: the data folder.
        path: ends in ``.jsonl``; the raw texts are unpacked beside it.

    Raises:
        BuildError: if the data folder lacks a text, or a text its lines.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unpack_texts(data, path.parent, annotated_texts())
    write_gold(read_annotated(path.parent, "measure"), path)


def main() -> None:
    """``python -m pipeline.training.annotated DATA FILE.jsonl``: see `write_measured`."""
    parser = argparse.ArgumentParser(description="Write what is kept for measuring as gold.")
    parser.add_argument("data", type=Path, help="the data folder, see docs/training.md")
    parser.add_argument("gold", type=Path, help="FILE.jsonl; the texts are unpacked beside it")
    arguments = parser.parse_args()
    try:
        write_measured(arguments.data, arguments.gold)
    except BuildError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
