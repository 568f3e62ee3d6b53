"""The store: one DuckDB file that knows what every stage has done.

Only the parent process opens it. Every change is a transaction, so that a kill at any moment
leaves the state after the last finished shard.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import duckdb
import pyarrow as pa

from pipeline import errors
from pipeline.schemas import SCHEMA_VERSION, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.errors import Problem

ShardStageName = Literal["tokenize", "extract"]
FILE = "store.duckdb"
_COMPACTED = "compacted.duckdb"
_CHEAP = 256 * 2**20  # bytes of a store that are copied in some seconds
MAX_ATTEMPTS = 3  # runs that try a document after transient failures
_ROWS_OF: dict[ShardStageName, str] = {"tokenize": "tokens", "extract": "spans"}

# A document's result depends on its text, where its title ends, and what the stage's fingerprint
# stands for: settings, revision, model.
KEY = "md5(d.sha256 || ':' || coalesce(length(d.title), 0) || ':' || $fingerprint)"


@dataclass(frozen=True, slots=True)
class Failure:
    """One document that a stage could not do."""

    doc_key: str
    doc_id: str
    source: str
    problem: Problem
    message: str


def connect(
    path: str, *, memory: str = "1GB", spill: str | None = None, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that never goes to the network and has bounded memory."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory,
        "preserve_insertion_order": False,
    }
    if spill:
        config["temp_directory"] = spill
    connection = duckdb.connect(path, read_only=read_only, config=config)
    connection.execute("SET enable_progress_bar = false")
    return connection


class Store:
    """The state of one output folder.

    Args:
        folder: Where the store lives; made if missing.
        read_only: Only look: nothing is made or changed, and the folder need not be writable.

    Raises:
        UserError: STORE_BROKEN or NEWER_STORE where it cannot be used, CANNOT_WRITE where the
            folder cannot be written; LOCKED where a run is at work on what is only looked at.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.path = folder / FILE
        try:
            if not read_only:
                folder.mkdir(parents=True, exist_ok=True)
            self._open(read_only=read_only)
        except OSError as error:
            raise errors.UserError(
                errors.CANNOT_WRITE, path=folder, reason=error.strerror or error
            ) from None
        except duckdb.Error as error:
            # Whoever only looks does not hold the lock, so that a run may be in the midst of it.
            problem = errors.LOCKED if "set lock" in str(error) else errors.STORE_BROKEN
            path = folder.parent if problem is errors.LOCKED else self.path
            raise errors.UserError(problem, path=path, reason=first_line(error)) from None
        self._prepare(read_only=read_only)

    def _open(self, *, read_only: bool) -> None:
        spill = tempfile.gettempdir() if read_only else str(self.path.with_name("spill"))
        self.connection = connect(str(self.path), spill=spill, read_only=read_only)

    def _prepare(self, *, read_only: bool) -> None:
        tables = self.rows("SELECT table_name FROM duckdb_tables() WHERE table_name = 'state'")
        if not tables and read_only:  # killed before it came to anything
            self.close()
            raise errors.UserError(errors.NOTHING_THERE, path=self.path.parent.parent)
        if not tables:
            with self.transaction():
                schema = resources.files("pipeline.batch").joinpath("store.sql").read_text("utf-8")
                self.connection.execute(schema)
                self.set_state("schema_version", str(SCHEMA_VERSION))
        found = self.state("schema_version")
        if found != str(SCHEMA_VERSION):
            newer = int(found or 0) > SCHEMA_VERSION
            self.close()
            raise errors.UserError(
                errors.NEWER_STORE,
                path=self.path,
                found=found,
                ours=SCHEMA_VERSION,
                remedy="Install a newer nb-entities."
                if newer
                else "Run again with --rebuild: it is made anew from the sources.",
            )

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; not to be nested."""
        self.connection.begin()
        try:
            yield
        except BaseException:
            # What went wrong may have ended the transaction already; that is no second error.
            with contextlib.suppress(duckdb.Error):
                self.connection.rollback()
            raise
        self.connection.commit()

    def rows(self, query: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query with named parameters ($name)."""
        return self.connection.execute(query, parameters or None).fetchall()

    def one(self, query: str, **parameters: object) -> Any:
        """The first column of the only row of a query."""
        return self.rows(query, **parameters)[0][0]

    def table(self, query: str, **parameters: object) -> pa.Table:
        """A query's result as an Arrow table."""
        return self.connection.sql(query, params=parameters or None).to_arrow_table()

    def state(self, name: str) -> str | None:
        """A value kept between runs, or None."""
        found = self.rows("SELECT value FROM state WHERE name = $name", name=name)
        return found[0][0] if found else None

    def set_state(self, name: str, value: str) -> None:
        """Keep a value between runs."""
        self.connection.execute("INSERT OR REPLACE INTO state VALUES ($1, $2)", [name, value])

    def insert(self, table: str, rows: pa.Table, *, part: int) -> None:
        """Append an Arrow table to a table of the same column names, all of one part."""
        columns = ", ".join(f'"{name}"' for name in rows.column_names)
        self.connection.register("incoming", rows)
        try:
            self.connection.execute(
                f"INSERT INTO {table} (part, {columns}) SELECT {part}, {columns} FROM incoming"
            )
        finally:
            self.connection.unregister("incoming")

    def next_part(self) -> int:
        """Begin a change: a number larger than that of every part before.

        It becomes the store's generation too, which says whether anything changed since.
        """
        part = int(self.one("SELECT nextval('parts')"))
        self.set_state("generation", str(part))
        return part

    def compact(self) -> None:
        """Give the disk what was deleted: DuckDB keeps it in the file until it needs the place.

        Where texts were forgotten this is done at once as long as it costs little, and else when
        a quarter of the file is free.
        """
        if self.state("forgotten") != "yes":
            return
        self.connection.execute("CHECKPOINT")
        size, free = self.rows(
            "SELECT total_blocks * block_size, free_blocks * block_size FROM pragma_database_size()"
        )[0]
        if size > _CHEAP and free < size / 4:
            return
        copy = self.path.with_name(_COMPACTED)
        copy.unlink(missing_ok=True)
        quoted = str(copy).replace("'", "''")
        self.connection.execute(f"ATTACH '{quoted}' AS compacted")
        self.connection.execute("COPY FROM DATABASE store TO compacted")
        self.connection.execute("DETACH compacted")
        self.close()
        copy.replace(self.path)
        self._open(read_only=False)
        self.set_state("forgotten", "")

    # Sources ------------------------------------------------------------------------------------

    def known_sources(self) -> dict[str, tuple[int, int, str]]:
        """Name to (size in bytes, modification time in ns, reader's fingerprint)."""
        return {
            name: (size, mtime, reader)
            for name, size, mtime, reader in self.rows("SELECT * FROM sources")
        }

    def failed_sources(self) -> list[tuple[str, str, int]]:
        """Name, code and attempts of the failures on reading, once a source and code."""
        return self.rows(
            "SELECT doc_key, code, max(attempts) FROM failures WHERE stage = 'ingest'"
            " GROUP BY ALL ORDER BY ALL"
        )

    def n_sources(self) -> int:
        """Number of sources that were read to their end."""
        return int(self.one("SELECT count(*) FROM sources"))

    def documents_by_source(self) -> list[tuple[str, int]]:
        """Each source's name and number of documents that could be read."""
        return self.rows(
            "SELECT source_name, count(*) FILTER (status <> 'failed') FROM documents"
            " GROUP BY 1 ORDER BY 1"
        )

    def forget_sources(self, names: Sequence[str]) -> None:
        """Remove sources with their documents and failures: one transaction."""
        if not names:
            return
        with self.transaction():
            for statement in (
                "DELETE FROM documents WHERE source_name IN (SELECT unnest($1))",
                "DELETE FROM failures WHERE stage = 'ingest' AND doc_key IN (SELECT unnest($1))",
                "DELETE FROM sources WHERE name IN (SELECT unnest($1))",
            ):
                self.connection.execute(statement, [list(names)])
            self.set_state("forgotten", "yes")
            self.next_part()

    def add_documents(
        self,
        tables: Sequence[tuple[str, pa.Table, pa.Table]],
        whole: Sequence[tuple[str, int, int, str]],
    ) -> None:
        """Append what ingest read: one transaction.

        Args:
            tables: Source name, schemas.DOCUMENTS and schemas.FAILURES, in the order read.
            whole: Name, size, modification time and reader of the sources that end here.
        """
        if not tables and not whole:
            return
        with self.transaction():
            part = self.next_part()
            if tables:
                names = [[name] * documents.num_rows for name, documents, _ in tables]
                documents = pa.concat_tables([documents for _, documents, _ in tables])
                self.insert("documents", _stored(documents, list(chain(*names))), part=part)
            for name, _, failures in tables:
                self._record_unread(name, failures)
            for source in whole:
                self.connection.execute(
                    "INSERT OR REPLACE INTO sources VALUES ($1, $2, $3, $4)", list(source)
                )

    def _record_unread(self, source: str, failures: pa.Table) -> None:
        columns = ["doc_id", "source", "code", "message", "attempts"]
        for row in failures.select(columns).to_pylist():
            self.connection.execute(
                "INSERT INTO failures VALUES"
                " ($doc_id, $source, 'ingest', $source_name, $code, $message, true, $attempts)",
                row | {"source_name": source},
            )

    # Documents and their keys -------------------------------------------------------------------

    def n_documents(self) -> int:
        """Number of documents of any status."""
        return int(self.one("SELECT count(*) FROM documents"))

    def finish(self, stage: ShardStageName, keys: pa.Table, rows: pa.Table) -> None:
        """Record one shard's results: one transaction.

        Args:
            stage: The stage.
            keys: doc_key and n_tokens of the shard's documents.
            rows: What the stage made of them: tokens or spans.
        """
        with self.transaction():
            part = self.next_part()
            self.insert(_ROWS_OF[stage], plain(rows), part=part)
            stages = pa.array([stage] * keys.num_rows, pa.string())
            self.insert("done", keys.append_column("stage", stages), part=part)
            done = keys["doc_key"].to_pylist()
            self.connection.execute(
                "DELETE FROM failures WHERE stage = $1 AND doc_key IN (SELECT unnest($2))",
                [stage, done],
            )

    def fail(self, stage: ShardStageName, failure: Failure) -> None:
        """Record a document that a stage could not do: one transaction."""
        with self.transaction():
            self.next_part()
            before = self.rows(
                "DELETE FROM failures WHERE stage = $stage AND doc_key = $key RETURNING attempts",
                stage=stage,
                key=failure.doc_key,
            )
            self.connection.execute(
                "INSERT INTO failures VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                [
                    failure.doc_id,
                    failure.source,
                    stage,
                    failure.doc_key,
                    failure.problem.code,
                    failure.message,
                    failure.problem.terminal,
                    before[0][0] + 1 if before else 1,
                ],
            )

    def has_retried(self, stage: ShardStageName) -> bool:
        """Whether a document failed in the stage as if it took its worker with it."""
        query = "SELECT count(*) FROM failures WHERE stage = $stage AND NOT terminal"
        return bool(self.one(query, stage=stage))

    def count_failures(self, stages: Sequence[str]) -> dict[str, int]:
        """Failures of some stages by code."""
        query = (
            "SELECT code, count(*) FROM failures WHERE stage IN (SELECT unnest($stages))"
            " GROUP BY 1 ORDER BY 1"
        )
        return dict(self.rows(query, stages=list(stages)))

    def new_entities(self, n: int = 100) -> tuple[int, list[dict[str, Any]]]:
        """How many resolved entities are not in the published tables, and the first of them."""
        query = "FROM entities WHERE entity_id NOT IN (SELECT entity_id FROM published)"
        first = self.table(
            f"SELECT entity_id, name, type, n_mentions {query}"
            f" ORDER BY n_mentions DESC, entity_id LIMIT {n}"
        )
        return int(self.one(f"SELECT count(*) {query}")), first.to_pylist()

    def remember_published(self) -> None:
        """Keep what the published tables call each mention (in a transaction)."""
        self.connection.execute("DELETE FROM published")
        self.connection.execute("INSERT INTO published SELECT mention_id, entity_id FROM mentions")

    def sweep(self, fingerprints: dict[ShardStageName, str]) -> None:
        """Remove the rows of documents, models and rules that are no longer current."""
        for stage, fingerprint in fingerprints.items():
            with self.transaction():
                self.connection.execute(
                    "CREATE OR REPLACE TEMP TABLE current_keys AS"
                    f" SELECT DISTINCT {KEY} AS doc_key FROM documents d WHERE status = 'ok'",
                    {"fingerprint": fingerprint},
                )
                condition = "doc_key NOT IN (SELECT doc_key FROM current_keys)"
                self.connection.execute(f"DELETE FROM {_ROWS_OF[stage]} WHERE {condition}")
                for table in ("done", "failures"):
                    self.connection.execute(
                        f"DELETE FROM {table} WHERE stage = $1 AND {condition}",
                        [stage],
                    )


def discard(folder: Path) -> None:
    """Remove a store, which need not be whole."""
    for path in (folder / FILE, folder / f"{FILE}.wal", folder / _COMPACTED):
        path.unlink(missing_ok=True)


def _stored(documents: pa.Table, source_names: list[str]) -> pa.Table:
    """Documents as the store keeps them."""
    # Which is a duplicate of which, and what a document's tokens are, later stages say.
    kept = documents.drop_columns(["duplicate_of", "n_tokens"])
    # A naive UTC time: DuckDB would otherwise interpret it in the session's time zone.
    published = kept["published"].cast(pa.timestamp("s"))
    kept = kept.set_column(kept.schema.get_field_index("published"), "published", published)
    return plain(kept.append_column("source_name", pa.array(source_names, pa.string())))


def first_line(error: Exception) -> str:
    """The first line of an error's message; its kind where it has none."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
