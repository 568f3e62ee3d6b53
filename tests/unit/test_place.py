"""Folders by path and by URI: files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.batch.place import Place
from pipeline.errors import UserError


@pytest.fixture(params=["", "file://", "fsspec+file://"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param.startswith("fsspec"):
        pytest.importorskip("fsspec", reason="comes with the extra dask")
    return Place(f"{request.param}{tmp_path}")


def test_place_has_the_file_that_was_written(place: Place, tmp_path: Path) -> None:
    place.make("a/b")
    with place.writing("a/b/table.parquet") as stream:
        pq.write_table(pa.table({"x": [1, 2], "y": [3, 4]}), stream)
        assert not (tmp_path / "a" / "b" / "table.parquet").exists()
    assert set(place.files()) == {"a/b/table.parquet"}
    assert set(place.files("a/b")) == {"table.parquet"}
    assert [rows.to_pydict() for rows in place.rows("a/b/table.parquet", ["x"])] == [{"x": [1, 2]}]
    assert place.reading("a/b/table.parquet").read(4) == b"PAR1"
    place.remove("a/b/table.parquet")
    assert place.files() == {}


def test_place_is_as_before_where_writing_failed(place: Place) -> None:
    with place.writing("file") as stream:
        stream.write(b"whole")
    with pytest.raises(RuntimeError), place.writing("file") as stream:
        stream.write(b"half")
        raise RuntimeError
    assert set(place.files()) == {"file"}
    assert place.reading("file").read() == b"whole"


def test_place_without_folder_has_no_files(place: Place) -> None:
    assert place.files("nowhere") == {}
    with pytest.raises(FileNotFoundError):
        place.reading("nowhere")


def test_place_with_a_name_that_is_no_text_cannot_be_used(place: Place, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"p\xe5.parquet")).touch()
    with pytest.raises(UserError, match="cannot be used: 'utf-8' codec"):
        place.files()


def test_place_that_cannot_be_listed_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="Could not read") as caught:
        Place(str(tmp_path)).files("file")
    assert caught.value.problem.exit == 4


def test_place_knows_its_name_and_what_lies_in_it(tmp_path: Path) -> None:
    assert Place(f"{tmp_path}/articles/").name == "articles"
    outer, inner, beside = (Place(f"{tmp_path}/{name}") for name in ("a", "a/b", "ab"))
    assert inner.within(outer)
    assert outer.within(outer)
    assert not beside.within(outer)
    assert not outer.within(inner)


def test_place_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    outer = Place(f"{tmp_path}/a")
    for inner in (f"file://{tmp_path}/a/b", f"{tmp_path}/link/b", f"file://{tmp_path}/link"):
        assert Place(inner).within(outer)
        assert not outer.within(Place(f"{inner}/c"))


def test_place_of_unknown_kind_is_refused() -> None:
    with pytest.raises(UserError, match="nope://bucket"):
        Place("nope://bucket")


def test_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        "pipeline.batch.place.fsync",
        lambda path: synced.append((path.suffix, (tmp_path / "file").exists())),
    )
    with Place(str(tmp_path)).writing("file") as stream:
        stream.write(b"whole")
    assert synced == [(".new", False), ("", True)]
