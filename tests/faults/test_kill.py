"""A run that is killed loses nothing: the outputs are whole and the next run goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.batch.store import Store
from tests.conftest import ROOT, Command
from tests.functional.test_command_line import tables

CALL = [sys.executable, "-c", "from pipeline.cli import main; main()"]
QUICK = ("--model", "small")  # what finds the names does not matter here


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough text for several shards."""
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    texts = [p.read_text("utf-8") for p in sorted(ROOT.glob("corpus/*/*.txt"))]
    with path.open("w") as stream:
        for number in range(12):
            for text in texts:
                print(
                    json.dumps({"id": f"{number}-{hash(text)}", "text": f"{text} {number}"}),
                    file=stream,
                )
    return path


@pytest.fixture(scope="module")
def undisturbed(rows: Path, command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    done = command("run", rows, "--out", out, *QUICK)
    assert done.returncode == 0, done.stderr
    return out


def start(rows: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*CALL, "run", str(rows), "--out", str(out), *QUICK],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_after(process: subprocess.Popen[bytes], marker: bytes, seconds: float) -> None:
    """Kill the run and its workers some time after a stage has ended."""
    assert process.stderr is not None
    for line in process.stderr:
        if marker in line:
            break
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()


@pytest.mark.parametrize(
    ("marker", "seconds"), [(b"ingest", 0.0), (b"ingest", 0.5), (b"tokenize", 1.0)]
)
def test_killed_run_is_finished_by_the_next(
    rows: Path, undisturbed: Path, command: Command, tmp_path: Path, marker: bytes, seconds: float
) -> None:
    kill_after(start(rows, tmp_path), marker, seconds)
    assert not (tmp_path / ".current").exists()
    done = command("run", rows, "--out", tmp_path, *QUICK)
    assert done.returncode == 0, done.stderr
    assert tables(tmp_path) == tables(undisturbed)


def test_killed_run_leaves_the_tables_of_the_one_before(
    rows: Path, command: Command, tmp_path: Path
) -> None:
    command("run", "-", "--out", tmp_path, input="Kari Nordmann bor i Oslo.")
    before = tables(tmp_path)
    kill_after(start(rows, tmp_path), b"tokenize", 0.5)
    assert tables(tmp_path) == before
    assert command("verify", "--out", tmp_path).returncode == 0


def until(process: subprocess.Popen[bytes], marker: bytes) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if marker in line:
            return


def done(out: Path, stage: str) -> int:
    with Store(out / ".work", read_only=True) as store:
        return int(store.one("SELECT count(*) FROM done WHERE stage = $stage", stage=stage))


def test_first_signal_finishes_what_is_in_hand(
    rows: Path, command: Command, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"  # so that there is more than what is in hand
    written = rows.read_text("utf-8")
    with many.open("w", encoding="utf-8") as stream:
        for n in range(4):
            again = written.replace('"id": "', f'"id": "{n}-')
            stream.write(again.replace('"text": "', f'"text": "{n} '))
    out = tmp_path / "out"
    process = start(many, out)
    until(process, b"tokenize")
    time.sleep(1)  # the workers of extract have been given shards
    os.killpg(process.pid, signal.SIGTERM)  # the workers too, as `timeout` and systemd do
    assert process.wait(timeout=120) == 130
    assert process.stderr is not None
    with process.stderr as stream:
        said = stream.read()
    assert b"Finishing what is in hand" in said
    assert b"Interrupted" in said
    in_hand, all_of_them = done(out, "extract"), done(out, "tokenize")
    assert 0 < in_hand < all_of_them
    with Store(out / ".work", read_only=True) as store:
        assert store.rows("FROM failures") == []
    assert command("run", many, "--out", out, *QUICK).returncode == 0
    assert done(out, "extract") == all_of_them
    assert command("run", many, "--out", tmp_path / "undisturbed", *QUICK).returncode == 0
    assert tables(out) == tables(tmp_path / "undisturbed")


def test_second_signal_stops_at_once(rows: Path, tmp_path: Path) -> None:
    process = start(rows, tmp_path)
    until(process, b"tokenize")
    process.terminate()
    until(process, b"Finishing")
    process.terminate()
    began = time.monotonic()
    assert process.wait(timeout=60) == 130
    assert time.monotonic() - began < 20
    assert process.stderr is not None
    process.stderr.close()
    assert not (tmp_path / ".current").exists()
