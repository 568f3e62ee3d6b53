"""Where the command begins, before all that takes time to import."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run `nb-entities`; a signal is answered in one line from the first moment."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    from pipeline.cli import main as run  # which answers signals in its own way

    run()


def _end(*_: object) -> NoReturn:
    """End at once: nothing was begun."""
    with contextlib.suppress(OSError):
        os.write(2, b"nb-entities: Interrupted; nothing was done.\n")
    os._exit(130)
