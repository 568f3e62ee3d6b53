"""A run: the stages over all documents, doing only what is new or changed."""

from __future__ import annotations

import contextlib
import shutil
import time
from typing import TYPE_CHECKING

import duckdb

from pipeline import errors, vocabulary
from pipeline.batch import canary, corpus, export, publish, sources, stop, tables, workers
from pipeline.batch.database import FILE
from pipeline.batch.folder import disk_errors, lock
from pipeline.batch.guard import UNFINISHED
from pipeline.batch.progress import Progress
from pipeline.batch.request import Report, Request
from pipeline.batch.restore import restore
from pipeline.batch.shards import SHARD_CHARS, Pending, Work
from pipeline.batch.store import Failure, Store
from pipeline.batch.takeover import take_over
from pipeline.batch.tasks import ExtractTask, Task, TokenizeTask
from pipeline.batch.wanted import Wanted
from pipeline.layout import WORK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.settings import Settings

# What DuckDB may take: before the workers have ended, and after.
_BESIDE_WORKERS, _ALONE = "512MB", "1GB"
_ANEW = "anew"  # where a store is made that takes the place of the one before
_INGEST = "ingest SOURCE"  # the stage that a message tells to run, with what it needs


def run(settings: Settings, request: Request, progress: Progress | None = None) -> Report:
    """Do some stages over all documents, or all of them.

    Args:
        settings: See `Settings`.
        request: Which stages over which sources.
        progress: Is told how far the run is.

    Raises:
        UserError: Anything that stops the run; the published tables are then as before.
        Interrupted: A signal did; see `stop`.
    """
    out = settings.out
    stop.publishing(done=False)
    with disk_errors(out):
        _see_begun(out, request)
    with disk_errors(out), lock(out, wait=request.wait):
        restore(out)
        publish.discard(out)
        anew = out / WORK / _ANEW
        shutil.rmtree(anew, ignore_errors=True)
        with (
            Store(anew if request.rebuild else out / WORK) as store,
            Batch(settings, request, store, progress or Progress()) as batch,
        ):
            batch.check()
            take_over(store, out)
            batch.progress.begin(batch.run_id)
            for stage in vocabulary.STAGES:
                if stage in request.stages:
                    began = time.monotonic()
                    by_store = stage in ("resolve", "write")
                    store.limit(_ALONE if by_store else _BESIDE_WORKERS, every_core=by_store)
                    getattr(batch, stage)()
                    batch.done.seconds[stage] = round(time.monotonic() - began, 3)
            if request.export:
                batch.export(request.export)
            if "write" in request.stages:
                # The tables are published: what fails here is done by the next run.
                with contextlib.suppress(OSError, duckdb.Error):
                    batch.remember()
                    store.compact()
            return batch.report()


def _see_begun(out: Path, request: Request) -> None:
    """See, before the lock leaves a folder where there was none, that ingest was here.

    Raises:
        UserError: STAGE_FIRST.
    """
    if "ingest" not in request.stages and not request.wait and not (out / WORK / FILE).exists():
        stage = next(stage for stage in vocabulary.STAGES if stage in request.stages)
        raise errors.UserError(errors.STAGE_FIRST, stage=stage, before=_INGEST, path=out)


class Batch:
    """One run over one store: a method a stage, which does what is pending."""

    def __init__(
        self, settings: Settings, request: Request, store: Store, progress: Progress
    ) -> None:
        self.settings = settings
        self.request = request
        self.store = store
        self.progress = progress
        self.workers = workers.Workers(settings.workers, settings.worker_memory)
        self.run_id = corpus.new_run_id()
        self.done = Report()
        self.wanted = Wanted(settings, store, retry_failed=request.retry_failed)
        self._prepared: tuple[str, str] | None = None

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, _: object, error: object, __: object) -> None:
        self.workers.end()
        if isinstance(error, errors.UserError):  # `status` tells of it until a run ends well
            with contextlib.suppress(duckdb.Error, OSError):
                self.store.remember_stop(self.run_id, str(error))

    def check(self) -> None:
        """See that what is given can be used, and that nothing stands in the way of the tables.

        Raises:
            UserError: About the model, the gazetteer, the aliases, or IN_THE_WAY.
        """
        if "extract" in self.request.stages:
            self.wanted.extraction()
        if "resolve" in self.request.stages:
            self.wanted.aliases()
        if "write" in self.request.stages:
            publish.see_free(self.settings.out, self.wanted.file_names())
        if self.request.export:
            export.see_replaceable(self.request.export)

    def ingest(self) -> None:
        """Sources to documents."""
        self.done.worked["ingest"] = sources.ingest_changed(
            self.store,
            self.request,
            self.settings.out,
            self.settings.reading(),
            self.progress,
            self._expect,
        )
        ((self.done.n_undated, self.done.undated),) = self.store.rows(
            "SELECT count(*), min(doc_id) FROM documents WHERE list_contains(repairs, 'date')"
        )
        if self.request.rebuild:  # only now: the sources may have been refused
            work = self.settings.out / WORK
            self.store.move(work)
            shutil.rmtree(work / _ANEW, ignore_errors=True)

    def _expect(self, size: int) -> None:
        """Begin with the workers while this process reads, where there is work for several."""
        if size > self.settings.workers * SHARD_CHARS and "extract" in self.request.stages:
            self.workers.prepare([TokenizeTask(), self._extract_task()])

    def _extract_task(self) -> ExtractTask:
        return ExtractTask(str(self.wanted.model.path), self.settings.gazetteer)

    def tokenize(self) -> None:
        """Documents to tokens."""
        ended = self.store.state(UNFINISHED) == ""  # and may have found nothing any more
        self._needs("tokenize", _INGEST, done=ended or self.store.n_documents() > 0)
        self._needs_sources("tokenize")
        work = self.wanted.tokenization()
        self._per_document(TokenizeTask(), work, {})

    def export(self, path: Path) -> None:
        """The tokens to a Parquet file."""
        self.workers.end()  # their memory is for what follows
        self.store.limit(_ALONE, every_core=True)
        export.write_tokens(self.store, self.wanted.tokenization().fingerprint, path)

    def extract(self) -> None:
        """Documents and tokens to names."""
        self._needs_sources("extract")
        self._needs("extract", "tokenize", done=not self.wanted.tokenization().missing(self.store))
        work = self.wanted.extraction()
        about = self.wanted.options("extract") | corpus.describe(self.wanted.model)
        self._per_document(self._extract_task(), work, about)
        self.workers.end()  # their memory is for what follows
        self.store.sweep({"tokenize": str(work.tokenize), "extract": work.fingerprint})

    def resolve(self) -> None:
        """Names to entities."""
        tokenized = self._fingerprint_of("tokenize", needed_by="resolve")
        extracted = self._fingerprint_of("extract", needed_by="resolve")
        self._needs_sources("resolve")
        for work in (Work("tokenize", tokenized), Work("extract", extracted, tokenized)):
            self._needs("resolve", work.stage, done=not work.missing(self.store))
        if self.store.state("resolve") == self.wanted.resolution_key(extracted):
            self.done.worked["resolve"] = 0
            return
        self.progress.stage("resolve", None)
        self._prepare(tokenized, extracted)
        corpus.resolve(self.store, self.settings)
        self.done.worked["resolve"] = self.store.n_documents()

    def write(self) -> None:
        """Tables to files, published at once."""
        from pipeline.batch import look

        resolved = self._fingerprint_of("resolve", needed_by="write")
        current = self.store.state("resolved") == self.store.state("generation")
        self._needs("write", "resolve", done=current)
        out = self.settings.out
        if self.store.state("write") == self.wanted.writing_key(resolved):
            publish.show_again(out)
            if look.is_whole(out, self.store.state("run")):
                self.done.worked["write"] = 0
                return
        self.progress.stage("write", None)
        self._prepare(
            self._fingerprint_of("tokenize", needed_by="write"),
            self._fingerprint_of("extract", needed_by="write"),
        )
        self.done.n_new, self.done.new = self.store.new_entities()
        corpus.write(self.store, self.settings, self.run_id, {})
        self.done.worked["write"] = self.store.n_documents()

    def remember(self) -> None:
        """Keep what this run did, for `status`."""
        done = self.done
        summary = {"worked": done.worked, "new_entities": done.n_new}
        self.store.remember_run(self.run_id, sum(done.seconds.values()), summary)

    def report(self) -> Report:
        """What this run did, and what is published now if it came to that."""
        out = self.settings.out
        report = self.done
        if "write" not in self.request.stages:
            report.failures = self.store.count_failures(self.request.stages)
        elif publish.current(out) is not None:
            corpus.tell(report, out)
        if report.n_undated:
            self.progress.note(
                f"{report.n_undated:,} document(s) have a date that was not understood, such as"
                f" '{report.undated}': see docs/tables.md for those that are"
            )
        return report

    # ---------------------------------------------------------------------------------------------

    def _per_document(self, task: Task, work: Work, about: Mapping[str, str]) -> None:
        """Do what is pending, and then remember what is known about the stage."""
        store, memory = self.store, self.settings.worker_memory
        pending = Pending(store, work)
        documents = pending.count()
        self.done.worked[work.stage] = documents
        self.progress.stage(work.stage, documents)
        if documents and "resolve" in self.request.stages:
            from pipeline.stages import facts

            facts.begin()  # it is waited for when names are resolved
        store.expect(work.fingerprint)
        # What took the process along the last time, or a worker, is done in a worker.
        mark = f"{work.stage} at work"
        in_parent = store.state(mark) != "yes" and not pending.has_retried()
        store.set_state(mark, "yes")
        with (
            stop.heeded(),
            contextlib.closing(
                self.workers.run(task, pending.shards(), in_parent=in_parent)
            ) as outcomes,
        ):
            for shard, outcome in canary.trusted(outcomes, task, work, memory):
                if isinstance(outcome, Failure):
                    store.fail(work.stage, outcome)
                    problem = outcome.problem
                    self.progress.failed(work.stage, outcome.doc_id, problem.code, outcome.message)
                else:
                    store.finish(work.stage, outcome.keys, outcome.rows)
                self.progress.advance(shard.documents.num_rows, shard.n_chars)
        store.set_states({mark: "", work.stage: work.fingerprint, **about})

    def _prepare(self, tokenized: str, extracted: str) -> None:
        """Say once which results the tables are made of."""
        if self._prepared != (tokenized, extracted):
            tables.prepare(self.store, tokenized, extracted)
            self._prepared = tokenized, extracted

    def _needs(self, stage: str, before: str, *, done: bool) -> None:
        if not done:
            raise errors.UserError(
                errors.STAGE_FIRST, stage=stage, before=before, path=self.settings.out
            )

    def _needs_sources(self, stage: str) -> None:
        """See that ingest ended well: it may have been killed, or have met sources that shrank."""
        self._needs(stage, _INGEST, done=not self.store.state(UNFINISHED))

    def _fingerprint_of(self, stage: str, *, needed_by: str) -> str:
        """The fingerprint that a stage had when it last finished."""
        fingerprint = self.store.state(stage)
        self._needs(needed_by, stage, done=fingerprint is not None)
        return str(fingerprint)
