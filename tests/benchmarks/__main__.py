"""`make bench`: accuracy on gold, speed, cost, resolving; prints tables, asserts nothing.

    python -m tests.benchmarks [--data FOLDER]
    python -m tests.benchmarks.speed [--data FOLDER]    # speed and cost alone

With the data folder NorNE's development texts and what we annotated in others are scored too, and
the names of NARC.
"""

from __future__ import annotations

import argparse
import statistics
import tarfile
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import spacy
from rich.console import Console
from rich.table import Table
from spacy.tokens import Doc

from pipeline import models
from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.names import evaluate_names
from pipeline.evaluation.narc import read_names
from pipeline.evaluation.predict import run_predictor, seen_names
from pipeline.evaluation.scoring import evaluate
from pipeline.process import single_threaded
from pipeline.training.annotated import write_measured
from pipeline.training.measured import write_gold
from pipeline.training.work import BuildError
from pipeline.training.written import read_written
from tests.benchmarks.resolving import resolving
from tests.benchmarks.speed import ROUNDS as SPEED_ROUNDS
from tests.benchmarks.speed import SIZES, WORDS, speed

ROOT = Path(__file__).parents[2]
DEV = "ud/nob/no_bokmaal-ud-dev.conllu"
ROUNDS = 6  # of timing; the first warms up
# As their model cards and NoCy have them; MB and speed are theirs, on other machines.
PUBLISHED = (
    ("nb_core_news_sm 3.8 (published)", "74.8", "", "", "", "11", ""),
    ("nb_core_news_md 3.8 (published)", "81.6", "", "", "", "40", ""),
    ("nb_core_news_lg 3.8 (published)", "83.9", "", "", "", "542", ""),
    ("NorBERT in spaCy, NoCy (published)", "90.5", "", "", "", "", ""),
)


def accuracy(console: Console, gold: Path) -> None:
    """Print the scores on one gold file."""
    console.print(f"\n{gold.name}")
    result = evaluate(read_gold(gold), run_predictor(), seen=seen_names())
    console.print(result.to_table())


def words_a_second(names: list[str]) -> dict[str, float]:
    """Words a CPU second of each model alone, tokens given; the median of alternating rounds."""
    texts = [path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/*/*.txt"))]
    pipelines = {name: models.load(name) for name in names}
    tokenizer = spacy.blank("nb").tokenizer
    words = sum(len(text.split()) for text in texts)
    rates: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name, nlp in pipelines.items():
            docs = [Doc(nlp.vocab, words=[t.text for t in tokenizer(text)]) for text in texts]
            begun = time.process_time()
            for doc in docs:
                for _, pipe in nlp.pipeline:
                    doc = pipe(doc)  # noqa: PLW2901
            rates[name].append(words / (time.process_time() - begun))
    return {name: statistics.median(found[1:]) for name, found in rates.items()}


def compare(console: Console, gold: Path) -> None:
    """Print a table of the bundled models, beside the published ones."""
    bundled = [model for model in models.installed() if model.path.parent == models.BUNDLED]
    # In a process of its own: NumPy, imported here already, has its threads.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        rates = pool.submit(words_a_second, [model.name for model in bundled]).result()
    table = Table("model", "dev F", "95 %", "unseen", "types", "MB", "words/CPU s", title=gold.name)
    texts = read_gold(gold)
    for model in bundled:
        score = evaluate(texts, run_predictor(model.name), seen=seen_names(model.name))
        size = sum(file.stat().st_size for file in model.path.rglob("*") if file.is_file())
        assert score.norne is not None
        table.add_row(
            model.name,
            f"{score.norne.f:.1f}",
            f"{score.norne.low:.1f}–{score.norne.high:.1f}",
            f"{score.unseen.f:.1f}" if score.unseen else "",
            f"{score.types.f:.1f}",
            f"{size / 1e6:.1f}",
            f"{rates[model.name]:,.0f}",
        )
    for row in PUBLISHED:
        table.add_row(*row)
    console.print(table)


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument(
        "--data", type=Path, help="norne.tar.xz, narc.tar.xz, text/; see docs/training.md"
    )
    data = parser.parse_args().data
    single_threaded()
    console = Console(highlight=False)
    console.print(resolving())  # first, while memory is small
    for gold in ("corpus.jsonl", "today.jsonl"):
        accuracy(console, ROOT / "tests" / "gold" / gold)
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "written.jsonl"
        write_gold(read_written("measure"), written)
        accuracy(console, written)
    if data is None:
        console.print("\nNorNE's development texts are scored with: make bench DATA=folder")
    else:
        with tempfile.TemporaryDirectory() as folder:
            for name in ("norne", "narc"):
                with tarfile.open(data / f"{name}.tar.xz") as archive:
                    archive.extractall(folder, filter="data")
            measured = Path(folder) / "annotated.jsonl"
            try:
                write_measured(data, measured)
                accuracy(console, measured)
            except BuildError as error:
                console.print(f"What we annotated is not scored: {error}")
            gold = next(Path(folder).rglob(DEV))
            accuracy(console, gold)
            compare(console, gold)
            texts, left_out = read_names(Path(folder))
            console.print(evaluate_names(texts, left_out=left_out).to_table())
    speed(console, data, WORDS, SPEED_ROUNDS, SIZES[-1])


if __name__ == "__main__":
    main()
