"""Where the processor's time of a run goes, one process doing all of it.

python -m tests.benchmarks.stages articles.jsonl FOLDER
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table
from spacy.language import Language

import pipeline
from pipeline.batch import run, sources, workers
from pipeline.batch.shards import Pending
from pipeline.batch.store import Store
from pipeline.language import RULES
from pipeline.stages.extract import Extractor, Recognizer
from pipeline.stages.tokenize import Tokenizer
from tests.benchmarks.alone import one_process

# What is timed: a name for it, and where it is. Time within another one of them counts there alone.
PARTS: tuple[tuple[str, object, str], ...] = (
    ("reading", sources, "ingest_changed"),
    ("tokenizing", Tokenizer, "__call__"),
    ("Docs and columns", Extractor, "__call__"),
    ("model", Recognizer, "__call__"),
    ("storing", Store, "add_documents"),
    ("storing", Store, "finish"),
    ("loading from the store", Pending, "__init__"),
    ("loading from the store", Pending, "_load"),
    ("resolving", run.Batch, "resolve"),
    ("writing", run.Batch, "write"),
)


class Clock:
    """Adds up the processor's time of parts, without that of the parts within them."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inner: list[float] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time what is inside."""
        begun = time.process_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole = time.process_time() - begun
            self.seconds[name] += whole - self._inner.pop()
            if self._inner:
                self._inner[-1] += whole

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def call(*arguments: Any, **named: Any) -> Any:
            with self.part(name):
                return function(*arguments, **named)

        return call


def stages(articles: Path, out: Path) -> Table:
    """Run over articles in this process, and say what took how long."""
    clock = Clock()

    def add_pipe(nlp: Language, factory: str, *arguments: Any, **named: Any) -> Any:
        pipe = real_add_pipe(nlp, factory, *arguments, **named)
        if factory in RULES:
            nlp._components[-1] = (factory, clock.timed("rules", pipe))
        return pipe

    real_add_pipe = Language.add_pipe
    with ExitStack() as stack:
        for name, owner, attribute in PARTS:
            timed = clock.timed(name, getattr(owner, attribute))
            stack.enter_context(patch.object(owner, attribute, timed))
        stack.enter_context(patch.object(Language, "add_pipe", add_pipe))
        stack.enter_context(one_process(clock.timed("loading the model", workers.load)))
        with clock.part("all else"):
            pipeline.run(articles, out=out)
    words = sum(len(text.split()) for text in pipeline.read(out, "documents")["text"])
    total = sum(clock.seconds.values())
    table = Table("part", "CPU seconds", "share", "words/s", title=f"one process, {words:,} words")
    for name, seconds in clock.seconds.most_common():
        share, rate = f"{seconds / total:.0%}", f"{words / seconds:,.0f}"
        table.add_row(name, f"{seconds:.1f}", share, rate)
    table.add_row("all", f"{total:.1f}", "100%", f"{words / total:,.0f}")
    return table


if __name__ == "__main__":
    Console(highlight=False).print(stages(Path(sys.argv[1]), Path(sys.argv[2])))
