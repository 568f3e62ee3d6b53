"""The tokens as a Parquet file, which takes the place of none but such a file."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from pipeline import errors, schemas
from pipeline.batch import tables
from pipeline.batch.folder import disk_errors
from pipeline.whole import fsync

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.batch.store import Store


def see_replaceable(path: Path) -> None:
    """See that no other file would be lost: a source, or a table.

    Raises:
        UserError: BAD_SETTINGS.
    """
    with contextlib.suppress(OSError):  # what cannot be looked at, writing tells of
        if path.exists() and not _has_tokens(path):
            where, reason = f"--export is '{path}'", "it is there already, and has no tokens in it"
            raise errors.UserError(errors.BAD_SETTINGS, where=where, reason=reason)


def _has_tokens(path: Path) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # As a file object: Arrow would take `news:2024` for a URI.
        with path.open("rb") as file:
            return bool(pq.read_schema(file).names == schemas.EXPORTED_TOKENS.schema.names)
    except pa.ArrowException:
        return path.stat().st_size == 0


def write_tokens(store: Store, fingerprint: str, path: Path) -> None:
    """Write the tokens of all documents to a file, which is there once it is whole.

    Args:
        store: Has them.
        fingerprint: Of the tokenization.
        path: The file.

    Raises:
        UserError: CANNOT_WRITE.
    """
    from pipeline.stages.write import write

    tables.prepare(store, fingerprint, "")
    table = schemas.EXPORTED_TOKENS
    # Absolute: Arrow would take `news:2024` for a URI.
    folder = path.absolute().with_name(f".{path.name}.new")
    with disk_errors(path):
        shutil.rmtree(folder, ignore_errors=True)  # of an export that was killed
        folder.mkdir(parents=True)
        try:
            (written,) = write(table, tables.read(store, table), folder, ["parquet"])
            fsync(folder / written.name)
            (folder / written.name).replace(path)
            fsync(path.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
