"""What was read, and what failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.report import timeline
from pipeline.vocabulary import STATUSES

if TYPE_CHECKING:
    import duckdb

SOURCES = 20
FAILURES = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of documents, or a file in no folder."""

    name: str
    documents: int
    failed: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that a stage could not do."""

    doc_id: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        roots: The files and folders that a run was given, those with most documents first.
        statuses: Status to documents; every status.
        languages: Language to documents, most first.
        dated: How many documents have a date.
        undated: How many have one that was not understood.
        first: The earliest date, "" where there is none.
        last: The latest.
        line: All documents over time.
        sources: Those with most documents.
        n_sources: How many there are.
        failures: The first.
        n_failures: How many there are.
    """

    roots: list[str]
    statuses: dict[str, int]
    languages: dict[str, int]
    dated: int
    undated: int
    first: str
    last: str
    line: timeline.Line | None
    sources: list[Source]
    n_sources: int
    failures: list[Failure]
    n_failures: int


def read(connection: duckdb.DuckDBPyConnection) -> tuple[Reading, timeline.Timeline]:
    """Read what was read.

    Args:
        connection: See `batch.published.opened`.

    Returns:
        What was read, and the time it is about.
    """
    roots = connection.sql(
        "SELECT split_part(source, '/', 1) AS root FROM documents"
        " GROUP BY root ORDER BY count(*) DESC, root"
    ).fetchall()
    statuses = dict.fromkeys(STATUSES, 0)
    statuses |= connection.sql("SELECT status, count(*) FROM documents GROUP BY ALL").fetchall()
    languages = connection.sql(
        "SELECT language, count(*) FROM documents WHERE status = 'ok'"
        " GROUP BY ALL ORDER BY 2 DESC, 1"
    ).fetchall()
    ((dated, undated, first, last),) = connection.sql(
        "SELECT count(published), count(*) FILTER (list_contains(repairs, 'date')),"
        " min(published), max(published) FROM documents"
    ).fetchall()
    time = timeline.divide(first, last, dated)
    counts = connection.execute(
        "SELECT strftime(published, $form), count(*) FROM documents"
        " WHERE published IS NOT NULL GROUP BY ALL",
        {"form": time.form},
    ).fetchall()
    sources = connection.sql(
        """
        SELECT coalesce(nullif(regexp_extract(source, '^(.*)/', 1), ''), source) AS name,
               count(*) AS documents, count(*) FILTER (status = 'failed') AS failed
        FROM documents GROUP BY name ORDER BY documents DESC, name
        """
    ).fetchall()
    failures = connection.execute(
        "SELECT doc_id, code, message FROM failures ORDER BY doc_id, stage LIMIT $n",
        {"n": FAILURES},
    ).fetchall()
    ((n_failures,),) = connection.sql("SELECT count(*) FROM failures").fetchall()
    reading = Reading(
        roots=[root for (root,) in roots],
        statuses=statuses,
        languages=dict(languages),
        dated=dated,
        undated=undated,
        first=first.date().isoformat() if first else "",
        last=last.date().isoformat() if last else "",
        line=timeline.draw(time, dict(counts)),
        sources=[Source(*row) for row in sources[:SOURCES]],
        n_sources=len(sources),
        failures=[Failure(*row) for row in failures],
        n_failures=n_failures,
    )
    return reading, time
