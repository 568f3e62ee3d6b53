"""Reads and writes CSV files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KNOWLEDGE = Path(__file__).parents[1]

Row = tuple[object, ...]


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def kept(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table as it stands among the knowledge now."""
    return read_csv(KNOWLEDGE / f"{name}.csv")


def write(name: str, header: str, rows: list[Row]) -> None:
    """Put a table in the place of the one that stands there."""
    with (KNOWLEDGE / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
