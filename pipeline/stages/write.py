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

REVISION = 1
ROWS = 50_000  # rows a row group: some tens of megabytes
LIST_SEPARATOR = " | "


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
        formats: parquet, csv.

    Returns:
        What was written, in the order of `formats`.

    Raises:
        OSError: A file could not be written.
    """
    writers = [_WRITERS[name](table, folder) for name in formats]
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


def _chunks(batches: Iterable[pa.RecordBatch], table: Table) -> Iterator[pa.Table]:
    """The rows in tables of exactly ROWS rows (the last has fewer), in the table's schema."""
    waiting: list[pa.RecordBatch] = []
    n = 0
    for batch in batches:
        waiting.append(batch)
        n += batch.num_rows
        while n >= ROWS:
            whole = pa.Table.from_batches(waiting)
            yield table.cast(whole.slice(0, ROWS))
            waiting = whole.slice(ROWS).to_batches()
            n -= ROWS
    if n:
        yield table.cast(pa.Table.from_batches(waiting))


class _Parquet:
    def __init__(self, table: Table, folder: Path) -> None:
        self.path = folder / f"{table.name}.parquet"
        self._writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")

    def write(self, rows: pa.Table) -> None:
        self._writer.write_table(rows, row_group_size=ROWS)

    def close(self) -> None:
        self._writer.close()


class _Csv:
    def __init__(self, table: Table, folder: Path) -> None:
        self.path = folder / f"{table.name}.csv"
        fields = [f for f in table.schema if f.name not in table.csv_without]
        self._schema = pa.schema([pa.field(f.name, _csv_type(f.type)) for f in fields])
        options = pyarrow.csv.WriteOptions(quoting_style="needed", quoting_header="none")
        self._writer = pyarrow.csv.CSVWriter(self.path, self._schema, write_options=options)

    def write(self, rows: pa.Table) -> None:
        columns = [_csv_column(rows[field.name]) for field in self._schema]
        self._writer.write_table(pa.table(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


_WRITERS: dict[str, type[_Parquet] | type[_Csv]] = {"parquet": _Parquet, "csv": _Csv}


def _csv_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind) or pa.types.is_list(kind) or pa.types.is_timestamp(kind):
        return pa.string()
    return kind


def _csv_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        return pc.binary_join(column, LIST_SEPARATOR)
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ")
    return column.cast(_csv_type(column.type))


def _describe(path: Path, rows: int) -> Written:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Written(path.name, rows, path.stat().st_size, digest)
