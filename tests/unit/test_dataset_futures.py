"""What becomes of the futures of a dataset's partitions, whatever their workers do."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from pipeline.batch import dataset
from pipeline.batch.partitions import Partition
from pipeline.batch.progress import Progress
from pipeline.cli.console import TerminalProgress
from pipeline.cli.progress import JsonProgress

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")


class Future:
    """Has one status after another, as it is asked."""

    def __init__(self, *statuses: str) -> None:
        self.statuses = list(statuses)

    @property
    def status(self) -> str:
        return self.statuses.pop(0)

    def result(self) -> tuple[int, int]:
        return 1, 10

    def release(self) -> None:
        pass


class Completed(list[Future]):
    """Gives the futures that are added while it is gone through, too."""

    add = list.append


def advanced(monkeypatch: pytest.MonkeyPatch, *futures: Future) -> int:
    """Number of documents of the partitions that were done."""
    waiting = list(futures)
    done: list[int] = []
    client: Any = type("Client", (), {"submit": lambda *_, **__: waiting.pop(0)})()
    progress = Progress()
    monkeypatch.setattr(progress, "advance", lambda documents, size: done.append(documents))
    monkeypatch.setattr(distributed, "as_completed", Completed)
    partitions: Any = list(range(len(futures)))
    job: Any = None
    assert list(dataset._failing(client, job, partitions, progress)) == []
    return sum(done)


def test_a_result_that_is_lost_with_its_worker_is_waited_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = Future("lost", "pending", "finished")
    assert advanced(monkeypatch, lost, Future("finished")) == 2


def test_a_scheduler_that_went_away_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConnectionError, match="went away"):
        advanced(monkeypatch, Future("finished"), Future("cancelled"))


@pytest.mark.parametrize("progress", [JsonProgress, TerminalProgress])
def test_a_partition_that_fails_is_told_of_once(
    progress: type[Progress],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    partition = Partition("b.parquet", "a/b.parquet", "b")
    failing = [(partition, OSError("no such host"))]
    monkeypatch.setattr(dataset, "_connected", lambda *_: nullcontext())
    monkeypatch.setattr(dataset, "_failing", lambda *_: failing)
    job: Any = None
    assert list(dataset._work(job, [partition], "tcp://dask:1", progress())) == ["a/b.parquet"]
    assert capfd.readouterr().err.count("no such host") == 1
