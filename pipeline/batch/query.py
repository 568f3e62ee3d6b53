"""SQL over the published tables, and over nothing else.

DuckDB works in memory and sees each table as a view on its Parquet file, which Arrow reads for
it: the database itself may open no file, load no extension and change no setting.
"""

from __future__ import annotations

import contextlib
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from pipeline import errors, schemas
from pipeline.batch import publish
from pipeline.batch.database import connect
from pipeline.batch.look import parquet_file

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

Row = tuple[Any, ...]

_AT_ONCE = 1_000  # rows in memory
_LOCKS = (
    "SET TimeZone = 'UTC'",
    "SET preserve_insertion_order = true",
    "SET max_temp_directory_size = '16GB'",
    "SET python_enable_replacements = false",  # no table is a variable of ours
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def query(out: Path, sql: str) -> Generator[Row, None, None]:
    """The answer to a query over the published tables.

    Args:
        out: The output folder of a run.
        sql: One SELECT, in DuckDB's SQL.

    Yields:
        The names of the columns, then the rows.

    Raises:
        UserError: BAD_QUERY; NOTHING_THERE or ONLY_CSV where there are no tables to read.
    """
    with opened(out) as connection:
        try:
            yield from _answer(connection, sql)
        except duckdb.Error as error:
            raise _bad_query(_reason(error)) from None


@contextlib.contextmanager
def opened(out: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked database with the published tables, all of one run; memory is bounded.

    Raises:
        UserError: NOTHING_THERE or ONLY_CSV.
    """
    folder = publish.current(out) or out  # not through the links: a run may publish meanwhile
    with (
        tempfile.TemporaryDirectory(prefix="nb-entities-") as spill,
        connect(":memory:", spill=spill) as connection,
    ):
        for table in schemas.PUBLISHED:
            file = folder / parquet_file(out, table.name).name
            rows = connection.from_arrow(ds.dataset(file))
            rows.project(", ".join(map(_column, table.schema))).create_view(table.name)
        for lock in _LOCKS:
            connection.execute(lock)
        yield connection


def _column(field: pa.Field) -> str:
    """A field as a query sees it: times in UTC without a zone, scores as they were rounded."""
    name = f'"{field.name}"'
    if pa.types.is_timestamp(field.type):
        return f"{name} AT TIME ZONE 'UTC' AS {name}"
    if pa.types.is_float32(field.type):
        return f"round({name}::DOUBLE, 3) AS {name}"
    return name


def _answer(connection: duckdb.DuckDBPyConnection, sql: str) -> Generator[Row, None, None]:
    statements = connection.extract_statements(sql)
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        raise _bad_query("it has to be one SELECT")

    def first() -> Sequence[Row]:
        connection.execute(statements[0])
        return connection.fetchmany(_AT_ONCE)

    rows = _interruptible(connection, first)
    yield tuple(column[0] for column in connection.description or ())
    while rows:
        yield from rows
        rows = _interruptible(connection, lambda: connection.fetchmany(_AT_ONCE))


def _interruptible(
    connection: duckdb.DuckDBPyConnection, work: Callable[[], Sequence[Row]]
) -> Sequence[Row]:
    """Let a thread do the work, while this one heeds signals, which DuckDB may not do for long."""
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(work)
        try:
            return future.result()
        except BaseException:
            connection.interrupt()
            raise


def _bad_query(reason: str) -> errors.UserError:
    tables = ", ".join(table.name for table in schemas.PUBLISHED)
    return errors.UserError(errors.BAD_QUERY, reason=reason, tables=tables)


def _reason(error: duckdb.Error) -> str:
    """What DuckDB says, without the picture of the query under it."""
    return " ".join(str(error).split("\n\n")[0].split()).rstrip(".!")
