"""Telling a fault of the documents from a fault of the stage.

Where no document of a run succeeds, the model may be broken or the memory too small. Failures
are therefore held back until another document succeeds, or a sentence that cannot fail does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import errors, schemas
from pipeline.batch import stop, workers
from pipeline.batch.shards import Shard
from pipeline.batch.store import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.batch.shards import Work
    from pipeline.batch.tasks import Task
    from pipeline.batch.workers import Outcome

HELD = 20  # failures before the first success that are worth a test
_WORDS = "Oslo er hovedstaden i Norge .".split()


def trusted(outcomes: Iterator[Outcome], task: Task, work: Work, memory: int) -> Iterator[Outcome]:
    """The outcomes, the failures among them only once they are known to be the documents' own.

    Args:
        outcomes: From `Workers.run`.
        task: What was run.
        work: Of which stage.
        memory: Bytes that a worker may use.

    Raises:
        UserError: STAGE_BROKEN.
    """
    held: list[Outcome] = []
    proven = False
    for outcome in outcomes:
        held.append(outcome)
        proven = proven or not isinstance(outcome[1], Failure)
        if len(held) == HELD and not proven:
            _prove(task, work, memory)
            proven = True
        if proven:
            yield from held
            held.clear()
    if held:
        _prove(task, work, memory)
        yield from held


def _prove(task: Task, work: Work, memory: int) -> None:
    """See that the stage can do a sentence, in a worker of its own."""
    stop.check()
    with workers.Workers(1, memory) as one:
        for _, outcome in one.run(task, [sentence()], in_parent=False):
            if isinstance(outcome, Failure):
                reason = outcome.message.rstrip(".")
                raise errors.UserError(errors.STAGE_BROKEN, stage=work.stage, reason=reason)
    stop.check()  # a stop that was asked for meanwhile may have left the sentence undone


def sentence() -> Shard:
    """A shard of one short document, with its tokens."""
    text = " ".join(_WORDS)
    starts = [len(" ".join(_WORDS[:n])) + (n > 0) for n in range(len(_WORDS))]
    n = len(_WORDS)
    tokens = pa.table(
        {
            "doc_key": ["canary"] * n,
            "token": list(range(n)),
            "start": starts,
            "end": [start + len(word) for start, word in zip(starts, _WORDS, strict=True)],
            "sentence": [0] * n,
            "paragraph": [0] * n,
            "zone": ["body"] * n,
        }
    )
    return Shard(schemas.shard(["canary"], [text], [0]), tokens)
