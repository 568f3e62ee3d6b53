"""What a whole process costs, its children included."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

# Seconds between two looks at the memory. A look walks all pages of all processes, on the cores
# that are measured: ten a second took a tenth of a run's speed.
INTERVAL = 1.0
# Threads that the benchmarks chose for theirs; and modules are compiled once, as pip does it.
_LEFT_OUT = {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Cost:
    """What a process and its children took.

    Attributes:
        seconds: From start to end.
        cpu: Seconds of the processor, of all of them.
        memory: The most they had at once, in MB; pages that they share count once.
    """

    seconds: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path, interval: float = INTERVAL) -> Cost:
    """Run a command to its end.

    Args:
        command: The program and its arguments; it must succeed.
        folder: Gets what it says.
        interval: Seconds between two looks at the memory; of what ends before, it is not known.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with (folder / "said").open("wb") as said:
        environment = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
        done = threading.Event()
        peak: list[float] = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, done, peak, interval))
        watcher.start()
        process.wait()
        seconds = time.perf_counter() - begun
        done.set()
        watcher.join()
    if process.returncode:
        raise RuntimeError(f"{command[:4]}: {(folder / 'said').read_text('utf-8')[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu, peak[0])


def _watch(pid: int, done: threading.Event, peak: list[float], interval: float) -> None:
    while not done.wait(interval):
        peak[0] = max(peak[0], memory(pid))


def memory(pid: int) -> float:
    """Megabytes of a process and its children now, 0 where it has ended."""
    try:
        parent = psutil.Process(pid)
        tree = [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return 0.0
    return sum(_proportional(process.pid) for process in tree) / 1e3


def _proportional(pid: int) -> int:
    """Kilobytes of a process, of pages that it shares its part alone (Linux)."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass  # it has ended
    return 0
