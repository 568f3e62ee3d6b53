"""The store: what every stage has done, in one DuckDB file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pyarrow as pa

from pipeline.batch.database import PIECE, Database
from pipeline.errors import TRANSIENT
from pipeline.schemas import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pipeline.errors import Problem

ShardStageName = Literal["tokenize", "extract"]
_STOPPED = "stopped"  # name of a value: JSON of what stopped the last run, empty after a whole one
MAX_ATTEMPTS = 3  # runs that try a document after transient failures
_ROWS_OF: dict[ShardStageName, str] = {"tokenize": "tokens", "extract": "spans"}


@dataclass(frozen=True, slots=True)
class Failure:
    """One document that a stage could not do."""

    doc_key: str
    doc_id: str
    source: str
    problem: Problem
    message: str


class Known(NamedTuple):
    """A source that was read to its end once, and what tells whether it is still the same."""

    name: str
    size: int  # bytes
    mtime_ns: int
    root: str  # see `survey.Source`
    reader: str  # fingerprint of the readers and their options; empty while it is read again


class Replaced(NamedTuple):
    """Sources that were read again, to their end or as far as they can be read.

    Attributes:
        names: Of all of them.
        kept: Names of those of which something may stay.
        since: What was there before has no larger part.
    """

    names: Sequence[str]
    kept: Collection[str]
    since: int


# What goes of sources that were read again: what was there, and new failures of what stays. A run
# that was killed may have left something twice.
_REPLACED = """
CREATE OR REPLACE TEMP TABLE replaced AS
WITH again AS (
    SELECT *, part > $since AS is_new FROM documents WHERE source_name IN (SELECT unnest($names))
),
broken AS (  -- the failure of a whole source has its name
    SELECT source_name FROM again
    WHERE is_new AND source_name IN (SELECT unnest($kept)) GROUP BY source_name
    HAVING bool_and(status = 'failed') OR bool_or(status = 'failed' AND doc_id = source_name)
),
stays AS (
    SELECT part, doc_id FROM again SEMI JOIN broken USING (source_name)
    WHERE NOT is_new AND status <> 'failed'
      AND doc_id NOT IN (SELECT doc_id FROM again WHERE is_new AND status <> 'failed')
    QUALIFY part = max(part) OVER (PARTITION BY doc_id)
)
SELECT part, doc_id FROM again WHERE NOT is_new AND (part, doc_id) NOT IN (FROM stays)
UNION ALL
SELECT part, doc_id FROM again
WHERE is_new AND status = 'failed' AND doc_id IN (SELECT doc_id FROM stays)
"""


class Store(Database):
    """The state of one output folder; see `Database`.

    Attributes:
        published_sources: Name to number of documents of the sources of the published tables, where
            it is new and has nothing of them; see `take_over`.
    """

    published_sources: Mapping[str, int] = MappingProxyType({})

    # Sources ------------------------------------------------------------------------------------

    def known_sources(self) -> dict[str, Known]:
        """The sources that were read to their end once, by name."""
        columns = ", ".join(Known._fields)
        return {row[0]: Known(*row) for row in self.rows(f"SELECT {columns} FROM sources")}

    def failed_sources(self) -> list[tuple[str, str, int]]:
        """Name, code and attempts of the failures on reading, once a source and code."""
        return self.rows(
            "SELECT doc_key, code, max(attempts) FROM failures WHERE stage = 'ingest'"
            " GROUP BY ALL ORDER BY ALL"
        )

    def n_sources(self) -> int:
        """Number of sources that were read to their end."""
        return int(self.one("SELECT count(*) FROM sources WHERE reader <> ''"))

    def documents_by_source(self) -> list[tuple[str, int]]:
        """Each source's name and number of documents with a text."""
        return self.rows(
            "SELECT source_name, count(DISTINCT doc_id) FILTER (status = 'ok') FROM documents"
            " GROUP BY 1 ORDER BY 1"
        )

    def forget_sources(self, names: Sequence[str]) -> None:
        """Remove sources with their documents and failures: one transaction."""
        if not names:
            return
        with self.transaction():
            self._forget(names)
            self.next_part()

    def _forget(self, names: Sequence[str]) -> None:
        forgotten = [
            self.connection.execute(statement, [list(names)]).fetchall()[0][0]
            for statement in (
                "DELETE FROM texts WHERE doc_id IN"
                " (SELECT doc_id FROM documents WHERE source_name IN (SELECT unnest($1)))",
                "DELETE FROM documents WHERE source_name IN (SELECT unnest($1))",
                "DELETE FROM failures WHERE stage = 'ingest' AND doc_key IN (SELECT unnest($1))",
                "DELETE FROM sources WHERE name IN (SELECT unnest($1))",
            )
        ]
        if any(forgotten):
            self.set_states({"forgotten": "yes", "swept": ""})

    def add_documents(
        self,
        tables: Sequence[tuple[str, pa.Table, pa.Table]],
        whole: Sequence[Known] = (),
        begun: Sequence[str] = (),
        replaced: Replaced | None = None,
    ) -> None:
        """Append what ingest read: one transaction.

        Args:
            tables: Source name, schemas.DOCUMENTS and schemas.FAILURES, in the order read.
            whole: The sources that end here.
            begun: Names of sources that begin here, and of which there is something from before.
            replaced: Which of them end here.
        """
        if not (tables or whole or (replaced and replaced.names)):
            return
        with self.transaction():
            for statement in begun and (
                "DELETE FROM failures WHERE stage = 'ingest' AND doc_key IN (SELECT unnest($1))",
                "UPDATE sources SET reader = '' WHERE name IN (SELECT unnest($1))",
            ):
                self.connection.execute(statement, [list(begun)])
            part = self.next_part()
            if tables:
                names = [[name] * documents.num_rows for name, documents, _ in tables]
                documents = pa.concat_tables([documents for _, documents, _ in tables])
                self.insert("documents", _stored(documents, list(chain(*names))), part=part)
                self.insert("texts", _pieces(documents), part=part)
                self.insert("failures", _unread(tables))
            if replaced is not None and replaced.names:
                self._replace(replaced)
            if whole:
                # One by one they would take longer than to be read.
                known = pa.Table.from_pylist([one._asdict() for one in whole])
                self.insert("sources", known, replace=True)

    def _replace(self, replaced: Replaced) -> None:
        """Remove what there was of sources before they were read again.

        Where reading broke off, or nothing could be read, what is not among it stays: a download
        that was cut short, or columns with other names, need not mean that documents are gone.
        """
        parameters = {
            "names": list(replaced.names),
            "kept": list(replaced.kept),
            "since": replaced.since,
        }
        self.connection.execute(_REPLACED, parameters)
        if self.one("SELECT count(*) FROM replaced"):
            self.connection.execute("DELETE FROM texts WHERE (part, doc_id) IN (FROM replaced)")
            self.connection.execute("DELETE FROM documents WHERE (part, doc_id) IN (FROM replaced)")
            self.set_states({"forgotten": "yes", "swept": ""})

    # Documents and their keys -------------------------------------------------------------------

    def n_documents(self) -> int:
        """Number of documents of any status."""
        # A run that was stopped may have left some twice.
        return int(self.one("SELECT count(DISTINCT doc_id) FROM documents"))

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

    def count_failures(self, stages: Sequence[str]) -> dict[str, int]:
        """Failures of some stages by code: of the documents that there are, as each stage ended."""
        query = (
            "SELECT code, count(*) FROM failures_of($tokenize, $extract)"
            " WHERE list_contains($stages, stage) GROUP BY 1 ORDER BY 1"
        )
        fingerprints = {stage: self.state(stage) for stage in ("tokenize", "extract")}
        return dict(self.rows(query, stages=list(stages), **fingerprints))

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

    # Runs ---------------------------------------------------------------------------------------

    def remember_run(self, run_id: str, seconds: float, summary: dict[str, Any]) -> None:
        """Keep what a finished run did.

        Args:
            run_id: Its id.
            seconds: What it took.
            summary: What else is worth knowing, as JSON knows it.
        """
        self.connection.execute(
            "INSERT INTO runs VALUES ($1, $2, $3)",
            [run_id, seconds, json.dumps(summary)],
        )
        self.set_state(_STOPPED, "")

    def remember_stop(self, run_id: str, message: str) -> None:
        """Keep what stopped a run, until one finishes."""
        self.set_state(_STOPPED, json.dumps([run_id, message]))

    def last_stop(self) -> tuple[str, str] | None:
        """Run id and message of what stopped the last run; None where it finished."""
        stopped = self.state(_STOPPED)
        if not stopped:
            return None
        run_id, message = json.loads(stopped)
        return run_id, message

    def last_runs(self, n: int) -> list[tuple[str, float, dict[str, Any]]]:
        """Run id, seconds and summary of the last runs, the latest first.

        Args:
            n: How many.
        """
        query = "SELECT run_id, seconds, summary FROM runs ORDER BY run_id DESC LIMIT $n"
        return [(run, seconds, json.loads(text)) for run, seconds, text in self.rows(query, n=n)]

    # What is no longer current ------------------------------------------------------------------

    def expect(self, fingerprint: str) -> None:
        """Say whose results come now: what others left is swept after the next whole stage."""
        swept = self.state("swept")
        if swept and fingerprint not in swept.split():
            self.set_state("swept", "")

    def sweep(self, fingerprints: dict[ShardStageName, str]) -> None:
        """Remove the rows of documents, models and rules that are no longer current."""
        wanted = " ".join(fingerprints.values())
        if self.state("swept") == wanted:  # and since then no document was forgotten, see `expect`
            return
        for stage, fingerprint in fingerprints.items():
            with self.transaction():
                self.connection.execute(
                    "CREATE OR REPLACE TEMP TABLE current_keys AS"
                    " SELECT DISTINCT key_of(sha256, title, $fingerprint) AS doc_key"
                    " FROM documents WHERE status = 'ok'",
                    {"fingerprint": fingerprint},
                )
                condition = "doc_key NOT IN (SELECT doc_key FROM current_keys)"
                self.connection.execute(f"DELETE FROM {_ROWS_OF[stage]} WHERE {condition}")
                for table in ("done", "failures"):
                    self.connection.execute(
                        f"DELETE FROM {table} WHERE stage = $1 AND {condition}",
                        [stage],
                    )
        self.set_state("swept", wanted)


def _stored(documents: pa.Table, source_names: list[str]) -> pa.Table:
    """Documents as the store keeps them."""
    # Which is a duplicate of which, and what a document's tokens are, later stages say.
    kept = documents.drop_columns(["duplicate_of", "n_tokens", "text"])
    # A naive UTC time: DuckDB would otherwise interpret it in the session's time zone.
    published = kept["published"].cast(pa.timestamp("s"))
    kept = kept.set_column(kept.schema.get_field_index("published"), "published", published)
    return plain(kept.append_column("source_name", pa.array(source_names, pa.string())))


def _unread(tables: Sequence[tuple[str, pa.Table, pa.Table]]) -> pa.Table:
    """The failures on reading as the store keeps them."""
    failures = plain(pa.concat_tables([failures for _, _, failures in tables]))
    names = chain.from_iterable([name] * rows.num_rows for name, _, rows in tables)
    terminal = [code not in TRANSIENT for code in failures["code"].to_pylist()]
    failures = failures.append_column("doc_key", pa.array(names, pa.string()))
    return failures.append_column("terminal", pa.array(terminal, pa.bool_()))


def _pieces(documents: pa.Table) -> pa.Table:
    """Their texts as the store keeps them."""
    texts = zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True)
    rows = [
        (doc_id, piece, text[start : start + PIECE])
        for doc_id, text in texts
        for piece, start in enumerate(range(0, len(text), PIECE))
    ]
    ids, pieces, parts = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "doc_id": pa.array(ids, pa.string()),
            "piece": pa.array(pieces, pa.int32()),
            "text": pa.array(parts, pa.string()),
        }
    )
