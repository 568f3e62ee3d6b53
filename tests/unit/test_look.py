from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.batch import look

N, OF_BATCH = 40, 5_000
ENTITIES = pa.schema({"name": pa.string(), "type": pa.string(), "n_mentions": pa.int64()})
FAILURES = pa.schema({"doc_id": pa.string(), "message": pa.string()})


def test_most_mentioned_are_found_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def batch(start: int) -> pa.RecordBatch:
        held.append(pa.total_allocated_bytes())
        mixed = [i * 7919 % (N * OF_BATCH) for i in range(start, start + OF_BATCH)]
        columns = {
            "name": [f"{'Zorp' * 20} {i:06}" for i in mixed],
            "type": ["person" if i % 3 else "place" for i in mixed],
            "n_mentions": [i // 2 for i in mixed],
        }
        return pa.record_batch(columns, schema=ENTITIES)

    def rows(*_: object) -> pa.RecordBatchReader:
        starts = range(0, N * OF_BATCH, OF_BATCH)
        return pa.RecordBatchReader.from_batches(ENTITIES, map(batch, starts))

    monkeypatch.setattr(look, "rows", rows)
    found = look.top_entities(Path(), 3)
    top = {kind: [(int(name[-6:]), n) for name, n in pairs] for kind, pairs in found.items()}
    # As many mentions: by name.
    assert top["person"] == [(199_999, 99_999), (199_996, 99_998), (199_997, 99_998)]
    assert top["place"] == [(199_998, 99_999), (199_995, 99_997), (199_992, 99_996)]
    assert max(held) - held[0] < 4 * batch(0).nbytes


def test_first_failures_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"doc_id": ["a", "b"], "message": ["x", "y"]}, schema=FAILURES)
        raise AssertionError("more was read")

    reader = pa.RecordBatchReader.from_batches(FAILURES, batches())
    monkeypatch.setattr(look, "rows", lambda *_: reader)
    assert look.first_failures(Path(), 2) == [("a", "x"), ("b", "y")]
