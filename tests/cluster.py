"""A Dask scheduler and its workers, each a process of its own, on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.conftest import ROOT

SECONDS = 300  # to start: each worker imports everything
_WORKER = "multiprocessing.spawn"  # in the command line of a worker, but not of its nanny


class Cluster:
    """A scheduler and workers with nannies, which replace those that die.

    Args:
        folder: For what they write.
        workers: How many.
        preload: A Python file that each worker runs first.
    """

    def __init__(self, folder: Path, workers: int = 3, preload: Path | None = None) -> None:
        file = folder / "scheduler.json"
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]]),
            # One that kills its worker is given up after the second.
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        self._log = (folder / "log").open("wb")

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            call = [sys.executable, "-m", *arguments, "--scheduler-file", str(file)]
            return subprocess.Popen(
                [*call, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=folder, env=environment, stdout=self._log, stderr=self._log,
                start_new_session=True,
            )  # fmt: skip

        self._scheduler = start("distributed.cli.dask_scheduler", "--port", "0")
        _until(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
        self.address: str = json.loads(file.read_text())["address"]
        more = ["--preload", str(preload)] if preload else []
        self._nannies = start(
            "distributed.cli.dask_worker", "--nworkers", str(workers), "--nthreads", "1",
            "--memory-limit", "0", "--local-directory", str(folder), *more,
        )  # fmt: skip
        _until(lambda: len(self.workers()) == workers)

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        children = psutil.Process(self._nannies.pid).children(recursive=True)
        return [child.pid for child in children if _is_worker(child)]

    def kill_scheduler(self) -> None:
        """What a power cut does."""
        self._scheduler.kill()
        self._scheduler.wait()

    def close(self) -> None:
        """End all of it."""
        for process in (self._nannies, self._scheduler):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._log.close()


def _is_worker(process: psutil.Process) -> bool:
    try:
        return _WORKER in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def _until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, "the cluster does not start"
        time.sleep(0.1)
