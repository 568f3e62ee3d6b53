"""The published tables as queries over the store, each sorted by its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.batch.store import KEY
from pipeline.schemas import PUBLISHED, Table
from pipeline.stages.write import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from pipeline.batch.store import Store

_TOKENIZED = KEY.replace("$fingerprint", "getvariable('tokenize')")
_EXTRACTED = KEY.replace("$fingerprint", "getvariable('extract')")

# What resolve works on: the names and the dates of documents with different texts.
FOUND = f"""
    SELECT d.doc_id, s.* EXCLUDE (part, doc_key)
    FROM unique_documents d JOIN spans s ON s.doc_key = {_EXTRACTED}
    WHERE d.status = 'ok' AND d.doc_id = d.first_id
"""
DATES = "SELECT doc_id, title, published FROM documents"

_CURRENT_FAILURES = f"""
    SELECT f.doc_id, f.source, f.stage, f.code, f.message, f.attempts
    FROM failures f
    WHERE f.stage = 'ingest'
       OR f.doc_key IN (SELECT {_TOKENIZED} FROM documents d)
       OR f.doc_key IN (SELECT {_EXTRACTED} FROM documents d)
"""

_QUERIES = {
    "documents": f"""
        WITH failed AS (SELECT DISTINCT doc_id FROM ({_CURRENT_FAILURES})),
             counted AS (SELECT doc_key, max(n_tokens) AS n FROM done
                         WHERE stage = 'tokenize' GROUP BY doc_key)
        SELECT d.doc_id, d.source, d.title, d.published, d.language,
               CASE WHEN d.status <> 'ok' THEN d.status
                    WHEN d.doc_id <> d.first_id THEN 'duplicate'
                    WHEN f.doc_id IS NOT NULL THEN 'failed'
                    ELSE 'ok' END AS status,
               CASE WHEN d.status = 'ok' AND d.doc_id <> d.first_id THEN d.first_id END
                   AS duplicate_of,
               d.text, d.n_chars, coalesce(c.n, 0) AS n_tokens, d.sha256, d.encoding, d.repairs
        FROM unique_documents d
        LEFT JOIN failed f USING (doc_id)
        LEFT JOIN counted c ON c.doc_key = {_TOKENIZED}
    """,
    "mentions": "SELECT * FROM mentions",
    "entities": "SELECT * FROM entities",
    "cooccurrences": "SELECT * FROM cooccurrences",
    "failures": _CURRENT_FAILURES,
    # What the run before called an entity, and which entity has its mentions now.
    "entity_changes": """
        WITH gone AS (
            SELECT DISTINCT entity_id FROM published
            WHERE entity_id NOT IN (SELECT entity_id FROM entities)
        ),
        moved AS (
            SELECT DISTINCT g.entity_id AS old_id, m.entity_id AS new_id
            FROM gone g JOIN published p USING (entity_id) LEFT JOIN mentions m USING (mention_id)
        ),
        known AS (
            SELECT *, count(new_id) OVER (PARTITION BY old_id) AS n FROM moved
        )
        SELECT old_id, new_id,
               CASE n WHEN 0 THEN 'gone' WHEN 1 THEN 'merged' ELSE 'split' END AS reason
        FROM known WHERE new_id IS NOT NULL OR n = 0
    """,
}


def set_fingerprints(store: Store, tokenize: str, extract: str) -> None:
    """Say which tokenization and extraction the queries are about."""
    for name, value in (("tokenize", tokenize), ("extract", extract)):
        store.connection.execute(f"SET VARIABLE {name} = $1", [value])


def read(store: Store, table: Table) -> Iterator[pa.RecordBatch]:
    """The rows of a table, sorted by its keys; columns are plain, in the schema's order."""
    columns = ", ".join(f'"{name}"' for name in table.schema.names)
    order = ", ".join(f'"{name}"' for name in table.keys)
    query = f"SELECT {columns} FROM ({_QUERIES[table.name]}) ORDER BY {order}"
    yield from store.connection.sql(query).to_arrow_reader(ROWS)


def count(store: Store, table: str, by: str) -> list[tuple[str, int]]:
    """Rows of a published table by the values of a column, sorted by value."""
    query = f'SELECT "{by}", count(*) FROM ({_QUERIES[table]}) GROUP BY 1 ORDER BY 1'
    return store.rows(query)


assert set(_QUERIES) == {table.name for table in PUBLISHED}  # noqa: S101 - a table has a query
