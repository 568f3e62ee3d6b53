"""Ingest over a whole list of sources: reads what is new or changed, forgets what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import errors
from pipeline.batch import stop
from pipeline.batch.guard import guard
from pipeline.batch.plan import Plan, left, plan, reader_of
from pipeline.batch.store import Known, Replaced, Store
from pipeline.stages import ingest
from pipeline.stages.survey import count_formats, nothing_to_read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.batch.progress import Progress
    from pipeline.batch.request import Request
    from pipeline.readers import ReadOptions
    from pipeline.stages.survey import Source, Survey


def ingest_changed(
    store: Store,
    request: Request,
    out: Path,
    options: ReadOptions,
    progress: Progress,
    expect: Callable[[int], None] = lambda _: None,
) -> int:
    """Bring the store's documents up to date with the sources.

    Args:
        store: Where the documents go.
        request: Names the sources.
        out: The output folder, which is never read as a source.
        options: How to read.
        progress: Is told how many documents were read.
        expect: Is told how many bytes are going to be.

    Returns:
        Number of documents read.

    Raises:
        UserError: As `plan` and `guard`, or most of a source is gone.
        Interrupted: See `stop`; what was read so far is kept.
    """
    todo = plan(store, request, out, options)
    _note(todo.survey, request, progress)
    shrinking = guard(store, request)
    shrinking.check(left(todo.held, todo), [source.name for source, _ in todo.read])
    progress.stage("ingest", None)
    expect(sum(source.size for source, _ in todo.read))
    shrinking.begin()
    n_documents = _read(store, todo, progress)
    # What is gone goes last: a renamed file is there by another name, once it is read.
    held = dict(store.documents_by_source())
    staying = left(held, todo)
    shrinking.check(staying)
    n_forgotten = sum(held.values()) - sum(staying.values())
    store.forget_sources(todo.gone)
    if n_forgotten:
        progress.note(
            f"forgot {n_forgotten:,} document(s) whose sources are gone or not named any more"
            + "; --append keeps them" * (not request.append)
        )
    shrinking.remember()
    return n_documents


def _note(survey: Survey, request: Request, progress: Progress) -> None:
    """Tell of what is not read."""
    if not survey.sources:
        nothing = nothing_to_read(request.sources, survey).fields
        progress.note("nothing to read in {paths}{instead}".format_map(nothing))
        return
    if survey.skipped:
        formats = count_formats(survey.skipped)
        progress.note(f"skipped {len(survey.skipped)} file(s) of other formats: {formats}")
    if survey.results:
        progress.note(f"left out as results of a run: {', '.join(survey.results)}")


def _read(store: Store, todo: Plan, progress: Progress) -> int:
    """Read sources, several small ones to a transaction."""
    n_documents = 0
    batch = _Batch(store, todo)
    with stop.heeded():
        for source, _ in todo.read:
            for documents, failures in ingest.ingest(source, todo.options):
                batch.add(source, documents, failures)
                n_documents += documents.num_rows
                for failure in failures.select(["doc_id", "code", "message"]).to_pylist():
                    progress.failed("ingest", **failure)
                progress.advance(documents.num_rows, sum(documents["n_chars"].to_pylist()))
                if stop.requested():
                    break
            else:
                batch.end(source)
            if stop.requested():
                break
        batch.commit()
    return n_documents


class _Batch:
    """Documents of one or more sources, until there are enough of them for a transaction."""

    def __init__(self, store: Store, todo: Plan) -> None:
        self.store = store
        self.todo = todo
        self.since = store.last_part()
        self._unread = set(todo.replaced)  # of which nothing was read so far
        self._clear()

    def _clear(self) -> None:
        self.tables: list[tuple[str, pa.Table, pa.Table]] = []
        self.whole: list[Known] = []
        self.begun: list[str] = []
        self.replaced: list[str] = []
        self.n_chars = self.n_rows = 0

    def add(self, source: Source, documents: pa.Table, failures: pa.Table) -> None:
        """Take a chunk of a source."""
        if source.name in self._unread:
            self._unread.remove(source.name)
            self.begun.append(source.name)
        before = self.todo.attempts.get(source.name, 0)
        self.tables.append((source.name, documents, _attempted(failures, before + 1)))
        self.n_chars += sum(documents["n_chars"].to_pylist())
        self.n_rows += documents.num_rows
        if self.n_chars >= ingest.CHUNK or self.n_rows >= ingest.CHUNK_ROWS:
            self.commit()

    def end(self, source: Source) -> None:
        """The source was read to its end, or as far as it can be read."""
        if source.name in self.todo.replaced:
            self.replaced.append(source.name)
        if source.path is not None:
            reader = reader_of(source.path, self.todo.options)
            known = (source.name, source.size, source.mtime_ns, source.root, reader)
            self.whole.append(Known(*known))

    def commit(self) -> None:
        """Store what there is."""
        # Of all that may be kept, those that end here: there may be a million.
        kept = self.todo.kept.intersection(self.replaced)
        replaced = Replaced(self.replaced, kept, self.since)
        self.store.add_documents(self.tables, self.whole, self.begun, replaced)
        self._clear()


def _attempted(failures: pa.Table, attempts: int) -> pa.Table:
    """The failures, the transient ones with the number of runs that tried."""
    counts = [attempts if code in errors.TRANSIENT else 1 for code in failures["code"].to_pylist()]
    index = failures.schema.get_field_index("attempts")
    field = failures.schema.field(index)
    return failures.set_column(index, field, pa.array(counts, field.type))
