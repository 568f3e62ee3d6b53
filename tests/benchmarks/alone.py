"""A run all of whose work one process does, to measure workers and stages by.

python -m tests.benchmarks.alone run articles.jsonl --out FOLDER
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from pipeline.batch import workers
from pipeline.batch.shards import Shard
from pipeline.batch.tasks import Result, Task
from pipeline.batch.workers import Outcome
from pipeline.cli import main


@contextmanager
def one_process(
    load: Callable[[Task], Callable[[Shard], Result]] = workers.load,
) -> Iterator[None]:
    """Let runs have no workers.

    Args:
        load: Makes the function of a task.
    """

    def in_this_process(
        _: workers.Workers, task: Task, shards: Iterator[Shard], **__: object
    ) -> Iterator[Outcome]:
        function = load(task)
        for shard in shards:
            yield from workers.in_process(function, [shard])

    with ExitStack() as stack:
        stack.enter_context(patch.object(workers.Workers, "run", in_this_process))
        stack.enter_context(patch.object(workers.Workers, "prepare", lambda *_: None))
        yield


if __name__ == "__main__":
    with one_process():
        main()
