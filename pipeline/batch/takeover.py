"""What a new store takes over from the published tables: what the next ones are compared with."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from pipeline import errors
from pipeline.batch import guard
from pipeline.batch.restore import found

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.batch.store import Store


def take_over(store: Store, out: Path) -> None:
    """Let a store that is new know the published tables, if there are any.

    So that sources that shrank stop the run, as those do that cannot be kept, and entities that
    changed are listed, also where the store was thrown away. Tables that cannot be read are no
    reason not to make new ones.

    Args:
        store: Of the output folder; nothing is changed where it has been through an ingest.
        out: The output folder.
    """
    folder = found(out)
    if folder is None or store.state(guard.ROOTS) is not None:
        return
    from pipeline.batch import look  # few runs have a new store

    with (
        contextlib.suppress(
            OSError, pa.ArrowException, duckdb.InvalidInputException, errors.UserError
        ),
        store.transaction(),
    ):
        store.connection.execute("DELETE FROM published")  # of a run that came to nothing
        named = look.rows(folder, "mentions", ["mention_id", "entity_id"])
        store.connection.from_arrow(named).insert_into("published")
        read = store.connection.from_arrow(look.rows(folder, "documents", ["source", "status"]))
        # Also the sources of which nothing could be read: --append is to keep their failures.
        has_text = "status IN ('ok', 'duplicate')"
        counts = dict(read.aggregate(f"source, count(*) FILTER ({has_text})").fetchall())
        store.set_state(guard.COUNTS, json.dumps(guard.by_root(counts)))
        store.published_sources = counts
