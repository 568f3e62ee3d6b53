"""Threads inside a process."""

from __future__ import annotations

import os


def single_threaded() -> None:
    """Let matrix products use one thread a process; before NumPy is imported.

    The work is spread over processes; threads would fight for the same cores, and sums in
    another order could change a result in its last bit.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["OMP_NUM_THREADS"] = "1"
