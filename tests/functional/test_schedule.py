"""What starts a run every night."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import errors
from pipeline.cli import app
from tests.conftest import Command

ODD = 'my "50 %" $articles'


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder whose name means something to a shell, to systemd and to cron."""
    folder = tmp_path / ODD
    folder.mkdir()
    return folder


def test_units_are_accepted_by_systemd(command: Command, odd: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for every in ("hour", "day", "week"):
        done = command("schedule", odd, "--every", every, "--to", tmp_path)
        assert done.returncode == 0, done.stderr
        units = done.stdout.split()
        checked = subprocess.run(
            ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_units_catch_up_and_are_bounded(command: Command, odd: Path) -> None:
    printed = command(
        "schedule", odd, "--out", "res", "--at", "4:05", "--memory", "4294967296"
    ).stdout
    for line in (
        "Persistent=true",
        "OnCalendar=*-*-* 04:05:00",
        "MemoryMax=4294967296",
        "# OnFailure=",
    ):
        assert line in printed
    started = re.search(r"^ExecStart=(\S+) run (.*) --out (\S+)", printed, re.M)
    assert started
    assert Path(started[1]).is_absolute()
    assert started[2].endswith(r'/my \"50 %%\" $$articles"')
    assert Path(started[3]).is_absolute()


def test_cron_line_runs(command: Command, odd: Path, tmp_path: Path) -> None:
    (odd / "1.txt").write_text("Kari Nordmann bor i Oslo.")
    line = command("schedule", odd, "--out", tmp_path / "out", "--cron").stdout
    times, shell = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert times == ["0", "3", "*", "*", "*"]
    run = ["sh", "-c", shell.replace(r"\%", "%").rstrip("\n")]
    assert subprocess.run(run, check=True, timeout=120, capture_output=True).stdout == b""
    assert (tmp_path / "out" / "entities.csv").exists()
    log = tmp_path / "out" / "nightly.log"
    assert '"stage": "write"' in log.read_text()
    (odd / "2.docx").write_text("no Word file")  # a failure, which the summary tells of
    assert subprocess.run(run, check=True, timeout=120, capture_output=True).stdout == b""
    shutil.rmtree(odd)
    told = subprocess.run(run, check=False, timeout=120, capture_output=True, text=True).stdout
    assert told == f"nb-entities could not finish: see {log}\n"


@pytest.mark.parametrize(
    ("every", "times"), [("hour", "30 * * * *"), ("day", "30 4 * * *"), ("week", "30 4 * * 1")]
)
def test_cron_line_says_when(tmp_path: Path, every: str, times: str) -> None:
    call = ["schedule", str(tmp_path), "--every", every, "--at", "04:30", "--cron"]
    assert CliRunner().invoke(app, call).stdout.startswith(f"{times} mkdir ")


def test_place_that_cannot_be_written_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = command("schedule", "corpus/", "--to", tmp_path / "file" / "units")
    assert done.returncode == errors.Exit.UNFINISHED
    assert done.stderr.startswith(f"nb-entities: Could not write to '{tmp_path}/file/units'")


def test_units_replace_none_that_run_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def schedule(*options: str) -> Result:
        return CliRunner().invoke(app, ["schedule", *options, "--to", "units"])

    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "elsewhere"):
        Path(name).mkdir()
    for options in ([], [], ["--at", "04:00", "--memory", "8G"]):
        assert schedule("a", *options).exit_code == 0
    service = Path("units/nb-entities.service")
    before = service.read_text()
    assert "MemoryMax=8G" in before
    for other in (["b"], ["a", "b"], ["a", "--out", "elsewhere"]):
        refused = schedule(*other).exception
        assert isinstance(refused, errors.UserError)
        assert refused.problem is errors.UNIT_EXISTS
    for added in ("nb-entities.service", "nb-entities.timer"):
        unit = Path("units", added)
        unit.write_text(unit.read_text().replace("[Unit]\n", "[Unit]\nOnFailure=tell@%n.service\n"))
        assert isinstance(schedule("a").exception, errors.UserError)
        unit.write_text(unit.read_text().replace("OnFailure=tell@%n.service\n", ""))
    monkeypatch.chdir("elsewhere")  # which may have another nb-entities.toml
    done = CliRunner().invoke(app, ["schedule", "../a", "--out", "../outputs", "--to", "../units"])
    assert isinstance(done.exception, errors.UserError)
    assert (tmp_path / service).read_text() == before
    (tmp_path / service).unlink()
    monkeypatch.chdir(tmp_path)
    assert schedule("b").exit_code == 0


def test_results_go_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nb-entities.toml").write_text('out = "mine"\n', "utf-8")
    Path("articles").mkdir()
    for cron in ([], ["--cron"]):
        done = CliRunner().invoke(app, ["schedule", "articles", *cron])
        assert f"--out {tmp_path}/mine " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        *((["corpus/", "--at", at], "--at") for at in ("25:00", "3", "03:60", "nå")),
        *((["corpus/", "--memory", size], "--memory") for size in ("", "4 GB", "4G\nNice=0")),
        (["corpus/", "--memory", "4096"], "4096M"),
        *((["corpus/", "--memory", size], "too little") for size in ("50M", "2000K", "0G", "0%")),
        (["corpus/", "--cron", "--to", "units"], "--to is 'units': --cron has a line"),
        (["corpus/", "--cron", "--memory", "2G"], "--memory is '2G': --cron has a line"),
        (["-"], "'-'"),
        (["corpus/", "no-such-folder"], "'no-such-folder'"),
        ([""], "No file or folder ''"),
    ],
)
def test_what_no_unit_can_have_is_refused(
    command: Command, arguments: list[str], named: str
) -> None:
    done = command("schedule", *arguments)
    assert done.returncode == 2
    assert named in done.stderr


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"art\xe5", "a path is not UTF-8"),
        (b"art\nExecStart=ls", "a path has a line break"),
    ],
)
def test_path_that_a_unit_cannot_have_is_refused(
    command: Command, tmp_path: Path, name: bytes, reason: str
) -> None:
    folder = tmp_path / os.fsdecode(name)
    folder.mkdir()
    for arguments in ([folder], [folder, "--cron"]):
        done = command("schedule", *arguments)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert reason in done.stderr


def test_home_is_known_after_an_equals_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    Path("articles").mkdir()
    CliRunner().invoke(app, ["schedule", "articles", "--to=~/units"])
    assert (tmp_path / "home" / "units" / "nb-entities.timer").is_file()
