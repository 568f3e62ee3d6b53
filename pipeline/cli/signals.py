"""What the signals that end a command do: the first may be waited for, the next is at once."""

from __future__ import annotations

import contextlib
import signal
import time
from typing import TYPE_CHECKING

from pipeline import errors
from pipeline.batch import stop
from pipeline.cli import log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_ONCE = 0.5  # seconds; `timeout` signals a command and then, with its group, the command again

_received: list[float] = []  # when


def begin() -> None:
    """Answer signals from now on: in some place an `Interrupted` is raised."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    now = time.monotonic()
    if _received and now - _received[0] < _ONCE:
        return
    _received.append(now)
    if len(_received) == 1 and stop.request():
        log.say("Finishing what is in hand; a second signal stops at once.", level="warning")
        return
    raise errors.Interrupted


@contextlib.contextmanager
def known() -> Iterator[None]:
    """What a signal stops is `Interrupted`: DuckDB makes a RuntimeError of it while it works."""
    try:
        yield
    except RuntimeError:
        if _received:
            raise errors.Interrupted from None
        raise
