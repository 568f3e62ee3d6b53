"""What becomes of the futures of a dataset's partitions, whatever their workers do."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from pipeline import models
from pipeline.batch import dataset
from pipeline.batch.partitions import Partition
from pipeline.batch.place import Place
from pipeline.batch.progress import Progress
from pipeline.cli.console import TerminalProgress
from pipeline.cli.progress import JsonProgress
from pipeline.settings import Settings

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


def test_workers_get_paths_that_do_not_depend_on_where_they_were_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").symlink_to(models.BUNDLED / models.SHORT_NAMES["small"])
    (tmp_path / "names.csv").write_text("name,type\nZorp,organisation\n")
    places = Place(str(tmp_path / "in")), Place(str(tmp_path / "out"))
    settings = Settings(model="own", gazetteer=Path("names.csv"))
    job = dataset.job_of(settings, *places)
    assert (job.model, job.gazetteer) == (str(tmp_path / "own"), tmp_path / "names.csv")
    # What is installed may be elsewhere on the workers' machines.
    assert dataset.job_of(Settings(model="small"), *places).model == "small"
