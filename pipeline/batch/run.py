"""A run: the stages over all documents, doing only what is new or changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb
from filelock import FileLock, Timeout

from pipeline import errors, models, schemas
from pipeline.batch import publish, tables, workers
from pipeline.batch.progress import Progress
from pipeline.batch.request import Report, Request
from pipeline.batch.shards import Work
from pipeline.batch.store import Failure, Store, first_line
from pipeline.batch.tasks import ExtractTask, Task, TokenizeTask
from pipeline.stages.ingest import WORK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.settings import Settings


def run(settings: Settings, request: Request, progress: Progress | None = None) -> Report:
    """Do some stages over all documents, or all of them.

    Args:
        settings: See `Settings`.
        request: Which stages over which sources.
        progress: Is told how far the run is.

    Raises:
        UserError: Anything that stops the run; the published tables are then as before.
    """
    out = settings.out
    with _disk_errors(out), _lock(out, wait=request.wait):
        publish.discard(out)
        with Store(out / WORK) as store:
            batch = _Batch(settings, request, store, progress or Progress())
            # What cannot be used or overwritten stops the run before it starts.
            if "extract" in request.stages:
                batch.extraction()
            if "write" in request.stages:
                publish.make_way(out, batch.file_names())
            for stage in schemas.STAGES:
                if stage in request.stages:
                    getattr(batch, stage)()
            return batch.report()


def status(settings: Settings) -> list[str]:
    """What an output folder holds and what a run would do in it, a line each.

    Raises:
        UserError: NOTHING_THERE; LOCKED while a run is at work.
    """
    out = settings.out
    if not (out / WORK).is_dir():
        raise errors.UserError(errors.NOTHING_THERE, path=out)
    with _disk_errors(out), _lock(out, wait=False), Store(out / WORK) as store:
        batch = _Batch(settings, Request(), store, Progress())
        lines = [f"{store.n_documents():,} documents from {store.n_sources():,} sources"]
        lines += [
            f"{work.stage}: {work.count(store):,} documents to do"
            for work in (batch.tokenization(), batch.extraction())
        ]
        if publish.current(out) is None:
            return [*lines, "nothing is published yet"]
        manifest = publish.read_manifest(out)
        lines.append(f"published: run {manifest['run_id']}, model {manifest['model']}")
        for name in ("documents", "failures"):
            counts = ", ".join(f"{n:,} {what}" for what, n in manifest[name].items())
            lines.append(f"{name}: {counts or 'none'}")
        for name, files in manifest["tables"].items():
            lines.append(f"{name}: {files[0]['rows']:,} rows")
        return lines


class _Batch:
    """One run over one store: a method a stage, which does what is pending."""

    def __init__(
        self, settings: Settings, request: Request, store: Store, progress: Progress
    ) -> None:
        self.settings = settings
        self.request = request
        self.store = store
        self.progress = progress
        self.worked: dict[str, int] = {}

    def ingest(self) -> None:
        """Sources to documents."""
        from pipeline.batch.sources import ingest_changed
        from pipeline.readers import ReadOptions

        settings = self.settings
        options = ReadOptions(
            encoding=settings.encoding,
            text_column=settings.text_column,
            id_column=settings.id_column,
            title_column=settings.title_column,
            date_column=settings.date_column,
        )
        self.worked["ingest"] = ingest_changed(
            self.store, self.request, settings.out, options, self.progress
        )

    def tokenize(self) -> None:
        """Documents to tokens."""
        self._needs("tokenize", "ingest", done=self.store.n_documents() > 0)
        work = self.tokenization()
        self._per_document(TokenizeTask(), work)
        self.store.set_state("tokenize", work.fingerprint)

    def extract(self) -> None:
        """Documents and tokens to names."""
        self._needs("extract", "tokenize", done=not self.tokenization().missing(self.store))
        work = self.extraction()
        self._per_document(ExtractTask(str(self._model.path), self.settings.gazetteer), work)
        self.store.set_state("extract", work.fingerprint)
        self.store.set_state("model", f"{self._model.name} {self._model.version}")
        self.store.sweep({"tokenize": str(work.tokenize), "extract": work.fingerprint})

    def file_names(self) -> list[str]:
        """The files that this run would publish."""
        from pipeline.stages.write import file_name

        tables = [file_name(t, form) for t in schemas.PUBLISHED for form in self._formats]
        return [*tables, publish.MANIFEST]

    def tokenization(self) -> Work:
        """What tokenize does, and by what its results are known."""
        from spacy.about import __version__ as spacy_version

        from pipeline import language

        fingerprint = _digest(language.TOKENIZE_REVISION, spacy_version)
        return Work("tokenize", fingerprint, None, self.request.retry_failed)

    def extraction(self) -> Work:
        """What extract does, and by what its results are known."""
        from pipeline import language
        from pipeline.language.gazetteer.read import read_gazetteer

        gazetteer = self.settings.gazetteer
        tokenize = self.tokenization().fingerprint
        fingerprint = _digest(
            language.EXTRACT_REVISION,
            self._model.fingerprint,
            read_gazetteer(gazetteer) if gazetteer else None,
            tokenize,
        )
        return Work("extract", fingerprint, tokenize, self.request.retry_failed)

    def resolve(self) -> None:
        """Names to entities."""
        from pipeline import knowledge
        from pipeline.stages import resolve

        tokenized = self._fingerprint_of("tokenize", needed_by="extract")
        extracted = self._fingerprint_of("extract", needed_by="resolve")
        wanted = _digest(
            resolve.REVISION,
            knowledge.REVISION,
            extracted,
            self.settings.types,
            self.store.state("generation"),
        )
        tables.prepare(self.store, tokenized, extracted)
        for work in (Work("tokenize", tokenized), Work("extract", extracted, tokenized)):
            self._needs("resolve", work.stage, done=not work.missing(self.store))
        if self.store.state("resolve") == wanted:
            self.worked["resolve"] = 0
            return
        self.progress.stage("resolve", None)
        with self.store.transaction():
            self.store.connection.execute(f"CREATE OR REPLACE TEMP VIEW found AS {tables.FOUND}")
            self.store.connection.execute(f"CREATE OR REPLACE TEMP VIEW dates AS {tables.DATES}")
            resolve.resolve(self.store.connection, self.settings.types)
            self.store.set_state("resolve", wanted)
            self.store.set_state("resolved", str(self.store.state("generation")))
            self.store.set_state("types", " ".join(self.settings.types))
        self.worked["resolve"] = self.store.n_documents()

    def write(self) -> None:
        """Tables to files, published at once."""
        from pipeline.batch import look
        from pipeline.stages.write import REVISION

        resolved = self._fingerprint_of("resolve", needed_by="write")
        current = self.store.state("resolved") == self.store.state("generation")
        self._needs("write", "resolve", done=current)
        out = self.settings.out
        wanted = _digest(resolved, self._formats, schemas.SCHEMA_VERSION, REVISION)
        tables.prepare(
            self.store,
            self._fingerprint_of("tokenize", needed_by="extract"),
            self._fingerprint_of("extract", needed_by="resolve"),
        )
        if self.store.state("write") == wanted and look.is_whole(out):
            self.worked["write"] = 0
            return
        self.progress.stage("write", None)
        now = datetime.now(UTC)
        run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        folder = publish.new_folder(out, run_id)
        manifest = self._manifest(run_id, now) | {"tables": self._write_tables(folder)}
        publish.publish(out, folder, manifest)
        with self.store.transaction():
            self.store.remember_published()
            self.store.set_state("write", wanted)
        self.worked["write"] = self.store.n_documents()

    def report(self) -> Report:
        """What this run did, and what is published now if it came to that."""
        out = self.settings.out
        report = Report(worked=self.worked)
        if "write" not in self.request.stages:
            report.failures = self.store.count_failures(self.request.stages)
        elif publish.current(out) is not None:
            manifest = publish.read_manifest(out)
            report.run_id = manifest["run_id"]
            report.documents = manifest["documents"]
            report.failures = manifest["failures"]
            report.files = [
                out / file["name"] for files in manifest["tables"].values() for file in files
            ]
        return report

    # ---------------------------------------------------------------------------------------------

    @cached_property
    def _model(self) -> models.Model:
        return models.find(self.settings.model)

    @property
    def _formats(self) -> list[str]:
        return [*self.settings.format, *["excel"] * self.settings.excel]

    def _per_document(self, task: Task, work: Work) -> None:
        documents = work.count(self.store)
        self.worked[work.stage] = documents
        self.progress.stage(work.stage, documents)
        for shard, outcome in workers.run(task, work.shards(self.store), self.settings.workers):
            if isinstance(outcome, Failure):
                self.store.fail(work.stage, outcome)
            else:
                self.store.finish(work.stage, outcome.keys, outcome.rows)
            self.progress.advance(shard.documents.num_rows, shard.n_chars)

    def _needs(self, stage: str, before: str, *, done: bool) -> None:
        if not done:
            raise errors.UserError(
                errors.STAGE_FIRST, stage=stage, before=before, path=self.settings.out
            )

    def _fingerprint_of(self, stage: str, *, needed_by: str) -> str:
        """The fingerprint that a stage had when it last finished."""
        fingerprint = self.store.state(stage)
        self._needs(needed_by, stage, done=fingerprint is not None)
        return str(fingerprint)

    def _write_tables(self, folder: Path) -> dict[str, list[dict[str, Any]]]:
        from pipeline.stages.write import write

        return {
            table.name: [
                asdict(written)
                for written in write(table, tables.read(self.store, table), folder, self._formats)
            ]
            for table in schemas.PUBLISHED
        }

    def _manifest(self, run_id: str, now: datetime) -> dict[str, Any]:
        import importlib.metadata

        from pipeline.stages.resolve import LARGEST_PAIRED

        return {
            "run_id": run_id,
            "finished": now.isoformat(timespec="seconds"),
            "schema_version": schemas.SCHEMA_VERSION,
            "versions": {
                name: importlib.metadata.version(name) for name in ("nb-entities", "spacy")
            },
            "model": self.store.state("model"),
            "types": (self.store.state("types") or "").split(),
            "documents": dict(tables.count(self.store, "documents", "status")),
            "failures": dict(tables.count(self.store, "failures", "code")),
            "cooccurrences": f"documents and sentences with more than {LARGEST_PAIRED} entities"
            " are not counted",
        }


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps([repr(part) for part in parts]).encode()).hexdigest()[:32]


@contextlib.contextmanager
def _lock(out: Path, *, wait: bool) -> Iterator[None]:
    folder = out / WORK
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock", timeout=-1 if wait else 0)
    try:
        lock.acquire()
    except Timeout:
        raise errors.UserError(errors.LOCKED, path=out) from None
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    """Say in one line that the output folder, or the store in it, cannot be used."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        reason = getattr(error, "strerror", None) or first_line(error)
        raise errors.UserError(errors.CANNOT_WRITE, path=out, reason=reason) from error
    except duckdb.Error as error:
        raise errors.UserError(errors.STORE_FAILED, path=out, reason=first_line(error)) from error
