"""The tables as queries over the store, each sorted by its keys."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.schemas import BY_NAME, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from pipeline.batch.store import Store

# The keys of a document's results, as `d`.
TOKENIZED = "key_of(d.sha256, d.title, getvariable('tokenize'))"
EXTRACTED = "key_of(d.sha256, d.title, getvariable('extract'))"

# What resolve works on: the names and the dates of documents with different texts.
FOUND = f"""
    SELECT d.doc_id, s.* EXCLUDE (part, doc_key)
    FROM worked_on d JOIN spans s ON s.doc_key = {EXTRACTED}
"""
DATES = """
    SELECT d.doc_id, d.title, d.published, t.first_published, t.last_published
    FROM unique_documents d JOIN (
        SELECT sha256, min(published) AS first_published, max(published) AS last_published
        FROM documents WHERE status = 'ok' GROUP BY sha256
    ) t USING (sha256)
"""

# DuckDB can spill a sort, but not the text in it: so many row groups, and code points of the
# documents' texts, are sorted at a time.
_SORTED_GROUPS = 10
_SORTED_CHARS = 25_000_000

# Made once, since the tables are read in parts: what the stages worked on, what could not be done,
# and what the whole corpus says of each document. A duplicate has the tokens of its first.
_PREPARED = {
    "worked_on": "SELECT doc_id, source, title, sha256 FROM unique_documents",
    "failed": "FROM failures_of(getvariable('tokenize'), getvariable('extract'))",
    "described": """
        SELECT d.doc_id,
               CASE WHEN d.status <> 'ok' THEN d.status
                    WHEN d.doc_id <> d.first_id THEN 'duplicate'
                    WHEN d.doc_id IN (SELECT doc_id FROM failed) THEN 'failed'
                    ELSE 'ok' END AS status,
               CASE WHEN d.status = 'ok' AND d.doc_id <> d.first_id THEN d.first_id END
                   AS duplicate_of,
               coalesce(t.n_tokens, 0) AS n_tokens
        FROM documents_by_text d
        LEFT JOIN state_of('tokenize', getvariable('tokenize')) t ON t.doc_id = d.first_id
    """,
}

_QUERIES = {
    "documents": """
        SELECT d.doc_id, d.source, d.title, d.published, d.language, e.status, e.duplicate_of,
               d.n_chars, e.n_tokens, d.sha256, d.encoding, d.repairs
        FROM documents d JOIN described e USING (doc_id)
    """,
    "mentions": "SELECT * FROM mentions",
    "entities": "SELECT * FROM entities",
    "cooccurrences": "SELECT * FROM cooccurrences",
    "failures": "FROM failed",
    "tokens": f"""
        SELECT d.doc_id, t.* EXCLUDE (part, doc_key)
        FROM worked_on d JOIN tokens t ON t.doc_key = {TOKENIZED}
    """,
    # Where the mentions of an entity of the run before are now, if not all under its id.
    "entity_changes": """
        WITH moved AS (
            SELECT DISTINCT p.entity_id AS old_id, m.entity_id AS new_id,
                   e.entity_id IS NOT NULL AS remains
            FROM published p
            LEFT JOIN mentions m USING (mention_id)
            LEFT JOIN entities e ON e.entity_id = p.entity_id
            WHERE m.entity_id IS DISTINCT FROM p.entity_id
        ),
        known AS (
            SELECT *, count(new_id) OVER (PARTITION BY old_id) AS n FROM moved
        )
        SELECT old_id, new_id,
               CASE WHEN remains OR n > 1 THEN 'split' WHEN n = 1 THEN 'merged' ELSE 'gone' END
                   AS reason
        FROM known WHERE new_id IS NOT NULL OR (n = 0 AND NOT remains)
    """,
}


def prepare(store: Store, tokenize: str, extract: str) -> None:
    """Say which tokenization and extraction the queries are about; after the last ingest."""
    for name, value in (("tokenize", tokenize), ("extract", extract)):
        store.connection.execute(f"SET VARIABLE {name} = $1", [value])
    for name, query in _PREPARED.items():
        store.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def read(store: Store, table: Table) -> Iterator[pa.RecordBatch]:
    """The rows of a table, sorted by its keys; columns are plain, in the schema's order."""
    rows, key = _QUERIES[table.name], f'"{table.keys[0]}"'
    columns = ", ".join(f'"{name}"' for name in table.schema.names)
    order = ", ".join(f'"{name}"' for name in table.keys)
    within = f"{key} >= $low AND ($high IS NULL OR {key} < $high)"
    wanted = f"SELECT * FROM ({rows}) WHERE {within}"
    if "text" in table.schema.names:
        wanted = f"""
            SELECT d.*, coalesce(t.text, '') AS text FROM ({wanted}) d LEFT JOIN (
                SELECT doc_id, string_agg(text, '' ORDER BY piece) AS text FROM texts
                WHERE {within} GROUP BY doc_id
            ) t USING (doc_id)
        """
    for low, high in pairwise([*_bounds(store, table), None]):
        yield from store.connection.sql(
            f"SELECT {columns} FROM ({wanted}) ORDER BY {order}",
            params={"low": low, "high": high},
        ).to_arrow_reader(table.group)


def _bounds(store: Store, table: Table) -> list[str]:
    """The keys with which the parts of a table begin that are sorted one by one."""
    small = _SORTED_CHARS // 100  # it would take longer to find the parts than to sort
    if store.one("SELECT count(*) + coalesce(sum(n_chars), 0) FROM documents") < small:
        return [""]
    size = "n_chars" if "text" in table.schema.names else "0"
    found = store.rows(
        f"""
        WITH sized AS (SELECT "{table.keys[0]}" AS k, {size} AS size FROM ({_QUERIES[table.name]})),
        placed AS (
            SELECT k, (row_number() OVER w - 1) // {_SORTED_GROUPS * table.group} AS rows_before,
                   (sum(size) OVER w - size) // {_SORTED_CHARS} AS chars_before
            FROM sized WINDOW w AS (ORDER BY k ROWS UNBOUNDED PRECEDING)
        )
        SELECT min(k) FROM placed GROUP BY rows_before, chars_before ORDER BY 1
        """
    )
    return sorted({row[0] for row in found})


def count(store: Store, table: str, by: str) -> list[tuple[str, int]]:
    """Rows of a table by the values of a column, sorted by value."""
    query = f'SELECT "{by}", count(*) FROM ({_QUERIES[table]}) GROUP BY 1 ORDER BY 1'
    return store.rows(query)


assert set(_QUERIES) == set(BY_NAME)  # noqa: S101 - a table has a query
