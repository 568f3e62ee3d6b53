"""What starts a run every night: systemd units, or a line for cron."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "nb-entities"
_SIZE = re.compile(r"([0-9]+)([KMGT]?)|([0-9]+)%|infinity")  # as systemd has it
_LEAST = 2**28  # bytes; who writes fewer, without a unit, means megabytes as `run --memory` does

_SERVICE = """\
[Unit]
Description=nb-entities: the names in what is new
# A unit of your own that tells you when a run could not finish:
# OnFailure=tell-me@%n.service

[Service]
Type=oneshot
WorkingDirectory={folder}
StandardOutput=null
ExecStart={command}
# 3: some documents failed, as the summary says; 75: the run before is still at work.
SuccessExitStatus=3 75
MemoryMax={memory}
# Too large a document costs its worker, not the run.
OOMPolicy=continue
# A stop lets the run finish what it has in hand; a run that hangs is not waited for.
KillMode=mixed
TimeoutStopSec=15min
TimeoutStartSec=23h
Nice=10
IOSchedulingClass=idle
NoNewPrivileges=yes
"""

_TIMER = """\
[Unit]
Description=nb-entities {every}

[Timer]
OnCalendar={calendar}
# A time that was missed, the machine being off, is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


class Every(StrEnum):
    """How often."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A run at some time.

    Attributes:
        folder: Where it starts, whose settings it has.
        command: What is run: the program with its full path, and its arguments.
        every: How often.
        hour: 0 to 23.
        minute: 0 to 59.
        memory: Cap of all its processes, as systemd has it.
    """

    folder: Path
    command: Sequence[str]
    every: Every
    hour: int
    minute: int
    memory: str

    def units(self) -> dict[str, str]:
        """The systemd units, by file name."""
        service = _SERVICE.format(
            folder=_escaped(str(self.folder)),
            command=" ".join(map(_quoted, self.command)),
            memory=self.memory,
        )
        timer = _TIMER.format(every=self.every, calendar=self._calendar())
        return {f"{NAME}.service": service, f"{NAME}.timer": timer}

    def _calendar(self) -> str:
        if self.every is Every.HOUR:
            return f"*-*-* *:{self.minute:02}:00"
        return f"{'Mon ' * (self.every is Every.WEEK)}*-*-* {self.hour:02}:{self.minute:02}:00"

    def cron_line(self, log: Path) -> str:
        """A line for a crontab, which mails what it prints: that a run could not finish.

        Args:
            log: Where the run's log goes.
        """
        told = shlex.quote(f"nb-entities could not finish: see {log}")
        hours = "*" if self.every is Every.HOUR else self.hour
        weekday = "1" if self.every is Every.WEEK else "*"
        line = (
            f"mkdir -p {shlex.quote(str(log.parent))} && cd {shlex.quote(str(self.folder))}"
            f" && {shlex.join(self.command)} > /dev/null 2>> {shlex.quote(str(log))}"
            f" || case $? in 3|75) ;; *) echo {told} ;; esac"  # as SuccessExitStatus above
        )
        # A percent sign ends the command in a crontab.
        return f"{self.minute} {hours} * * {weekday} " + line.replace("%", r"\%")


def run_command(folder: Path, sources: Sequence[str], out: Path) -> list[str]:
    """The command of a run, all its paths absolute.

    Args:
        folder: What relative paths start from.
        sources: As `run` takes them.
        out: The output folder.

    Raises:
        UserError: SOURCE_MISSING; BAD_SETTINGS of what nobody writes or can look at at night, or
            of a path that cannot be in a unit.
    """
    if "-" in sources:
        raise errors.UserError(
            errors.BAD_SETTINGS, where="a source is '-'", reason="nobody writes to it at night"
        )
    for source in sources:
        _see_there(folder, source)
    command = [
        *_program(),
        "run",
        *(str(folder / source) for source in sources),
        *("--out", str(out)),
        *("--summary", str(out / "summary.json")),
    ]
    _see_writable(shlex.join([str(folder), *command]))
    return command


def write_units(units: dict[str, str], to: Path) -> list[Path]:
    """Write units to a folder, in the place of none that say something else.

    Args:
        units: By file name.
        to: The folder; made if missing.

    Returns:
        The files.

    Raises:
        UserError: UNIT_EXISTS, CANNOT_WRITE.
    """
    try:
        to.mkdir(parents=True, exist_ok=True)
        for name, text in units.items():
            there = to / name
            if there.exists() and _lasting(there.read_text("utf-8", "replace")) != _lasting(text):
                raise errors.UserError(errors.UNIT_EXISTS, path=there)
        for name, text in units.items():
            (to / name).write_text(text, "utf-8")
    except OSError as error:
        reason = error.strerror or error
        raise errors.UserError(errors.CANNOT_WRITE, path=to, reason=reason) from None
    return [to / name for name in units]


def read_time(at: str) -> tuple[int, int]:
    """Hour and minute of `03:00`.

    Raises:
        UserError: BAD_SETTINGS.
    """
    hour, _, minute = at.partition(":")
    if hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60:
        return int(hour), int(minute)
    raise errors.UserError(errors.BAD_SETTINGS, where=f"--at is '{at}'", reason="not as 03:00")


def see_enough(memory: str) -> None:
    """See that systemd knows a size, and that a run could begin with it.

    Raises:
        UserError: BAD_SETTINGS.
    """
    size = _SIZE.fullmatch(memory)
    if size is None:
        reason = "not as 4G or 50%"
    elif size[3] and not int(size[3]):
        reason = "too little for a run"
    elif size[1] and int(size[1]) * 1024 ** " KMGT".index(size[2] or " ") < _LEAST:
        reason = "too little for a run" if size[2] else "bytes; say 4096M or 4G"
    else:
        return
    raise errors.UserError(errors.BAD_SETTINGS, where=f"--memory is '{memory}'", reason=reason)


def _see_there(folder: Path, source: str) -> None:
    """See that there is a source.

    Raises:
        UserError: SOURCE_MISSING; BAD_SETTINGS where it cannot be looked at.
    """
    try:
        there = source and (folder / source).exists()
    except OSError as error:
        where, reason = f"a source is '{source}'", error.strerror or error
        raise errors.UserError(errors.BAD_SETTINGS, where=where, reason=reason) from None
    if not there:
        raise errors.UserError(errors.SOURCE_MISSING, path=source)


def _see_writable(paths: str) -> None:
    """See that paths can be in a unit and in a line for cron.

    Raises:
        UserError: BAD_SETTINGS.
    """
    try:
        paths.encode()
    except UnicodeEncodeError:
        reason = "a path is not UTF-8; rename it"
    else:
        if not re.search(r"[\x00-\x1f\x7f]", paths):
            return
        reason = "a path has a line break or the like in it; rename it"
    raise errors.UserError(errors.BAD_SETTINGS, where=paths, reason=reason)


def _lasting(unit: str) -> str:
    """What a unit says but for what may be chosen anew: the program, the time and the memory.

    So over what it runs, and what somebody added, such as an OnFailure.
    """
    rest = re.sub(r"^(?:#|Description=|OnCalendar=|MemoryMax=).*\n?", "", unit, flags=re.M)
    return re.sub(r"^ExecStart=.*? run ", "ExecStart=", rest, flags=re.M).strip()


def _program() -> list[str]:
    """The command with its full path: neither cron nor systemd knows the user's."""
    beside = Path(sys.executable).with_name(NAME)
    found = str(beside) if beside.is_file() else shutil.which(NAME)
    return [found] if found else [sys.executable, "-m", "pipeline.cli"]


def _escaped(text: str) -> str:
    """A value of a systemd unit, in which % begins a specifier."""
    return text.replace("%", "%%")


def _quoted(argument: str) -> str:
    """One argument of a systemd command line."""
    if argument and all(c.isalnum() or c in "-_./:=@" for c in argument):
        return argument
    quoted = argument.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{_escaped(quoted)}"'
