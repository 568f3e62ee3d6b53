"""`make soak`: what is shown over hours of nightly runs; prints what it measured and asserts it.

python -m tests.soak [--known N] [--new N] [--kills N] [--huge CHARACTERS] [--many N] [--dataset N]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

import pipeline
from pipeline.batch.look import verify
from pipeline.batch.run import Batch
from pipeline.vocabulary import STAGES
from tests.benchmarks.process import measure, memory
from tests.cluster import Cluster
from tests.functional.test_command_line import tables

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
PER_DOCUMENT = ("ingest", "tokenize", "extract")
PARTITION = 2_000  # documents
FEW = 100_000  # documents; by then each of two workers has the 50,000 words that it keeps
LIMIT = 1_500  # MB
HUGE = 2_500  # MB, for one document of 20 million characters
GROWTH = 1.25  # of the memory, from few documents to many: DuckDB keeps what it has read
FIRST = "Kari Ola Ida Jens Anne Lars Nina Erik Mona Knut".split()
LAST = "Hansen Moen Dahl Berg Haugen Lie Sande Bakken Strand Vik".split()
PLACES = "Oslo Bergen Bodø Tromsø Moss Hamar Molde Alta Skien Narvik".split()


def articles(n: int, seed: int) -> Iterator[str]:
    """Short documents, all different."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    for number in range(n):
        name = f"{pick.choice(FIRST)} {pick.choice(LAST)}"
        yield json.dumps(
            {
                "id": f"{seed}-{number}",
                "text": f"{name} fra {pick.choice(PLACES)} møtte Nato i {pick.choice(PLACES)}. "
                f"Det var sak {number} i {seed}.",
            },
            ensure_ascii=False,
        )


def write(path: Path, n: int, seed: int) -> None:
    """A file of short documents."""
    path.write_text("\n".join(articles(n, seed)), "utf-8")


@contextmanager
def processor(stages: Sequence[str]) -> Iterator[Counter[str]]:
    """Count the processor's seconds of a run's stages, those of its workers among them."""
    seconds: Counter[str] = Counter()

    def timed(stage: str) -> Callable[[Batch], None]:
        whole = getattr(Batch, stage)

        def call(batch: Batch) -> None:
            before = os.times()
            whole(batch)
            seconds[stage] += sum(os.times()[:4]) - sum(before[:4])

        return call

    with ExitStack() as stack:
        for stage in stages:
            stack.enter_context(patch.object(Batch, stage, timed(stage)))
        yield seconds


def nightly(console: Console, folder: Path, known: int, *, new: int) -> None:
    """A night's new documents among many known ones."""
    source = folder / "articles"
    source.mkdir()
    write(source / "known.jsonl", known, 1)
    with processor(PER_DOCUMENT) as of_all:
        full = pipeline.run(source, out=folder / "nightly")
    write(source / "new.jsonl", new, 2)
    with processor(PER_DOCUMENT) as of_new:
        night = pipeline.run(source, out=folder / "nightly")
    verify(folder / "nightly")
    worked = {stage: night.worked[stage] for stage in PER_DOCUMENT}
    cost, whole = of_new.total(), of_all.total()
    wall, whole_wall = (sum(r.seconds[stage] for stage in PER_DOCUMENT) for r in (night, full))
    mentions = len(pipeline.read(folder / "nightly", "mentions"))
    console.print(f"{new:,} new among {known:,}: worked on {worked}")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    console.print(f"largest worker: {most:.0f} MB")
    console.print(f"per-document stages, processor's seconds: {whole:.1f} for all, {cost:.1f} for "
                  f"the new: {cost / whole:.1%}")  # fmt: skip
    # Dearer: one shard is done in one process, which loads the model first, while
    # the whole has all cores, and workers that load while it reads.
    console.print(f"by the clock: {whole_wall:.1f} s and {wall:.1f} s: {wall / whole_wall:.1%}")
    for stage in ("resolve", "write"):
        seconds = night.seconds[stage] * 1e6 / mentions
        console.print(f"{stage}: {seconds:.1f} s a million mentions ({mentions:,} mentions)")
    assert set(worked.values()) == {new}
    assert cost <= 0.02 * whole
    assert wall <= 0.05 * whole_wall


def huge(console: Console, folder: Path, chars: int) -> None:
    """One document of so many characters, in long words that are all different."""
    numbers = iter(range(chars))
    size = 0
    with (folder / "huge.txt").open("w", encoding="utf-8") as file:
        while size < chars:
            filler = " ".join(f"menneskerettighetsorganisasjon{n}" for n in islice(numbers, 25))
            size += file.write(f"Kari Hansen fra Bodø møtte Nato i Oslo. {filler}\n\n")
    call = ["run", str(folder / "huge.txt"), "--out", str(folder / "huge"), "--quiet"]
    cost = measure([*COMMAND, *call], folder)
    verify(folder / "huge")
    console.print(f"{size:,} characters: {cost.seconds:.0f} s, {cost.memory:.0f} MB")
    assert set(pipeline.read(folder / "huge", "documents")["status"]) == {"ok"}
    assert cost.memory < HUGE


def flat(console: Console, folder: Path, many: int) -> None:
    """Many documents need no more memory than few; what looks at all of them has a limit."""
    few: dict[str, float] = {}
    most: dict[str, float] = {}
    for n, memories in ((FEW, few), (many, most)):
        source, out = folder / f"{n}.jsonl", folder / f"out-{n}"
        write(source, n, 5)
        for stage in STAGES:
            sources = [str(source)] if stage == "ingest" else []
            call = [*COMMAND, stage, *sources, "--out", str(out), "--quiet"]
            cost = measure(call, folder)
            memories[stage] = cost.memory
            console.print(f"{n:,} documents, {stage}: {cost.seconds:.0f} s, {cost.memory:.0f} MB "
                          "at most, all processes together")  # fmt: skip
        verify(out)
    for stage in STAGES:
        assert most[stage] < LIMIT
    for stage in PER_DOCUMENT:
        assert most[stage] < GROWTH * few[stage]


def kills(console: Console, folder: Path, times: int) -> None:
    """A run that is killed at random moments, again and again, and then left in peace."""
    source = folder / "rows.jsonl"
    write(source, 6_000, 3)
    began = time.monotonic()
    pipeline.run(source, out=folder / "undisturbed")
    lasts = time.monotonic() - began
    out = folder / "killed"
    pick = random.Random(4)  # noqa: S311 - no secret
    killed = 0
    while killed < times:
        process = subprocess.Popen(
            [*COMMAND, "run", str(source), "--out", str(out), "--quiet"],
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(timeout=pick.uniform(0.2, 0.6 * lasts))
            shutil.rmtree(out)  # it was done before
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)  # its workers end with it
            process.wait()
            killed += 1
        if (out / ".current").exists():
            verify(out)
    pipeline.run(source, out=out)
    verify(out)
    console.print(f"killed {times} times, then run to the end: {len(tables(out))} tables as "
                  "undisturbed")  # fmt: skip
    assert tables(out) == tables(folder / "undisturbed")


def dataset(console: Console, folder: Path, n: int) -> None:
    """Short documents through three workers of Dask, of which one is killed."""
    source, out = folder / "dataset", folder / "names"
    source.mkdir()
    for first in range(0, n, PARTITION):
        rows = [json.loads(line) for line in articles(min(PARTITION, n - first), first)]
        pq.write_table(pa.Table.from_pylist(rows), source / f"part-{first:08}.parquet")
    (folder / "cluster").mkdir()
    cluster = Cluster(folder / "cluster")
    call = [*COMMAND, "dataset", str(source), str(out), "--scheduler", cluster.address, "--quiet"]
    killed, most = False, {"driver": 0.0, "worker": 0.0}
    try:
        began = time.monotonic()
        process = subprocess.Popen(call)
        while process.poll() is None:
            workers = cluster.workers()
            done = len(list(out.glob("partitions/mentions/*.parquet")))
            if not killed and 3 * done * PARTITION > n:
                os.kill(workers[0], signal.SIGKILL)
                killed = True
            most["driver"] = max(most["driver"], memory(process.pid))
            most["worker"] = max([most["worker"], *map(memory, workers)])
            time.sleep(0.5)
        seconds = time.monotonic() - began
    finally:
        cluster.close()
    assert killed
    assert process.returncode == 0
    verify(out)
    documents = pipeline.read(out, "documents")
    words = int(documents["n_tokens"].sum())
    console.print(f"{len(documents):,} documents, {words:,} tokens, by three workers of Dask, one "
                  f"killed: {seconds:.0f} s, {words / seconds:,.0f} tokens/s")  # fmt: skip
    console.print(f"most memory: driver {most['driver']:.0f} MB, worker {most['worker']:.0f} MB")
    assert len(documents) == n
    assert set(documents["status"]) == {"ok"}
    began = time.monotonic()
    assert subprocess.run(call, check=False).returncode == 0  # the scheduler is gone
    console.print(f"a second run, which finds all done: {time.monotonic() - began:.0f} s")


def main() -> None:
    """Run all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--huge", type=int, default=20_000_000)
    parser.add_argument("--many", type=int, default=300_000)
    parser.add_argument("--dataset", type=int, default=200_000)
    wanted = parser.parse_args()
    console = Console(highlight=False)
    parts = (
        (kills, wanted.kills),
        (huge, wanted.huge),
        (partial(nightly, new=wanted.new), wanted.known),
        (dataset, wanted.dataset),
        (flat, wanted.many),
    )
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for part, size in parts:
            try:
                if size:
                    part(console, Path(folder), size)
            except AssertionError:  # the others are measured all the same
                console.print_exception()
                missed += 1
    sys.exit(missed)


if __name__ == "__main__":
    main()
