"""The published tables of one run, to ask with SQL."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset

from pipeline import errors
from pipeline.batch import publish
from pipeline.batch.database import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

MEMORY = "500MB"  # of DuckDB, which spills the rest
_TABLES = ("documents", "mentions", "entities", "failures")


@contextmanager
def opened(out: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the tables of the published run: those of another run do not come in between.

    Args:
        out: The output folder of a run.

    Returns:
        A connection with a relation a table; dates are in UTC and have no time zone.

    Raises:
        UserError: NOTHING_THERE, ONLY_CSV where the run wrote no Parquet, VERIFY_FAILED where
            a file is damaged.
    """
    folder = publish.current(out)
    if folder is None:
        raise errors.UserError(errors.NOTHING_THERE, path=out)
    if not (folder / "mentions.parquet").exists():
        raise errors.UserError(errors.ONLY_CSV, path=out, file=out / "mentions.csv")
    with (
        tempfile.TemporaryDirectory() as spill,
        connect(":memory:", memory=MEMORY, spill=spill) as connection,
    ):
        for name in _TABLES:
            # DuckDB's own reader would take brackets in the path for a pattern.
            try:
                rows = pyarrow.dataset.dataset(folder / f"{name}.parquet")
            except (pa.ArrowException, OSError) as error:
                reason = f"{name}.parquet: {error}".rstrip(".")
                raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=reason) from None
            connection.register(f"{name}_file", rows)
            dates = [f.name for f in rows.schema if pa.types.is_timestamp(f.type)]
            columns = ", ".join(f"make_timestamp(epoch_us({date})) AS {date}" for date in dates)
            replaced = f"REPLACE ({columns})" if dates else ""
            connection.execute(f"CREATE VIEW {name} AS SELECT * {replaced} FROM {name}_file")
        yield connection
