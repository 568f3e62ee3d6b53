"""Running a task over shards, in this process or in several.

Workers are spawned: nothing of the parent leaks into them. A task that raises, hangs or kills its
worker costs that shard alone; its documents are then tried one by one, and only those that fail
alone are failures.
"""

from __future__ import annotations

import itertools
import signal
import sys
from collections import deque
from concurrent.futures import FIRST_COMPLETED, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pebble import ProcessExpired, ProcessPool

from pipeline import errors
from pipeline.batch.store import Failure
from pipeline.threads import single_threaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from pipeline.batch.shards import Shard
    from pipeline.batch.tasks import Result, Task
    from pipeline.errors import Problem

Outcome = tuple["Shard", "Result | Failure"]

# A deadline no honest document misses: the slowest model does some 2,000 characters a second.
DEADLINE_SECONDS = 120.0
DEADLINE_CHARS_PER_SECOND = 500

_function: Callable[[Shard], Result] | None = None


def run(task: Task, shards: Iterable[Shard], jobs: int) -> Iterator[Outcome]:
    """Run a task over shards.

    Args:
        task: What to do.
        shards: On what; read as they are needed.
        jobs: Worker processes; a single shard is done in this process.

    Yields:
        Each shard, or each document of a shard that failed as a shard of its own, with what
        became of it, in no particular order.
    """
    shards = iter(shards)
    first = list(itertools.islice(shards, 2))
    if len(first) < 2:
        yield from _in_process(task, first)
    else:
        yield from _in_pool(task, itertools.chain(first, shards), jobs)


def _in_process(task: Task, shards: list[Shard]) -> Iterator[Outcome]:
    if not shards:
        return
    function = task.load()
    waiting = deque(shards)
    while waiting:
        shard = waiting.popleft()
        try:
            yield shard, function(shard)
        except Exception as error:  # any fault of one document is that document's failure
            if shard.documents.num_rows > 1:
                waiting.extendleft(reversed(shard.singles()))
            else:
                yield shard, _failure(shard, error)


def _in_pool(task: Task, shards: Iterator[Shard], jobs: int) -> Iterator[Outcome]:
    single_threaded()  # the workers inherit it
    pool = ProcessPool(max_workers=jobs, context=_Context(), initializer=_start)
    running: dict[Future[Result], Shard] = {}
    again: deque[Shard] = deque()
    try:
        while True:
            # Twice as many tasks as workers: none waits for the parent, and memory is bounded.
            while len(running) < 2 * jobs:
                shard = again.popleft() if again else next(shards, None)
                if shard is None:
                    break
                running[pool.submit(_work, _deadline(shard), task, shard)] = shard
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                shard = running.pop(future)
                error = future.exception()
                if error is None:
                    yield shard, future.result()
                elif isinstance(error, errors.UserError):
                    raise error
                elif shard.documents.num_rows > 1:
                    again.extend(shard.singles())
                else:
                    yield shard, _failure(shard, error)
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


class _Process(SpawnProcess):
    """A spawned process that does not run the user's script again: no task needs it.

    Without this a script that calls `pipeline.run` outside of `if __name__ == "__main__"` would
    start itself again in every worker.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return SpawnProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = main


class _Context(SpawnContext):
    Process = _Process


def _start() -> None:
    """Leave an interrupt from the keyboard to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(task: Task, shard: Shard) -> Result:
    # The function is made with the first shard, not when the worker starts: a failure to load
    # then reaches the parent as an ordinary exception.
    global _function  # noqa: PLW0603 - a worker's only state
    if _function is None:
        _function = task.load()
    return _function(shard)


def _deadline(shard: Shard) -> float:
    return DEADLINE_SECONDS + shard.n_chars / DEADLINE_CHARS_PER_SECOND


def _failure(shard: Shard, error: BaseException) -> Failure:
    """The failure of a shard of one document."""
    row = shard.documents.select(["doc_key", "doc_id", "source"]).to_pylist()[0]
    problem: Problem
    if isinstance(error, TimeoutError):
        problem = errors.DOCUMENT_TIMEOUT
        message = problem.describe(seconds=round(_deadline(shard)))
    elif isinstance(error, ProcessExpired):
        problem = errors.WORKER_DIED
        message = problem.describe(reason=_exit_reason(error.exitcode))
    elif isinstance(error, MemoryError):
        problem = errors.WORKER_DIED
        message = problem.describe(reason="out of memory")
    else:
        problem = errors.DOCUMENT_FAILED
        message = problem.describe(error=f"{type(error).__name__}: {error}".replace("{", "("))
    return Failure(**row, problem=problem, message=message)


def _exit_reason(exitcode: int) -> str:
    if exitcode < 0:
        return f"killed by {signal.Signals(-exitcode).name}"
    return f"exit code {exitcode}"
