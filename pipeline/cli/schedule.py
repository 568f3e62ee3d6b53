"""The command that prints what starts a run every night: systemd units, or a line for cron."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import errors
from pipeline.batch.schedule import (
    NAME,
    Every,
    Schedule,
    read_time,
    run_command,
    see_enough,
    write_units,
)
from pipeline.cli import app, options

_HOW = """\
# Put both into ~/.config/systemd/user (--to does), then:
#   systemctl --user daemon-reload && systemctl --user enable --now {name}.timer
#   loginctl enable-linger        runs it when you are not logged in
#   journalctl --user -u {name}   the log
"""


_MEMORY = "4G"


@app.command(epilog="Example: nb-entities schedule articles/ --out results/ --at 03:00")
def schedule(
    sources: options.Sources,
    out: options.Out = None,
    every: Annotated[Every, typer.Option(help="How often; a week begins on Monday.")] = Every.DAY,
    at: Annotated[str, typer.Option(metavar="HH:MM", help="At what time.")] = "03:00",
    memory: Annotated[
        str | None,
        typer.Option(metavar="SIZE", help="Memory cap of the whole run; 4G where not given."),
    ] = None,
    cron: Annotated[bool, typer.Option("--cron", help="A line for cron instead.")] = False,
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Write the units there instead.",
            callback=options.at_home,
        ),
    ] = None,
) -> None:
    """Print a systemd service and timer, or a cron line, for a run every day.

    Further settings belong in nb-entities.toml in the current folder, where the run will start.
    """
    from pipeline.settings import load_settings

    for option, given in (("to", to), ("memory", memory)):
        if cron and given is not None:
            reason = "--cron has a line for a crontab alone, without units or their memory cap"
            where = f"--{option} is '{given}'"
            raise errors.UserError(errors.BAD_SETTINGS, where=where, reason=reason)
    memory = _MEMORY if memory is None else memory
    hour, minute = read_time(at)
    see_enough(memory)
    folder = Path.cwd()
    results = folder / load_settings(out=out).out
    command = run_command(folder, sources, results)
    planned = Schedule(folder, command, every, hour, minute, memory)
    if cron:
        typer.echo(planned.cron_line(results / "nightly.log"))
        return
    units = planned.units()
    if to is not None:
        for path in write_units(units, to):
            typer.echo(path)
        return
    typer.echo(_HOW.format(name=NAME))
    for name, text in units.items():
        typer.echo(f"# {name}\n{text}")
