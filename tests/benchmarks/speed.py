"""How fast a run is, and what it costs, beside the script that a user would otherwise write.

    python -m tests.benchmarks.speed [--data FOLDER] [--words N] [--rounds N] [--most N]

Whole processes, with the same texts on the same cores, one after the other by turns.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from pipeline import models
from tests.benchmarks import baseline, script
from tests.benchmarks.process import Cost, measure
from tests.benchmarks.texts import write_articles
from tests.conftest import ROOT

CACHE = ROOT / ".data" / "bench"
WORDS = 500_000  # enough that starting up weighs little
ROUNDS = 3
SIZES = (100_000, 300_000, 1_000_000, 3_000_000)


def ours(articles: Path, out: Path, *more: str, rebuild: bool = True) -> list[str]:
    """The command that finds the names in articles."""
    call = [sys.executable, "-m", "pipeline.cli", "run", str(articles), "--out", str(out)]
    return [*call, *["--rebuild"] * rebuild, "--quiet", *more]


def beside(console: Console, folder: Path, data: Path | None, words: int, rounds: int) -> None:
    """Print what the script and a run cost, medians of some rounds."""
    articles = folder / "articles.jsonl"
    n = write_articles(articles, words, data)
    cores = len(os.sched_getaffinity(0))
    bundled = [model.name for model in models.installed() if model.path.parent == models.BUNDLED]
    commands = {
        f"nb-entities run --model {name}": ours(articles, folder / "out", "--model", name)
        for name in bundled
    }
    run = ours(articles, folder / "out")
    commands["default model, --jobs 1: a worker and its parent"] = [*run, "--jobs", "1"]
    # The libraries have one thread from the beginning, as in workers.
    single = ["env", "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"]
    alone = [name.replace("pipeline.cli", "tests.benchmarks.alone") for name in run]
    commands["default model, all in one process"] = [*single, *alone]
    if (found := baseline.find(data, CACHE, console)) is None:
        console.print("Without nb_core_news_sm and the data folder there is nothing to compare to.")
    else:
        model, name = found
        call = [sys.executable, script.__file__, model, str(articles), str(folder / "names")]
        scripts = {
            f"script with {name}": [*call, "1"],
            f"the same, n_process={cores}": [*call, str(cores)],
        }
        commands = scripts | commands
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(measure(command, folder))
    title = f"{n:,} words, {cores} cores, medians of {rounds} rounds"
    table = Table(
        "", "words/s", "CPU s/million words", "peak MB", "times the script", "by CPU time",
        title=title,
    )  # fmt: skip
    first = first_cpu = None
    for name, rows in costs.items():
        rate = n / statistics.median(row.seconds for row in rows)
        cpu = statistics.median(row.cpu for row in rows)
        first, first_cpu = first or rate, first_cpu or cpu
        table.add_row(
            name,
            f"{rate:,.0f}",
            f"{cpu / n * 1e6:,.0f}",
            f"{statistics.median(row.memory for row in rows):,.0f}",
            f"{rate / first:.2f}",
            f"{first_cpu / cpu:.2f}",
        )
    console.print(table)


def starting(console: Console, folder: Path, rounds: int) -> None:
    """Print how long a run takes over one short article, beside what it cannot do without."""
    article = folder / "article.txt"
    article.write_text("Kari Hansen bor i Oslo.\n", "utf-8")
    loading = f"import spacy; spacy.load({str(models.find('').path)!r})"
    commands = {
        "import spacy, spacy.load of the default model": [sys.executable, "-c", loading],
        "nb-entities run over one article": ours(article, folder / "one", rebuild=False),
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            shutil.rmtree(folder / "one", ignore_errors=True)
            # A look at the memory would fall on what takes longer than a second, and on that alone.
            seconds[name].append(measure(command, folder, interval=60).seconds)
    table = Table("", "seconds", "times", title=f"starting up, medians of {rounds} rounds")
    first = statistics.median(next(iter(seconds.values())))
    for name, rows in seconds.items():
        median = statistics.median(rows)
        table.add_row(name, f"{median:.2f}", f"{median / first:.2f}")
    console.print(table)


def linear(console: Console, folder: Path, data: Path | None, most: int) -> None:
    """Print what a run costs by the number of words."""
    table = Table(
        "words", "seconds", "words/s", "CPU s/million words", "peak MB", "names", "store MB",
        "tables MB",
        title="cost by words",
    )  # fmt: skip
    for size in (size for size in SIZES if size <= most):
        articles, out = folder / f"{size}.jsonl", folder / f"out-{size}"
        n = write_articles(articles, size, data)
        cost = measure(ours(articles, out, "--format", "parquet"), folder)
        store = (out / ".work" / "store.duckdb").stat().st_size
        names = pq.read_metadata(out / "mentions.parquet").num_rows
        tables = sum(path.stat().st_size for path in out.glob("*.parquet"))
        table.add_row(
            f"{n:,}", f"{cost.seconds:.0f}", f"{n / cost.seconds:,.0f}",
            f"{cost.cpu / n * 1e6:,.0f}", f"{cost.memory:,.0f}", f"{names:,}",
            f"{store / 1e6:.1f}", f"{tables / 1e6:.1f}",
        )  # fmt: skip
    console.print(table)


def speed(console: Console, data: Path | None, words: int, rounds: int, most: int) -> None:
    """Print all tables about speed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        starting(console, folder, 2 * rounds + 1)
        beside(console, folder, data, words, rounds)
        # Another process, whose libraries have one thread from the beginning, as workers have.
        call = [sys.executable, "-m", "tests.benchmarks.stages", "articles.jsonl", "stages"]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]])}
        single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        subprocess.run(call, check=True, cwd=folder, env=environment | single)
        linear(console, folder, data, most)


def main() -> None:
    """Run the benchmarks of speed alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speed")
    parser.add_argument("--data", type=Path, help="folder with norne.tar.xz and text/")
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="words at most, for the cost")
    wanted = parser.parse_args()
    console = Console(highlight=False)
    speed(console, wanted.data, wanted.words, wanted.rounds, wanted.most)


if __name__ == "__main__":
    main()
