"""The published tables of one run, to ask with SQL, and nothing else.

DuckDB works in memory and sees each table as a view on its Parquet file, which Arrow reads for
it: the database itself may open no file, load no extension and change no setting.
"""

from __future__ import annotations

import contextlib
import tempfile
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline import errors, schemas
from pipeline.batch import publish
from pipeline.batch.look import parquet_file
from pipeline.duck import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

_LOCKS = (
    "SET TimeZone = 'UTC'",
    "SET preserve_insertion_order = true",
    "SET max_temp_directory_size = '16GB'",
    "SET python_enable_replacements = false",  # no table is a variable of ours
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


@contextlib.contextmanager
def opened(out: Path, folder: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked database with the published tables, all of one run; memory is bounded.

    Args:
        out: The output folder.
        folder: What `publish.current` gave, where more is read of the run than its tables.

    Raises:
        UserError: NOTHING_THERE, CANNOT_READ or ONLY_CSV; VERIFY_FAILED where a file is damaged;
            CANNOT_WRITE where there is no place for temporary files.
    """
    # Not through the links: a run may publish meanwhile.
    folder = folder or publish.current(out) or out
    with (
        _spill() as spill,
        connect(spill=spill) as connection,
    ):
        for table in schemas.PUBLISHED:
            file = folder / parquet_file(out, table.name).name
            try:
                rows = connection.from_arrow(ds.dataset(file))
            except (pa.ArrowException, OSError) as error:
                reason = f"{file.name}: {error}".rstrip(".")
                raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=reason) from None
            rows.project(", ".join(map(_column, table.schema))).create_view(table.name)
        for lock in _LOCKS:
            connection.execute(lock)
        yield connection


def _spill() -> tempfile.TemporaryDirectory[str]:
    """Where DuckDB puts what memory cannot hold."""
    try:
        return tempfile.TemporaryDirectory(prefix="nb-entities-")
    except OSError as error:
        reason = error.strerror or error
        raise errors.UserError(errors.CANNOT_WRITE, path="TMPDIR", reason=reason) from None


def _column(field: pa.Field) -> str:
    """A field as a query sees it: scores as they were rounded."""
    name = f'"{field.name}"'
    if pa.types.is_float32(field.type):
        return f"round({name}::DOUBLE, 3) AS {name}"
    return name
