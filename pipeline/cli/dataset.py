"""The command for what is too much for one machine."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from pipeline.cli import app, options
from pipeline.cli.stages import settings_from, watched

_EXAMPLES = """\b
Examples:
  nb-entities dataset articles/ results/ --scheduler tcp://127.0.0.1:8786
  nb-entities dataset s3://archive/articles s3://archive/names --scheduler tls://dask:8786
"""


@app.command(epilog=_EXAMPLES)
def dataset(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN_URI", help="Folder of Parquet files, a row a document.", show_default=False
        ),
    ],
    target: Annotated[
        str, typer.Argument(metavar="OUT_URI", help="Folder for the results.", show_default=False)
    ],
    scheduler: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Dask scheduler, which is trusted.", show_default=False
        ),
    ],
    model: options.Model = None,
    types: options.Types = None,
    gazetteer: options.Gazetteer = None,
    aliases: options.Aliases = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    allow_shrink: options.AllowShrink = False,
    quiet: options.Quiet = False,
    log_format: options.LogFormat = None,
) -> None:
    """Do every stage over a partitioned Parquet dataset, on the workers of a Dask scheduler.

    IN_URI and OUT_URI are folders that every worker sees, or URIs of an object store. A partition
    whose result is there is done: run it again after whatever happened. The tables are those that
    a run on one machine would write, as Parquet files.
    """
    settings = settings_from(locals())
    logging.disable()  # Dask tells of a lost scheduler at length, and we in one line
    with watched(quiet) as progress:
        from pipeline.batch.dataset import run

        report = run(settings, source, target, scheduler, progress, allow_shrink=allow_shrink)
    if not quiet:
        from pipeline.cli.console import show_counts

        show_counts(target, report)
    raise typer.Exit(report.exit)
