from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import look, publish, stop
from pipeline.batch.restore import restore
from pipeline.errors import UserError


def publish_run(out: Path, run_id: str, *names: str) -> None:
    folder = publish.new_folder(out, run_id)
    for name in names:
        (folder / name).write_text(run_id)
    publish.publish(out, folder, manifest(run_id))


def publish_tables(out: Path, run_id: str, *names: str) -> None:
    """As `publish_run`, with a manifest that tells of the files."""
    folder = publish.new_folder(out, run_id)
    for name in names:
        (folder / name).write_text(run_id)
    sha256 = hashlib.sha256(run_id.encode()).hexdigest()
    files = [{"name": name, "rows": 0, "size": 4, "sha256": sha256} for name in names]
    publish.publish(out, folder, manifest(run_id, *files))


def manifest(run_id: str, *files: dict[str, Any]) -> dict[str, Any]:
    tables = {"a": list(files)} if files else {}
    return {"run_id": run_id, "model": "m 1", "documents": {}, "failures": {}, "tables": tables}


def visible(out: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in out.iterdir() if p.is_symlink() and p.is_file()}


def test_publish_shows_the_new_run_and_keeps_the_one_before(tmp_path: Path) -> None:
    for number in range(3):
        publish_run(tmp_path, f"run{number}", "a.csv")
    assert visible(tmp_path)["a.csv"] == "run2"
    assert publish.read_manifest(tmp_path) == manifest("run2")
    assert sorted(p.name for p in (tmp_path / ".runs").iterdir()) == ["run1", "run2"]


def test_publish_removes_links_of_a_format_no_longer_written(tmp_path: Path) -> None:
    publish_run(tmp_path, "run0", "a.csv", "a.parquet")
    publish_run(tmp_path, "run1", "a.csv")
    assert set(visible(tmp_path)) == {"a.csv", "manifest.json"}


def test_publish_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    publish_run(tmp_path, "run0", "a.csv")
    assert (tmp_path / "README.md").read_text() == "mine"


def test_publish_never_replaces_a_file_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    (tmp_path / "link").symlink_to("/somewhere")
    with pytest.raises(UserError, match=r"a\.csv.*Move it away"):
        publish_run(tmp_path, "run0", "a.csv")
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert publish.current(tmp_path) is None
    publish_run(tmp_path, "run1", "b.csv")
    assert (tmp_path / "link").is_symlink()


def test_run_whose_files_are_gone_is_no_run(tmp_path: Path) -> None:
    publish_run(tmp_path, "run0", "a.csv")
    shutil.rmtree(tmp_path / ".runs")
    assert publish.current(tmp_path) is None
    publish.discard(tmp_path)
    publish_run(tmp_path, "run1", "a.csv")
    assert visible(tmp_path)["a.csv"] == "run1"


def test_unfinished_run_is_never_seen_and_is_removed(tmp_path: Path) -> None:
    publish_run(tmp_path, "run0", "a.csv")
    publish_run(tmp_path, "run1", "a.csv")
    publish.new_folder(tmp_path, "run2").joinpath("a.csv").write_text("half")
    assert visible(tmp_path)["a.csv"] == "run1"
    publish.discard(tmp_path)
    assert sorted(p.name for p in (tmp_path / ".runs").iterdir()) == ["run0", "run1"]


def test_empty_folder_has_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no results"):
        publish.read_manifest(tmp_path)


@pytest.mark.parametrize("earlier", [(), ("a.csv",)])
def test_run_that_fails_after_the_switch_takes_it_back(
    tmp_path: Path, earlier: tuple[str, ...]
) -> None:
    def fail() -> None:
        raise RuntimeError

    if earlier:
        publish_run(tmp_path, "run1", *earlier)
    before = visible(tmp_path)
    folder = publish.new_folder(tmp_path, "run2")
    (folder / "b.csv").write_text("run2")
    with pytest.raises(RuntimeError):
        publish.publish(tmp_path, folder, {}, fail)
    assert visible(tmp_path) == before
    assert publish.is_current(tmp_path, "run1") == bool(earlier)
    assert not stop.published()


@pytest.mark.parametrize("target", [None, "/somewhere", ".current/b.csv"])
def test_link_that_was_removed_or_turned_is_missed(tmp_path: Path, target: str | None) -> None:
    publish_run(tmp_path, "run0", "a.csv", "b.csv")
    assert publish.unshown(tmp_path) == []
    (tmp_path / "a.csv").unlink()
    if target:
        (tmp_path / "a.csv").symlink_to(target)
    assert publish.unshown(tmp_path) == ["a.csv"]
    if target == "/somewhere":  # who knows why
        with pytest.raises(UserError, match="Move it away"):
            publish.show_again(tmp_path)
        return
    publish.show_again(tmp_path)
    assert publish.unshown(tmp_path) == []


def without_links(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False])
def test_run_that_is_published_meanwhile_does_not_fail_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def verified(out: Path, files: Mapping[str, str], real: Any = look._verify_shown) -> None:
        publish_tables(tmp_path, "run1", "b.csv")
        (out / "b.csv").unlink()  # as before the last of its links is made
        real(out, files)

    if not links:
        monkeypatch.setattr(Path, "symlink_to", without_links)
    publish_tables(tmp_path, "run0", "a.csv", "b.csv")
    with monkeypatch.context() as patched:
        patched.setattr(look, "_verify_shown", verified)
        assert look.verify(tmp_path) == 2
    with pytest.raises(UserError, match=r"b\.csv"):
        look.verify(tmp_path)


def test_copies_are_replaced_and_removed_as_links_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "symlink_to", without_links)
    publish_run(tmp_path, "run0", "a.csv", "a.parquet")
    publish_run(tmp_path, "run1", "a.csv")
    assert (tmp_path / "a.csv").read_text() == "run1"
    assert not (tmp_path / "a.parquet").exists()
    assert publish.is_current(tmp_path, "run1")
    (tmp_path / "a.csv").unlink()
    assert publish.unshown(tmp_path) == ["a.csv"]
    publish.show_again(tmp_path)
    assert (tmp_path / "a.csv").read_text() == "run1"
    (tmp_path / "b.csv").write_text("mine")
    with pytest.raises(UserError, match="Move it away"):
        publish_run(tmp_path, "run2", "b.csv")
    assert (tmp_path / "b.csv").read_text() == "mine"


LOST = [(), (".runs",), (".current",), (".current", ".runs")]


def restored(tmp_path: Path, lost: tuple[str, ...]) -> Path:
    """Results as a backup brings them back that follows links and leaves something out."""
    publish_tables(tmp_path / "out", "run0", "a.csv", "b.csv")
    shutil.copytree(tmp_path / "out", tmp_path / "restored")
    for name in lost:
        shutil.rmtree(tmp_path / "restored" / name)
    return tmp_path / "restored"


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("links", [True, False])
def test_restored_files_are_those_of_their_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: tuple[str, ...], links: bool
) -> None:
    out = restored(tmp_path, lost)
    publish.see_free(out, ["a.csv", "manifest.json"])  # a dry run says what the run will
    if not links:
        monkeypatch.setattr(Path, "symlink_to", without_links)
    restore(out)
    assert publish.is_current(out, "run0")
    assert publish.is_linked(out) == links
    assert look.verify(out) == 2
    publish_tables(out, "run1", "a.csv")
    assert (out / "a.csv").read_text() == "run1"
    assert not (out / "b.csv").exists()
    assert sorted(path.name for path in (out / ".runs").iterdir()) == ["run0", "run1"]


@pytest.mark.parametrize("lost", LOST)
def test_restored_file_that_was_changed_is_the_users(tmp_path: Path, lost: tuple[str, ...]) -> None:
    out = restored(tmp_path, lost)
    (out / "b.csv").write_text("mine")
    for refused in (restore, lambda out: publish_tables(out, "run1", "b.csv")):
        with pytest.raises(UserError, match=r"b\.csv.*Move it away"):
            refused(out)
        assert ((out / "a.csv").read_text(), (out / "b.csv").read_text()) == ("run0", "mine")


@pytest.mark.parametrize("name", ["b.csv", "notes.txt"])
def test_restored_folder_with_files_of_the_user_is_protected(tmp_path: Path, name: str) -> None:
    out = restored(tmp_path, ())
    (out / ".current" / name).write_text("mine")
    with pytest.raises(UserError, match=rf"{name}.*Move it away"):
        restore(out)
    assert (out / ".current" / name).read_text() == "mine"
    assert (out / "b.csv").read_text() == "run0"


def test_restored_folder_shows_nothing_over_a_file_of_the_user(tmp_path: Path) -> None:
    out = restored(tmp_path, (".current",))
    for folder in (out, out / ".runs" / "run0"):
        (folder / "notes.txt").write_text(folder.name)
    with pytest.raises(UserError, match=r"notes\.txt.*Move it away"):
        restore(out)
    assert (out / "notes.txt").read_text() == out.name


def test_file_in_the_place_of_its_link_is_replaced(tmp_path: Path) -> None:
    publish_tables(tmp_path, "run0", "a.csv")
    (tmp_path / "a.csv").unlink()
    shutil.copy(tmp_path / ".current" / "a.csv", tmp_path / "a.csv")  # as a synchroniser does
    publish_tables(tmp_path, "run1", "a.csv")
    assert visible(tmp_path)["a.csv"] == "run1"


@pytest.mark.parametrize("text", ["mine", '{"run_id": "run0"}'])
def test_folder_in_the_place_of_the_link_is_protected(tmp_path: Path, text: str) -> None:
    (tmp_path / ".current").mkdir()
    (tmp_path / ".current" / "manifest.json").write_text(text)
    with pytest.raises(UserError, match=r"\.current.*Move it away"):
        restore(tmp_path)
    assert (tmp_path / ".current" / "manifest.json").read_text() == text


def test_manifest_names_nothing_outside_of_the_folder(tmp_path: Path) -> None:
    file = {"name": "a.csv", "rows": 0, "size": 4, "sha256": ""}
    for told in (manifest("../run"), manifest("run0", file | {"name": "../a.csv"})):
        with pytest.raises(ValueError, match="is not what a run writes"):
            publish.parse_manifest(json.dumps(told).encode())
