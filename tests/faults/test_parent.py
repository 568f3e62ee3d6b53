"""Workers end with the run that started them, whatever they are busy with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch import workers
from pipeline.batch.shards import Shard
from pipeline.batch.tasks import Result
from tests.conftest import ROOT
from tests.unit.test_workers import shard


@dataclass(frozen=True)
class Busy:
    """Says which process it is, and is then busy for ever, in C and with the interpreter's lock."""

    folder: Path
    stage: str = "extract"

    def load(self) -> Callable[[Shard], Result]:
        def work(_: Shard) -> Result:
            (self.folder / str(os.getpid())).touch()
            return pow(3, 10**9, 10**100_000)  # type: ignore[return-value]

        return work


def start(folder: Path) -> None:
    with workers.Workers(2) as busy:
        list(busy.run(Busy(folder), [shard("a"), shard("b"), shard("c")]))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from tests.faults.test_parent import start;"
        f"start(Path({str(tmp_path)!r}))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    until = time.monotonic() + 120
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    pids = [int(path.name) for path in tmp_path.iterdir()]
    assert len(pids) == 2
    assert all(map(is_alive, pids))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    time.sleep(0.5)
    assert not any(map(is_alive, pids))
