"""Write: tables to Parquet and CSV files, in bounded memory and always the same bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pipeline.schemas import Table

REVISION = 2  # raise it when the tables come out otherwise of the same results
LIST_SEPARATOR = " | "
EXCEL = "excel"
_GROUP_CHARS = 25_000_000  # code points of text after which a row group is full


@dataclass(frozen=True, slots=True)
class Written:
    """One file: its name, its rows, its size in bytes and the SHA-256 of its bytes."""

    name: str
    rows: int
    size: int
    sha256: str


def write(
    table: Table, batches: Iterable[pa.RecordBatch], folder: Path, formats: Sequence[str]
) -> list[Written]:
    """Write a table to `folder` in every format.

    Args:
        table: Its name and schema.
        batches: Its rows with plain columns, already sorted by the table's keys.
        folder: Where the files go; must exist.
        formats: parquet, csv, excel.

    Returns:
        What was written, in the order of `formats`.

    Raises:
        OSError: A file could not be written.
    """
    writers = [_WRITERS[name](table, folder / file_name(table, name)) for name in formats]
    rows = 0
    try:
        for chunk in _chunks(batches, table):
            rows += chunk.num_rows
            for writer in writers:
                writer.write(chunk)
    finally:
        for writer in writers:
            writer.close()
    return [_describe(writer.path, rows) for writer in writers]


def write_for_excel(table: Table, rows: pa.Table, path: Path) -> None:
    """Write a whole table to one file that opens in a Norwegian Excel.

    Args:
        table: Its schema.
        rows: Its rows with plain columns.
        path: The file.

    Raises:
        OSError: The file could not be written.
    """
    writer = _ExcelCsv(table, path)
    try:
        writer.write(table.cast(rows))
    finally:
        writer.close()


def file_name(table: Table, form: str) -> str:
    """Name of the file with a table in a format."""
    return f"{table.name}.{_WRITERS[form].suffix}"


def _chunks(batches: Iterable[pa.RecordBatch], table: Table) -> Iterator[pa.Table]:
    """The rows as one table a row group, in the table's schema."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        rows = pa.Table.from_batches([*waiting, batch])
        while size := _full(rows, table):
            yield table.cast(rows.slice(0, size))
            rows = rows.slice(size)
        waiting = rows.to_batches()
    if waiting:
        yield table.cast(pa.Table.from_batches(waiting))


def _full(rows: pa.Table, table: Table) -> int:
    """How many of the rows fill a row group; 0 where they are too few.

    A row group has as many as the table says, or fewer with long texts: it is in memory as a whole,
    here and where it is read.
    """
    if "text" in table.schema.names:
        sizes = pc.cumulative_sum(rows["n_chars"].cast(pa.int64()))
        size = pc.index(pc.greater_equal(sizes, _GROUP_CHARS), True).as_py() + 1
        if 0 < size < table.group:
            return int(size)
    return table.group if rows.num_rows >= table.group else 0


class _Parquet:
    suffix = "parquet"

    def __init__(self, table: Table, path: Path) -> None:
        self.path = path
        self._writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")

    def write(self, rows: pa.Table) -> None:
        self._writer.write_table(rows, row_group_size=rows.num_rows)

    def close(self) -> None:
        self._writer.close()


class _Csv:
    """Commas, UTF-8, quotes around all text: what programs read."""

    suffix, delimiter, mark = "csv", ",", b""

    def __init__(self, table: Table, path: Path) -> None:
        self.path = path
        fields = [f for f in table.schema if f.name not in table.csv_without]
        self._schema = pa.schema([pa.field(f.name, self._type(f.type)) for f in fields])
        self._file = self.path.open("wb")
        self._file.write(self.mark)
        options = pyarrow.csv.WriteOptions(
            delimiter=self.delimiter, quoting_style="needed", quoting_header="none"
        )
        self._writer = pyarrow.csv.CSVWriter(self._file, self._schema, write_options=options)

    def write(self, rows: pa.Table) -> None:
        columns = [self._column(rows[field.name]) for field in self._schema]
        self._writer.write_table(pa.table(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()
        self._file.close()

    def _type(self, kind: pa.DataType) -> pa.DataType:
        plain = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
        return kind if plain else pa.string()

    def _column(self, column: pa.ChunkedArray) -> pa.ChunkedArray:
        if pa.types.is_list(column.type):
            return pc.binary_join(column, LIST_SEPARATOR)
        if pa.types.is_timestamp(column.type):
            return pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ")
        return column.cast(self._type(column.type))


class _ExcelCsv(_Csv):
    """Opens in a Norwegian Excel by a double click, and runs nothing there.

    Excel takes the separator and the decimal comma from the language of the computer, and the
    encoding from the mark. A cell that begins like a formula gets an apostrophe before it
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """

    suffix, delimiter, mark = "excel.csv", ";", b"\xef\xbb\xbf"

    def _type(self, kind: pa.DataType) -> pa.DataType:
        return pa.string() if pa.types.is_floating(kind) else super()._type(kind)

    def _column(self, column: pa.ChunkedArray) -> pa.ChunkedArray:
        if pa.types.is_floating(column.type):
            return pc.replace_substring(column.cast(pa.string()), ".", ",")
        column = super()._column(column)
        if pa.types.is_string(column.type):
            return pc.replace_substring_regex(column, r"^([=+\-@\t\r])", r"'\1")
        return column


_WRITERS: dict[str, type[_Parquet] | type[_Csv]] = {
    "parquet": _Parquet,
    "csv": _Csv,
    EXCEL: _ExcelCsv,
}


def _describe(path: Path, rows: int) -> Written:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Written(path.name, rows, path.stat().st_size, digest)
