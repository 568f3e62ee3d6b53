"""Articles that were written to train on, with their names marked: the folder ``written``.

No text of newspapers may be passed on, and the raw texts hold little news of today; these were
written for this project (docs/training.md says how), so they are here as text.

    # 12
    [Molde|ORG] slo [Brann|ORG]

    – Et trist syn, sier [Kari Lie|PER] til [VG|ORG].

Every fifteenth article of a file is kept to measure by: ``python -m pipeline.training.written
gold.jsonl``.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evaluation.gold import SENTENCE_ENDS
from pipeline.training.corpus import Sentence, SourceDocument
from pipeline.training.measured import write_gold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.training.measured import Part

FOLDER = Path(__file__).with_name("written")
_NEXT_ARTICLE = "# "
_MEASURED = 15  # one article in so many
_MARKED = re.compile(r"\[([^\[\]|]+)\|([A-Z_]+)\]")


def read_written(part: Part, folder: Path = FOLDER) -> list[SourceDocument]:
    """Read the articles of one part.

    Args:
        part: those to train on, or those kept for measuring.
        folder: files of articles: ``# name``, then lines; a name in them is ``[surface|LABEL]``.

    Returns:
        A document an article, with a sentence a line: a headline, or a paragraph.
    """
    return [
        article
        for path in sorted(folder.glob("*.txt"))
        for number, article in enumerate(_articles(path), 1)
        if (number % _MEASURED == 0) == (part == "measure")
    ]


def _articles(path: Path) -> Iterator[SourceDocument]:
    article = SourceDocument("")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(_NEXT_ARTICLE):
            if article.sentences:
                yield article
            article = SourceDocument(f"{path.stem}_{line.removeprefix(_NEXT_ARTICLE).strip()}")
        elif line.strip():
            article.sentences.append(read_marked(line.strip()))
    if article.sentences:
        yield article


def read_marked(line: str) -> Sentence:
    """Take the marks out of a line.

    Args:
        line: with its names as ``[surface|LABEL]``.

    Returns:
        The line without them, and the names: a paragraph, and a heading where it does not end like
        a sentence.
    """
    text, end = "", 0
    spans = []
    for mark in _MARKED.finditer(line):
        text += line[end : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        end = mark.end()
    text += line[end:]
    return Sentence(text, tuple(spans), heading=text[-1] not in SENTENCE_ENDS, closing=True)


def main() -> None:
    """``python -m pipeline.training.written FILE.jsonl``: what is kept for measuring, as gold."""
    parser = argparse.ArgumentParser(description="Write what is kept for measuring as gold.")
    parser.add_argument("gold", type=Path, help="FILE.jsonl")
    write_gold(read_written("measure"), parser.parse_args().gold)


if __name__ == "__main__":
    main()
