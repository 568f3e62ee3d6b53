"""The command that hands doubtful names to a person: review-export."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from pipeline.cli import app, options

_EXAMPLES = """\b
Example:
  nb-entities review-export review.csv
  (correct type and canonical in a spreadsheet, and save as CSV)
  nb-entities run articles/ --aliases review.csv
"""


@app.command("review-export", epilog=_EXAMPLES)
def review_export(
    to: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="The file to write.", show_default=False)
    ],
    out: options.Out = None,
    rows: Annotated[int, typer.Option(min=1, metavar="N", help="The most names to write.")] = 200,
    aliases: options.Aliases = None,
) -> None:
    """Write the least certain names to a CSV file, to be corrected in a spreadsheet.

    A row is a name, with its type, its canonical name and the sentence where they are least
    certain. Change what is wrong, with type 'other' for what is no name, and give the file to a
    run as --aliases; as --gazetteer where a name is to be found wherever it stands. Rows that you
    leave as they are say nothing. Names that --aliases has already are left out.

    docs/corrections.md describes the columns.
    """
    from pipeline.process import without_pandas

    without_pandas()
    from pipeline.batch.review import export
    from pipeline.language.gazetteer.read import read_aliases
    from pipeline.settings import load_settings

    settings = load_settings(out=out, aliases=aliases)
    said = [alias.name for alias in read_aliases(settings.aliases)] if settings.aliases else []
    n = export(settings.out, to, rows=rows, without=said)
    typer.echo(f"{to}: {n:,} names, the least certain first.")
    if settings.aliases:
        typer.echo(
            f"Correct type and canonical, and add the rows that you change to {settings.aliases}"
        )
    else:
        typer.echo(f"Correct type and canonical, and run again with --aliases {quote(str(to))}")
