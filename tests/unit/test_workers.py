from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pytest

from pipeline import errors
from pipeline.batch import workers
from pipeline.batch.shards import Shard
from pipeline.batch.store import Failure
from pipeline.batch.tasks import Result


@dataclass(frozen=True)
class Trouble:
    """Does what each document's text says."""

    def load(self) -> Callable[[Shard], Result]:
        def work(shard: Shard) -> Result:
            for text in shard.documents["text"].to_pylist():
                if text == "raise":
                    raise ValueError("I was told to {so}")
                if text == "die":
                    os.kill(os.getpid(), signal.SIGKILL)
                if text == "hang":
                    time.sleep(60)
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


def outcomes(shards: list[Shard], jobs: int = 2) -> tuple[set[str], dict[str, str]]:
    done: set[str] = set()
    failed: dict[str, str] = {}
    for _, outcome in workers.run(Trouble(), shards, jobs):
        if isinstance(outcome, Failure):
            failed[outcome.doc_id] = outcome.problem.code
        else:
            done |= set(outcome.keys["doc_key"].to_pylist())
    return done, failed


def test_one_shard_is_done_in_this_process() -> None:
    assert outcomes([shard("a", "raise", "b")]) == ({"a", "b"}, {"raise": "DOCUMENT_FAILED"})


def test_no_shard_is_no_work() -> None:
    assert outcomes([]) == (set(), {})


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("raise", errors.DOCUMENT_FAILED),
        ("die", errors.WORKER_DIED),
        ("hang", errors.DOCUMENT_TIMEOUT),
    ],
)
def test_trouble_costs_its_document_alone(
    trouble: str, code: errors.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "DEADLINE_SECONDS", 4.0)
    done, failed = outcomes([shard("a", trouble, "b"), shard("c"), shard("d", "e")])
    assert done == {"a", "b", "c", "d", "e"}
    assert failed == {trouble: code.code}
