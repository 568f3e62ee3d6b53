"""Reads the user's gazetteer: a CSV file with the columns name, type, canonical, id."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pipeline.errors import BAD_GAZETTEER, UserError

REQUIRED = ("name", "type")
OPTIONAL = ("canonical", "id")


@dataclass(frozen=True, slots=True)
class Row:
    """One name.

    Attributes:
        name: As texts spell it.
        type: Out of `pipeline.schemas.TYPES`.
        canonical: The name to give it in the tables, None for the name itself.
        id: The user's identifier, None for none.
    """

    name: str
    type: str
    canonical: str | None = None
    id: str | None = None


def _types() -> tuple[str, ...]:
    from pipeline.schemas import TYPES  # Arrow comes with it: not before a file is read

    return TYPES


def _fail(path: Path, reason: str) -> NoReturn:
    raise UserError(BAD_GAZETTEER, path=path, reason=reason, types=", ".join(_types()))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        _fail(path, "there is no such file")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        _fail(path, f"line {line} is not UTF-8")
    except OSError as error:
        _fail(path, error.strerror or str(error))


def _row(path: Path, line: int, values: dict[str, str]) -> Row:
    name, kind = values["name"], values["type"].lower()
    if not name:
        _fail(path, f"line {line} has no name")
    if not any(character.isalnum() for character in name):
        _fail(path, f"line {line}: '{name}' has no letter or digit")
    if kind not in _types():
        _fail(path, f"line {line} has type '{values['type']}'")
    return Row(name, kind, values.get("canonical") or None, values.get("id") or None)


def read_gazetteer(path: str | Path) -> list[Row]:
    """The names in a gazetteer, in the order of the file, without repetitions.

    Args:
        path: A CSV file in UTF-8 with a header; commas, or semicolons as Excel writes them.

    Raises:
        UserError: The file cannot be read, or a line is wrong (`BAD_GAZETTEER`).
    """
    path = Path(path)
    lines = _text(path).splitlines()
    header = lines[0] if lines else ""
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: dict[str, tuple[int, Row]] = {}
    columns: list[str] = []
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]  # noqa: PLW2901
            if not any(cells):
                continue
            if not columns:
                columns = _columns(path, cells)
                continue
            if len(cells) > len(columns):
                _fail(
                    path,
                    f"line {reader.line_num} has {len(cells)} cells for {len(columns)} columns",
                )
            values = dict.fromkeys((*REQUIRED, *OPTIONAL), "") | dict(
                zip(columns, cells, strict=False)
            )
            row = _row(path, reader.line_num, values)
            first = rows.setdefault(row.name, (reader.line_num, row))
            if first[1] != row:
                _fail(
                    path,
                    f"line {reader.line_num}: '{row.name}' is something else in line {first[0]}",
                )
    except csv.Error as error:
        _fail(path, f"line {reader.line_num}: {error}")
    if not columns:
        _fail(path, "it is empty")
    return [row for _, row in rows.values()]


def _columns(path: Path, cells: list[str]) -> list[str]:
    columns = [cell.lower() for cell in cells]
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        _fail(path, f"line 1 has no column {' and no column '.join(missing)}")
    return columns
