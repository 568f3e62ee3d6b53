"""The standard streams of a command: no log stops the work, and no lost result goes untold."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from pipeline import errors

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def begin() -> None:
    """Take the streams over; before anything is opened or written."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed: the next file would get the number, and what is printed with it
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)))
    sys.stdout = _text(_Results(1, "w", closefd=False), sys.stdout)
    sys.stderr = _text(_Log(2, "w", closefd=False), sys.stderr)


def forget_reader() -> None:
    """Go on without whoever reads our output, who is gone, as with `| head`: that is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Results(io.FileIO):
    """Standard output, of which nothing may be lost."""

    def write(self, data: ReadableBuffer) -> int:
        """Write as a file does; what cannot be written is lost, and not tried again at the end.

        Raises:
            UserError: NO_OUTPUT.
            BrokenPipeError: Whoever reads it is gone.
        """
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            forget_reader()
            raise errors.UserError(errors.NO_OUTPUT, reason=error.strerror or error) from None


class _Log(io.FileIO):
    """Standard error: what cannot be written is lost, and whoever writes goes on."""

    def write(self, data: ReadableBuffer) -> int:
        """Write as a file does."""
        written: int | None = None  # also of a pipe that is full and waits for nobody
        with contextlib.suppress(OSError):
            written = super().write(data)
        return len(memoryview(data).cast("B")) if written is None else written


def _text(raw: io.FileIO, before: TextIO | None) -> io.TextIOWrapper:
    """A stream of text, encoded as the one before; a log and a terminal have each line at once."""
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=before.encoding if before else None,
        # A letter that the encoding lacks, as in Latin-1, costs no more than itself.
        errors="backslashreplace",
        line_buffering=isinstance(raw, _Log) or raw.isatty(),
    )
