"""The end of a dataset's run: what the workers found in its partitions becomes the tables.

A store that lives no longer than this takes is filled from the partitions, and resolve and write
are those of a run: the tables are, byte for byte, what a run on one machine would have written.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline import errors, models, schemas
from pipeline.batch import corpus, fingerprints, publish, stop, tables
from pipeline.batch.folder import disk_errors, lock
from pipeline.batch.guard import see_enough
from pipeline.batch.partition_work import MENTIONS
from pipeline.batch.partitions import TABLES, discard
from pipeline.batch.request import Report
from pipeline.batch.restore import restore
from pipeline.batch.store import Store
from pipeline.language.gazetteer.read import read_aliases
from pipeline.readers import RawFailure
from pipeline.stages import ingest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.batch.partitions import Job, Partition
    from pipeline.batch.place import Place
    from pipeline.batch.progress import Progress
    from pipeline.settings import Settings

# What is collected of all partitions, as the store has it. Of documents with the same text only the
# first is in `worked_on`, as in a run.
_FILL = f"""
    INSERT INTO done BY NAME
    SELECT 'tokenize' AS stage, {tables.TOKENIZED} AS doc_key, 0 AS part, c.n_tokens
    FROM collected_tokens c JOIN worked_on d USING (doc_id)
    UNION ALL
    SELECT 'extract', {tables.EXTRACTED}, 0, 0
    FROM collected_tokens JOIN worked_on d USING (doc_id);

    INSERT INTO failures BY NAME
    SELECT c.*, true AS terminal,
           CASE c.stage WHEN 'tokenize' THEN {tables.TOKENIZED} ELSE {tables.EXTRACTED} END
               AS doc_key
    FROM collected_failures c JOIN worked_on d USING (doc_id) WHERE c.stage <> 'ingest';

    INSERT INTO spans BY NAME
    SELECT 0 AS part, {tables.EXTRACTED} AS doc_key, c.* EXCLUDE (doc_id)
    FROM collected_mentions c JOIN worked_on d USING (doc_id);

    DROP TABLE collected_tokens;
    DROP TABLE collected_failures;
    DROP TABLE collected_mentions;
"""
_FORMATS = ("parquet",)
_TOKENS = ["doc_id", "n_tokens"]
_DAMAGED = (pa.ArrowInvalid, OSError)  # what Arrow raises; no memory is no damage


class Gathering:
    """Makes the tables of a dataset.

    Args:
        settings: Types and aliases are of interest; the tables are Parquet files.
        job: What was found, and with which model and rules.
        target: Has the partitions, and gets the tables.
        progress: Is told how far it is.
        allow_shrink: Whether to go on where most of the documents before are gone.

    Raises:
        UserError: BAD_ALIASES.
    """

    def __init__(
        self, settings: Settings, job: Job, target: Place, progress: Progress, *, allow_shrink: bool
    ) -> None:
        self.settings = settings
        self.job = job
        self.target = target
        self.progress = progress
        self.allow_shrink = allow_shrink
        self._aliases = read_aliases(settings.aliases) if settings.aliases else []

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs from a target on this machine; object stores have no locks.

        Raises:
            UserError: LOCKED; CANNOT_WRITE also from what is done meanwhile.
        """
        with contextlib.ExitStack() as stack:
            stack.enter_context(disk_errors(self.target.uri))
            if self.target.local is not None:
                stack.enter_context(lock(self.target.local, wait=False))
                restore(self.target.local)
                publish.discard(self.target.local)
            yield

    def tables(self, partitions: Sequence[Partition], failed: Mapping[str, str]) -> Report:
        """Resolve and write the tables, and publish them, unless they are those of before.

        Args:
            partitions: Those that are done.
            failed: Names of those that could not be done, and the messages that say why.

        Raises:
            UserError: SHRUNK, or anything that stops a run; the tables are then as before.
        """
        stop.publishing(done=False)
        key = self._key(partitions, failed)
        before = self._manifest()
        if before.get("dataset") == key and self._all_there(before):
            return Report(before["run_id"], {}, before["documents"], before["failures"])
        with self._folder() as out, tempfile.TemporaryDirectory() as scratch:
            changes = {"out": out, "format": _FORMATS, "excel": False}
            settings = self.settings.model_copy(update=changes)
            with Store(Path(scratch)) as store:
                run_id = corpus.new_run_id()
                self.progress.begin(run_id)
                self._fill(store, partitions, failed)
                if not self.allow_shrink:
                    n_texts = sum(n for _, n in store.documents_by_source())
                    see_enough(self.job.source, _n_texts(before), n_texts)
                self.progress.stage("resolve", None)
                corpus.resolve(store, settings)
                self.progress.stage("write", None)
                report = Report(worked=dict.fromkeys(("resolve", "write"), store.n_documents()))
                report.n_new, report.new = store.new_entities()
                corpus.write(store, settings, run_id, {"dataset": key})
                corpus.tell(report, out)
            if self.target.local is None:
                self._upload(publish.current(out) or out)
        return report

    def _key(self, partitions: Sequence[Partition], failed: Mapping[str, str]) -> str:
        """By what the tables are known."""
        found = [partition.file for partition in partitions], sorted(failed)
        resolved = fingerprints.resolution_key(found, self.settings.types, self._aliases)
        return fingerprints.writing_key(resolved, _FORMATS)

    def _manifest(self) -> dict[str, Any]:
        """The manifest of the tables that are there, empty without a whole one."""
        try:
            with self.target.reading(publish.MANIFEST) as stream:
                return publish.parse_manifest(stream.read())
        except (FileNotFoundError, ValueError):
            return {}

    def _all_there(self, manifest: Mapping[str, Any]) -> bool:
        """Whether the target has the files that a manifest lists, as large as it says."""
        there = self.target.files()
        return all(
            (info := there.get(file["name"])) is not None and info.size == file["size"]
            for files in manifest["tables"].values()
            for file in files
        )

    @contextlib.contextmanager
    def _folder(self) -> Iterator[Path]:
        """Where the tables are written: in place, or here first."""
        if self.target.local is not None:
            yield self.target.local
            return
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)

    def _fill(
        self, store: Store, partitions: Sequence[Partition], failed: Mapping[str, str]
    ) -> None:
        _collect(store, "collected_tokens", schemas.DOCUMENTS.empty().select(_TOKENS))
        _collect(store, "collected_mentions", MENTIONS.empty_table())
        _collect(store, "collected_failures", schemas.FAILURES.empty())
        for partition in partitions:
            with self._whole(partition):
                self._load(store, partition)
        for name, message in failed.items():
            failure = RawFailure(None, errors.PARTITION_FAILED, message)
            for documents, unread in ingest.to_tables(name, [failure]):
                store.add_documents([(name, documents, unread)], [])
        states = {"tokenize": fingerprints.tokenization_key(), "extract": self.job.fingerprint}
        store.set_states(states | corpus.describe(models.find(self.job.model)))
        tables.prepare(store, *states.values())  # to fill it
        store.connection.execute(_FILL)
        tables.prepare(store, *states.values())
        self._fill_published(store)

    @contextlib.contextmanager
    def _whole(self, partition: Partition) -> Iterator[None]:
        """Remove a partition's result that turns out to be damaged, so that it is made again.

        Raises:
            UserError: RESULT_DAMAGED.
            OSError: The target could not be read, of which the result is innocent.
        """
        try:
            yield
        except _DAMAGED as error:
            for table in TABLES:
                self.target.read_to_end(partition.result(table))
            discard(self.target, partition)
            fields = {"partition": partition.name, "reason": errors.first_line(error).rstrip(".")}
            raise errors.UserError(errors.RESULT_DAMAGED, **fields) from error

    def _fill_published(self, store: Store) -> None:
        """What the tables before called each mention; nothing where they are damaged or not there.

        Raises:
            OSError: The target could not be read.
        """
        name = "mentions.parquet"
        try:
            with store.transaction():
                for rows in self.target.rows(name, ["mention_id", "entity_id"]):
                    _collect(store, "published", rows)
        except FileNotFoundError:
            return
        except _DAMAGED:
            self.target.read_to_end(name)

    def _load(self, store: Store, partition: Partition) -> None:
        rows = self.target.rows(partition.result("failures"))
        failures = pa.concat_tables([schemas.FAILURES.empty(), *rows])
        _collect(store, "collected_failures", failures)
        unread = failures.filter(pc.equal(failures["stage"].cast(pa.string()), "ingest"))
        for documents in self.target.rows(partition.result("documents")):
            store.add_documents([(partition.name, documents, unread)], [])
            _collect(store, "collected_tokens", documents.select(_TOKENS))
            unread = unread.slice(0, 0)
        for mentions in self.target.rows(partition.result("mentions")):
            _collect(store, "collected_mentions", mentions)

    def _upload(self, folder: Path) -> None:
        """Copy the tables to the target, the manifest last: it tells which they are."""
        stop.publishing(done=False)  # that they are in the folder on this machine is not enough
        for path in sorted(folder.iterdir(), key=lambda path: path.name == publish.MANIFEST):
            with path.open("rb") as source, self.target.writing(path.name) as stream:
                shutil.copyfileobj(source, stream, 2**20)
        stop.publishing(done=True)


def _n_texts(manifest: Mapping[str, Any]) -> int:
    """Number of documents with a text in the tables of a manifest, empty where there are none."""
    documents = manifest.get("documents", {})
    return sum(documents.get(status, 0) for status in ("ok", "duplicate"))


def _collect(store: Store, table: str, rows: pa.Table) -> None:
    """Append rows to a table, which is made where it is not there."""
    store.connection.register("incoming", schemas.plain(rows))
    try:
        store.connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS FROM incoming LIMIT 0")
        store.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
    finally:
        store.connection.unregister("incoming")
