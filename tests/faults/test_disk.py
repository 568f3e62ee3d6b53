"""A disk that is full, read-only or gone: one line with the remedy, and the outputs as before."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
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


def test_read_only_folder(bound: Command, before: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(before, out, symlinks=True)
    for folder in (out, out / ".work", out / ".runs"):
        folder.chmod(0o500)
    done = bound("run", "corpus/", "--out", out, "--append")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "permissions" in done.stderr
    assert bound("status", "--out", out).returncode == 0
    for folder in (out, out / ".work", out / ".runs"):
        folder.chmod(0o700)


@pytest.mark.parametrize(
    ("shut", "arguments"),
    [
        *((".", [name]) for name in ("status", "verify", "report")),
        (".work", ["status"]),
        *((".runs", [name]) for name in ("verify", "report")),
        (".runs", ["query", "FROM entities"]),
    ],
)
def test_results_that_cannot_be_looked_at(
    bound: Command, before: Path, tmp_path: Path, shut: str, arguments: list[str]
) -> None:
    out = tmp_path / "out"
    shutil.copytree(before, out, symlinks=True)
    (out / shut).chmod(0)
    done = bound(*arguments, "--out", out)
    (out / shut).chmod(0o700)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert f"Could not read '{out}': Permission denied. Check" in done.stderr


def test_status_tells_what_else_there_is(bound: Command, before: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(before, out, symlinks=True)
    (out / ".runs").chmod(0)
    done = bound("status", "--out", out)
    (out / ".runs").chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert "extract: 0 documents to do" in done.stdout
    assert "published: Could not read" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "Kari bor i Oslo.", "--model"],
        ["show", "Kari bor i Oslo.", "--gazetteer"],
        ["show"],
        ["schedule"],
        ["review-export"],
    ],
)
def test_file_that_cannot_be_looked_at(
    bound: Command, before: Path, tmp_path: Path, arguments: list[str]
) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0)
    more = ["--out", before] if arguments == ["review-export"] else []
    done = bound(*arguments, shut / "file.csv", *more)
    assert done.returncode in (2, 4)
    assert "Permission denied" in done.stderr
    assert done.stderr.count("\n") == 1


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


@pytest.mark.parametrize("log", ["text", "json"])
@pytest.mark.parametrize("closed", [False, True])
def test_log_that_cannot_be_written_stops_no_run(
    command: Command, tmp_path: Path, log: str, closed: bool
) -> None:
    out, text = tmp_path / "out", tmp_path / "1.txt"
    text.write_text("Kari Nordmann bor i Oslo.", "utf-8")
    with Path("/dev/full").open("w") as full:
        lost = {"preexec_fn": lambda: os.close(2)} if closed else {"stderr": full}
        options = {"capture_output": False, "stdout": subprocess.DEVNULL} | lost
        for source, exit_code in ((text, 0), (tmp_path / "none", 2)):
            done = command("run", source, "--out", out, "--log-format", log, **options)
            assert done.returncode == exit_code
    assert command("verify", "--out", out).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["status", "--out"],
        ["query", "FROM entities", "--format", "csv", "--out"],
        ["query", "FROM entities", "--out"],
        ["write", "--out"],
    ],
)
def test_standard_output_on_a_full_disk(
    command: Command, before: Path, arguments: list[str]
) -> None:
    where = [before] if arguments[-1] == "--out" else []
    with Path("/dev/full").open("w") as full:
        options = {"capture_output": False, "stdout": full, "stderr": subprocess.PIPE}
        done = command(*arguments, *where, **options)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "Could not write to standard output: No space left on device" in done.stderr


def test_closed_standard_output_is_no_error(command: Command, before: Path) -> None:
    done = command("status", "--out", before, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (0, "")
