"""An output folder that is worked on: by one run at a time, and its disk's faults told."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock, Timeout

from pipeline import errors
from pipeline.batch.database import is_of_disk
from pipeline.layout import WORK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def lock(out: Path, *, wait: bool) -> Iterator[None]:
    """Keep other runs from an output folder.

    Raises:
        UserError: LOCKED, unless one is to wait.
    """
    folder = out / WORK
    folder.mkdir(parents=True, exist_ok=True)
    held = FileLock(folder / "lock", timeout=-1 if wait else 0)
    try:
        held.acquire()
    except Timeout:
        raise errors.UserError(errors.LOCKED, path=out) from None
    try:
        yield
    finally:
        held.release()


@contextlib.contextmanager
def disk_errors(out: Path | str) -> Iterator[None]:
    """Say in one line that the output folder, or the store in it, cannot be used."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or errors.first_line(error)
        raise errors.UserError(errors.CANNOT_WRITE, path=out, reason=reason) from error
    except duckdb.Error as error:
        reason = errors.first_line(error)
        # What DuckDB cannot read is cut short; all else that it calls an IO error is about writing.
        writing = isinstance(error, duckdb.IOException) and "Could not read" not in reason
        problem = errors.CANNOT_WRITE if writing or is_of_disk(error) else errors.STORE_FAILED
        raise errors.UserError(problem, path=out, reason=reason) from error
