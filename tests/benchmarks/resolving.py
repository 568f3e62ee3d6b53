"""How long the names of large corpora take to resolve, and how much memory."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from rich.table import Table

from pipeline import vocabulary
from pipeline.duck import connect
from pipeline.stages.resolve import resolve

SIZES = (100_000, 300_000, 1_000_000)

# Made-up names as a newspaper has them: a few everywhere, most seldom. People in full, by a
# surname and with a middle name, cities and streets, parties and companies; 25 in a document.
_MENTIONS = """
CREATE TABLE found AS
WITH drawn AS (
    SELECT i, (hash(i) % 100)::INT AS kind, (hash(i, 1) % 400)::INT AS first,
           (hash(i, 2) % 400)::INT AS second,
           pow(hash(i, 3) % 100_000 / 1e5, 3) AS rare
    FROM range($n) AS t(i)
),
named AS (
    SELECT i, CASE
        WHEN kind < 30 THEN format('Fornavn{} Etternavn{}', first, (30_000 * rare)::INT)
        WHEN kind < 50 THEN format('Etternavn{}', (30_000 * rare)::INT)
        WHEN kind < 55 THEN format('Fornavn{} Fornavn{} Etternavn{}', first, second,
                                   (30_000 * rare)::INT)
        WHEN kind < 75 THEN ['Oslo', 'Norge', 'Bergen', 'Hamar', 'Kina', 'USA'][1 + first % 6]
        WHEN kind < 80 THEN format('Sted{}veien', (20_000 * rare)::INT)
        WHEN kind < 90 THEN ['Ap', 'Nato', 'Equinor ASA', 'Frp'][1 + first % 4]
        ELSE format('Selskap{} AS', (50_000 * rare)::INT) END AS name,
        CASE WHEN kind < 55 THEN 'person' WHEN kind < 80 THEN 'place'
             ELSE 'organisation' END AS type
    FROM drawn
)
SELECT format('{:08d}', i // 25) AS doc_id, (i % 25)::INT AS sentence,
       (100 * (i % 25))::INT AS "start", "start" + length(name)::INT AS "end",
       name AS surface, name, name AS full_name, type, 'ORG' AS label, false AS derived,
       'body' AS zone, 'model' AS method, 0.9::FLOAT AS score, NULL::VARCHAR AS canonical,
       NULL::VARCHAR AS canonical_id, name || repeat(' og så videre', 8) AS context
FROM named
"""
_DATES = """
CREATE TABLE dates AS
SELECT DISTINCT doc_id, NULL::VARCHAR AS title, NULL::TIMESTAMP AS published,
       published AS first_published, published AS last_published FROM found
"""


def _peak() -> float:
    """Megabytes that this process had at most."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def resolving() -> Table:
    """Resolve generated mentions, more each time, in this process."""
    table = Table("mentions", "entities", "seconds", "for a million", "peak MB", title="resolving")
    for n in SIZES:
        with (
            tempfile.TemporaryDirectory() as folder,
            connect(Path(folder) / "store.duckdb") as store,
        ):
            store.execute(_MENTIONS, {"n": n})
            store.execute(_DATES)
            begun = time.perf_counter()
            resolve(store, vocabulary.DEFAULT_TYPES)
            seconds = time.perf_counter() - begun
            entities = len(store.execute("SELECT entity_id FROM entities").fetchall())
        row = (f"{n:,}", f"{entities:,}", f"{seconds:.1f}", f"{seconds / n * 1e6:.1f}")
        table.add_row(*row, f"{_peak():,.0f}")
    return table
