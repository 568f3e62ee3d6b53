"""What one run after another does to the tables: sources come, go, shrink and fail."""

from __future__ import annotations

import contextlib
import errno
import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.batch import look, publish, tasks
from pipeline.batch.preview import dry_run, status
from pipeline.batch.request import Report, Request
from pipeline.batch.run import run
from pipeline.batch.shards import Shard
from pipeline.batch.store import Store
from pipeline.cli import app
from pipeline.errors import UserError
from pipeline.settings import load_settings
from pipeline.stages import ingest
from tests.conftest import ROOT, Command
from tests.functional.test_command_line import tables


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


@pytest.mark.parametrize("linked", [False, True])
def test_file_of_another_folder_is_another_file(tmp_path: Path, linked: bool) -> None:
    folders = [tmp_path / year / "news" for year in ("y1", "y2")]
    for folder, town in zip(folders, ("Oslo", "Moss"), strict=True):
        path = article(folder, "1.txt", f"Kari Nordmann bor i {town}.")
        os.utime(path, (1, 1))
    for folder, town in zip(folders, ("Oslo", "Moss"), strict=True):
        given = folder
        if linked:
            given = tmp_path / "news"
            given.unlink(missing_ok=True)
            given.symlink_to(folder)
        assert go(tmp_path / "out", given).worked["ingest"] == 1
        assert town in set(pipeline.read(tmp_path / "out", "entities")["name"])
        assert go(tmp_path / "out", given).worked["ingest"] == 0


def test_append_of_another_source_of_the_same_name_is_refused(tmp_path: Path) -> None:
    for parent in ("x", "y"):
        article(tmp_path / parent / "art", f"{parent}.txt")
    go(tmp_path / "out", tmp_path / "x" / "art")
    with pytest.raises(UserError, match=r"/x/art' and .*/y/art' are both called 'art'"):
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
        with pytest.raises(UserError, match=r"Source 'lost' .*--allow-shrink"):
            go(out, kept, lost)
    assert len(statuses(out)) == 21
    go(out, kept, lost, allow_shrink=True)
    assert len(statuses(out)) == left + 1
    go(out, kept, lost)


def test_files_that_were_emptied_stop_the_run(tmp_path: Path) -> None:
    # As a full disk leaves them.
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(20):
        article(folder, f"{n}.txt")
    go(out, folder)
    for path in folder.iterdir():
        path.write_text("")
    with pytest.raises(UserError, match="now holds 0 documents where the last run had 20"):
        go(out, folder)
    go(out, folder, allow_shrink=True)
    assert set(statuses(out).values()) == {"empty"}


def test_empty_files_are_no_loss_to_a_store_made_anew(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(20):
        article(folder, f"{n}.txt").write_text("" if n else "Kari Moe bor i Moss.")
    go(out, folder)
    assert go(out, folder, rebuild=True).documents == {"empty": 19, "ok": 1}


def test_output_folder_is_no_source(tmp_path: Path) -> None:
    article(tmp_path, "1.txt")
    with pytest.raises(UserError, match="is where the tables go"):
        go(tmp_path, tmp_path)


def test_output_has_no_letters_that_its_encoding_lacks(command: Command, tmp_path: Path) -> None:
    plain = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = command("run", "-", "--out", tmp_path, input="Šefik Šahović bor i Bodø.", env=plain)
    assert (done.returncode, "FAULT" in done.stderr) == (0, False), done.stderr


def test_empty_folder_is_nothing_new_for_append(command: Command, tmp_path: Path) -> None:
    out, inbox = tmp_path / "out", tmp_path / "inbox"
    article(inbox, "1.txt").rename(tmp_path / "1.txt")
    with pytest.raises(UserError, match="Found nothing to read"):  # not at the very first
        go(out, inbox, append=True)
    go(out, tmp_path / "1.txt")
    before = tables(out)
    done = command("run", inbox, "--out", out, "--append")
    assert (done.returncode, tables(out)) == (0, before)
    assert f"nothing to read in {inbox}" in done.stderr


def test_folder_that_was_emptied_stops_the_run_unless_it_is_meant_so(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    text = article(folder, "1.txt")
    go(out, folder)
    text.unlink()
    with pytest.raises(UserError, match="now holds 0 documents where the last run had 1") as caught:
        go(out, folder)
    assert caught.value.problem.exit == 4
    (tmp_path / "b").mkdir()
    with pytest.raises(UserError, match="Found nothing to read"):  # another folder is misspelt
        go(out, tmp_path / "b", allow_shrink=True)
    assert set(statuses(out)) == {"a/1.txt"}
    go(out, folder, allow_shrink=True)
    assert statuses(out) == {}


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


def test_standard_input_that_lost_most_of_its_rows_stops_the_run(
    command: Command, tmp_path: Path
) -> None:
    out, lines = (
        tmp_path / "out",
        [json.dumps({"text": f"Kari bor i Oslo {n}."}) for n in range(30)],
    )
    assert command("run", "-", "--out", out, input="\n".join(lines)).returncode == 0
    done = command("run", "-", "--out", out, input="\n".join(lines[:2]))
    assert (done.returncode, len(statuses(out))) == (4, 30)
    assert "2 documents where the last run had 30" in done.stderr


def test_stages_do_not_publish_what_a_run_refused(tmp_path: Path) -> None:
    out, rows = tmp_path / "out", tmp_path / "rows.jsonl"
    lines = [json.dumps({"id": n, "text": f"Kari bor i Oslo {n}."}) for n in range(30)]
    rows.write_text("\n".join(lines))
    go(out, rows)
    rows.write_text("\n".join(lines[:2]))
    with pytest.raises(UserError, match="--allow-shrink"):
        go(out, rows)
    for stage in ("tokenize", "extract", "resolve"):
        with pytest.raises(UserError, match="nb-entities ingest"):
            stages(out, stage)
    with pytest.raises(UserError, match="nb-entities resolve"):
        stages(out, "write")
    rows.write_text("\n".join(lines))
    assert go(out, rows).exit == 0


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


@pytest.mark.parametrize(
    ("stage", "before"), [("extract", "tokenize"), ("resolve", "tokenize"), ("write", "resolve")]
)
def test_stage_that_cannot_begin_says_its_own_name(tmp_path: Path, stage: str, before: str) -> None:
    out = tmp_path / "out"
    stages(out, "ingest", sources=(article(tmp_path, "1.txt"),))
    with pytest.raises(UserError, match=f"Stage '{stage}' has .* nb-entities {before} --out"):
        stages(out, stage)


def break_on_bang(task: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stage raise on documents that say so."""
    load = task.load

    def broken(self: tasks.Task) -> object:
        work = load(self)

        def raising(shard: Shard) -> object:
            if any("BANG" in text for text in shard.documents["text"].to_pylist()):
                raise ValueError("bang [/b] {x}")
            return work(shard)

        return raising

    monkeypatch.setattr(task, "load", broken)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extract raises on documents that say so."""
    break_on_bang(tasks.ExtractTask, monkeypatch)


def test_stage_by_itself_tells_no_failures_of_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_on_bang(tasks.TokenizeTask, monkeypatch)
    out, folder = tmp_path / "out", tmp_path / "a"
    article(folder, "good.txt")
    bad = article(folder, "bad.txt", "BANG i Oslo")
    stages(out, "ingest", sources=(folder,))
    assert stages(out, "tokenize").failures == {"DOCUMENT_FAILED": 1}
    assert stages(out, "tokenize").failures == {"DOCUMENT_FAILED": 1}  # though not tried again
    bad.unlink()
    stages(out, "ingest", sources=(folder,))
    assert stages(out, "tokenize").exit == 0


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


def test_unreadable_file_costs_no_other_and_is_tried_in_three_runs(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(4):
        article(folder, f"{n}.txt")
    (folder / "2a.txt").symlink_to(tmp_path / "nowhere")
    assert go(out, folder).failures == {"SOURCE_UNREADABLE": 1}
    for attempts in (2, 3):
        again = go(out, folder)
        assert again.worked["ingest"] == 1  # only the broken one is tried again
        assert list(pipeline.read(out, "failures")["attempts"]) == [attempts]
    last = go(out, folder)
    assert (last.exit, last.worked["ingest"], last.worked["write"]) == (3, 0, 0)
    assert go(out, folder, retry_failed=True).worked["ingest"] == 1
    (tmp_path / "nowhere").write_text("Nå bor Kari i Bergen.")  # it changed, so that it is read
    assert go(out, folder).exit == 0
    assert len(statuses(out)) == 5


def test_names_that_are_not_utf_8_are_read(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / os.fsdecode(b"art\xe5")
    article(folder, os.fsdecode(b"bl\xe5.txt"), "Kari Nordmann bor i Oslo.")
    paper = article(tmp_path, os.fsdecode(b"p\xe5.pdf"), "%PDF-1.7")
    go(out, folder, paper)
    assert statuses(out) == {r"art\xe5/bl\xe5.txt": "ok", r"p\xe5.pdf": "failed"}
    assert go(out, folder, paper).worked["ingest"] == 0


def test_folder_that_cannot_be_opened_keeps_its_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, folder, scandir = tmp_path / "out", tmp_path / "a", os.scandir

    def refuse(path: str) -> object:
        if str(path) == str(folder / "b"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    article(folder, "1.txt")
    article(folder / "b", "2.txt")
    go(out, folder)
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refuse)
        for _ in range(4):
            assert go(out, folder).failures == {"SOURCE_UNREADABLE": 1}
            assert statuses(out) == {"a/1.txt": "ok", "a/b": "failed", "a/b/2.txt": "ok"}
    assert go(out, folder).worked["extract"] == 0
    assert statuses(out) == {"a/1.txt": "ok", "a/b/2.txt": "ok"}
    (folder / "b" / "2.txt").unlink()
    go(out, folder)
    assert statuses(out) == {"a/1.txt": "ok"}


def test_broken_link_keeps_what_was_read_through_it(tmp_path: Path) -> None:
    out, folder, disk = tmp_path / "out", tmp_path / "a", tmp_path / "disk"
    article(folder, "1.txt")
    article(disk, "2.txt", "Ola Hansen bor i Bergen.")
    article(disk, "rows.jsonl", '{"id": 3, "text": "Kari Moe bor i Moss."}')
    article(disk / "b", "4.txt", "Nils Bech bor i Hamar.")
    for name in ("2.txt", "rows.jsonl", "b"):
        (folder / name).symlink_to(disk / name)
    go(out, folder)
    whole, found = statuses(out), set(pipeline.read(out, "entities")["name"])
    disk.rename(tmp_path / "unmounted")
    for attempts in (1, 2, 3, 3):
        assert go(out, folder).failures == {"SOURCE_UNREADABLE": 3}
        failed = {"a/2.txt": "failed", "a/rows.jsonl": "failed", "a/b": "failed"}
        assert statuses(out) == whole | failed
        assert set(pipeline.read(out, "entities")["name"]) == found
        assert set(pipeline.read(out, "failures")["attempts"]) == {attempts}
    (tmp_path / "unmounted").rename(disk)
    assert go(out, folder).worked["extract"] == 0
    assert statuses(out) == whole


def test_file_in_which_nothing_can_be_read_any_more_keeps_its_documents(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    table = article(folder, "rows.csv", "id,text\n1,Kari Moe bor i Moss.\n2,Ola bor i Bergen.\n")
    lines = article(folder, "lines.jsonl", '{"id":1,"text":"Per bor i Moss."}\n{"text":""}\n')
    text = article(folder, "1.txt", "Nils Bech bor i Hamar.")
    go(out, folder)
    whole, found = statuses(out), set(pipeline.read(out, "entities")["name"])
    whole = {name: status for name, status in whole.items() if status == "ok"}
    lines.write_text('{"id":1,"tekstfelt":"Per bor i Moss."}\n')
    table.write_text("id,tekstfelt\n1,Kari Moe bor i Moss.\n")
    text.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    for length in (1, 2):
        assert go(out, folder).failures == {"NO_TEXT_COLUMN": 2, "NOT_TEXT": 1}
        now = statuses(out)
        (line,) = now.keys() - whole.keys() - {"a/rows.csv"}  # the failed one has no id now
        failed = ("a/rows.csv", "a/1.txt", line)
        assert now == whole | dict.fromkeys(failed, "failed")
        assert set(pipeline.read(out, "entities")["name"]) == found
        table.write_text("id,tekstfelt\n" + "3,Oslo.\n" * length)
    table.write_text("id,text\n1,Kari Moe bor i Moss.\n")
    text.write_text("")
    lines.unlink()
    go(out, folder)
    assert statuses(out) == {"a/1.txt": "empty", "a/rows.csv#1": "ok"}
    # Of another folder nothing is kept.
    other = tmp_path / "b" / "a"
    article(other, "rows.csv", "id,tekstfelt\n1,Kari Moe bor i Moss.\n")
    go(out, other, allow_shrink=True)
    assert statuses(out) == {"a/rows.csv": "failed"}


@pytest.mark.parametrize("after", [None, 1])
def test_file_that_breaks_off_keeps_what_comes_after(tmp_path: Path, after: int | None) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    folder.mkdir()
    path = folder / "rows.jsonl.gz"

    def download(town: str, length: int | None = None) -> None:
        filling = [os.urandom(10_000).hex() for _ in range(60)]  # what is unpacked at once is lost
        lines = [
            {"id": n, "text": f"Kari bor i {town}. Dette er {n}.", "filling": more}
            for n, more in enumerate(filling)
        ]
        packed = gzip.compress("\n".join(map(json.dumps, lines)).encode())
        path.write_bytes(packed[:length])

    def towns() -> dict[str, int]:
        texts = pipeline.read(out, "documents").query("status == 'ok'")["text"]
        return dict(Counter(text.split()[3] for text in texts))

    download("Oslo")
    go(out, folder)
    if after is not None:  # the run before was stopped in the midst of it
        download("Moss")
        with interrupted(after):
            go(out, folder)
    download("Bergen", 350_000)
    assert go(out, folder).failures == {"BAD_COMPRESSION": 1}
    now = towns()
    assert sum(now.values()) == 60
    assert now["Bergen."] > 10 and now["Oslo."] > 10
    assert pipeline.read(out, "documents")["doc_id"].is_unique
    download("Hamar")
    assert go(out, folder).exit == 0
    assert towns() == {"Hamar.": 60}


def test_document_that_took_the_process_along_is_done_in_a_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(_: tasks.ExtractTask) -> None:
        raise Killed

    monkeypatch.setattr(tasks.ExtractTask, "load", die)  # in this process only
    out, text = tmp_path / "out", article(tmp_path, "1.txt")
    with pytest.raises(Killed):
        go(out, text)
    assert go(out, text).exit == 0


def test_broken_model_is_held_against_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: tasks.ExtractTask) -> None:
        raise ImportError("no such library")

    out, text = tmp_path / "out", article(tmp_path, "1.txt")
    with monkeypatch.context() as patched:
        patched.setattr(tasks.ExtractTask, "load", fail)
        with pytest.raises(UserError, match="no such library") as caught:
            go(out, text)
    assert caught.value.problem.exit == 4
    assert go(out, text).exit == 0


def test_status_of_tables_without_a_store(tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(out, article(tmp_path / "a", "1.txt"))
    shutil.rmtree(out / ".work")  # a dataset's have none either
    told = status(load_settings(out=out))
    assert told[0].startswith("no store:")
    assert "documents: 1 ok" in told


def test_files_by_other_names_are_no_shrinking(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(20):
        article(folder, f"{n}.txt")
    go(out, folder)
    for n in range(20):
        (folder / f"{n}.txt").rename(folder / f"moved-{n}.txt")
    assert dry_run(load_settings(out=out), Request(sources=[str(folder)]))
    report = go(out, folder)
    assert (report.worked["ingest"], report.worked["extract"]) == (20, 0)
    for n in range(11):  # most of them is another matter
        (folder / f"moved-{n}.txt").unlink()
    for refused in (dry_run, run):
        with pytest.raises(UserError, match="now holds 9 documents where the last run had 20"):
            refused(load_settings(out=out), Request(sources=[str(folder)]))
    with Store(out / ".work") as store:  # where they are still, in case that they come back
        assert store.n_documents() == 20
    stages(out, "extract")  # nothing was begun


def test_killed_reading_is_no_shrinking(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(20):
        article(folder, f"{n}.txt")
    go(out, folder)
    with Store(out / ".work") as store:  # as if killed when all were to be read again
        store.forget_sources([f"a/{n}.txt" for n in range(20)])
    assert go(out, folder).worked["ingest"] == 20


def test_renamed_and_returning_sources_are_not_worked_on_again(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    one, _ = article(folder, "1.txt"), article(folder, "2.txt")
    go(out, folder)
    one.rename(folder / "3.txt")
    assert go(out, folder).worked == {
        "ingest": 1, "tokenize": 0, "extract": 0, "resolve": 2, "write": 2,
    }  # fmt: skip
    assert set(statuses(out)) == {"a/2.txt", "a/3.txt"}
    (folder / "3.txt").rename(tmp_path / "3.txt")
    go(out, folder)
    (tmp_path / "3.txt").rename(folder / "3.txt")
    assert go(out, folder).worked["ingest"] == 1
    assert set(statuses(out)) == {"a/2.txt", "a/3.txt"}


def test_deleted_text_leaves_the_disk(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    article(folder, "kept.txt")
    article(folder, "gone.txt", "Rødgrønn hemmelighet: Ola Hansen bor i Bergen.")
    go(out, folder)
    (folder / "gone.txt").unlink()
    go(out, folder)
    store = out / ".work" / "store.duckdb"
    assert b"hemmelighet" not in store.read_bytes()
    article(folder, "new.txt")  # the tables of the run before are kept until the next ones
    go(out, folder)
    kept = [path for path in out.rglob("*") if path.is_file()]
    assert [path for path in kept if b"hemmelighet" in path.read_bytes()] == []
    assert go(out, folder).worked["extract"] == 0


def test_dry_run_says_what_and_why_and_changes_nothing(command: Command, tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"

    def planned(*options: str | Path) -> str:
        done = command("run", folder, "--out", out, "--dry-run", *options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    for name in ("same.txt", "edited.txt", "gone.txt"):
        article(folder, name)
    assert "read a/same.txt: new" in planned()
    assert not out.exists()
    go(out, folder)
    assert "extract: 0 documents to do" in planned()
    assert "write: up to date" in planned()
    assert "ingest: 3 sources to read" in planned("--rebuild")
    assert "write: to do" in planned("--types", "all")
    (folder / "edited.txt").write_text("Noe annet.")
    (folder / "gone.txt").unlink()
    article(folder, "more.txt")
    lines = planned().splitlines()
    assert lines[-2:] == ["resolve: to do (waits for ingest)", "write: to do (waits for resolve)"]
    assert lines[:4] == [
        "ingest: 2 sources to read, 1 to forget",
        "  read a/edited.txt: changed",
        "  read a/more.txt: new",
        "  forget a/gone.txt: gone or not named any more",
    ]
    names = tmp_path / "names.csv"
    names.write_text("name,type\nZorp,organisation\n")
    assert "3 the model, the rules or a setting changed" in planned("--gazetteer", names)
    assert "read a/same.txt: to be read in another way" in planned("--encoding", "utf-8")
    assert len(statuses(out)) == 3


def test_status_tells_of_the_last_runs(command: Command, tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    article(folder, "1.txt")
    article(folder, "2.txt", "Kari Moe bor i Moss.")
    go(out, folder)
    article(folder, "3.txt", "Nils Bech bor i Hamar.")
    go(out, folder)
    runs = [x for x in command("status", "--out", out).stdout.splitlines() if x.startswith("run ")]
    assert [line.split(" s, ")[1].split(",")[0] for line in runs] == [
        "1 documents worked on",
        "2 documents worked on",
    ]


def test_status_tells_what_stopped_the_last_run(command: Command, tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    text = article(folder, "1.txt")
    go(out, folder)
    told = "stopped: Source 'a' now holds 0 documents"
    assert told not in command("status", "--out", out).stdout
    text.rename(tmp_path / "1.txt")
    with pytest.raises(UserError, match="0 documents"):
        go(out, folder)
    assert told in command("status", "--out", out).stdout
    (tmp_path / "1.txt").rename(text)
    go(out, folder)
    assert told not in command("status", "--out", out).stdout


def test_status_after_a_kill_says_what_was_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    article(folder, "1.txt")
    go(out, folder)
    settings = load_settings(out=out)
    assert "write: up to date" in status(settings)
    article(folder, "2.txt", "Kari Moe bor i Moss.")
    with monkeypatch.context() as patched:  # killed when the tables were there, but not yet known
        switch = publish.publish
        patched.setattr(publish, "publish", lambda *args: switch(*args[:-1]))
        go(out, folder)
    assert len(statuses(out)) == 2
    assert "write: to do (not finished since resolve was)" in status(settings)
    go(out, folder)
    stages(out, "resolve")
    assert "write: up to date" in status(settings)
    types = load_settings(out=out, types="person")
    run(types, Request(["resolve"]))  # killed before anything was written
    assert "write: to do (not finished since resolve was)" in status(types)


def test_status_neither_writes_nor_waits(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(out, article(tmp_path, "1.txt"))
    before = sorted((p, p.lstat().st_mtime_ns) for p in out.rglob("*"))
    assert "write: up to date" in command("status", "--out", out).stdout
    assert sorted((p, p.lstat().st_mtime_ns) for p in out.rglob("*")) == before
    with Store(out / ".work"):  # a run is at work
        lines = command("status", "--out", out).stdout.splitlines()
    assert lines[0] == "a run is at work"
    assert lines[2] == "documents: 1 ok"


def test_summary_says_what_became_of_the_run(command: Command, tmp_path: Path) -> None:
    out, folder, summary = tmp_path / "out", tmp_path / "a", tmp_path / "new" / "summary.json"
    article(folder, "1.txt")
    article(folder, "2.txt", "%PDF-1.7")
    article(summary.parent, summary.name).write_bytes(b"")  # as mktemp leaves it
    command("run", folder, "--out", out, "--summary", summary)
    told = json.loads(summary.read_text("utf-8"))
    assert (told["exit"], told["error"]) == (3, None)
    assert told["failures"] == {"NOT_TEXT": 1}
    assert told["documents"] == {"failed": 1, "ok": 1}
    assert set(told["stage_seconds"]) == set(told["worked"])
    assert told["run_id"] == (out / ".current").readlink().name
    assert told["new_entities"]["count"] == 2
    assert {e["name"] for e in told["new_entities"]["most_mentioned"]} == {"Kari Nordmann", "Oslo"}
    article(folder, "3.txt", "Ola Hansen bor i Oslo.")
    command("run", folder, "--out", out, "--summary", summary)
    told = json.loads(summary.read_text("utf-8"))
    assert [e["name"] for e in told["new_entities"]["most_mentioned"]] == ["Ola Hansen"]
    command("run", tmp_path / "nowhere", "--out", out, "--summary", summary)
    told = json.loads(summary.read_text("utf-8"))
    assert (told["exit"], told["error"]["code"]) == (2, "SOURCE_MISSING")
    environment = os.environ | {"NB_ENTITIES_JOBS": "abc"}
    command("run", folder, "--out", out, "--summary", summary, env=environment)
    told = json.loads(summary.read_text("utf-8"))
    assert (told["exit"], told["error"]["code"]) == (2, "BAD_SETTINGS")
    unwritable = folder / "1.txt" / "summary.json"
    done = command("run", tmp_path / "nowhere", "--out", out, "--summary", unwritable)
    assert done.returncode == 2
    assert "NO_SUMMARY" in done.stderr + done.stdout or "Could not write the summary" in done.stderr
    assert "nowhere" in done.stderr.splitlines()[-1]


def test_summary_that_cannot_be_written_leaves_the_exit_code(
    command: Command, tmp_path: Path
) -> None:
    text = article(tmp_path, "1.txt", "%PDF-1.7")
    done = command("run", text, "--out", tmp_path / "out", "--summary", text / "summary.json")
    assert done.returncode == 3
    assert "Could not write the summary" in done.stderr


@pytest.mark.parametrize("content", ["Kari bor i Oslo.", '{"exit": 0}', "[]", None])
def test_summary_overwrites_nothing_else(tmp_path: Path, content: str | None) -> None:
    text, summary, out = article(tmp_path, "1.txt"), tmp_path / "s", tmp_path / "out"
    if content is None:
        summary.mkdir()
    else:
        summary.write_text(content, "utf-8")
    call = ["run", str(text), "--out", str(out), "--summary", str(summary)]
    error = CliRunner().invoke(app, call).exception
    assert "no run wrote it" in str(error)
    assert isinstance(error, UserError)
    assert error.problem.exit == 2
    assert content is None or summary.read_text("utf-8") == content
    assert not out.exists()


@pytest.mark.parametrize("setting", ["gazetteer", "aliases"])
def test_summary_tells_of_a_file_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    summary, text = tmp_path / "summary.json", article(tmp_path, "1.txt")
    unreadable = tmp_path / "folder.csv"
    unreadable.mkdir()
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # root may read everything
    paths = {"out": tmp_path / "out", setting: unreadable, "summary": summary}
    call = [str(part) for name, path in paths.items() for part in (f"--{name}", path)]
    CliRunner().invoke(app, ["run", str(text), *call])
    assert setting.upper() in json.loads(summary.read_text("utf-8"))["error"]["code"]


def test_log_is_json_lines_where_nobody_watches(tmp_path: Path) -> None:
    folder, out = tmp_path / "a", tmp_path / "out"
    article(folder, "1.txt")
    call = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    done = subprocess.run(
        [*call, "run", str(folder), "--out", str(out)], cwd=ROOT, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["stage"] for line in lines] == [
        "ingest",
        "tokenize",
        "extract",
        "resolve",
        "write",
    ]
    # Those that do all documents at once count none.
    counted = [line["stage"] for line in lines if {"documents", "words_per_second"} & line.keys()]
    assert counted == ["ingest", "tokenize", "extract"]
    assert {line["run"] for line in lines} == {(out / ".current").readlink().name}
    broken = subprocess.run(
        [*call, "run", "none", "--out", str(out)], cwd=ROOT, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert json.loads(broken.stderr)["code"] == "SOURCE_MISSING"


def test_damaged_store_is_made_anew_on_request_only(command: Command, tmp_path: Path) -> None:
    out, text = tmp_path / "out", article(tmp_path, "1.txt")
    go(out, text)
    before = tables(out)
    (out / ".work" / "store.duckdb").write_bytes(b"\0" * 50_000)
    for _ in range(2):
        done = command("run", text, "--out", out)
        assert done.returncode == 4
        assert "--rebuild" in done.stderr
        assert command("verify", "--out", out).returncode == 0
    assert command("run", text, "--out", out, "--rebuild").returncode == 0
    assert tables(out) == before


@pytest.mark.parametrize("written", ["parquet", "csv"])
def test_store_made_anew_is_compared_with_the_published_tables(
    tmp_path: Path, written: str
) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(30):
        article(folder, f"{n}.txt", f"Det sier Statoil til nr. {n}.")
    go(out, folder, format=written)
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("name,canonical\nStatoil,Norges største selskap\n")
    assert go(out, folder, format=written, aliases=aliases, rebuild=True).worked["extract"] == 30
    assert look.rows(out, "entity_changes", ["old_id"]).read_all().num_rows == 1
    for n in range(2, 30):
        (folder / f"{n}.txt").unlink()
    for rebuild in (True, False, True):
        with pytest.raises(UserError, match="2 documents where the last run had 30"):
            go(out, folder, format=written, rebuild=rebuild)
    go(out, folder, format=written, rebuild=True, allow_shrink=True)


@pytest.mark.parametrize("lost", [True, False])
def test_append_does_not_lose_what_the_store_has_no_more(tmp_path: Path, lost: bool) -> None:
    out, first = tmp_path / "out", article(tmp_path / "a", "1.txt")
    unreadable, last = article(tmp_path, "paper.txt", "%PDF-1.7"), article(tmp_path / "b", "2.txt")
    go(out, first)
    go(out, unreadable, append=True)
    go(out, last, append=True)
    if lost:
        shutil.rmtree(out / ".work")
    request = Request(sources=[str(last)], append=True, rebuild=not lost)
    for refused in (dry_run, run):
        with pytest.raises(UserError, match=r"keep what came from 1\.txt, paper\.txt:"):
            refused(load_settings(out=out), request)
    assert len(statuses(out)) == 3
    go(out, first, unreadable, last, append=True, rebuild=not lost)
    assert len(statuses(out)) == 3
    go(out, last, append=True, rebuild=True, allow_shrink=True)
    assert set(statuses(out)) == {"2.txt"}


def test_append_does_not_lose_what_came_from_a_folder_that_is_named_again(tmp_path: Path) -> None:
    out, inbox = tmp_path / "out", tmp_path / "inbox"
    first = article(inbox, "1.txt")
    go(out, inbox)
    first.rename(tmp_path / "1.txt")
    article(inbox, "2.txt")
    go(out, inbox, append=True)
    shutil.rmtree(out / ".work")
    for _ in range(2):  # refusing it leaves a store behind that has nothing either
        with pytest.raises(UserError, match=r"keep what came from inbox/1\.txt:"):
            go(out, inbox, append=True)
    assert set(statuses(out)) == {"inbox/1.txt", "inbox/2.txt"}
    go(out, inbox, append=True, allow_shrink=True)
    assert set(statuses(out)) == {"inbox/2.txt"}


@contextlib.contextmanager
def interrupted(after: int) -> Iterator[None]:
    """A run that is interrupted after some chunks of its sources, each row being a chunk."""
    read, left = ingest.ingest, after

    def stopping(*arguments: Any) -> Iterator[tuple[pa.Table, pa.Table]]:
        nonlocal left
        for chunk in read(*arguments):
            if not left:
                raise KeyboardInterrupt
            left -= 1
            yield chunk

    with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(ingest, "ingest", stopping)
        patched.setattr(ingest, "CHUNK", 1)
        yield


@pytest.mark.parametrize("after", [0, 1])
def test_append_does_not_lose_what_an_interrupted_run_was_to_read_again(
    tmp_path: Path, after: int
) -> None:
    out, folder, other = tmp_path / "out", tmp_path / "a", article(tmp_path, "b.txt")
    for text in ("", "Ola Hansen bor i Bergen."):
        article(folder, "1.txt", text)
        two = article(folder, "2.txt", text + text)
        if not text:
            go(out, folder)
    with interrupted(after):
        go(out, folder)
    for refused in (dry_run, run):
        with pytest.raises(UserError, match=r"keep what came from a(/1\.txt)?: ") as caught:
            refused(load_settings(out=out), Request(sources=[str(other)], append=True))
    assert caught.value.problem.exit == 4
    two.unlink()  # what was not read yet is kept as it was
    go(out, other, folder, append=True)
    assert set(statuses(out)) == {"a/1.txt", "a/2.txt", "b.txt"}
    assert set(pipeline.read(out, "entities")["name"]) >= {"Ola Hansen", "Kari Nordmann"}


def test_append_does_not_keep_half_a_source(tmp_path: Path) -> None:
    out, folder, other = tmp_path / "out", tmp_path / "a", article(tmp_path, "b.txt")
    lines = [json.dumps({"id": n, "text": f"Kari bor i Oslo {n}."}) for n in range(4)]
    rows = article(folder, "rows.jsonl", "\n".join(lines))
    article(folder, "1.txt")
    with interrupted(3):
        go(out, folder)
    with pytest.raises(UserError, match=r"keep what came from a/rows\.jsonl: "):
        go(out, other, append=True)
    moved = rows.rename(tmp_path / "rows.jsonl")
    with pytest.raises(UserError, match=r"keep what came from a/rows\.jsonl: "):
        go(out, folder, append=True)
    go(out, other, append=True, allow_shrink=True)
    assert set(statuses(out)) == {"a/1.txt", "b.txt"}
    moved.rename(rows)
    go(out, folder, append=True)
    assert len(statuses(out)) == 6


def test_half_of_standard_input_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, other = tmp_path / "out", article(tmp_path, "b.txt")

    def given(town: str) -> None:
        lines = [json.dumps({"id": n, "text": f"Kari bor i {town} {n}."}) for n in range(4)]
        stream = io.BytesIO("\n".join(lines).encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(stream)))  # type: ignore[arg-type]

    given("Oslo")
    go(out, Path("-"))
    given("Moss")
    with interrupted(2):
        go(out, Path("-"))
    with pytest.raises(UserError, match="keep what came from stdin: "):
        go(out, other, append=True)
    go(out, other, append=True, allow_shrink=True)
    assert statuses(out) == {"b.txt": "ok"}


def test_append_of_another_source_goes_not_on_with_an_interrupted_one(tmp_path: Path) -> None:
    one, other = article(tmp_path / "x" / "art", "1.txt"), article(tmp_path / "y" / "art", "2.txt")
    with interrupted(0):
        go(tmp_path / "out", one.parent)
    with pytest.raises(UserError, match=r"/x/art' and .*/y/art' are both called 'art'"):
        go(tmp_path / "out", other.parent, append=True)
    go(tmp_path / "out", other.parent)
    assert set(statuses(tmp_path / "out")) == {"art/2.txt"}


def test_store_made_anew_does_not_lose_what_cannot_be_looked_at(tmp_path: Path) -> None:
    out, folder, disk = tmp_path / "out", tmp_path / "a", tmp_path / "disk"
    article(folder, "1.txt")
    (folder / "b").symlink_to(article(disk / "b", "2.txt", "Oslo.").parent)
    (folder / "link.txt").symlink_to(article(disk, "3.txt", "Bergen."))
    before = {"a/1.txt": "ok", "a/b/2.txt": "ok", "a/link.txt": "ok"}
    go(out, folder)
    assert statuses(out) == before
    disk.rename(tmp_path / "unmounted")
    with pytest.raises(UserError, match=r"keep what came from a/b/2\.txt, a/link\.txt:"):
        go(out, folder, rebuild=True)
    assert go(out, folder).failures == {"SOURCE_UNREADABLE": 2}
    (tmp_path / "unmounted").rename(disk)
    go(out, folder, rebuild=True)
    assert statuses(out) == before


def test_store_is_kept_where_the_run_that_would_make_it_anew_cannot_begin(tmp_path: Path) -> None:
    out, text = tmp_path / "out", article(tmp_path, "1.txt")
    go(out, text)
    with pytest.raises(UserError, match="No file or folder"):
        go(out, tmp_path / "mistyped", rebuild=True)
    for setting in ("aliases", "gazetteer", "model"):
        with pytest.raises(UserError, match=r"none\.csv"):
            go(out, text, rebuild=True, **{setting: str(tmp_path / "none.csv")})
    assert go(out, text).worked["ingest"] == 0


def test_store_is_kept_where_the_one_made_anew_would_shrink(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "a"
    for n in range(30):
        article(folder / "old", f"{n}.txt")
    article(folder, "here.txt")
    go(out, folder)
    (folder / "old").rename(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="1 documents where the last run had 31"):
        go(out, folder, rebuild=True)
    (tmp_path / "elsewhere").rename(folder / "old")
    report = go(out, folder)
    assert (report.worked["ingest"], report.worked["extract"]) == (0, 0)
    assert go(out, folder, rebuild=True).worked["extract"] == 31
    assert {path.name for path in (out / ".work").iterdir()} <= {"lock", "store.duckdb", "spill"}
    assert go(out, folder).worked["ingest"] == 0


def test_store_is_made_anew_also_where_the_tables_are_damaged(tmp_path: Path) -> None:
    out, text = tmp_path / "out", article(tmp_path, "1.txt")
    for damaged in ("mentions", "documents"):
        go(out, text)
        for file in out.glob(f"{damaged}.*"):
            file.write_bytes(b"PAR1")
        assert go(out, text, rebuild=True).worked["write"] == 1


def test_file_system_without_links_gets_copies(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    out, linked, folder = tmp_path / "out", tmp_path / "linked", tmp_path / "a"
    article(folder, "1.txt")
    article(folder, "2.txt")
    go(linked, folder)
    monkeypatch.setattr(Path, "symlink_to", refuse)
    go(out, folder)
    assert not any(path.is_symlink() for path in out.iterdir())
    assert tables(out) == tables(linked)
    (folder / "2.txt").unlink()
    go(out, folder, format="csv")
    assert {path.suffix for path in out.iterdir() if path.name[0] != "."} == {".csv", ".json"}
    assert set(pd.read_csv(out / "documents.csv")["doc_id"]) == {"a/1.txt"}
    assert command("verify", "--out", out).returncode == 0
    (out / "entities.csv").write_text("x")
    assert command("verify", "--out", out).returncode == 4
    assert go(out, folder, format="csv").worked["write"] == 1
    assert command("verify", "--out", out).returncode == 0


def test_folder_of_any_name_holds_the_results(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a relative path with a colon looks like a URI
    out, text = Path("nyheter:2024 *[æøå] 'a' #1 %20"), article(tmp_path, "1.txt")
    go(out, text)
    assert go(out, text).worked["write"] == 0
    assert statuses(out) == {"1.txt": "ok"}
    asked = "SELECT count(*) AS n FROM documents"
    done = command("query", asked, "--format", "csv", "--out", out, cwd=tmp_path,
                   env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.stdout == "n\n1\n", done.stderr
    for look_at in (["status"], ["verify"], ["tokenize", "--export", out / "t.parquet"]):
        assert CliRunner().invoke(app, [*map(str, look_at), "--out", str(out)]).exit_code == 0


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


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2020-05-09", "2020-05-01", ("2020-05-01", "2020-05-09")),
        ("2020-05-01", "2020-05-09", ("2020-05-01", "2020-05-09")),
        ("", "2020-05-01", ("2020-05-01", "2020-05-01")),
        ("", "", (None, None)),
    ],
)
def test_entities_are_as_old_as_any_copy_of_a_text(
    tmp_path: Path, first: str, second: str, expected: tuple[str | None, str | None]
) -> None:
    rows = tmp_path / "rows.csv"
    text = "Kari Nordmann bor i Oslo."
    rows.write_text(f"id,text,date\navis-a,{text},{first}\navis-b,{text},{second}\n", "utf-8")
    go(tmp_path / "out", rows)
    for name, date in zip(("first_published", "last_published"), expected, strict=True):
        (found,) = set(pipeline.read(tmp_path / "out", "entities")[name])
        assert found is pd.NaT if date is None else found == pd.Timestamp(date, tz="UTC")
    (own,) = set(pipeline.read(tmp_path / "out", "mentions")["published"])
    assert own == pd.Timestamp(first, tz="UTC") if first else own is pd.NaT


def test_duplicate_is_described_alike_whatever_came_first(tmp_path: Path) -> None:
    later, folder = tmp_path / "later", tmp_path / "a"
    rows = {
        "a": {"text": "Nytt\n\nKari bor i Oslo."},
        "z": {"title": "Nytt", "text": "Kari bor i Oslo."},
    }
    for doc_id in ("z", "a"):  # z is worked on before it is a duplicate
        article(folder, f"{doc_id}.jsonl", json.dumps({"id": doc_id} | rows[doc_id]))
        go(later, folder)
    go(tmp_path / "at once", folder)
    assert tables(later)["documents.parquet"] == tables(tmp_path / "at once")["documents.parquet"]
    documents = pipeline.read(later, "documents")
    assert documents["status"].to_list() == ["ok", "duplicate"]
    assert documents["n_tokens"].to_list() == [6, 6]


def test_damaged_tables_are_written_again(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    text = article(tmp_path, "1.txt")
    go(out, text)
    with (out / "entities.csv").open("a") as stream:
        stream.write("x")
    assert command("verify", "--out", out).returncode == 4
    assert go(out, text).worked["write"] == 1
    assert command("verify", "--out", out).returncode == 0


@pytest.mark.parametrize("damage", ["[]", '{"run_id": "x"}', "nothing"])
def test_damaged_manifest_is_written_again(command: Command, tmp_path: Path, damage: str) -> None:
    out = tmp_path / "out"
    text = article(tmp_path, "1.txt")
    go(out, text)
    (out / ".current" / "manifest.json").write_text(damage)
    verified = command("verify", "--out", out)
    assert (verified.returncode, verified.stderr.count("\n")) == (4, 1)
    assert "is not as its manifest says" in verified.stderr
    seen = command("status", "--out", out)
    assert seen.returncode == 0, seen.stderr
    assert "is not as its manifest says" in seen.stdout
    assert go(out, text).worked["write"] == 1
    assert command("verify", "--out", out).returncode == 0


def test_links_that_were_removed_are_made_again(command: Command, tmp_path: Path) -> None:
    out, text = tmp_path / "out", article(tmp_path, "1.txt")
    go(out, text)
    before, run_id = tables(out), (out / ".current").readlink()
    for path in [*out.glob("*.csv"), *out.glob("*.parquet")]:
        path.unlink()
    assert command("verify", "--out", out).returncode == 4
    assert "write: to do" in command("status", "--out", out).stdout
    assert go(out, text).worked["write"] == 0
    assert (tables(out), (out / ".current").readlink()) == (before, run_id)
    assert command("verify", "--out", out).returncode == 0
    assert "write: up to date" in command("status", "--out", out).stdout


def test_results_that_a_backup_brought_back_as_files_are_gone_on_with(tmp_path: Path) -> None:
    out, text, other = tmp_path / "out", article(tmp_path, "1.txt"), article(tmp_path, "2.txt")
    go(out, text)
    before = tables(out)
    followed, bare = tmp_path / "followed", tmp_path / "bare"
    shutil.copytree(out, followed)
    shutil.copytree(out, bare, ignore=shutil.ignore_patterns(".*"))
    dry_run(load_settings(out=followed), Request(sources=[str(text)]))  # is not refused either
    assert go(followed, text).worked["write"] == 0
    with pytest.raises(UserError, match=r"keep what came from 1\.txt"):
        go(bare, other, append=True)  # what the tables told is known
    go(bare, text)
    for folder in (followed, bare):
        assert look.verify(folder) > 0
        assert tables(folder) == before
        assert (folder / "entities.csv").is_symlink()


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


@pytest.mark.parametrize(("data", "expected"), [(b"Kari bor i Oslo.", 0), (b"\x00\x01" * 100, 3)])
def test_closed_pipe_is_no_error_and_hides_none(tmp_path: Path, data: bytes, expected: int) -> None:
    (tmp_path / "1.txt").write_bytes(data)
    call = f"{sys.executable} -c 'from pipeline.cli import main; main()'"
    paths = f"{tmp_path}/1.txt {article(tmp_path, '2.txt')} --out {tmp_path}/o"
    done = subprocess.run(
        ["bash", "-c", f"{call} run {paths} | true; exit ${{PIPESTATUS[0]}}"], cwd=ROOT,
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == expected, done.stderr


def test_interrupt_inside_a_query_is_an_interrupt(tmp_path: Path) -> None:
    code = (
        "import pipeline.cli as cli, pipeline.batch.run as run, os, signal, threading\n"
        "def slow(*_):\n"
        "    from pipeline.duck import connect\n"
        "    kill = lambda: os.kill(os.getpid(), signal.SIGTERM)\n"
        "    threading.Timer(0.5, kill).start()\n"
        "    connect().execute('SELECT count(*) FROM range(10000000000)').fetchall()\n"
        "run.run = slow\n"
        "import sys\n"
        "sys.argv = ['nb-entities', 'run', 'articles', '--quiet', '--summary', 'summary.json']\n"
        "cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "NB_ENTITIES_LOG_FORMAT": "text"}, timeout=60,
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert done.stderr.startswith("nb-entities: Interrupted")
    assert signal.SIGTERM.name not in done.stderr
    told = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert (told["exit"], told["error"]["code"]) == (130, "INTERRUPTED")


def test_interrupt_after_the_tables_are_published_says_so(tmp_path: Path) -> None:
    text, out = article(tmp_path, "1.txt"), tmp_path / "out"
    code = (
        "import pipeline.cli as cli, os, signal, sys\n"
        "from pipeline.batch.store import Store\n"
        "Store.compact = lambda _: os.kill(os.getpid(), signal.SIGTERM)\n"
        f"sys.argv = ['nb-entities', 'run', {str(text)!r}, '--out', {str(out)!r}, '--quiet']\n"
        "cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"NB_ENTITIES_LOG_FORMAT": "text"},
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert done.stderr == "nb-entities: Interrupted; the new tables are published and whole.\n"
    assert look.verify(out) > 0


def test_gazetteer_that_changed_extracts_again(tmp_path: Path) -> None:
    out, text = tmp_path / "out", article(tmp_path, "1.txt", "Det sier Zorp i dag.")
    gazetteer = tmp_path / "names.csv"
    for kind in ("organisation", "person"):
        gazetteer.write_text(f"name,type\nZorp,{kind}\n")
        assert go(out, text, gazetteer=gazetteer).worked["extract"] == 1
        frame = pd.read_csv(out / "entities.csv")
        assert list(zip(frame["name"], frame["type"], strict=True)) == [("Zorp", kind)]


def test_aliases_that_changed_resolve_again_and_nothing_else(tmp_path: Path) -> None:
    out, text = tmp_path / "out", article(tmp_path, "1.txt", "Det sier Statoil til Reuters i Oslo.")
    names, aliases = tmp_path / "names.csv", tmp_path / "aliases.csv"
    names.write_text("name,type\nZorp,organisation\n")
    for canonical in ("Norges største selskap", "Statoil"):
        aliases.write_text(f"name,canonical\nStatoil,{canonical}\n")
        worked = go(out, text, aliases=aliases, gazetteer=names).worked
        assert canonical in set(pd.read_csv(out / "entities.csv")["name"])
    assert worked == {"ingest": 0, "tokenize": 0, "extract": 0, "resolve": 1, "write": 1}
    assert go(out, text, aliases=aliases, gazetteer=names).worked["resolve"] == 0
    with pytest.raises(UserError, match="no such file"):
        go(out, text, aliases=tmp_path / "none.csv", gazetteer=names)


def test_entity_changes_list_every_id_that_another_document_changes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    texts = {
        "1.txt": "I dag møtte Erdogan pressen i Oslo.",
        "2.txt": "Recep Tayyip Erdogan reiste til Bergen, og Erdogan talte.",
        "3.txt": "Også Bilal Erdogan og Emine Erdogan kom til Oslo.",
    }
    before: dict[str, str] = {}
    for name, text in texts.items():
        article(tmp_path / "articles", name, text)
        go(out, tmp_path / "articles")
        mentions, changes = pipeline.read(out, "mentions"), pipeline.read(out, "entity_changes")
        listed = set(zip(changes["old_id"], changes["new_id"], strict=True))
        after = dict(zip(mentions["mention_id"], mentions["entity_id"], strict=True))
        moved = {(before[m], after[m]) for m in before if before[m] != after[m]}
        assert moved == listed
        before = after


def test_surname_alone_is_the_person_of_another_document(tmp_path: Path) -> None:
    def surname_of(out: Path) -> set[str]:
        frame = pipeline.read(out, "mentions")
        entities = pipeline.read(out, "entities").set_index("entity_id")["name"]
        return {entities[i] for i in frame.loc[frame["doc_id"].str.endswith("1.txt"), "entity_id"]}

    articles, out = tmp_path / "articles", tmp_path / "out"
    article(articles, "1.txt", "– Vi gir oss ikke, sa Zelenskyj.")
    article(articles, "2.txt", "Presidenten, Volodymyr Zelenskyj, talte i Kyiv.")
    go(out, articles)
    assert surname_of(out) == {"Volodymyr Zelenskyj"}
