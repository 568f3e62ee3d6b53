"""SQL over the published tables, and over nothing else.

The database that answers is locked, see `published`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline import errors, schemas
from pipeline.batch.published import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

Row = tuple[Any, ...]

_AT_ONCE = 1_000  # rows in memory


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
