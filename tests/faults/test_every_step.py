"""Every write, fsync, rename, link and transaction of a run fails once: nothing is ever lost."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.batch import tasks
from pipeline.batch.look import verify
from pipeline.batch.store import Store
from pipeline.errors import UserError
from pipeline.stages import write
from tests.functional.test_command_line import tables

# Every step takes minutes: `make soak` does that.
STRIDE = int(os.environ.get("STEP_STRIDE", "13"))
PATH_METHODS = ("mkdir", "replace", "symlink_to", "unlink", "write_text")


class Steps:
    """Counts what a run does to the disk, and lets one step fail as on a full disk."""

    def __init__(self) -> None:
        self.counting = False
        self.n = 0
        self.failing = 0

    @contextlib.contextmanager
    def fail(self, n: int) -> Iterator[None]:
        """Let the n-th step fail; 0 to only count."""
        self.counting, self.n, self.failing = True, 0, n
        try:
            yield
        finally:
            self.counting = False

    def step(self) -> None:
        if self.counting:
            self.n += 1
            if self.n == self.failing:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, one step more."""

        def counted(*arguments: Any, **options: Any) -> Any:
            self.step()
            return function(*arguments, **options)

        return counted


class File:
    """A file whose every write is a step."""

    def __init__(self, file: Any, steps: Steps) -> None:
        self._file = file
        self.write = steps.before(file.write)

    def __enter__(self) -> File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    steps = Steps()
    for name in PATH_METHODS:
        monkeypatch.setattr(Path, name, steps.before(getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", steps.before(os.fsync))

    transaction = Store.transaction

    @contextlib.contextmanager
    def counted(self: Store) -> Iterator[None]:
        with transaction(self):
            yield
            steps.step()  # a commit that fails

    monkeypatch.setattr(Store, "transaction", counted)

    class Parquet(write._Parquet):
        def __init__(self, table: Any, path: Path) -> None:
            self.path = path
            self._file = path.open("wb")
            self._writer = pq.ParquetWriter(self._file, table.schema, compression="zstd")

        def close(self) -> None:
            with self._file:
                self._writer.close()

    monkeypatch.setitem(write._WRITERS, "parquet", Parquet)

    opened = Path.open

    def counted_open(self: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        file = opened(self, mode, *arguments, **options)
        return File(file, steps) if steps.counting and mode == "wb" else file

    monkeypatch.setattr(Path, "open", counted_open)

    # Loading the model is no step, and would take most of the time.
    for task in (tasks.TokenizeTask, tasks.ExtractTask):
        monkeypatch.setattr(task, "load", cache(task.load))
    return steps


# The files that could not be written are not closed in order either.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_step_that_fails_leaves_the_tables_and_is_made_good(
    steps: Steps, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles, start = tmp_path / "articles", tmp_path / "start"
    articles.mkdir()
    (articles / "gone.txt").write_text("Ola Hansen bor i Bergen.")
    (articles / "kept.txt").write_text("Kari Nordmann bor i Oslo.")
    (articles / "changed.txt").write_text("Statsministeren besøkte Bodø.")
    pipeline.run(articles, out=start)
    before = tables(start)
    (articles / "gone.txt").unlink()
    (articles / "changed.txt").write_text("Statsministeren besøkte Tromsø i går.")
    (articles / "new.txt").write_text("Kari Nordmann møtte Erna Solberg i Nato.")

    def again(name: str, failing: int) -> tuple[Path, bool]:
        """Run on a copy of the first outputs; the outputs, and whether the run succeeded."""
        out = tmp_path / name
        shutil.copytree(start, out, symlinks=True)
        try:
            with steps.fail(failing):
                pipeline.run(articles, out=out)
        except UserError as error:
            assert error.problem.exit == 4, error
            return out, False
        return out, True

    undisturbed, _ = again("undisturbed", 0)
    after, n_steps = tables(undisturbed), steps.n
    assert after != before
    stopped = 0
    tried = range(1, n_steps + 1, STRIDE)
    for n in tried:
        out, succeeded = again("failed", n)
        stopped += not succeeded
        verify(out)
        assert tables(out) == (after if succeeded else before), f"step {n}"
        pipeline.run(articles, out=out)
        verify(out)
        assert tables(out) == after, f"after step {n}"
        shutil.rmtree(out)
    with capsys.disabled():
        said = f"{len(tried)} of {n_steps} steps failed one by one; {stopped} stopped the run"
        sys.stdout.write(f"\n{said}\n")
    assert stopped > len(tried) / 2
