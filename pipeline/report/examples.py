"""Mentions in context: which are shown, and how much of the text around them.

Everything is cut here, where a character is a code point: in JavaScript it may be two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import duckdb

REACH = 140  # characters of text on either side of a mention

_CHOOSE = """
    CREATE TEMP TABLE chosen AS
    WITH own AS (
        SELECT doc_id, "start", "end", type, entity_id, mention_id,
               row_number() OVER (PARTITION BY entity_id, doc_id ORDER BY mention_id) AS again,
               w.n
        FROM mentions JOIN wanted w USING (entity_id)
    )
    SELECT doc_id, "start", "end", type, entity_id FROM own
    QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY again, mention_id) <= n
"""
_NEAR = """
    SELECT DISTINCT m.doc_id, m."start", m."end", m.type, m.entity_id
    FROM mentions m JOIN chosen c USING (doc_id)
    WHERE m."end" > c."start" - $reach AND m."start" < c."end" + $reach
    ORDER BY m."start"
"""
_TEXTS = "SELECT doc_id, text FROM documents SEMI JOIN chosen USING (doc_id)"


class Mark(NamedTuple):
    """A name where it stands in a text."""

    start: int
    end: int
    type: str
    entity_id: str


Part = str | tuple[str, str, bool]
Context = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """Mentions of an entity in a document.

    Attributes:
        entity_id: The entity.
        doc_id: The document.
        contexts: Where it stands, each from left to right: text, and names as (surface, type,
            whether it is this entity).
    """

    entity_id: str
    doc_id: str
    contexts: tuple[Context, ...]


def share(counts: Sequence[int], most: int, total: int) -> list[int]:
    """How many mentions of each entity to show.

    Args:
        counts: Mentions of each entity, most first.
        most: Of one entity, however few others there are.
        total: Of all; one of each is shown in any case.

    Returns:
        All there are, if that is not too many; else an n-th as many of the n-th as of the first.
    """
    scale = sum(counts)  # which is n times the n-th or more: nothing is left out at first
    while True:
        shares = [min(n, most, max(1, scale // rank)) for rank, n in enumerate(counts, 1)]
        if sum(shares) <= total or scale <= 1:
            return shares
        scale = scale * 9 // 10


def read(connection: duckdb.DuckDBPyConnection) -> list[Example]:
    """Choose mentions of entities, and cut them out of the texts.

    They are a sample: of each entity those with the smallest ids, which are hashes, from as many
    documents as there are.

    Args:
        connection: Has the relations `mentions`, `documents` and `wanted` (entity_id, n: how many
            of its mentions); afterwards also `chosen`, the mentions that were chosen.

    Returns:
        In no order.
    """
    connection.execute(_CHOOSE)
    chosen = _by_document(connection.execute('FROM chosen ORDER BY entity_id, "start"').fetchall())
    near = _by_document(connection.execute(_NEAR, {"reach": REACH}).fetchall())
    examples: list[Example] = []
    for batch in connection.sql(_TEXTS).to_arrow_reader(500):
        for doc_id, text in zip(*batch.to_pydict().values(), strict=True):
            examples += _of_document(doc_id, text, chosen[doc_id], near[doc_id])
    return examples


def _by_document(rows: Iterable[tuple[str, int, int, str, str]]) -> dict[str, list[Mark]]:
    marks = defaultdict[str, list[Mark]](list)
    for doc_id, start, end, kind, entity_id in rows:
        marks[doc_id].append(Mark(start, end, kind, entity_id))
    return marks


def _of_document(
    doc_id: str, text: str, chosen: Iterable[Mark], near: Sequence[Mark]
) -> Iterator[Example]:
    """The chosen mentions of one document, by entity; no text is shown twice for one."""
    for entity_id, marks in groupby(chosen, key=attrgetter("entity_id")):
        contexts: list[Context] = []
        shown_to = 0
        for mark in marks:
            if mark.end > shown_to:
                low, high = window(text, mark.start, mark.end)
                low = min(mark.start, max(low, shown_to))
                contexts.append(tuple(cut(text, low, high, near, entity_id)))
                shown_to = high
        yield Example(entity_id, doc_id, tuple(contexts))


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """The text around a mention: whole words, `REACH` characters each way, within its paragraph.

    Args:
        text: The document.
        start: First character of the mention.
        end: One past its last.

    Returns:
        First character, and one past the last.
    """
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    if (edge := text.rfind("\n\n", low, start)) >= 0:
        low = edge + 2
    elif low and (blank := text.find(" ", low - 1, start)) >= 0:
        low = blank + 1
    if (edge := text.find("\n\n", end, high)) >= 0:
        high = edge
    elif high < len(text) and (blank := text.rfind(" ", end, high + 1)) >= 0:
        high = blank
    return low, high


def cut(text: str, low: int, high: int, marks: Sequence[Mark], entity_id: str) -> Iterator[Part]:
    """Cut text at the names in it.

    Args:
        text: The document.
        low: First character that is wanted.
        high: One past the last.
        marks: Names in the document, in their order; those outside are passed over.
        entity_id: The entity that the context is shown for.

    Returns:
        The parts of a context, with dots where its paragraph goes on.
    """
    at, before = low, "… " if text[max(0, low - 2) : low] not in ("", "\n\n") else ""
    for mark in marks[bisect_left(marks, low, key=attrgetter("start")) :]:
        if mark.start < at or mark.end > high:
            continue
        if before := before + text[at : mark.start]:
            yield before
        yield text[mark.start : mark.end], mark.type, mark.entity_id == entity_id
        at, before = mark.end, ""
    after = " …" if text[high : high + 2] not in ("", "\n\n") else ""
    if rest := before + text[at:high] + after:
        yield rest
