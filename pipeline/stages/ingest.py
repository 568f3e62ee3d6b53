"""From sources to documents: reads them, gives every row an id and a status."""

from __future__ import annotations

import hashlib
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

from pipeline import schemas
from pipeline.language.identify import identify
from pipeline.readers import RawFailure, ReadOptions, read_file, read_stream
from pipeline.readers.dates import date_in_name
from pipeline.readers.ids import RowIds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pyarrow as pa

    from pipeline.readers.raw import Raw
    from pipeline.stages.survey import Source

REVISION = 5  # raise it when the same bytes come out as another text or date

CHUNK = 4 * 2**20  # characters of text in one pair of tables
CHUNK_ROWS = 4096


def ingest(source: Source, options: ReadOptions) -> Iterator[tuple[pa.Table, pa.Table]]:
    """The documents of one source, and the failures among them.

    Bad input never raises: every row of the source is a document with a status (ok, empty or
    failed; which are duplicates only the whole corpus shows), and a file that cannot be read is
    one failed document named as the source.

    Args:
        source: See `survey`.
        options: What the user says about the sources.

    Yields:
        Tables of `schemas.DOCUMENTS` and `schemas.FAILURES`, in the order of the rows, about
        `CHUNK` characters of text at a time.
    """
    if source.path is None:
        raws = read_stream(sys.stdin.buffer, options)
    else:
        raws = read_file(source.path, options)
    yield from to_tables(source.name, raws)


def to_tables(name: str, raws: Iterable[Raw]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """What a reader found in a source of this name, as `ingest` gives it."""
    with closing(RowIds(name)) as ids:
        chunk = _Chunk()
        for raw in raws:
            chunk.add(name, ids, raw)
            if chunk.n_chars >= CHUNK or len(chunk.documents) >= CHUNK_ROWS:
                yield chunk.tables()
                chunk = _Chunk()
        if chunk.documents:
            yield chunk.tables()


class _Chunk:
    """Rows of both tables, until there are enough of them."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.failures: list[dict[str, Any]] = []
        self.n_chars = 0

    def add(self, source: str, ids: RowIds, raw: Raw) -> None:
        """Adds one document, or one failed document and its failure."""
        text = "" if isinstance(raw, RawFailure) else join(raw.title, raw.body)
        sha256 = _sha256(text)
        repeated = False
        if raw.key is None:
            doc_id = source
        else:
            # Two failures with one key are told apart by their number: a message has the row's.
            doc_id, repeated = ids.id_for(raw.key, sha256)
        if isinstance(raw, RawFailure):
            self._add_failed(source, doc_id, raw)
            return
        repairs = {*raw.repairs, "repeated id"} if repeated and raw.key else raw.repairs
        self._add(
            doc_id=doc_id,
            source=source,
            title=raw.title,
            # What a row says of its date, and nobody understands, is not what the file's name says.
            published=raw.published or (None if "date" in repairs else date_in_name(source)),
            language=identify(text),
            status="ok" if text else "empty",
            text=text,
            n_chars=len(text),
            sha256=sha256,
            encoding=raw.encoding,
            repairs=sorted(repairs),
        )
        self.n_chars += len(text)

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Both tables."""
        return _table(schemas.DOCUMENTS, self.documents), _table(schemas.FAILURES, self.failures)

    def _add_failed(self, source: str, doc_id: str, raw: RawFailure) -> None:
        self._add(doc_id=doc_id, source=source, published=None, status="failed", sha256=_sha256(""))
        self.failures.append(
            {
                "doc_id": doc_id,
                "source": source,
                "stage": "ingest",
                "code": raw.problem.code,
                "message": raw.message,
                "attempts": 1,
            }
        )

    def _add(self, **fields: str | int | datetime | list[str] | None) -> None:
        defaults: dict[str, Any] = {
            "title": None,
            "language": "unknown",
            "duplicate_of": None,
            "text": "",
            "n_chars": 0,
            "n_tokens": 0,
            "encoding": None,
            "repairs": [],
        }
        self.documents.append(defaults | fields)


def join(title: str | None, body: str) -> str:
    """The text of a document: title, blank line, body; the title once, if the body begins with it.

    Every offset refers to this text, which begins and ends with a visible character.
    """
    body = body.strip()
    if not title:
        return body
    first, _, rest = body.partition("\n")
    if " ".join(first.split()) == title:
        body = rest.strip()
    return f"{title}\n\n{body}".strip()


def _table(table: schemas.Table, rows: list[dict[str, Any]]) -> pa.Table:
    return table.from_columns({name: [row[name] for row in rows] for name in table.schema.names})


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
