"""What a process of ours does not take: more threads than one, and pandas."""

from __future__ import annotations

import os
import sys


def single_threaded() -> None:
    """Let matrix products use one thread a process; before NumPy is imported.

    The work is spread over processes; threads would fight for the same cores, and sums in
    another order could change a result in its last bit.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["OMP_NUM_THREADS"] = "1"


def without_pandas() -> None:
    """Let Arrow see no pandas, which it would import with its first array to know one of theirs.

    No stage needs it, and it costs a fifth of a second. Whoever asks Arrow for a data frame
    afterwards gets one all the same.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa

    sys.meta_path.insert(0, _Absent)
    pa.array([])
    sys.meta_path.remove(_Absent)


class _Absent:
    """Finds no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ImportError(name)
