"""Ingest over a whole list of sources: reads what is new or changed, forgets what is gone."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from dataclasses import astuple
from pathlib import PurePath
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
    roots = _roots(store, request)
    reader = hashlib.md5(  # noqa: S324 - tells versions apart, protects nothing
        repr((ingest.REVISION, astuple(options))).encode()
    ).hexdigest()
    known = store.known_sources()
    failed = set(store.failed_sources()) if request.retry_failed else set()
    changed = [
        source
        for source in survey.sources
        if source.path is None
        or source.name in failed
        or known.get(source.name) != (source.size, source.mtime_ns, reader)
    ]
    # Standard input, unreadable and half-read sources have documents, but are not known.
    held = dict(store.documents_by_source())
    found = {source.name for source in survey.sources}
    gone = [] if request.append else sorted((held.keys() | known.keys()) - found)
    guard = _Guard(store, roots, on=not request.allow_shrink)
    guard.check({name: n for name, n in held.items() if name not in set(gone)})
    if forgotten := sum(held.get(name, 0) for name in gone):
        progress.note(
            f"forgot {forgotten:,} document(s) whose sources are gone or not named any more; "
            "--append keeps them"
        )
    progress.stage("ingest", None)
    # Also what a killed run may have left of a changed source.
    store.forget_sources(gone + [source.name for source in changed])
    n_documents = _read(store, changed, reader, options, progress)
    guard.check(dict(store.documents_by_source()))
    guard.remember()
    return n_documents


def _roots(store: Store, request: Request) -> dict[str, str]:
    """Name to path of the sources that the user names, and with --append of those before.

    Raises:
        UserError: SOURCE_CLASH where --append brings another source of the same name.
    """
    roots = {
        os.path.basename(path): path  # noqa: PTH119 - a link keeps its name
        for path in (os.path.abspath(s) for s in request.sources if s != ingest.STDIN)  # noqa: PTH100
    }
    if request.append:
        before = json.loads(store.state("roots") or "{}")
        for name, path in roots.items():
            if before.get(name, path) != path:
                raise errors.UserError(errors.SOURCE_CLASH, name=name)
        roots = before | roots
    return roots


class _Guard:
    """Stops a run where a source lost more than half of its documents.

    What it compares with is what the last run that passed had, so that a run that was stopped
    does not make the loss look normal.
    """

    def __init__(self, store: Store, roots: dict[str, str], *, on: bool) -> None:
        self.store = store
        self.roots = roots
        self.before = json.loads(store.state("documents_by_root") or "{}") if on else {}
        self.now: dict[str, int] = {}

    def check(self, by_source: dict[str, int]) -> None:
        """See that enough is left; `by_source` counts documents.

        Raises:
            UserError: SHRUNK.
        """
        self.now = {}
        for name, documents in by_source.items():
            root = name.split("/")[0]
            self.now[root] = self.now.get(root, 0) + documents
        for root, before in self.before.items():
            # A root that is not named any more was left out on purpose.
            now = self.now.get(root, 0)
            if root in self.roots and before >= SHRINK_FROM and now < before / 2:
                raise errors.UserError(errors.SHRUNK, now=now, before=before)

    def remember(self) -> None:
        """Compare with this the next time."""
        with self.store.transaction():
            self.store.set_state("documents_by_root", json.dumps(self.now))
            self.store.set_state("roots", json.dumps(self.roots))


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
        self.unread: set[str] = set()
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
        if _TRANSIENT & set(failures["code"].to_pylist()):
            self.unread.add(source.name)
        if self.n_chars >= ingest.CHUNK or self.n_rows >= ingest.CHUNK_ROWS:
            self.commit()

    def end(self, source: Source) -> None:
        """The source was read to its end: it need not be read again before it changes."""
        if source.path is not None and source.name not in self.unread:
            self.whole.append((source.name, source.size, source.mtime_ns, self.reader))

    def commit(self) -> None:
        """Store what there is."""
        self.store.add_documents(self.tables, self.whole)
        self._clear()


def _skipped(names: list[str]) -> str:
    """What is left out of folders: `skipped 3 file(s) of other formats: 2 .pdf, 1 .zip`."""
    suffixes = Counter(PurePath(name).suffix.lower() or PurePath(name).name for name in names)
    some = ", ".join(f"{n} {suffix}" for suffix, n in suffixes.most_common(5))
    more = ", ..." if len(suffixes) > 5 else ""
    return f"skipped {len(names)} file(s) of other formats: {some}{more}"
