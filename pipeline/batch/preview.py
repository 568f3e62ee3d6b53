"""Looking ahead: what a run would do and why, without doing or changing anything."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import errors
from pipeline.batch import look, publish
from pipeline.batch.database import FILE
from pipeline.batch.folder import disk_errors
from pipeline.batch.guard import UNFINISHED, guard
from pipeline.batch.plan import left, plan
from pipeline.batch.shards import Pending
from pipeline.batch.store import Store
from pipeline.batch.takeover import take_over
from pipeline.batch.wanted import Wanted
from pipeline.layout import WORK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.batch.request import Request
    from pipeline.batch.shards import Work
    from pipeline.settings import Settings

RUNS = 5  # the last ones, that `status` tells of
PER_DOCUMENT = ("ingest", "tokenize", "extract")


@dataclass(frozen=True)
class _Documents:
    """How many documents a stage has to do, and why."""

    n: int
    why: list[str]


@dataclass(frozen=True)
class _ToDo:
    """What each stage has to do; of those over the whole corpus why, nothing where up to date."""

    tokenize: _Documents
    extract: _Documents
    resolve: list[str]
    write: list[str]


def status(settings: Settings) -> list[str]:
    """What an output folder holds and what each stage has to do in it, a line each.

    Raises:
        UserError: NOTHING_THERE, CANNOT_READ.
    """
    out = settings.out
    with publish.looking(out):
        if not (out / WORK / FILE).is_file():
            if publish.current(out) is None:
                raise errors.UserError(errors.NOTHING_THERE, path=out)
            return ["no store: the tables are of a dataset, or it was lost", *_published(out)]
    try:
        with _looking(out) as store:
            held = _held(store)
            todo = _to_do(store, Wanted(settings, store))
            run_id = store.state("run")
            runs = [*_stopped(store), *(_run(*run) for run in store.last_runs(RUNS))]
        lines = [*held, *_stages(todo, out, run_id), *runs]
    except errors.UserError as error:
        if error.problem is not errors.LOCKED:
            raise
        lines = ["a run is at work"]
    return [*lines, *_published(out)]


def dry_run(settings: Settings, request: Request) -> list[str]:
    """What a run would do and why, a line each.

    Raises:
        UserError: The run would be refused; LOCKED while another is at work.
    """
    with _looking(settings.out, anew=request.rebuild) as store:
        wanted = Wanted(settings, store, retry_failed=request.retry_failed)
        publish.see_free(settings.out, wanted.file_names())
        ingest = plan(store, request, settings.out, settings.reading())
        unread = [source.name for source, _ in ingest.read]
        guard(store, request).check(left(ingest.held, ingest), unread)
        lines = [f"ingest: {len(ingest.read):,} sources to read, {len(ingest.gone):,} to forget"]
        lines += [f"  read {source.name}: {why}" for source, why in ingest.read]
        lines += [f"  forget {name}: gone or not named any more" for name in ingest.gone]
        todo = _to_do(store, wanted)
        if ingest.read or ingest.gone:
            todo = replace(todo, resolve=["waits for ingest"], write=["waits for resolve"])
        run_id = store.state("run")
    also = "; and what is read" if ingest.read else ""
    return [*lines, *_stages(todo, settings.out, run_id, also)]


@contextlib.contextmanager
def _looking(out: Path, *, anew: bool = False) -> Iterator[Store]:
    """The store of an output folder, or an empty one where there is none or it is made anew."""
    with disk_errors(out):
        if (out / WORK / FILE).is_file() and not anew:
            with Store(out / WORK, read_only=True) as store:
                yield store
        else:
            with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
                take_over(store, out)
                yield store


def _held(store: Store) -> list[str]:
    """What a store holds."""
    n_failed = sum(store.count_failures(["ingest"]).values())
    return [
        f"{store.n_documents():,} documents from {store.n_sources():,} sources",
        f"ingest: {n_failed:,} failures" + "; the last did not end" * bool(store.state(UNFINISHED)),
    ]


def _to_do(store: Store, wanted: Wanted) -> _ToDo:
    """What is to do, and why."""
    tokenize = _documents(store, wanted.tokenization(), {})
    work = wanted.extraction()
    extract = _documents(store, work, {"wait for tokenize": tokenize.n})
    if extract.n and store.state("extract") != work.fingerprint:
        extract = replace(extract, why=[*extract.why, *_others(wanted, "extract")])
    resolved = wanted.resolution_key(work.fingerprint)
    resolve = ["waits for extract"] if extract.n else _reasons(store, wanted, "resolve", resolved)
    written = wanted.writing_key(resolved)
    write = ["waits for resolve"] if resolve else _reasons(store, wanted, "write", written)
    return _ToDo(tokenize, extract, resolve, write)


def _documents(store: Store, work: Work, waiting: dict[str, int]) -> _Documents:
    """What a stage has to do document by document.

    Args:
        store: Where they are pending.
        work: What the stage does.
        waiting: Number of documents that have to come through a stage before, by that reason.
    """
    reasons = waiting | Pending(store, work).reasons(store.state(work.stage))
    why = [f"{n:,} {reason}" for reason, n in reasons.items() if n]
    return _Documents(sum(reasons.values()), why)


def _reasons(store: Store, wanted: Wanted, stage: str, fingerprint: str) -> list[str]:
    """Why a stage over the whole corpus is to be done; nothing where it is up to date."""
    before = store.state(stage)
    if before == fingerprint:
        return []
    if before is None:
        return ["not done yet"]
    why = _others(wanted, stage)
    if store.state("resolved") != store.state("generation"):
        why.append("documents, or the names in them, changed")
    if stage == "write" and store.state("written") not in (None, store.state("resolve")):
        why.append("not finished since resolve was")
    return why or ["a file that it goes by changed, or nb-entities itself"]


def _others(wanted: Wanted, stage: str) -> list[str]:
    """That the settings of a stage are not those of the last run, if so."""
    others = wanted.differing(stage)
    return [f"the last run had {' and '.join(others)}"] * bool(others)


def _stages(todo: _ToDo, out: Path, run_id: str | None, also: str = "") -> list[str]:
    """What is to do, a line a stage; once the store is closed, since reading tables takes long.

    Args:
        todo: What the store says.
        out: The output folder.
        run_id: The run whose tables are published.
        also: What else is to be worked on document by document.
    """
    write = todo.write
    if not write and not look.is_whole(out, run_id):
        write = ["the tables are not as their run wrote them"]
    return [
        _per_document("tokenize", todo.tokenize) + also,
        _per_document("extract", todo.extract) + also,
        _over_all("resolve", todo.resolve),
        _over_all("write", write),
    ]


def _per_document(stage: str, documents: _Documents) -> str:
    why = f" ({'; '.join(documents.why)})" if documents.why else ""
    return f"{stage}: {documents.n:,} documents to do{why}"


def _over_all(stage: str, why: list[str]) -> str:
    return f"{stage}: to do ({'; '.join(why)})" if why else f"{stage}: up to date"


def _run(run_id: str, seconds: float, summary: dict[str, Any]) -> str:
    """A finished run in a line."""
    worked = max(summary["worked"].get(stage, 0) for stage in PER_DOCUMENT)
    new = summary["new_entities"]
    done = f"{seconds:.0f} s, {worked:,} documents worked on, {new:,} new entities"
    return f"run of {_when(run_id)}: {done}"


def _stopped(store: Store) -> list[str]:
    """What stopped the last run, if something did."""
    stop = store.last_stop()
    return [f"run of {_when(stop[0])} stopped: {stop[1]}"] if stop else []


def _when(run_id: str) -> str:
    return f"{run_id[:4]}-{run_id[4:6]}-{run_id[6:8]} {run_id[9:11]}:{run_id[11:13]} UTC"


def _published(out: Path) -> list[str]:
    try:
        if publish.current(out) is None:
            return ["nothing is published yet"]
        manifest = publish.read_manifest(out)
    except errors.UserError as error:
        return [f"published: {error}"]
    lines = [f"published: run {manifest['run_id']}, model {manifest['model']}"]
    for name in ("documents", "failures"):
        counts = ", ".join(f"{n:,} {what}" for what, n in manifest[name].items())
        lines.append(f"{name}: {counts or 'none'}")
    for name, files in manifest["tables"].items():
        lines.append(f"{name}: {files[0]['rows']:,} rows")
    return lines
