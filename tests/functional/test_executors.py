"""Every format, packed every way, by one process and by several, gives the same tables."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.batch import shards

TITLE = "Ordfører i Bodø"


def body(number: str) -> str:
    return f"Ida Pinnerød bor i Bodø. Sak {number} gjelder FN."


def table(delimiter: str, number: str) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter)
    writer.writerows([["id", "title", "text"], ["1", TITLE, body(number)]])
    return sink.getvalue().encode()


def parquet(number: str) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": [1], "title": [TITLE], "text": [body(number)]}), sink)
    return sink.getvalue()


FORMATS = {
    "txt": lambda n: f"{TITLE}\n\n{body(n)}\n".encode(),
    "md": lambda n: f"# {TITLE}\n\n{body(n)}\n".encode(),
    "jsonl": lambda n: json.dumps({"id": 1, "title": TITLE, "text": body(n)}).encode(),
    "csv": lambda n: table(",", n),
    "tsv": lambda n: table("\t", n),
    "parquet": parquet,
}
PACKINGS = {
    "": bytes,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": lambda data: pa.Codec("zstd").compress(data, asbytes=True),
}
ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8-sig", "cp1252": "cp1252"}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One article in every format, packing and encoding; no two with the same text."""
    folder = tmp_path_factory.mktemp("formats") / "articles"
    folder.mkdir()
    for suffix, make in FORMATS.items():
        for packing, pack in PACKINGS.items():
            for encoding, codec in ENCODINGS.items():
                name = f"{encoding}.{suffix}{packing}"
                data = make(name)
                if suffix == "parquet":
                    if encoding != "utf-8":
                        continue
                elif encoding != "utf-8":
                    data = data.decode().encode(codec)
                (folder / name).write_bytes(pack(data))
    return folder


def tables(out: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.suffix in (".csv", ".parquet")
    }


def test_formats_packings_encodings_and_executors(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = len(list(articles.iterdir()))
    pipeline.run([articles], out=tmp_path / "alone")  # one shard: this process
    monkeypatch.setattr(shards, "SHARD_CHARS", 500)
    pipeline.run([articles], out=tmp_path / "pool", jobs=2)  # many shards: workers
    assert tables(tmp_path / "alone") == tables(tmp_path / "pool")

    documents = pipeline.read(tmp_path / "alone", "documents")
    assert n == 48
    assert list(documents["status"]) == ["ok"] * n
    assert set(documents["title"]) == {TITLE}
    mentions = pipeline.read(tmp_path / "alone", "mentions")
    found = mentions.groupby("doc_id")["name"].agg(frozenset)
    assert len(found) == n
    assert set(found.map(lambda names: {"Ida Pinnerød", "Bodø", "FN"} <= names)) == {True}
    entities = pipeline.read(tmp_path / "alone", "entities").set_index("name")
    assert entities.loc["Ida Pinnerød", "n_documents"] == n
    csv_entities = pd.read_csv(tmp_path / "alone" / "entities.csv").set_index("name")
    assert csv_entities.loc["Bodø", "n_documents"] == n
