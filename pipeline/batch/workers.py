"""Running a task over shards, in this process or in several.

Workers are spawned: nothing of the parent leaks into them. A task that raises, hangs or kills its
worker costs that shard alone; its documents are then tried one by one, and only those that fail
alone are failures.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import itertools
import os
import signal
import sys
from collections import deque
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline import errors
from pipeline.batch import isolation, stop
from pipeline.batch.store import Failure
from pipeline.process import single_threaded

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from pebble import ProcessPool

    from pipeline.batch.shards import Shard
    from pipeline.batch.tasks import Result, Task
    from pipeline.errors import Problem

Outcome = tuple["Shard", "Result | Failure"]

# A deadline no honest document misses: the slowest model does some 2,000 characters a second.
DEADLINE_SECONDS = 120.0
DEADLINE_CHARS_PER_SECOND = 500

# A worker starts afresh after so many shards: whatever a library keeps, memory stays flat.
SHARDS_A_WORKER = 200
MEMORY = 2**32  # bytes
_OUT_OF_MEMORY = errno.ENOMEM  # exit code of a worker

_functions: dict[Task, Callable[[Shard], Result]] = {}


class Workers:
    """Worker processes, begun with when they are first needed, and kept from task to task.

    Args:
        jobs: How many.
        memory: Bytes that each may use.
    """

    def __init__(self, jobs: int, memory: int = MEMORY) -> None:
        self._jobs, self._memory = jobs, memory
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End them, whatever they are at."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def run(
        self, task: Task, shards: Iterable[Shard], *, in_parent: bool = True
    ) -> Generator[Outcome, None, None]:
        """Run a task over shards; after `stop.request` none is begun any more.

        Args:
            task: What to do.
            shards: On what; read as they are needed.
            in_parent: Whether a single shard may be done in this process, which it could take
                along, where there are no worker processes yet.

        Yields:
            Each shard, or each document of a shard that failed as a shard of its own, with what
            became of it, in no particular order.

        Raises:
            UserError: STAGE_BROKEN, or what the task says it cannot work with.
        """
        shards = iter(shards)
        first = list(itertools.islice(shards, 2))
        if not first:
            return
        if len(first) < 2 and in_parent and self._pool is None:
            yield from in_process(load(task), first)
            return
        done = False
        try:
            yield from self._in_pool(task, itertools.chain(first, shards))
            done = True
        finally:
            if not done:
                self.end()

    def prepare(self, tasks: Sequence[Task]) -> None:
        """Let all of them load tasks, while this process does something else."""
        for _ in range(self._jobs):
            self._begun().submit(_prepare, DEADLINE_SECONDS, tasks)

    def _begun(self) -> ProcessPool:
        if self._pool is None:
            from pebble import ProcessPool  # a run that needs no workers does not wait for it

            single_threaded()  # the workers inherit it
            self._pool = ProcessPool(
                max_workers=self._jobs,
                max_tasks=SHARDS_A_WORKER,
                context=_Context(),
                initializer=isolation.enter,
                initargs=(os.getpid(), self._memory),
            )
        return self._pool

    def _in_pool(self, task: Task, shards: Iterator[Shard]) -> Iterator[Outcome]:
        from pebble import ProcessExpired

        pool = self._begun()
        running: dict[Future[Result], Shard] = {}
        again: deque[Shard] = deque()
        while True:
            # Twice as many tasks as workers: none waits for the parent, and memory is bounded.
            while len(running) < 2 * self._jobs and not stop.requested():
                shard = again.popleft() if again else next(shards, None)
                if shard is None:
                    break
                running[pool.submit(_work, deadline(shard), task, shard)] = shard
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                shard = running.pop(future)
                error = future.exception()
                if error is None:
                    yield shard, future.result()
                elif isinstance(error, errors.UserError):
                    raise error
                elif stop.requested() and isinstance(error, ProcessExpired | BrokenProcessPool):
                    continue  # what asked the run to stop may have ended the worker
                elif shard.documents.num_rows > 1:
                    again.extend(shard.singles())
                else:
                    yield shard, _failure(shard, error)
            if stop.requested():
                _drop_waiting(running)


def in_process(function: Callable[[Shard], Result], shards: Iterable[Shard]) -> Iterator[Outcome]:
    """Run a task's function over shards in this process; as `Workers.run` otherwise."""
    waiting = deque(shards)
    while waiting and not stop.requested():
        shard = waiting.popleft()
        try:
            with isolation.deadline(deadline(shard)):
                result = function(shard)
        except Exception as error:  # any fault of one document is that document's failure
            if shard.documents.num_rows > 1:
                waiting.extendleft(reversed(shard.singles()))
            else:
                yield shard, _failure(shard, error)
        else:
            yield shard, result


def _drop_waiting(running: dict[Future[Result], Shard]) -> None:
    """Take back the tasks that no worker has begun with."""
    for future in [f for f in running if not (f.running() or f.done())]:
        future.cancel()  # which would kill the worker of one that runs
        del running[future]


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

    def terminate(self) -> None:
        """End it at once: it ignores the signal that asks it to; Pebble calls this."""
        self.kill()


class _Context(SpawnContext):
    Process = _Process


def _prepare(tasks: Sequence[Task]) -> None:
    with _ended_without_memory():
        for task in tasks:
            _function(task)


def _work(task: Task, shard: Shard) -> Result:
    with _ended_without_memory():
        return _function(task)(shard)


@contextlib.contextmanager
def _ended_without_memory() -> Iterator[None]:
    """End this worker where its memory is out: what is left need not do for the next shard."""
    try:
        yield
    except Exception as error:
        if any(isinstance(cause, MemoryError) for cause in (error, error.__cause__)):
            os._exit(_OUT_OF_MEMORY)
        raise


def _function(task: Task) -> Callable[[Shard], Result]:
    # The function is made with the first shard, not when the worker starts: a failure to load
    # then reaches the parent as an ordinary exception.
    if task not in _functions:
        _functions[task] = load(task)
        gc.freeze()  # what stays need not be looked through again and again
    return _functions[task]


def load(task: Task) -> Callable[[Shard], Result]:
    """The task's function; what keeps it from being made is no fault of a document.

    Raises:
        UserError: What the task says, or STAGE_BROKEN.
    """
    collecting = gc.isenabled()
    gc.disable()  # of what is loaded next to nothing is to be collected
    try:
        return task.load()
    except errors.UserError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".rstrip(".")
        raise errors.UserError(errors.STAGE_BROKEN, stage=task.stage, reason=reason) from error
    finally:
        if collecting:
            gc.enable()


def deadline(shard: Shard) -> float:
    """Seconds that a shard may take."""
    return DEADLINE_SECONDS + shard.n_chars / DEADLINE_CHARS_PER_SECOND


def _failure(shard: Shard, error: BaseException) -> Failure:
    """The failure of a shard of one document."""
    from pebble import ProcessExpired

    row = shard.documents.select(["doc_key", "doc_id", "source"]).to_pylist()[0]
    problem: Problem
    if isinstance(error, TimeoutError):
        problem = errors.DOCUMENT_TIMEOUT
        message = problem.describe(seconds=round(deadline(shard)))
    elif isinstance(error, ProcessExpired):
        problem = errors.WORKER_DIED
        message = problem.describe(reason=_exit_reason(error.exitcode))
    elif isinstance(error, MemoryError):
        problem = errors.WORKER_DIED
        message = problem.describe(reason="out of memory")
    else:
        problem = errors.DOCUMENT_FAILED
        message = problem.describe(error=f"{type(error).__name__}: {error}")
    return Failure(**row, problem=problem, message=message)


def _exit_reason(exitcode: int) -> str:
    if exitcode == _OUT_OF_MEMORY:
        return "out of memory"
    if exitcode < 0:
        return f"killed by {_signal_name(-exitcode)}"
    return f"exit code {exitcode}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # most of the real-time ones have no name
        return f"signal {number}"
