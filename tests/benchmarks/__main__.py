"""`make bench`: accuracy on gold and words a second by stage; prints tables, asserts nothing.

    python -m tests.benchmarks [--data FOLDER]

With the data folder the development texts of NorNE are scored too.
"""

from __future__ import annotations

import argparse
import tarfile
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

import pipeline
from pipeline.batch.progress import Progress
from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.predict import run_predictor, seen_names
from pipeline.evaluation.scoring import evaluate
from pipeline.threads import single_threaded

ROOT = Path(__file__).parents[2]
DEV = "ud/nob/no_bokmaal-ud-dev.conllu"
COPIES = 40  # of the sample articles, so that starting up weighs little


class Clock(Progress):
    """Remembers when each stage began."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, float]] = []

    def stage(self, name: str, documents: int | None) -> None:
        """See `Progress`."""
        self.begun.append((name, time.perf_counter()))


def accuracy(console: Console, gold: Path) -> None:
    """Print the scores on one gold file."""
    console.print(f"\n{gold.name}")
    result = evaluate(read_gold(gold), run_predictor(), seen=seen_names())
    console.print(result.to_table())


def speed(console: Console) -> None:
    """Print words a second by stage, on copies of the sample articles."""
    texts = [path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/*/*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles")
        articles.mkdir()
        words = 0
        for copy in range(COPIES):
            for number, text in enumerate(texts):
                (articles / f"{copy}-{number}.txt").write_text(f"{text}\n{copy}\n", "utf-8")
                words += len(text.split())
        clock = Clock()
        pipeline.run([articles], out=Path(folder, "out"), progress=clock)
        ends = [begun for _, begun in clock.begun[1:]] + [time.perf_counter()]
    table = Table("stage", "seconds", "words a second", title=f"{words:,} words")
    for (name, begun), end in zip(clock.begun, ends, strict=True):
        table.add_row(name, f"{end - begun:.1f}", f"{words / (end - begun):,.0f}")
    console.print(table)


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--data", type=Path, help="folder with norne.tar.xz")
    data = parser.parse_args().data
    single_threaded()
    console = Console(highlight=False)
    accuracy(console, ROOT / "tests" / "gold" / "corpus.jsonl")
    if data is None:
        console.print("\nNorNE's development texts are scored with: make bench DATA=folder")
    else:
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(data / "norne.tar.xz") as archive:
                archive.extractall(folder, filter="data")
            accuracy(console, next(Path(folder).rglob(DEV)))
    speed(console)


if __name__ == "__main__":
    main()
