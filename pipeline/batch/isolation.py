"""What a worker process may do to the machine: it ends with its parent and has bounded memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import threading
from typing import TYPE_CHECKING, NoReturn

from pipeline import process

if TYPE_CHECKING:
    from collections.abc import Iterator

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def enter(parent: int, memory: int) -> None:
    """Begin a worker.

    Args:
        parent: Process id of whoever started it.
        memory: Bytes it may use.
    """
    # The keyboard, `timeout` and systemd signal all processes of a run: the parent is to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # By the kernel: it works however the parent ends, and whatever the worker is busy with.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel was asked
        os._exit(1)
    process.begin()
    process.without_pandas()
    # Not the address space: Arrow and onnxruntime reserve much more of it than they use.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """A deadline for work in this process, where the main thread does it.

    Raises:
        TimeoutError: The time is over.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return

    def expire(*_: object) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
