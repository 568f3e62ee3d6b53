"""Parquet: a row a document, read in batches, only the columns that are needed."""

from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from pipeline import errors
from pipeline.readers.decode import decode
from pipeline.readers.rows import Columns, read_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from pipeline.readers.raw import Raw, ReadOptions

_BATCH = 32  # rows; a document may be long, and a file of some bytes can say so of every row


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """One document or failure for each row.

    Args:
        stream: Unpacked to a temporary file where it cannot seek, as Parquet is read from its end.
        options: Names of the columns.

    Raises:
        DocumentError: BAD_TABLE, NO_TEXT_COLUMN, NO_COLUMN.
    """
    if stream.seekable():
        yield from _read(stream, options)
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield from _read(cast("BinaryIO", copy), options)


def _read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(stream) as table:
            names = table.schema_arrow.names
            found = Columns(options).require(names)
            wanted = sorted({column for column in found.values() if column})
            for batch in table.iter_batches(_BATCH, columns=wanted):
                columns = [_values(batch.column(batch.schema.names.index(c))) for c in wanted]
                for values in zip(*columns, strict=True):
                    yield read_row(dict(zip(wanted, values, strict=True)), found)
    except (pa.ArrowException, OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the data
        reason = " ".join(str(error).split()).rstrip(".")[:300]
        raise errors.DocumentError(errors.BAD_TABLE, reason=reason) from None


def _values(column: pa.Array) -> list[Any]:
    """A column as Python values: times in UTC, bytes and broken strings decoded."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", "UTC"), safe=False)
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = column.cast(pa.large_binary()).to_pylist()
    except (ValueError, OverflowError):  # a time that Python has no datetime for
        values = column.cast(pa.string()).to_pylist()
    return [decode(value).text if isinstance(value, bytes) else value for value in values]
