"""The entities that are shown, with what is told of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.report import examples, timeline

if TYPE_CHECKING:
    import duckdb

# However many documents there are, the page stays some megabytes.
ENTITIES = 1_000  # of each type
EXAMPLES = 6_000  # mentions in context
EXAMPLES_OF_ONE = 50

_SHOWN = """
    CREATE TEMP TABLE shown AS
    SELECT entity_id, name, type, aliases, n_mentions, n_documents, country, region, wikidata,
           strftime(first_published, '%Y-%m-%d') AS first,
           strftime(last_published, '%Y-%m-%d') AS last
    FROM entities
    QUALIFY row_number() OVER (
        PARTITION BY type ORDER BY n_mentions DESC, n_documents DESC, name, entity_id) <= $n
"""
_DOCUMENTS = """
    SELECT title, strftime(published, '%Y-%m-%d'), doc_id, language
    FROM documents SEMI JOIN chosen USING (doc_id)
    ORDER BY published DESC NULLS LAST, doc_id
"""
_COUNTS = """
    SELECT entity_id, strftime(published, $form), count(DISTINCT doc_id)
    FROM mentions SEMI JOIN shown USING (entity_id)
    WHERE published IS NOT NULL GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a mention is shown from."""

    title: str | None
    published: str | None
    doc_id: str
    language: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place or organisation.

    Attributes:
        line: Its documents over time; None where none is dated.
        n_examples: How many of its mentions are shown.
        examples: These, the newest first: index of the document, contexts.
    """

    entity_id: str
    name: str
    type: str
    aliases: list[str]
    n_mentions: int
    n_documents: int
    country: str | None
    region: str | None
    wikidata: str | None
    first: str | None
    last: str | None
    line: timeline.Line | None
    n_examples: int
    examples: list[tuple[int, tuple[examples.Context, ...]]]


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities that are shown.

    Attributes:
        totals: Type to entities, most first: all that there are.
        n_mentions: Mentions of all that there are.
        shown: Those most mentioned of each type, most first.
        documents: Documents of their examples.
    """

    totals: dict[str, int]
    n_mentions: int
    shown: list[Entity]
    documents: list[Document]


def read(connection: duckdb.DuckDBPyConnection, time: timeline.Timeline) -> Entities:
    """Read the entities that are mentioned most.

    Args:
        connection: See `batch.published.opened`.
        time: The periods of their lines.
    """
    totals = connection.sql(
        "SELECT type, count(*), sum(n_mentions)::BIGINT FROM entities"
        " GROUP BY ALL ORDER BY 2 DESC, 1"
    ).fetchall()
    connection.execute(_SHOWN, {"n": ENTITIES})
    shown = connection.sql("FROM shown ORDER BY n_mentions DESC, name, entity_id")
    rows = shown.to_arrow_table().to_pylist()
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for entity_id, period, n in connection.execute(_COUNTS, {"form": time.form}).fetchall():
        counts[entity_id][period] = n
    shares = examples.share([row["n_mentions"] for row in rows], EXAMPLES_OF_ONE, EXAMPLES)
    ids = pa.array([row["entity_id"] for row in rows], pa.string())
    connection.register("wanted", pa.table({"entity_id": ids, "n": pa.array(shares, pa.int64())}))
    found = examples.read(connection)
    documents = [Document(*row) for row in connection.sql(_DOCUMENTS).fetchall()]
    index = {document.doc_id: n for n, document in enumerate(documents)}
    of_entity = defaultdict[str, list[tuple[int, tuple[examples.Context, ...]]]](list)
    for example in sorted(found, key=lambda example: index[example.doc_id]):
        of_entity[example.entity_id].append((index[example.doc_id], example.contexts))
    return Entities(
        totals={kind: n for kind, n, _ in totals},
        n_mentions=sum(n for *_, n in totals),
        shown=[
            Entity(
                **row,
                line=timeline.draw(time, counts[row["entity_id"]]),
                n_examples=share,
                examples=of_entity[row["entity_id"]],
            )
            for row, share in zip(rows, shares, strict=True)
        ],
        documents=documents,
    )
