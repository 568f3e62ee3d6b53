"""Connections to DuckDB, over files or over nothing but memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

_ROW_GROUP = 16_384  # rows that are packed together, in memory; DuckDB's 122,880 can be long texts


def connect(
    path: Path | None = None,
    *,
    memory: str = "1GB",
    spill: str | None = None,
    read_only: bool = False,
) -> duckdb.DuckDBPyConnection:
    """DuckDB over a file, or over nothing; it never goes to the network and has bounded memory."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory,
        "preserve_insertion_order": False,
    }
    if spill:
        config["temp_directory"] = spill
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET enable_progress_bar = false")
    if path is not None:
        attach(connection, path, "store", read_only=read_only)
        connection.execute("USE store")
    return connection


def attach(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, *, read_only: bool = False
) -> None:
    """Open a database file beside what is open.

    Args:
        connection: See `connect`.
        path: The file; made if missing.
        name: By which queries know it.
        read_only: Only look.
    """
    # Absolute: DuckDB takes a ~ in front for the user's home, whatever follows.
    quoted = str(path.absolute()).replace("'", "''")
    options = "READ_ONLY" if read_only else f"ROW_GROUP_SIZE {_ROW_GROUP}"
    connection.execute(f"ATTACH '{quoted}' AS {name} ({options})")
