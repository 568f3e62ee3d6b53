"""What starts a run every night."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from tests.conftest import Command

ODD = 'my "50 %" $articles'


def test_units_are_accepted_by_systemd(command: Command, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for every in ("hour", "day", "week"):
        done = command("schedule", ODD, "--every", every, "--to", tmp_path)
        assert done.returncode == 0, done.stderr
        units = done.stdout.split()
        checked = subprocess.run(
            ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_units_catch_up_and_are_bounded(command: Command) -> None:
    printed = command("schedule", ODD, "--out", "res", "--at", "4:05", "--memory", "3G").stdout
    for line in ("Persistent=true", "OnCalendar=*-*-* 04:05:00", "MemoryMax=3G", "# OnFailure="):
        assert line in printed
    started = re.search(r"^ExecStart=(\S+) run (.*) --out (\S+)", printed, re.M)
    assert started
    assert Path(started[1]).is_absolute()
    assert started[2].endswith(r'/my \"50 %%\" $$articles"')
    assert Path(started[3]).is_absolute()


def test_cron_line_runs(command: Command, tmp_path: Path) -> None:
    articles = tmp_path / ODD
    articles.mkdir()
    (articles / "1.txt").write_text("Kari Nordmann bor i Oslo.")
    line = command("schedule", articles, "--out", tmp_path / "out", "--cron").stdout
    times, shell = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert times == ["0", "3", "*", "*", "*"]
    subprocess.run(["sh", "-c", shell.replace(r"\%", "%")], check=True, timeout=120)
    assert (tmp_path / "out" / "entities.csv").exists()
    assert '"stage": "write"' in (tmp_path / "out" / "nightly.log").read_text()


def test_results_go_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nb-entities.toml").write_text('out = "mine"\n', "utf-8")
    for cron in ([], ["--cron"]):
        done = CliRunner().invoke(app, ["schedule", "articles", *cron])
        assert f"--out {tmp_path}/mine " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        *((["corpus/", "--at", at], "--at") for at in ("25:00", "3", "03:60", "nå")),
        *((["corpus/", "--memory", size], "--memory") for size in ("", "4 GB", "4G\nNice=0")),
        (["-"], "'-'"),
    ],
)
def test_what_no_unit_can_have_is_refused(
    command: Command, arguments: list[str], named: str
) -> None:
    done = command("schedule", *arguments)
    assert done.returncode == 2
    assert named in done.stderr
