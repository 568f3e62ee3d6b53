"""Ingest over a whole list of sources: reads what is new or changed, forgets what is gone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import errors
from pipeline.batch import fingerprints, stop
from pipeline.batch.store import MAX_ATTEMPTS, Known, Store
from pipeline.readers import format_of
from pipeline.stages import ingest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from pipeline.batch.progress import Progress
    from pipeline.batch.request import Request
    from pipeline.readers import ReadOptions
    from pipeline.stages.ingest import Source, Survey

SHRINK_FROM = 20  # documents; fewer come and go
_FEW = 3  # names that a message has room for

_TRANSIENT = {
    problem.code
    for problem in vars(errors).values()
    if isinstance(problem, errors.Problem) and not problem.terminal
}
# Trying costs nothing, and only the user can mend it.
_UNTIL_MENDED = {errors.EXTRA_MISSING.code}
_AGAIN = "failed before"

# Values of the store's.
ROOTS = "roots"  # JSON; name to path of what the user named, once an ingest ended well
COUNTS = "documents_by_root"  # JSON; those that the next run is compared with
UNFINISHED = "ingest at work"  # yes: what the store has is not what there is to read


@dataclass(frozen=True, slots=True)
class Plan:
    """What ingest has to do.

    Attributes:
        read: The sources to read, and why.
        gone: Names of the sources whose documents are to be forgotten.
        kept: Names of those to read that have documents and cannot be looked at now, which need not
            mean that the documents are gone.
        attempts: Name to how often a source could not be read so far, where that counts.
        options: How to read.
        survey: All that there is to read, and what is left out.
    """

    read: list[tuple[Source, str]]
    gone: list[str]
    kept: set[str]
    attempts: dict[str, int]
    options: ReadOptions
    survey: Survey


def plan(store: Store, request: Request, out: Path, options: ReadOptions) -> Plan:
    """Find out what is new, changed or gone; nothing is read and nothing changed.

    Args:
        store: Knows what was read before.
        request: Names the sources.
        out: The output folder, which is never read as a source.
        options: How to read.

    Raises:
        UserError: A source is missing, there is nothing to read where there has to be, or what is
            to be kept is not there.
    """
    survey = ingest.survey(request.sources, without=[out])
    if not survey.sources:
        _see_emptied(store, request, survey)
    known = store.known_sources()
    read, counted = _to_read(store, request, survey, known, options)
    held = dict(store.documents_by_source())
    if not request.allow_shrink:
        _see_kept(store, request, survey, held.keys())
    # Standard input and half-read sources have documents, but are not known.
    gone = sorted((held.keys() | known.keys()) - {source.name for source in survey.sources})
    # What is in a folder that cannot be opened now need not be gone.
    unseen = _unseen(survey)
    gone = [name for name in gone if not request.append and unseen.isdisjoint(_folders(name))]
    kept = {source.name for source, _ in read if source.name in unseen and held.get(source.name)}
    return Plan(read, gone, kept, counted, options, survey)


def _to_read(
    store: Store,
    request: Request,
    survey: Survey,
    known: Mapping[str, Known],
    options: ReadOptions,
) -> tuple[list[tuple[Source, str]], dict[str, int]]:
    """The sources that are to be read and why, and how often those that failed were tried."""
    failed = store.failed_sources()
    attempts = {name: n for name, code, n in failed if code in _TRANSIENT}
    again = {
        name
        for name, code, n in failed
        if request.retry_failed or code in _UNTIL_MENDED or (name in attempts and n < MAX_ATTEMPTS)
    }

    def reason(source: Source) -> str | None:
        before = known.get(source.name)
        if source.path is None:
            return "standard input"
        if before is None:
            return "new"
        if (before.size, before.mtime_ns) != (source.size, source.mtime_ns):
            return "changed"
        if before.root != source.root:
            return "from another folder"
        if before.reader != _reader(source.path, options):
            return "to be read in another way"
        return _AGAIN if source.name in again else None

    read = [(source, why) for source in survey.sources if (why := reason(source))]
    counted = {s.name: attempts[s.name] for s, why in read if s.name in attempts and why == _AGAIN}
    return read, counted


def _unseen(survey: Survey) -> set[str]:
    """Names of the files and folders that cannot be looked at."""
    return {source.name for source in survey.sources if source.is_unseen}


def _folders(name: str) -> list[str]:
    """The folders that a source is in, by name: `a` and `a/b` of `a/b/1.txt`."""
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _see_emptied(store: Store, request: Request, survey: Survey) -> None:
    """See that there may be nothing to read: to be added, or since what was there is gone.

    Raises:
        UserError: SOURCE_EMPTY where nothing was there before; SHRUNK, however little was there,
            unless that it is gone is meant so.
    """
    before = json.loads(store.state(COUNTS) or "{}")
    if request.append and before:
        return
    emptied = [name for name, _ in map(ingest.root, request.sources) if before.get(name)]
    if not emptied:
        raise ingest.nothing_to_read(request.sources, survey)
    if not request.allow_shrink:
        name = emptied[0]
        raise errors.UserError(errors.SHRUNK, name=name, now=0, before=before[name])


def _see_kept(store: Store, request: Request, survey: Survey, held: Collection[str]) -> None:
    """See that a new store, which has nothing of before, is not to keep anything unread.

    That is what --append keeps, and what is in files and folders that cannot be looked at.

    Args:
        store: Knows which sources the published tables have, where it is new.
        request: Whether it is to append.
        survey: What there is to read.
        held: Names of the sources of which the store has something.

    Raises:
        UserError: CANNOT_KEEP.
    """
    unseen = _unseen(survey)
    seen = {source.name for source in survey.sources} - unseen
    # A folder that could not be opened is there now, if its files are.
    there = seen.union(held, *map(_folders, seen)) if store.published_sources else seen

    def is_missing(name: str, n_documents: int) -> bool:
        closed = name in unseen or not unseen.isdisjoint(_folders(name))
        kept = request.append and name not in unseen
        return name not in there and (kept or (closed and n_documents > 0))

    missing = sorted(name for name, n in store.published_sources.items() if is_missing(name, n))
    if missing:
        more = f" and {len(missing) - _FEW:,} more" if len(missing) > _FEW else ""
        raise errors.UserError(errors.CANNOT_KEEP, names=", ".join(missing[:_FEW]) + more)


def _reader(path: Path, options: ReadOptions) -> str:
    return fingerprints.reading(format_of(path.name)[0], options)


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
        UserError: As `plan`, or most of a source is gone.
        Interrupted: See `stop`; what was read so far is kept.
    """
    todo = plan(store, request, out, options)
    _note(todo.survey, request, progress)
    shrinking = guard(store, request)
    forgotten = lost(store, todo)
    shrinking.check_loss(forgotten)
    if n_forgotten := sum(forgotten.values()):
        progress.note(
            f"forgot {n_forgotten:,} document(s) whose sources are gone or not named any more; "
            "--append keeps them"
        )
    progress.stage("ingest", None)
    expect(sum(source.size for source, _ in todo.read))
    store.set_state(UNFINISHED, "yes")
    # Also what a killed run may have left of a changed source.
    changed = [source.name for source, _ in todo.read if source.name not in todo.kept]
    store.forget_sources(todo.gone + changed)
    store.forget_unread(sorted(todo.kept))
    n_documents = _read(store, todo, progress)
    shrinking.check(dict(store.documents_by_source()))
    shrinking.remember()
    return n_documents


def _note(survey: Survey, request: Request, progress: Progress) -> None:
    """Tell of what is not read."""
    if not survey.sources:
        nothing = ingest.nothing_to_read(request.sources, survey).fields
        progress.note("nothing to read in {paths}{instead}".format_map(nothing))
        return
    if survey.skipped:
        formats = ingest.count_formats(survey.skipped)
        progress.note(f"skipped {len(survey.skipped)} file(s) of other formats: {formats}")
    if survey.results:
        progress.note(f"left out as results of a run: {', '.join(survey.results)}")


def lost(store: Store, todo: Plan) -> dict[str, int]:
    """The sources that are to be forgotten, and how many documents they had."""
    held = dict(store.documents_by_source())
    return {name: held.get(name, 0) for name in todo.gone}


def guard(store: Store, request: Request) -> Guard:
    """What stops a run whose sources shrink.

    Raises:
        UserError: SOURCE_CLASH.
    """
    return Guard(store, _roots(store, request), on=not request.allow_shrink)


def _roots(store: Store, request: Request) -> dict[str, str]:
    """Name to path of the sources that the user names, and with --append of those before.

    Raises:
        UserError: SOURCE_CLASH where --append brings another source of the same name.
    """
    roots = dict(map(ingest.root, request.sources))
    if request.append:
        before = json.loads(store.state(ROOTS) or "{}")
        for name, path in roots.items():
            if before.get(name, path) != path:
                raise ingest.clash(name, before[name], path)
        roots = before | roots
    return roots


class Guard:
    """Stops a run where a source lost more than half of its documents.

    What it compares with is what the last run that passed had, so that a run that was stopped
    does not make the loss look normal.
    """

    def __init__(self, store: Store, roots: dict[str, str], *, on: bool) -> None:
        self.store = store
        self.roots = roots
        self.before = json.loads(store.state(COUNTS) or "{}") if on else {}
        self.now: dict[str, int] = {}

    def check_loss(self, by_source: dict[str, int]) -> None:
        """See that enough would be left without these documents.

        Not whether enough is there: a run that was killed may have forgotten changed sources
        without coming to read them.

        Raises:
            UserError: SHRUNK.
        """
        for root, lost in by_root(by_source).items():
            self._check(root, self.before.get(root, 0) - lost)

    def check(self, by_source: dict[str, int]) -> None:
        """See that enough is there; `by_source` counts documents.

        Raises:
            UserError: SHRUNK.
        """
        self.now = by_root(by_source)
        for root in self.before:
            self._check(root, self.now.get(root, 0))

    def _check(self, root: str, now: int) -> None:
        before = self.before.get(root, 0)
        # A root that is not named any more was left out on purpose.
        if root in self.roots and before >= SHRINK_FROM and now < before / 2:
            raise errors.UserError(errors.SHRUNK, name=root, now=max(now, 0), before=before)

    def remember(self) -> None:
        """Compare with this the next time, and let the stages that follow work on it."""
        with self.store.transaction():
            self.store.set_state(COUNTS, json.dumps(self.now))
            self.store.set_state(ROOTS, json.dumps(self.roots))
            self.store.set_state(UNFINISHED, "")


def by_root(by_source: dict[str, int]) -> dict[str, int]:
    """Documents of the files and folders that the user named, from those of each source."""
    counts: Counter[str] = Counter()
    for name, documents in by_source.items():
        counts[_root_of(name)] += documents
    return dict(counts)


def _root_of(name: str) -> str:
    """Name of the file or folder that the user named, from that of a source in it."""
    return name.partition("/")[0]


def _read(store: Store, todo: Plan, progress: Progress) -> int:
    """Read sources, several small ones to a transaction."""
    n_documents = 0
    batch = _Batch(store, todo)
    with stop.heeded():
        for source, _ in todo.read:
            for documents, failures in ingest.ingest(source, todo.options):
                batch.add(source, documents, failures)
                n_documents += documents.num_rows
                for failure in failures.select(["doc_id", "code"]).to_pylist():
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
        self._kept = store.documents_among(todo.kept)
        self._clear()

    def _clear(self) -> None:
        self.tables: list[tuple[str, pa.Table, pa.Table]] = []
        self.whole: list[Known] = []
        self.n_chars = self.n_rows = 0

    def add(self, source: Source, documents: pa.Table, failures: pa.Table) -> None:
        """Take a chunk of a source."""
        if source.name in self._kept:
            documents = documents.slice(0, 0)  # the failure is that document's
        before = self.todo.attempts.get(source.name, 0)
        self.tables.append((source.name, documents, _attempted(failures, before + 1)))
        self.n_chars += sum(documents["n_chars"].to_pylist())
        self.n_rows += documents.num_rows
        if self.n_chars >= ingest.CHUNK or self.n_rows >= ingest.CHUNK_ROWS:
            self.commit()

    def end(self, source: Source) -> None:
        """The source was read to its end, or as far as it can be read."""
        if source.path is not None:
            reader = _reader(source.path, self.todo.options)
            known = (source.name, source.size, source.mtime_ns, source.root, reader)
            self.whole.append(Known(*known))

    def commit(self) -> None:
        """Store what there is."""
        self.store.add_documents(self.tables, self.whole)
        self._clear()


def _attempted(failures: pa.Table, attempts: int) -> pa.Table:
    """The failures, the transient ones with the number of runs that tried."""
    counts = [attempts if code in _TRANSIENT else 1 for code in failures["code"].to_pylist()]
    index = failures.schema.get_field_index("attempts")
    field = failures.schema.field(index)
    return failures.set_column(index, field, pa.array(counts, field.type))
