from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pytest

from pipeline import errors
from pipeline.batch import canary, stop, workers
from pipeline.batch.shards import Shard, Work
from pipeline.batch.store import Failure
from pipeline.batch.tasks import Result, Task


@dataclass(frozen=True)
class Trouble:
    """Does what each document's text says."""

    stage: str = "extract"

    def load(self) -> Callable[[Shard], Result]:
        def work(shard: Shard) -> Result:
            for text in shard.documents["text"].to_pylist():
                if text == "raise":
                    raise ValueError("I was told to {so}")
                if text == "die":
                    os.kill(os.getpid(), signal.SIGKILL)
                if text == "die later":
                    time.sleep(1)
                    os.kill(os.getpid(), signal.SIGKILL)
                if text == "be told to end":
                    os.kill(os.getpid(), signal.SIGTERM)
                if text == "hang":
                    time.sleep(60)
                if text == "eat":
                    bytearray(2**33)
            keys = shard.documents["doc_key"]
            counts = pa.array([0] * len(keys), pa.int32())
            return Result(pa.table({"doc_key": keys, "n_tokens": counts}), keys)

        return work


def shard(*texts: str) -> Shard:
    n = len(texts)
    return Shard(
        pa.table(
            {
                "doc_key": list(texts),
                "tokens_key": pa.nulls(n, pa.string()),
                "doc_id": list(texts),
                "source": list(texts),
                "n_chars": [1] * n,
                "text": list(texts),
            }
        ),
        None,
    )


def run(
    task: Task, shards: Iterable[Shard], jobs: int, *, in_parent: bool = True
) -> Iterator[workers.Outcome]:
    with workers.Workers(jobs) as several:
        yield from several.run(task, shards, in_parent=in_parent)


def outcomes(shards: list[Shard], jobs: int = 2) -> tuple[set[str], dict[str, str]]:
    done: set[str] = set()
    failed: dict[str, str] = {}
    for _, outcome in run(Trouble(), shards, jobs):
        if isinstance(outcome, Failure):
            failed[outcome.doc_id] = outcome.problem.code
        else:
            done |= set(outcome.keys["doc_key"].to_pylist())
    return done, failed


def test_one_shard_is_done_in_this_process() -> None:
    assert outcomes([shard("a", "raise", "b")]) == ({"a", "b"}, {"raise": "DOCUMENT_FAILED"})


@dataclass(frozen=True)
class Tell:
    """Tells in which process it is, and whether it was prepared."""

    stage: str = "extract"
    sign: Path | None = None  # a file that is there once it was loaded

    def load(self) -> Callable[[Shard], Result]:
        loaded = time.monotonic()
        if self.sign:
            self.sign.touch()

        def work(shard: Shard) -> Result:
            facts = {
                "pid": [os.getpid()],
                "loaded": [loaded],
                "pandas": ["pandas" in sys.modules],
            }
            return Result(pa.table({"doc_key": shard.documents["doc_key"]}), pa.table(facts))

        return work


def facts(outcomes: Iterable[workers.Outcome]) -> list[dict[str, Any]]:
    return [outcome.rows.to_pylist()[0] for _, outcome in outcomes if isinstance(outcome, Result)]


def test_workers_are_kept_from_task_to_task_and_import_no_pandas() -> None:
    with workers.Workers(1) as kept:
        found = [facts(kept.run(Tell(stage), [shard("a"), shard("b")])) for stage in ("x", "y")]
    assert len({row["pid"] for rows in found for row in rows} - {os.getpid()}) == 1
    assert not any(row["pandas"] for rows in found for row in rows)


def test_workers_can_be_prepared(tmp_path: Path) -> None:
    task = Tell(sign=tmp_path / "loaded")
    give_up = time.monotonic() + 60
    with workers.Workers(1) as prepared:
        prepared.prepare([task])
        while not (tmp_path / "loaded").exists() and time.monotonic() < give_up:
            time.sleep(0.05)
        begun = time.monotonic()
        (row,) = facts(prepared.run(task, [shard("a")]))
    assert row["pid"] != os.getpid()  # though it is one shard: the process is there already
    assert row["loaded"] < begun


@pytest.mark.parametrize(
    ("exitcode", "reason"),
    [
        (-9, "killed by SIGKILL"),
        (-35, "killed by signal 35"),
        (12, "out of memory"),
        (1, "exit code 1"),
    ],
)
def test_every_exit_code_has_a_reason(exitcode: int, reason: str) -> None:
    assert workers._exit_reason(exitcode) == reason


def test_no_shard_is_no_work() -> None:
    assert outcomes([]) == (set(), {})


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("raise", errors.DOCUMENT_FAILED),
        ("die", errors.WORKER_DIED),
        ("hang", errors.DOCUMENT_TIMEOUT),
        ("eat", errors.WORKER_DIED),
    ],
)
def test_trouble_costs_its_document_alone(
    trouble: str, code: errors.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "DEADLINE_SECONDS", 4.0)
    done, failed = outcomes([shard("a", trouble, "b"), shard("c"), shard("d", "e")])
    assert done == {"a", "b", "c", "d", "e"}
    assert failed == {trouble: code.code}


@dataclass(frozen=True)
class Greedy:
    """Needs more memory than there is, always or for one document."""

    always: bool
    stage: str = "extract"

    def load(self) -> Callable[[Shard], Result]:
        if self.always:
            bytearray(2**33)

        def work(shard: Shard) -> Result:
            if shard.documents["text"].to_pylist() == ["eat"]:
                bytearray(2**33)
            return Result(pa.table({"pid": [os.getpid()]}), pa.table({}))

        return work


def test_worker_whose_memory_was_out_does_nothing_more() -> None:
    shards = [shard("a"), shard("eat"), shard("b")]
    pids, failures = [], []
    for _, outcome in run(Greedy(always=False), shards, 1):
        if isinstance(outcome, Failure):
            failures.append(outcome.message)
        else:
            pids += outcome.keys["pid"].to_pylist()
    assert len(set(pids)) == 2
    assert ["out of memory" in message for message in failures] == [True]


def test_stage_for_which_memory_is_too_small_stops_the_run() -> None:
    with pytest.raises(errors.UserError, match="out of memory") as caught:
        trusted(Greedy(always=True), [shard("a", "b"), shard("c")])
    assert caught.value.problem == errors.STAGE_BROKEN


def test_worker_that_starts_afresh_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SHARDS_A_WORKER", 1)
    assert outcomes([shard(str(n)) for n in range(5)]) == (set("01234"), {})


def test_hang_in_this_process_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "DEADLINE_SECONDS", 0.2)
    assert outcomes([shard("a", "hang", "b")]) == ({"a", "b"}, {"hang": "DOCUMENT_TIMEOUT"})


def test_single_shard_is_done_in_a_worker_where_that_is_safer() -> None:
    results = list(run(Trouble(), [shard("die")], 1, in_parent=False))
    assert [outcome.problem for _, outcome in results] == [errors.WORKER_DIED]


def test_stop_keeps_what_is_in_hand_and_begins_nothing() -> None:
    shards = (shard(str(n)) for n in range(1_000))
    done = []
    with pytest.raises(errors.Interrupted), stop.heeded():
        for part, _ in run(Trouble(), shards, 2):
            done += part.documents["doc_id"].to_pylist()
            stop.request()
    assert 1 <= len(done) <= 5  # the one that was done, and those that a worker had begun with
    assert not stop.requested()


def test_signal_to_all_processes_is_left_to_the_parent() -> None:
    assert outcomes([shard("a"), shard("be told to end"), shard("b")]) == (
        {"a", "be told to end", "b"},
        {},
    )


def test_workers_end_at_once() -> None:
    with workers.Workers(2) as several:
        list(several.run(Trouble(), [shard("a"), shard("b")]))
        began = time.monotonic()
    assert time.monotonic() - began < 2


def test_worker_that_dies_while_the_run_stops_is_no_failure() -> None:
    found = []
    with pytest.raises(errors.Interrupted), stop.heeded():
        for _, outcome in run(Trouble(), [shard("a"), shard("die later")], 2):
            found.append(outcome)
            stop.request()
    assert [type(outcome) for outcome in found] == [Result]


def test_stop_keeps_a_result_that_is_there() -> None:
    done: Future[Result] = Future()
    waiting: Future[Result] = Future()
    done.set_result(Result(pa.table({}), pa.table({})))
    running = {done: shard("done"), waiting: shard("waiting")}
    workers._drop_waiting(running)
    assert list(running) == [done]
    assert waiting.cancelled()


def test_stop_is_refused_where_nothing_heeds_it() -> None:
    assert not stop.request()
    assert not stop.requested()


# A stage that is at fault ------------------------------------------------------------------------


@dataclass(frozen=True)
class Broken:
    """Cannot be loaded, or fails on every document."""

    on_load: bool
    stage: str = "extract"

    def load(self) -> Callable[[Shard], Result]:
        if self.on_load:
            raise ImportError("no such library")

        def work(_: Shard) -> Result:
            raise ValueError("weights are missing")

        return work


def trusted(task: Broken | Trouble | Greedy, shards: list[Shard]) -> list[str]:
    work = Work("extract", "x1", tokenize="t1")
    outcomes = run(task, shards, 2)
    return [
        "failed" if isinstance(outcome, Failure) else "done"
        for _, outcome in canary.trusted(outcomes, task, work, workers.MEMORY)
    ]


@pytest.mark.parametrize("shards", [1, 3])
@pytest.mark.parametrize("on_load", [True, False])
def test_fault_of_the_stage_is_no_fault_of_the_documents(on_load: bool, shards: int) -> None:
    reason = "no such library" if on_load else "weights are missing"
    with pytest.raises(errors.UserError, match=reason) as caught:
        trusted(Broken(on_load), [shard(f"a{n}", f"b{n}") for n in range(shards)])
    assert caught.value.problem == errors.STAGE_BROKEN


def test_documents_that_all_fail_are_failures_where_the_stage_works() -> None:
    assert trusted(Trouble(), [shard("raise", "raise")]) == ["failed"] * 2


def test_stop_amidst_the_test_of_a_stage_proves_nothing() -> None:
    # The signal that asks for it may take the worker along, with the sentence undone.
    def stopped() -> Iterator[tuple[Shard, Failure]]:
        for n in range(2):
            failed = Failure(f"k{n}", f"d{n}", "s", errors.DOCUMENT_FAILED, "of the memory")
            yield shard(f"a{n}"), failed

    def run_nothing(*_: object, **__: object) -> Iterator[tuple[Shard, Failure]]:
        assert stop.request()
        return iter(())

    work = Work("extract", "x1", tokenize="t1")
    with (
        pytest.raises(errors.Interrupted),
        stop.heeded(),
        patch.object(workers.Workers, "run", run_nothing),
    ):
        list(canary.trusted(stopped(), Trouble(), work, workers.MEMORY))


def test_failures_before_the_first_success_are_told() -> None:
    assert sorted(trusted(Trouble(), [shard("raise", "a")])) == ["done", "failed"]
