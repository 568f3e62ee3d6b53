"""Ingest over a whole list of sources: reads what is new or changed, forgets what is gone."""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from typing import TYPE_CHECKING

from pipeline import errors
from pipeline.batch.store import Store
from pipeline.stages import ingest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

    from pipeline.batch.progress import Progress
    from pipeline.batch.request import Request
    from pipeline.readers import ReadOptions
    from pipeline.stages.ingest import Source

SHRINK_FROM = 20  # documents; fewer come and go

_TRANSIENT = {
    problem.code
    for problem in vars(errors).values()
    if isinstance(problem, errors.Problem) and not problem.terminal
}


def ingest_changed(
    store: Store, request: Request, out: Path, options: ReadOptions, progress: Progress
) -> int:
    """Bring the store's documents up to date with the sources.

    Args:
        store: Where the documents go.
        request: Names the sources.
        out: The output folder, which is never read as a source.
        options: How to read.
        progress: Is told how many documents were read.

    Returns:
        Number of documents read.

    Raises:
        UserError: A source is missing, nothing can be read, or most of a source is gone.
    """
    survey = ingest.survey(request.sources, without=[out])
    if survey.skipped:
        progress.note(_skipped(survey.skipped))
    reader = hashlib.md5(  # noqa: S324 - tells versions apart, protects nothing
        repr((ingest.REVISION, astuple(options))).encode()
    ).hexdigest()
    known = store.known_sources()
    found = {source.name for source in survey.sources}
    gone = [] if request.append else [name for name in known if name not in found]
    if not request.allow_shrink:
        _guard(store, gone)
    failed = set(store.failed_sources()) if request.retry_failed else set()
    changed = [
        source
        for source in survey.sources
        if source.path is None
        or source.name in failed
        or known.get(source.name) != (source.size, source.mtime_ns, reader)
    ]
    progress.stage("ingest", None)
    # Also what a killed run may have left of a changed source.
    store.forget_sources(gone + [source.name for source in changed])
    return _read(store, changed, reader, options, progress)


def _read(
    store: Store, sources: Iterable[Source], reader: str, options: ReadOptions, progress: Progress
) -> int:
    """Read sources, several small ones to a transaction."""
    n_documents = 0
    batch = _Batch(store, reader)
    for source in sources:
        for documents, failures in ingest.ingest(source, options):
            batch.add(source, documents, failures)
            n_documents += documents.num_rows
            progress.advance(documents.num_rows, sum(documents["n_chars"].to_pylist()))
        batch.end(source)
    batch.commit()
    return n_documents


class _Batch:
    """Documents of one or more sources, until there are enough of them for a transaction."""

    def __init__(self, store: Store, reader: str) -> None:
        self.store = store
        self.reader = reader
        self._clear()

    def _clear(self) -> None:
        self.tables: list[tuple[str, pa.Table, pa.Table]] = []
        self.whole: list[tuple[str, int, int, str]] = []
        self.n_chars = self.n_rows = 0

    def add(self, source: Source, documents: pa.Table, failures: pa.Table) -> None:
        """Take a chunk of a source."""
        self.tables.append((source.name, documents, failures))
        self.n_chars += sum(documents["n_chars"].to_pylist())
        self.n_rows += documents.num_rows
        if self.n_chars >= ingest.CHUNK or self.n_rows >= ingest.CHUNK_ROWS:
            self.commit()

    def end(self, source: Source) -> None:
        """The source was read to its end: it need not be read again before it changes."""
        codes = {code for _, _, failures in self.tables for code in failures["code"].to_pylist()}
        if source.path is not None and not codes & _TRANSIENT:
            self.whole.append((source.name, source.size, source.mtime_ns, self.reader))

    def commit(self) -> None:
        """Store what there is."""
        self.store.add_documents(self.tables, self.whole)
        self._clear()


def _guard(store: Store, gone: list[str]) -> None:
    """Stop where a source root lost more than half of its documents."""
    now: dict[str, int] = {}
    before: dict[str, int] = {}
    missing = set(gone)
    for name, documents in store.documents_by_source():
        root = name.split("/")[0]
        before[root] = before.get(root, 0) + documents
        now[root] = now.get(root, 0) + (0 if name in missing else documents)
    for root, documents in before.items():
        # A root that is not named any more was left out on purpose.
        if 0 < now[root] < documents / 2 and documents >= SHRINK_FROM:
            raise errors.UserError(errors.SHRUNK, now=now[root], before=documents)


def _skipped(names: list[str]) -> str:
    some = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    return f"skipped {len(names)} file(s) that are no articles: {some}"
