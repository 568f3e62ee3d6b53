"""The command that answers questions in SQL: query."""

from __future__ import annotations

import contextlib
import csv
import itertools
import json
import math
import sys
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import app, log, options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN = 100  # rows on a terminal
_WIDEST, _NARROWEST = 60, 8  # characters of a cell there

EXAMPLES = """\b
Examples:
  nb-entities query "SELECT name, n_mentions FROM entities ORDER BY n_mentions DESC LIMIT 10"
  nb-entities query "SELECT doc_id, message FROM failures" --out results/
  nb-entities query "SELECT name, context FROM mentions WHERE type = 'place'" --format csv > p.csv
"""


class Form(StrEnum):
    """How the answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command(epilog=EXAMPLES)
def query(
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="One SELECT over the tables.", show_default=False)
    ],
    out: options.Out = None,
    form: Annotated[
        Form,
        typer.Option(
            "--format",
            help=f"table: the first {_SHOWN} rows, cut to fit. csv, or json for a JSON object a "
            "row: all of it.",
        ),
    ] = Form.TABLE,
) -> None:
    """Ask the tables of an output folder a question in SQL.

    The tables are documents, mentions, entities, cooccurrences, failures and entity_changes, the
    SQL is DuckDB's. Nothing else can be read, and nothing changed. Ctrl-C ends a query that takes
    too long.
    """
    from pipeline.process import without_pandas

    without_pandas()
    from pipeline.batch.query import query as answer
    from pipeline.settings import load_settings

    prints = {Form.TABLE: _print_table, Form.CSV: _print_csv, Form.JSON: _print_json}
    with contextlib.closing(answer(load_settings(out=out).out, sql)) as rows:
        prints[form](next(rows), rows)


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from rich.cells import cell_len
    from rich.table import Table

    from pipeline.cli.console import Output

    console = Output()
    shown = list(itertools.islice(rows, _SHOWN + 1))
    cells = [[_cell(value) for value in row] for row in shown[:_SHOWN]]
    widths = [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]
    widest = _fitting(widths, console.width) if console.is_terminal else _WIDEST
    grid = Table(box=None, pad_edge=False)
    for index, column in enumerate(columns):
        numbers = all(isinstance(row[index], (int, float, type(None))) for row in shown)
        grid.add_column(
            log.visible(column),
            justify="right" if numbers and shown else "left",
            no_wrap=True,
            overflow="ellipsis",
            max_width=widest,
        )
    for row in cells:
        grid.add_row(*row)
    # A terminal that is narrower than this folds the lines; no column is left out.
    console.width = max(console.width, sum(min(w, widest) + 2 for w in widths))
    console.print(grid)
    if len(shown) > _SHOWN:
        log.say(f"These are the first {_SHOWN} rows; --format csv prints all.")


def _cell(value: object) -> str:
    """A value on one line; of a document's text, which may be one, only the beginning."""
    return log.visible(" ".join(str(_text(value))[: 4 * _WIDEST].split()))


def _fitting(widths: Sequence[int], room: int) -> int:
    """How wide a column may be for the table to fit; short columns stay whole."""
    widest = _WIDEST
    while widest > _NARROWEST and sum(min(w, widest) + 2 for w in widths) - 2 > room:
        widest -= 1
    return widest


def _print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(_text, row) for row in rows)


def _print_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = _distinct(columns)
    for row in rows:
        record = dict(zip(names, map(_json, row), strict=True))
        sys.stdout.write(json.dumps(record, ensure_ascii=False, default=_text) + "\n")


def _distinct(columns: Sequence[str]) -> list[str]:
    """The names, those that came before with a number, as DuckDB makes the columns of a table."""
    names: dict[str, None] = {}
    taken = set(columns)
    for column in columns:
        name, n = column, 0
        while name in names or (n and name in taken):
            n += 1
            name = f"{column}_{n}"
        names[name] = None
    return list(names)


def _text(value: object) -> object:
    """A value as the tables' CSV files have it."""
    from pipeline.stages.write import LIST_SEPARATOR

    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):  # with a zone it is in UTC, the database's
        return f"{value:%Y-%m-%dT%H:%M:%S}" + "Z" * (value.tzinfo is not None)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return LIST_SEPARATOR.join(str(_text(part)) for part in value)
    return value if isinstance(value, (int, float)) else str(value)


def _json(value: object) -> object:
    """A value as JSON has it: without infinity, which is what DuckDB makes of 1 / 0."""
    if isinstance(value, (float, Decimal)):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [_json(part) for part in value]
    if isinstance(value, dict):
        return {str(_text(key)): _json(part) for key, part in value.items()}
    return value
