"""The commands that make tables: run, and one for each stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli import app, options

if TYPE_CHECKING:
    from pipeline.batch.request import Report


# A line of its own with \b keeps the lines that follow from being filled up.
_EXAMPLES = """\b
Examples:
  nb-entities run articles/
  nb-entities run news.csv.gz --text-column body --id-column url --out results/
  cat article.txt | nb-entities run - --out /tmp/article
"""


@app.command(epilog=_EXAMPLES)
def run(
    sources: options.Sources,
    out: options.Out = None,
    model: options.Model = None,
    jobs: options.Jobs = None,
    types: options.Types = None,
    gazetteer: options.Gazetteer = None,
    format: options.Format = None,  # noqa: A002 - the option's name
    excel: options.Excel = None,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    append: options.Append = False,
    retry_failed: options.RetryFailed = False,
    allow_shrink: options.AllowShrink = False,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
) -> None:
    """Do every stage, over only what is new or changed.

    Reads the sources and writes documents, mentions, entities, cooccurrences, failures and
    entity_changes as CSV and Parquet. A second run on the same sources has nothing to do; another
    list of sources replaces the first, unless --append is given.
    """
    settings = _settings(locals())
    report = _run(
        settings,
        quiet,
        sources=sources,
        append=append,
        retry_failed=retry_failed,
        allow_shrink=allow_shrink,
        wait=wait,
    )
    if not quiet:
        from pipeline.cli.console import show_results

        show_results(settings.out, report)
    raise typer.Exit(report.exit)


@app.command()
def ingest(
    sources: options.Sources,
    out: options.Out = None,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    title_column: options.TitleColumn = None,
    date_column: options.DateColumn = None,
    append: options.Append = False,
    retry_failed: options.RetryFailed = False,
    allow_shrink: options.AllowShrink = False,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
) -> None:
    """Stage 1: read the sources into documents."""
    report = _run(
        _settings(locals()),
        quiet,
        "ingest",
        sources=sources,
        append=append,
        retry_failed=retry_failed,
        allow_shrink=allow_shrink,
        wait=wait,
    )
    raise typer.Exit(report.exit)


@app.command()
def tokenize(
    out: options.Out = None,
    jobs: options.Jobs = None,
    retry_failed: options.RetryFailed = False,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
) -> None:
    """Stage 2: cut the documents into tokens, sentences and zones."""
    report = _run(_settings(locals()), quiet, "tokenize", retry_failed=retry_failed, wait=wait)
    raise typer.Exit(report.exit)


@app.command()
def extract(
    out: options.Out = None,
    model: options.Model = None,
    jobs: options.Jobs = None,
    gazetteer: options.Gazetteer = None,
    retry_failed: options.RetryFailed = False,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
) -> None:
    """Stage 3: find the names in each document."""
    report = _run(_settings(locals()), quiet, "extract", retry_failed=retry_failed, wait=wait)
    raise typer.Exit(report.exit)


@app.command()
def resolve(
    out: options.Out = None,
    types: options.Types = None,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
) -> None:
    """Stage 4: make entities of the names of the whole corpus."""
    report = _run(_settings(locals()), quiet, "resolve", wait=wait)
    raise typer.Exit(report.exit)


@app.command()
def write(
    out: options.Out = None,
    format: options.Format = None,  # noqa: A002 - the option's name
    excel: options.Excel = None,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
) -> None:
    """Stage 5: write the tables and publish them at once."""
    settings = _settings(locals())
    report = _run(settings, quiet, "write", wait=wait)
    if not quiet:
        from pipeline.cli.console import show_results

        show_results(settings.out, report)
    raise typer.Exit(report.exit)


def _settings(arguments: dict[str, Any]) -> Any:
    """Settings from a command's arguments: those that are settings and were given."""
    from pipeline.settings import Settings, load_settings

    return load_settings(**{k: v for k, v in arguments.items() if k in Settings.model_fields})


def _run(settings: Any, quiet: bool, *stages: str, **request: Any) -> Report:
    from pipeline.batch.request import Request
    from pipeline.batch.run import run as run_batch
    from pipeline.cli.console import TerminalProgress

    if stages:
        request["stages"] = stages
    if quiet:
        return run_batch(settings, Request(**request))
    with TerminalProgress() as progress:
        return run_batch(settings, Request(**request), progress)
