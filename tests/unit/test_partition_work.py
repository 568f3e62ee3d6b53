"""One partition in this process: what a worker of a cluster does with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import errors, models
from pipeline.batch import fingerprints, partitions
from pipeline.batch.gather import Gathering
from pipeline.batch.partition_work import work_on
from pipeline.batch.partitions import TABLES, Job, Partition
from pipeline.batch.place import Place
from pipeline.batch.progress import Progress
from pipeline.readers import ReadOptions
from pipeline.settings import Settings
from tests.conftest import ROOT

HANG = """
import time
from pipeline.batch import workers
from pipeline.batch.canary import sentence
from pipeline.batch.partition_work import _guarded
workers.DEADLINE_SECONDS = 0.2
_guarded(lambda shard: None)(sentence())
time.sleep(0.5)
print("in time", flush=True)
_guarded(lambda shard: time.sleep(60))(sentence())
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "articles").mkdir()
    rows = {"id": ["a", "b", "c"], "text": ["Kari Nordmann bor i Oslo.", "Nei.", None]}
    pq.write_table(pa.table(rows), tmp_path / "articles" / "part-0.parquet")
    fingerprint = fingerprints.extraction_key(models.find(), None)
    places = str(tmp_path / "articles"), str(tmp_path / "out")
    reader = fingerprints.reading_key(partitions.SUFFIX, ReadOptions())
    return Job(*places, "", None, ReadOptions(), fingerprint, reader)


def only(job: Job) -> Partition:
    (partition,) = partitions.find(job, Place(job.source), Place(job.target))
    return partition


def test_partition_of_another_name_is_done_anew(job: Job, tmp_path: Path) -> None:
    # The ids of its documents begin with the folder's name.
    before = only(job)
    (tmp_path / "articles").rename(tmp_path / "news")
    after = only(replace(job, source=str(tmp_path / "news")))
    assert (after.name, after.file == before.file) == ("news/part-0.parquet", False)


def test_partition_gives_documents_failures_and_mentions(job: Job) -> None:
    target, partition = Place(job.target), only(job)
    assert partitions.pending(target, [partition]) == [partition]
    assert work_on(job, partition) == (3, 29)
    assert partitions.pending(target, [partition]) == []
    tables = {
        name: pa.concat_tables(target.rows(partition.result(name)))
        for name in ("documents", "failures", "mentions")
    }
    assert tables["documents"].select(["doc_id", "status", "n_tokens"]).to_pylist() == [
        {"doc_id": "articles/part-0.parquet#a", "status": "ok", "n_tokens": 6},
        {"doc_id": "articles/part-0.parquet#b", "status": "ok", "n_tokens": 2},
        {"doc_id": "articles/part-0.parquet#c", "status": "failed", "n_tokens": 0},
    ]
    assert tables["failures"]["code"].to_pylist() == ["NO_TEXT"]
    assert tables["mentions"].select(["doc_id", "surface"]).to_pylist() == [
        {"doc_id": "articles/part-0.parquet#a", "surface": "Kari Nordmann"},
        {"doc_id": "articles/part-0.parquet#a", "surface": "Oslo"},
    ]


def test_partition_that_changed_has_another_result(job: Job, tmp_path: Path) -> None:
    before = only(job)
    pq.write_table(pa.table({"text": ["Noe annet."]}), tmp_path / "articles" / "part-0.parquet")
    assert only(job).file != before.file
    assert only(job).name == before.name


def test_results_of_other_partitions_are_swept(job: Job) -> None:
    target, partition = Place(job.target), only(job)
    partitions.pending(target, [partition])
    work_on(job, partition)
    with target.writing("partitions/mentions/old.parquet") as stream:
        stream.write(b"old")
    partitions.sweep(target, [partition])
    assert set(target.files("partitions")) == {
        f"{table}/{partition.file}" for table in ("documents", "failures", "mentions")
    }


def gather(job: Job) -> str:
    """Make the tables, and say which run did."""
    target = Place(job.target)
    gathering = Gathering(Settings(), job, target, Progress(), allow_shrink=False)
    with gathering.held():
        return gathering.tables([only(job)], {}).run_id


def test_texts_that_were_emptied_stop_the_run(job: Job, tmp_path: Path) -> None:
    ids = [str(n) for n in range(40)]
    for texts in ([f"Sak {n}." for n in ids], [""] * 39 + ["Sak 39."]):
        table = pa.table({"id": ids, "text": texts})
        pq.write_table(table, tmp_path / "articles" / "part-0.parquet")
        partitions.pending(Place(job.target), [only(job)])
        work_on(job, only(job))
        if texts[0]:
            gather(job)
    with pytest.raises(errors.UserError, match="now holds 1 documents where the last run had 40"):
        gather(job)


@pytest.mark.parametrize("table", TABLES)
def test_empty_or_missing_result_is_pending(job: Job, table: str) -> None:
    target, partition = Place(job.target), only(job)
    partitions.pending(target, [partition])
    work_on(job, partition)
    path = Path(job.target, partition.result(table))
    path.write_bytes(b"")
    assert partitions.pending(target, [partition]) == [partition]
    path.unlink()
    assert partitions.pending(target, [partition]) == [partition]


def flipped(table: bytes) -> bytes:
    """A Parquet file whose end is whole, so that its pages only turn out to be damaged."""
    return table[:4] + bytes(byte ^ 255 for byte in table[4:404]) + table[404:]


@pytest.mark.parametrize("damaged", [flipped, lambda table: table[:-9]])
@pytest.mark.parametrize("table", TABLES)
def test_damaged_result_is_named_and_made_again(
    job: Job, table: str, damaged: Callable[[bytes], bytes]
) -> None:
    target, partition = Place(job.target), only(job)
    partitions.pending(target, [partition])
    work_on(job, partition)
    path = Path(job.target, partition.result(table))
    path.write_bytes(damaged(path.read_bytes()))
    with pytest.raises(errors.UserError, match=r"part-0\.parquet") as raised:
        gather(job)
    assert raised.value.problem is errors.RESULT_DAMAGED
    assert partitions.pending(target, [partition]) == [partition]
    work_on(job, partition)
    assert gather(job)


def test_result_is_kept_where_there_is_no_memory_to_read_it(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise pa.ArrowMemoryError("malloc of size 64 failed")

    partition = only(job)
    partitions.pending(Place(job.target), [partition])
    work_on(job, partition)
    with monkeypatch.context() as patched:
        patched.setattr(Place, "rows", fail)
        with pytest.raises(MemoryError):
            gather(job)
    assert gather(job)


def test_table_that_is_damaged_is_compared_with_no_more(job: Job) -> None:
    partition = only(job)
    partitions.pending(Place(job.target), [partition])
    work_on(job, partition)
    gather(job)
    table = Path(job.target, "mentions.parquet").resolve()
    table.write_bytes(flipped(table.read_bytes()))
    articles = Path(job.source, partition.path)
    pq.write_table(pa.table({"text": ["Kari Nordmann bor i Bergen."]}), articles)
    partition = only(job)
    work_on(job, partition)
    assert gather(job)


@pytest.mark.parametrize("damaged", [None, b"", b"PAR1 no table PAR1"])
def test_table_that_is_gone_or_damaged_is_written_again(job: Job, damaged: bytes | None) -> None:
    partition = only(job)
    partitions.pending(Place(job.target), [partition])
    work_on(job, partition)
    first = gather(job)
    assert gather(job) == first
    table = Path(job.target, "mentions.parquet")
    whole = table.read_bytes()
    if damaged is None:
        table.unlink()
    else:
        table.resolve().write_bytes(damaged)
    assert gather(job) != first
    assert table.read_bytes() == whole


@pytest.mark.parametrize("differs", ["fingerprint", "reader"])
def test_worker_with_another_model_or_library_is_refused(job: Job, differs: str) -> None:
    other = replace(job, **{differs: "another"})
    with pytest.raises(errors.UserError) as raised:
        work_on(other, only(other))
    assert raised.value.problem is errors.WORKERS_DIFFER


def test_hang_ends_the_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANG],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout == "in time\n"
    assert done.returncode == 1
    assert "Timeout" in done.stderr
