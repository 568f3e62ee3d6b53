"""What a process of ours does without, so that it starts soon and works with all of its core."""

from __future__ import annotations

import gc
import os
import sys
from types import ModuleType

# Objects made between two looks for cycles. Python's 700 has it look through the hundreds of
# thousands that spaCy makes again and again, for a sixth of the time that importing takes.
_OBJECTS = 50_000


def single_threaded() -> None:
    """Let matrix products use one thread a process; before NumPy is imported.

    The work is spread over processes; threads would fight for the same cores, and sums in
    another order could change a result in its last bit.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["OMP_NUM_THREADS"] = "1"


def begin() -> None:
    """Prepare a process of ours, not a user's, for spaCy; before that is imported."""
    gc.set_threshold(_OBJECTS)
    if "spacy" not in sys.modules:
        # `import spacy` wants this function of its command line, and brings along all that
        # downloads and projects need, a quarter of the whole. Nothing here calls it.
        info = ModuleType("spacy.cli.info")
        info.__dict__["info"] = None
        sys.modules[info.__name__] = info


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
