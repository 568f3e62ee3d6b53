"""The commands that make tables: run, and one for each stage."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import errors
from pipeline.cli import app, log, options, signals

if TYPE_CHECKING:
    from pipeline.batch.progress import Progress
    from pipeline.batch.request import Report
    from pipeline.settings import Settings


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
    memory: options.Memory = None,
    types: options.Types = None,
    gazetteer: options.Gazetteer = None,
    aliases: options.Aliases = None,
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
    rebuild: options.Rebuild = False,
    dry_run: options.DryRun = False,
    summary: options.Summary = None,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
    log_format: options.LogFormat = None,
) -> None:
    """Do every stage, over only what is new or changed.

    Reads the sources and writes documents, mentions, entities, cooccurrences, failures and
    entity_changes as CSV and Parquet. A second run on the same sources has nothing to do; another
    list of sources replaces the first, unless --append is given.
    """
    arguments = locals()
    request = {
        "sources": sources,
        "append": append,
        "retry_failed": retry_failed,
        "allow_shrink": allow_shrink,
        "rebuild": rebuild,
        "wait": wait,
    }
    if dry_run:
        settings = settings_from(arguments)
        if summary is not None:
            where = f"--summary is '{summary}'"
            raise errors.UserError(
                errors.BAD_SETTINGS, where=where, reason="a dry run writes nothing"
            )
        _preview(settings, request)
        return
    settings, report = _summarised(summary, arguments, request)
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
    log_format: options.LogFormat = None,
) -> None:
    """Stage 1: read the sources into documents."""
    report = _run(
        settings_from(locals()),
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
    memory: options.Memory = None,
    retry_failed: options.RetryFailed = False,
    export: Annotated[
        Path | None,
        typer.Option(
            help="Write the tokens of all documents there.",
            metavar="FILE.parquet",
            callback=options.at_home,
        ),
    ] = None,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
    log_format: options.LogFormat = None,
) -> None:
    """Stage 2: cut the documents into tokens, sentences and zones.

    The tokens stay in the output folder's store; 'nb-entities schema tokens' says what --export
    writes of them.
    """
    settings = settings_from(locals())
    if export and export.suffix != ".parquet":
        where = f"--export is '{export}'"
        raise errors.UserError(errors.BAD_SETTINGS, where=where, reason="not as tokens.parquet")
    report = _run(settings, quiet, "tokenize", retry_failed=retry_failed, export=export, wait=wait)
    raise typer.Exit(report.exit)


@app.command()
def extract(
    out: options.Out = None,
    model: options.Model = None,
    jobs: options.Jobs = None,
    memory: options.Memory = None,
    gazetteer: options.Gazetteer = None,
    retry_failed: options.RetryFailed = False,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
    log_format: options.LogFormat = None,
) -> None:
    """Stage 3: find the names in each document."""
    report = _run(settings_from(locals()), quiet, "extract", retry_failed=retry_failed, wait=wait)
    raise typer.Exit(report.exit)


@app.command()
def resolve(
    out: options.Out = None,
    types: options.Types = None,
    aliases: options.Aliases = None,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
    log_format: options.LogFormat = None,
) -> None:
    """Stage 4: make entities of the names of the whole corpus."""
    report = _run(settings_from(locals()), quiet, "resolve", wait=wait)
    raise typer.Exit(report.exit)


@app.command()
def write(
    out: options.Out = None,
    format: options.Format = None,  # noqa: A002 - the option's name
    excel: options.Excel = None,
    wait: options.Wait = False,
    quiet: options.Quiet = False,
    log_format: options.LogFormat = None,
) -> None:
    """Stage 5: write the tables and publish them at once."""
    settings = settings_from(locals())
    report = _run(settings, quiet, "write", wait=wait)
    if not quiet:
        from pipeline.cli.console import show_results

        show_results(settings.out, report)
    raise typer.Exit(report.exit)


def settings_from(arguments: dict[str, Any]) -> Settings:
    """Settings from a command's arguments: those that are settings and were given."""
    log.choose(arguments["log_format"])  # before anything can go wrong
    from pipeline.settings import Settings, load_settings

    settings = load_settings(**{k: v for k, v in arguments.items() if k in Settings.model_fields})
    log.choose(settings.log_format)
    return settings


def _preview(settings: Settings, request: dict[str, Any]) -> None:
    from pipeline.process import without_pandas

    without_pandas()
    from pipeline.batch.preview import dry_run
    from pipeline.batch.request import Request
    from pipeline.cli.console import Output

    console = Output()
    for line in dry_run(settings, Request(**request)):
        console.print(line)


def _summarised(
    path: Path | None, arguments: dict[str, Any], request: dict[str, Any]
) -> tuple[Settings, Report]:
    """Run, and write what became of it to a file, if one is wanted; also of bad settings."""
    if path is not None:
        from pipeline.cli.summary import see_replaceable

        log.choose(arguments["log_format"])
        see_replaceable(path)
    started = datetime.now(UTC)
    try:
        settings = settings_from(arguments)
        report = _run(settings, arguments["quiet"], **request)
    except BaseException as error:
        _summarise(path, started, error)
        raise
    _summarise(path, started, report)
    return settings, report


def _summarise(path: Path | None, started: datetime, outcome: Report | BaseException) -> None:
    """Write the summary, if one is wanted; that it cannot be written changes nothing of the run."""
    if path is None:
        return
    from pipeline.cli import summary

    try:
        summary.write(path, started, outcome)
    except errors.UserError as unwritten:
        log.say(str(unwritten), level="error", code=unwritten.problem.code)


def _run(settings: Settings, quiet: bool, *stages: str, **request: Any) -> Report:
    from pipeline.batch.request import Request
    from pipeline.batch.run import run as run_batch
    from pipeline.process import without_pandas

    without_pandas()
    if stages:
        request["stages"] = stages
    with signals.known(), watched(quiet) as progress:
        return run_batch(settings, Request(**request), progress)


def watched(quiet: bool) -> AbstractContextManager[Progress]:
    """Who is told how far a command is."""
    from pipeline.batch.progress import Progress

    if quiet:
        return nullcontext(Progress())
    if log.as_json():
        from pipeline.cli.progress import JsonProgress

        return JsonProgress()
    from pipeline.cli.console import TerminalProgress

    return TerminalProgress()
