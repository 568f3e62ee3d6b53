"""What the commands print for people: progress on stderr, results on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from pipeline import errors
from pipeline.cli.log import visible
from pipeline.cli.progress import Stages
from pipeline.cli.streams import forget_reader
from pipeline.vocabulary import DEFAULT_TYPES, STATUSES, TYPES

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from rich.progress import TaskID

    from pipeline.batch.request import Report

TOP = 8  # entities of each type in the closing table
FAILURES = 3  # told in full


class Output(Console):
    """Standard output: plain text, in which brackets are brackets."""

    def __init__(self) -> None:
        super().__init__(highlight=False, markup=False, soft_wrap=True)

    def on_broken_pipe(self) -> None:
        """Rich calls this."""
        forget_reader()


class TerminalProgress(Stages):
    """A line a stage, and on a terminal a bar while it lasts."""

    def __init__(self) -> None:
        super().__init__()
        console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        self._bar = Bar(
            TextColumn("{task.description:>9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
        super().__exit__(kind, error, trace)

    def stage(self, name: str, documents: int | None) -> None:
        """See `Progress`."""
        self._bar.stop()  # the line about the stage before goes above
        super().stage(name, documents)
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        if documents != 0:
            self._task = self._bar.add_task(name, total=documents, speed="")
            self._bar.start()

    def advance(self, documents: int, chars: int) -> None:
        """See `Progress`."""
        super().advance(documents, chars)
        if self._task is not None:
            self._bar.update(self._task, advance=documents, speed=f"{self.speed():,} words/s")

    def failed(self, stage: str, doc_id: str, code: str, message: str) -> None:
        """See `Progress`; documents are told of when all is done, a partition of many at once."""
        if code == errors.PARTITION_FAILED.code:
            self.note(f"{doc_id}: {message}")

    def note(self, text: str) -> None:
        """See `Progress`."""
        self._bar.console.print(visible(f"nb-entities: {text}"))


def show_results(out: Path, report: Report) -> None:
    """The most mentioned entities, the failures, and where everything is."""
    from pipeline.batch.look import first_failures

    console = Output()
    _show_documents(console, report)
    mentions, entities = (report.rows.get(name, 0) for name in ("mentions", "entities"))
    if mentions:
        console.print(f"Found: {mentions:,} mentions of {entities:,} entities")
    _show_top(console, out)
    if report.failures:
        console.print(f"Not everything could be done; see {out}/failures.*:")
        failures = first_failures(out, FAILURES)
        for doc_id, message in failures:
            console.print(visible(f"  {doc_id}: {message}"))
        if (more := sum(report.failures.values()) - len(failures)) > 0:
            console.print(f"  and {more:,} more")
    console.print("Written:")
    formats: dict[str, list[str]] = {}
    for path in report.files:
        name, _, suffix = path.name.partition(".")
        formats.setdefault(name, []).append(f".{suffix}")
    for name, suffixes in formats.items():
        console.print(f"  {out / name}{', '.join(suffixes)}")


def show_counts(target: str, report: Report) -> None:
    """How many documents and failures there are in a place that need not be on this machine."""
    console = Output()
    _show_documents(console, report)
    if report.failures:
        codes = ", ".join(f"{n:,} {code}" for code, n in report.failures.items())
        console.print(f"Not everything could be done ({codes}); see failures.parquet.")
    console.print(f"The tables are in {target}")


def _show_documents(console: Console, report: Report) -> None:
    statuses = [status for status in STATUSES if status in report.documents]
    counts = ", ".join(f"{report.documents[status]:,} {status}" for status in statuses)
    console.print(f"Documents: {counts or 'none'}")


def _show_top(console: Console, out: Path) -> None:
    """The entities most mentioned and how often, a column a type."""
    from pipeline.batch.look import top_entities

    top = top_entities(out, TOP)
    columns = {kind: top.get(kind, []) for kind in TYPES if kind in top or kind in DEFAULT_TYPES}
    if not top:
        console.print("No names were found.")
        return
    table = Table(box=None, pad_edge=False)
    for kind in columns:
        table.add_column(kind, no_wrap=True, overflow="ellipsis", max_width=24)
        table.add_column("", justify="right", no_wrap=True, min_width=3)
    for row in range(TOP):
        cells: list[str] = []
        for entities in columns.values():
            name, n = entities[row] if row < len(entities) else ("", "")
            cells += [visible(name), str(n)]
        if any(cells):
            table.add_row(*cells)
    console.print(table)
