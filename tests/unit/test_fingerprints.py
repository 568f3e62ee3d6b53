"""What results are known by: what they depend on, and nothing else."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import models, readers
from pipeline.batch import fingerprints, sources
from pipeline.batch.plan import plan
from pipeline.batch.progress import Progress
from pipeline.batch.request import Request
from pipeline.batch.store import Store
from pipeline.readers import READERS, ReadOptions


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Versions and fingerprints are looked up anew, here and in what follows."""
    forget()
    yield
    forget()


def forget() -> None:
    fingerprints._version.cache_clear()
    fingerprints.reading_key.cache_clear()


def upgrade(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.metadata.version
    monkeypatch.setattr(
        importlib.metadata, "version", lambda name: "999" if name == package else real(name)
    )
    forget()


@pytest.mark.parametrize(
    ("package", "formats"),
    [
        ("ftfy", set(READERS)),
        ("markdown-it-py", {".md", ".markdown"}),
        ("trafilatura", {".html", ".htm"}),
        ("python-docx", {".docx"}),
        ("lxml", {".html", ".htm", ".docx"}),
        ("duckdb", set()),
    ],
)
def test_reading_depends_on_the_libraries_of_its_format(
    package: str, formats: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {suffix: fingerprints.reading_key(suffix, ReadOptions()) for suffix in READERS}
    upgrade(package, monkeypatch)
    now = {suffix: fingerprints.reading_key(suffix, ReadOptions()) for suffix in READERS}
    assert {suffix for suffix in READERS if before[suffix] != now[suffix]} == formats


def test_library_that_is_not_installed_has_no_version() -> None:
    assert readers._LIBRARIES_OF.keys() <= READERS.keys()
    assert fingerprints._version("ftfy")
    assert fingerprints._version("no-such-package-of-anyone") == ""


@pytest.mark.parametrize("package", ["spacy", "thinc", "numpy", "onnxruntime"])
def test_extraction_depends_on_what_computes_it(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprints.extraction_key(models.find(), None)
    upgrade(package, monkeypatch)
    assert fingerprints.extraction_key(models.find(), None) != before


def test_upgraded_library_has_only_its_formats_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    for name in ("1.txt", "2.md"):
        (folder / name).write_text("Kari Nordmann bor i Oslo.")
    request = Request(sources=[str(folder)])
    with Store(tmp_path / "out") as store:
        sources.ingest_changed(store, request, tmp_path / "out", ReadOptions(), Progress())
        assert not plan(store, request, tmp_path / "out", ReadOptions()).read
        upgrade("markdown-it-py", monkeypatch)
        todo = plan(store, request, tmp_path / "out", ReadOptions())
    assert [(s.name, why) for s, why in todo.read] == [("a/2.md", "to be read in another way")]
