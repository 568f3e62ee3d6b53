"""What one run after another does to the tables: sources come, go, shrink and fail."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.batch import tasks
from pipeline.batch.request import Report, Request
from pipeline.batch.run import run
from pipeline.batch.shards import Shard
from pipeline.errors import UserError
from pipeline.settings import load_settings
from tests.conftest import ROOT, Command


def article(folder: Path, name: str, text: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text or f"Kari Nordmann bor i Oslo. Dette er {name}.", "utf-8")
    return path


def statuses(out: Path) -> dict[str, str]:
    frame = pipeline.read(out, "documents")
    return dict(zip(frame["doc_id"], frame["status"].astype(str), strict=True))


def go(out: Path, *sources: Path, **options: object) -> Report:
    return pipeline.run(sources, out=out, **options)  # type: ignore[arg-type]


def stages(out: Path, *names: str, sources: tuple[Path, ...] = ()) -> Report:
    return run(load_settings(out=out), Request(names, [str(s) for s in sources]))


def test_another_list_of_sources_replaces_the_first(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command("run", "-", "--out", out, input="Ola Hansen bor i Bergen.")
    go(out, article(tmp_path / "a", "1.txt"))
    assert set(statuses(out)) == {"1.txt"}
    go(out, article(tmp_path / "b", "2.txt"), append=True)
    assert set(statuses(out)) == {"1.txt", "2.txt"}


def test_append_of_another_source_of_the_same_name_is_refused(tmp_path: Path) -> None:
    for parent in ("x", "y"):
        article(tmp_path / parent / "art", f"{parent}.txt")
    go(tmp_path / "out", tmp_path / "x" / "art")
    with pytest.raises(UserError, match="both called 'art'"):
        go(tmp_path / "out", tmp_path / "y" / "art", append=True)


@pytest.mark.parametrize("left", [0, 9])
def test_source_that_lost_most_of_its_files_stops_the_run(tmp_path: Path, left: int) -> None:
    out, kept, lost = tmp_path / "out", tmp_path / "kept", tmp_path / "lost"
    for n in range(20):
        article(lost, f"{n}.txt")
    article(kept, "a.txt")
    go(out, kept, lost)
    for n in range(left, 20):
        (lost / f"{n}.txt").unlink()
    for _ in range(2):  # the loss does not become normal by trying again
        with pytest.raises(UserError, match="--allow-shrink"):
            go(out, kept, lost)
    assert len(statuses(out)) == 21
    go(out, kept, lost, allow_shrink=True)
    assert len(statuses(out)) == left + 1
    go(out, kept, lost)


def test_table_that_lost_most_of_its_rows_stops_the_run(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    lines = [json.dumps({"id": n, "text": f"Kari bor i Oslo {n}."}) for n in range(40)]
    rows.write_text("\n".join(lines))
    go(tmp_path / "out", rows)
    rows.write_text("\n".join(lines[:2]))
    for _ in range(2):
        with pytest.raises(UserError, match="2 documents where the last run had 40"):
            go(tmp_path / "out", rows)
    assert len(statuses(tmp_path / "out")) == 40


def test_tables_are_not_made_of_work_that_was_not_done(tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(out, article(tmp_path / "a", "1.txt"))
    article(tmp_path / "a", "2.txt")
    stages(out, "ingest", sources=(tmp_path / "a",))
    with pytest.raises(UserError, match="nb-entities tokenize"):
        stages(out, "extract")
    with pytest.raises(UserError, match="nb-entities tokenize"):
        stages(out, "resolve")
    stages(out, "tokenize")
    with pytest.raises(UserError, match="nb-entities extract"):
        stages(out, "resolve")
    assert stages(out, "extract").worked == {"extract": 1}
    with pytest.raises(UserError, match="nb-entities resolve"):
        stages(out, "write")
    stages(out, "resolve", "write")
    assert set(statuses(out)) == {"a/1.txt", "a/2.txt"}


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Extract raises on documents that say so."""
    load = tasks.ExtractTask.load

    def broken(self: tasks.ExtractTask) -> object:
        work = load(self)

        def extract(shard: Shard) -> object:
            if any("BANG" in text for text in shard.documents["text"].to_pylist()):
                raise ValueError("bang [/b] {x}")
            return work(shard)

        return extract

    monkeypatch.setattr(tasks.ExtractTask, "load", broken)
    return


def test_failure_follows_its_document(failing: None, tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    article(folder, "good.txt")
    bad = article(folder, "bad.txt", "BANG i Oslo")
    report = go(out, folder)
    assert (report.exit, report.failures) == (3, {"DOCUMENT_FAILED": 1})
    assert statuses(out) == {"a/bad.txt": "failed", "a/good.txt": "ok"}

    bad.rename(folder / "renamed.txt")
    assert go(out, folder).worked["extract"] == 0  # a terminal failure is not tried again
    assert statuses(out) == {"a/good.txt": "ok", "a/renamed.txt": "failed"}
    assert list(pipeline.read(out, "failures")["doc_id"]) == ["a/renamed.txt"]

    assert go(out, folder, retry_failed=True).worked["extract"] == 1
    (folder / "renamed.txt").unlink()
    assert go(out, folder).exit == 0


def test_unreadable_file_costs_no_other(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(4):
        article(folder, f"{n}.txt")
    (folder / "2a.txt").symlink_to(tmp_path / "nowhere")
    assert go(out, folder).failures == {"SOURCE_UNREADABLE": 1}
    again = go(out, folder)
    assert again.worked["ingest"] == 1  # only the broken one is tried again
    (folder / "2a.txt").unlink()
    assert go(out, folder).exit == 0
    assert len(statuses(out)) == 4


def test_duplicates_come_and_go(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    article(folder, "b.txt", "Kari Nordmann bor i Oslo.")
    go(out, folder)
    article(folder, "a.txt", "Kari Nordmann bor i Oslo.")
    assert go(out, folder).worked["extract"] == 0
    frame = pipeline.read(out, "documents").set_index("doc_id")
    assert frame.loc["a/b.txt", "duplicate_of"] == "a/a.txt"
    assert set(pipeline.read(out, "mentions")["doc_id"]) == {"a/a.txt"}
    (folder / "a.txt").unlink()
    go(out, folder)
    assert statuses(out) == {"a/b.txt": "ok"}
    assert set(pipeline.read(out, "mentions")["doc_id"]) == {"a/b.txt"}


def test_damaged_tables_are_written_again(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    text = article(tmp_path, "1.txt")
    go(out, text)
    with (out / "entities.csv").open("a") as stream:
        stream.write("x")
    assert command("verify", "--out", out).returncode == 4
    assert go(out, text).worked["write"] == 1
    assert command("verify", "--out", out).returncode == 0


def test_file_in_the_way_stops_the_run_before_it_starts(command: Command, tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text("id,text\n1,Kari Nordmann bor i Oslo.\n")
    done = command("run", tmp_path / "documents.csv", "--out", tmp_path)
    assert done.returncode == 4
    assert "Move it away" in done.stderr
    assert (tmp_path / "documents.csv").read_text().startswith("id,text")


def test_names_with_brackets_are_no_markup(command: Command, tmp_path: Path) -> None:
    gazetteer = tmp_path / "names.csv"
    gazetteer.write_text("name,type,canonical\nZorp,organisation,Zorp [/b] AS\n")
    done = command("run", "-", "--out", tmp_path / "out", "--gazetteer", gazetteer,
                   input="Det sier Zorp i dag.")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Zorp [/b] AS" in done.stdout
    assert "text[start:end]" in command("schema", "mentions").stdout


def test_closed_pipe_is_no_error(tmp_path: Path) -> None:
    text = article(tmp_path, "1.txt")
    call = (
        f"{sys.executable} -c 'from pipeline.cli import main; main()' run {text} --out {tmp_path}/o"
    )
    done = subprocess.run(
        ["bash", "-c", f"{call} | true; exit ${{PIPESTATUS[0]}}"], cwd=ROOT, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_interrupt_inside_a_query_is_an_interrupt(tmp_path: Path) -> None:
    code = (
        "import pipeline.cli as cli, pipeline.batch.run as run, os, signal, threading\n"
        "def slow(*_):\n"
        "    from pipeline.batch.store import connect\n"
        "    kill = lambda: os.kill(os.getpid(), signal.SIGTERM)\n"
        "    threading.Timer(0.5, kill).start()\n"
        "    connect(':memory:').execute('SELECT count(*) FROM range(10000000000)').fetchall()\n"
        "run.run = slow\n"
        "import sys; sys.argv = ['nb-entities', 'resolve', '--quiet']\n"
        "cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert done.stderr.startswith("nb-entities: Interrupted")
    assert signal.SIGTERM.name not in done.stderr


def test_gazetteer_that_changed_extracts_again(tmp_path: Path) -> None:
    out, text = tmp_path / "out", article(tmp_path, "1.txt", "Det sier Zorp i dag.")
    gazetteer = tmp_path / "names.csv"
    for kind in ("organisation", "person"):
        gazetteer.write_text(f"name,type\nZorp,{kind}\n")
        assert go(out, text, gazetteer=gazetteer).worked["extract"] == 1
        frame = pd.read_csv(out / "entities.csv")
        assert list(zip(frame["name"], frame["type"], strict=True)) == [("Zorp", kind)]
