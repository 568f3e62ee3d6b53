"""The commands that look: status, verify, report, schema, models, show."""

from __future__ import annotations

import errno
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import app, log, options

if TYPE_CHECKING:
    from pipeline.readers import ReadOptions

_TYPE_STYLES = {
    "person": "bold magenta",
    "place": "bold green",
    "organisation": "bold cyan",
    "product": "yellow",
    "event": "red",
    "other": "white",
}

_JSON_FIELDS = (
    "start", "end", "surface", "name", "entity", "entity_id", "type", "label", "derived", "zone",
    "method",
)  # fmt: skip


@app.command()
def status(
    out: options.Out = None,
    model: options.Model = None,
    types: options.Types = None,
    gazetteer: options.Gazetteer = None,
    aliases: options.Aliases = None,
    format: options.Format = None,  # noqa: A002 - the option's name
    excel: options.Excel = None,
) -> None:
    """Tell what an output folder holds and what is left to do in it.

    Give it the options of the run: what they would change counts as left to do. What stands in
    nb-entities.toml need not be repeated.
    """
    from pipeline.process import without_pandas

    without_pandas()
    from pipeline.batch.preview import status as batch_status
    from pipeline.cli.console import Output
    from pipeline.settings import load_settings

    settings = load_settings(
        out=out, model=model, types=types, gazetteer=gazetteer, aliases=aliases, format=format,
        excel=excel,
    )  # fmt: skip
    console = Output()
    for line in batch_status(settings):
        console.print(line)


@app.command()
def verify(out: options.Out = None) -> None:
    """Check that the published tables are whole and that every offset holds."""
    from pipeline.process import without_pandas

    without_pandas()
    from pipeline.batch.look import verify as verify_outputs
    from pipeline.settings import load_settings

    folder = load_settings(out=out).out
    typer.echo(f"{folder}: {verify_outputs(folder)} files are as their run wrote them.")


@app.command()
def report(out: options.Out = None) -> None:
    """Write report.html into an output folder: one file, to look at in a browser and to pass on.

    It tells what was read and what failed, who and what is mentioned most and when, and shows
    the names where they stand. It loads nothing from elsewhere; its language, Norwegian or
    English, is the reader's choice. Of many documents it shows a sample, and says so.
    """
    from pipeline.process import without_pandas

    without_pandas()
    from rich.filesize import decimal

    from pipeline.report.page import write
    from pipeline.settings import load_settings

    path = write(load_settings(out=out).out)
    typer.echo(f"{path}: {decimal(path.stat().st_size)}")


@app.command()
def schema(
    table: Annotated[str | None, typer.Argument(metavar="TABLE", help="Only this table.")] = None,
) -> None:
    """Describe the tables and each of their fields."""
    from rich.table import Table

    from pipeline import schemas
    from pipeline.cli.console import Output

    if table is not None and table not in schemas.BY_NAME:
        raise typer.BadParameter(f"the tables are {', '.join(schemas.BY_NAME)}")
    console = Output()
    console.print(f"Schema version {schemas.SCHEMA_VERSION}")
    for name in [table] if table else schemas.BY_NAME:
        described = schemas.BY_NAME[name]
        grid = Table("field", "type", "null", "what it is", box=None, pad_edge=False)
        for field in described.schema:
            kind = str(field.type).replace("values=", "").replace(", indices=int32", "")
            grid.add_row(
                field.name,
                kind.replace(", ordered=0", ""),
                "yes" if field.nullable else "",
                field.metadata[b"description"].decode(),
            )
        keys = ", ".join(described.keys)
        console.print(f"\n{name}: {described.row}; sorted by {keys}")
        console.print(grid)


@app.command()
def models() -> None:
    """List the models that can be used.

    F is what each model says of itself: alone, on its own development texts.
    """
    from rich.table import Table

    from pipeline import models as known
    from pipeline.cli.console import Output

    grid = Table("name", "version", "MB", "F", "where", box=None, pad_edge=False)
    for model in known.installed():
        size = sum(f.stat().st_size for f in model.path.rglob("*") if f.is_file()) / 1e6
        where = "bundled" if model.path.parent == known.BUNDLED else "installed"
        default = ", the default" if model.name == known.DEFAULT else ""
        score = "" if model.f is None else f"{model.f:.1f}"
        grid.add_row(model.name, model.version, f"{size:.1f}", score, where + default)
    Output().print(grid)


@app.command(epilog='Example: nb-entities show "Tyrkias president Erdogan møtte Putin."')
def show(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE|-", help="A text, a file, or stdin.")],
    model: options.Model = None,
    gazetteer: options.Gazetteer = None,
    aliases: options.Aliases = None,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Show the names in one text, coloured by type; writes no files.

    What is not given is as nb-entities.toml and the environment say, also how to read a file.
    """
    import pipeline
    from pipeline.settings import load_settings
    from pipeline.vocabulary import TYPES

    settings = load_settings(
        model=model, gazetteer=gazetteer, aliases=aliases, encoding=encoding,
        text_column=text_column,
    )  # fmt: skip
    text = _text(text, settings.reading())
    mentions = pipeline.extract(
        [text],
        model=settings.model,
        gazetteer=settings.gazetteer,
        aliases=settings.aliases,
        types=TYPES,
    )
    rows: list[dict[str, Any]] = mentions.to_dict("records")  # type: ignore[assignment]
    if as_json:
        for row in rows:
            values = {key: row[key] for key in _JSON_FIELDS}
            # Without a score pandas has NaN, which is no JSON; the model's are 32 bits wide.
            score = None if math.isnan(row["score"]) else round(row["score"], 3)
            typer.echo(json.dumps({**values, "score": score}, ensure_ascii=False))
    else:
        _colour(text, rows)


def _text(given: str, reading: ReadOptions) -> str:
    """The text itself, or that of a file or of standard input."""
    from pipeline import errors
    from pipeline.readers import RawDocument, read_file, read_stream
    from pipeline.stages.ingest import join

    if given == "-":
        raws = list(read_stream(sys.stdin.buffer, reading))
    else:
        try:
            is_file, is_folder = Path(given).is_file(), Path(given).is_dir()
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return given
            message = errors.SOURCE_UNREADABLE.describe(reason=error.strerror)
            raise errors.UserError(errors.NOT_READABLE, message=message) from None
        if is_folder or (not is_file and _looks_like_a_path(given)):
            raise errors.UserError(errors.SHOW_WHAT, given=given)
        if not is_file:
            return given
        raws = list(read_file(Path(given), reading))
    if len(raws) > 1:
        log.say(f"The first of {len(raws):,} documents; nb-entities run does them all.")
    for raw in raws:
        if isinstance(raw, RawDocument):
            return join(raw.title, raw.body)
        raise errors.UserError(errors.NOT_READABLE, message=raw.message)
    return ""


def _looks_like_a_path(given: str) -> bool:
    from pipeline.readers import format_of

    return not given or (" " not in given and ("/" in given or format_of(given)[0] is not None))


def _colour(text: str, rows: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from pipeline.cli.console import Output
    from pipeline.cli.log import visible

    coloured = Text(visible(text))
    grid = Table("entity", "type", "as", box=None, pad_edge=False)
    entities: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        coloured.stylize(_TYPE_STYLES[row["type"]], row["start"], row["end"])
        entities.setdefault(row["entity_id"], []).append(row)
    for mentions in entities.values():
        name, kind = mentions[0]["entity"], mentions[0]["type"]
        forms = ", ".join(dict.fromkeys(row["surface"] for row in mentions))
        grid.add_row(Text(visible(name)), Text(kind, _TYPE_STYLES[kind]), Text(visible(forms)))
    console = Output()
    console.print(coloured)
    console.print()
    console.print(grid if rows else "No names were found.")
