"""Articles to measure with: real Norwegian prose from the data folder, or copies of the samples."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

ARTICLE = 350  # words, as in a news article
PARAGRAPH = 4  # lines, which are sentences
REVIEWS = "text/norec.txt.xz"  # 17 million words of newspaper reviews


def write_articles(path: Path, words: int, data: Path | None) -> int:
    """Write JSON lines with id and text, of about so many words in all.

    Args:
        path: The file.
        words: How many; never the same article twice.
        data: The data folder; without it articles are copies of the samples, each with a number.

    Returns:
        The number of words, as white space separates them.
    """
    articles = _reviews(data / REVIEWS) if data else _copies()
    n = number = 0
    with path.open("w", encoding="utf-8") as file:
        while n < words:
            text = next(articles)
            n += len(text.split())
            number += 1
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    return n


def _reviews(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        lines: list[str] = []
        n = 0
        for line in file:
            lines.append(line.strip())
            n += len(line.split())
            if n >= ARTICLE:
                starts = range(0, len(lines), PARAGRAPH)
                yield "\n\n".join(" ".join(lines[at : at + PARAGRAPH]) for at in starts)
                lines, n = [], 0


def _copies() -> Iterator[str]:
    texts = [path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/*/*.txt"))]
    copy = 0
    while True:
        copy += 1
        yield from (f"{text}\n{copy}\n" for text in texts)
