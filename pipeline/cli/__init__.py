"""The command line: thin Typer functions over the Python API."""

from __future__ import annotations

import atexit
import gc
import sys
import traceback
from typing import Annotated, Any, NoReturn

import typer
import typer.core

from pipeline import errors
from pipeline.batch import stop
from pipeline.cli import log, signals, streams

HELP = """Norwegian Bokmål text in, tables of people, places and organisations out.

Start with: nb-entities run FOLDER

Exit codes: 0 done, 2 wrong usage or settings, 3 done but some documents failed, 4 could not
finish and the outputs are as before, 75 another run holds the lock, 130 interrupted.
"""


class _Commands(typer.core.TyperGroup):
    """The commands, which end well where whoever reads their output has enough, as `head`."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Typer would make a failure of a reader that is gone."""
        try:
            try:
                with signals.known():
                    return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # else Python does, where nobody heeds what it meets
        except BrokenPipeError as error:
            streams.forget_reader()
            if isinstance(error.__context__, typer.Exit):  # what became of the command stands
                raise error.__context__ from None
            return None


app = typer.Typer(
    cls=_Commands,
    name="nb-entities",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(value: bool) -> None:
    if value:
        import importlib.metadata

        typer.echo(f"nb-entities {importlib.metadata.version('nb-entities')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Options before the command."""
    log.choose(None)  # for commands without --log-format, too


def main() -> NoReturn:
    """Run the command line; every error a user can meet is one line and an exit code."""
    from pipeline import process

    streams.begin()
    process.single_threaded()
    process.begin()
    # Else Python looks through all that spaCy brought along when it ends, for a tenth of a second.
    atexit.register(gc.freeze)
    signals.begin()
    try:
        app()
    except errors.UserError as error:
        log.say(str(error), level="error", code=error.problem.code)
        sys.exit(error.problem.exit)
    except errors.Interrupted:
        as_before = "the outputs are as before and the next run goes on from here."
        are_new = "the new tables are published and whole."
        text = f"Interrupted; {are_new if stop.published() else as_before}"
        log.say(text, level="warning")
        sys.exit(errors.Exit.INTERRUPTED)
    except Exception:
        _fail()
    sys.exit(errors.Exit.DONE)


def _fail() -> NoReturn:
    """Report a fault of our own, for us where it happened and for the user in one line."""
    traceback.print_exc()
    kind, error, _ = sys.exc_info()
    text = errors.FAULT.describe(error=f"{kind.__name__ if kind else ''} {error}".rstrip("."))
    log.say(text, level="error", code=errors.FAULT.code)
    sys.exit(errors.FAULT.exit)


from pipeline.cli import (  # noqa: E402 - they add their commands
    dataset,
    inspect,
    measure,
    query,
    review,
    schedule,
    stages,
)

__all__ = ["app", "dataset", "inspect", "main", "measure", "query", "review", "schedule", "stages"]
