"""A disk that is full, read-only or gone: one line with the remedy, and the outputs as before."""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.functional.test_command_line import tables


@pytest.fixture(scope="module")
def before(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a run over one article."""
    out = tmp_path_factory.mktemp("before") / "out"
    done = command("run", "-", "--out", out, input="Kari Nordmann bor i Oslo.")
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("kilobytes", [0, 10, 1_000])
def test_full_disk(command: Command, before: Path, tmp_path: Path, kilobytes: int) -> None:
    """No file may grow beyond a size, which the store and the tables meet as a full disk."""
    out = tmp_path / "out"
    shutil.copytree(before, out, symlinks=True)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, resource.RLIM_INFINITY))

    done = command("run", "corpus/", "--out", out, preexec_fn=limit)
    assert done.returncode == 4, done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("nb-entities: ")
    assert "Free some space" in last
    assert "Traceback" not in done.stderr
    assert tables(out) == tables(before)
    assert command("verify", "--out", out).returncode == 0
    assert command("run", "corpus/", "--out", out).returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="to root no folder is read-only")
def test_read_only_folder(command: Command, before: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(before, out, symlinks=True)
    for folder in (out, out / ".work", out / ".runs"):
        folder.chmod(0o500)
    done = command("run", "corpus/", "--out", out)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "permissions" in done.stderr
    assert command("status", "--out", out).returncode == 0
    for folder in (out, out / ".work", out / ".runs"):
        folder.chmod(0o700)


def test_folder_that_cannot_be_made(command: Command) -> None:
    done = command("run", "corpus/", "--out", "/proc/none")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "/proc/none" in done.stderr


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_truncated_store(command: Command, before: Path, tmp_path: Path, share: float) -> None:
    out = tmp_path / "out"
    shutil.copytree(before, out, symlinks=True)
    store = out / ".work" / "store.duckdb"
    os.truncate(store, int(store.stat().st_size * share))
    done = command("run", "corpus/", "--out", out)
    assert done.returncode == 4
    assert "--rebuild" in done.stderr
    assert tables(out) == tables(before)
    assert command("run", "corpus/", "--out", out, "--rebuild").returncode == 0
