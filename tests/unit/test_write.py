from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.schemas import DOCUMENTS, ENTITIES, plain
from pipeline.stages import write as writing

TRAPS = [
    "=1+1",
    "+47",
    "-x",
    "@cmd",
    "NA",
    "None",
    'a "b"',
    "c;d,e",
    "f\ng",
    "",
    "Ærlig Åse",
    "\tq",
]


def rows(names: list[str]) -> list[pa.RecordBatch]:
    n = len(names)
    table = pa.table(
        {
            "entity_id": [f"{i:06}" for i in range(n)],
            "name": names,
            "type": ["person"] * n,
            "aliases": [[name, "b"] if i % 2 else [] for i, name in enumerate(names)],
            "n_mentions": list(range(n)),
            "n_documents": [1] * n,
            "first_published": pa.array([datetime(2020, 3, 5, 12, tzinfo=UTC)] * n),
            "last_published": pa.nulls(n, pa.timestamp("us")),
            "country": pa.nulls(n, pa.string()),
            "region": pa.nulls(n, pa.string()),
            "wikidata": pa.nulls(n, pa.string()),
            "latitude": [59.25] * n,
            "longitude": pa.nulls(n, pa.float64()),
        }
    )
    return table.to_batches(max_chunksize=7)


def test_csv_gives_back_every_trap(tmp_path: Path) -> None:
    writing.write(ENTITIES, rows(TRAPS), tmp_path, ["csv"])
    frame = pd.read_csv(tmp_path / "entities.csv", keep_default_na=False)
    assert list(frame["name"]) == TRAPS
    assert list(frame["aliases"]) == [f"{t} | b" if i % 2 else "" for i, t in enumerate(TRAPS)]
    assert set(frame["first_published"]) == {"2020-03-05T12:00:00Z"}


def test_excel_file_is_harmless_and_norwegian(tmp_path: Path) -> None:
    writing.write(ENTITIES, rows(TRAPS), tmp_path, ["excel"])
    assert (tmp_path / "entities.excel.csv").read_bytes().startswith(b"\xef\xbb\xbfentity_id;name;")
    frame = pd.read_csv(
        tmp_path / "entities.excel.csv", sep=";", decimal=",", encoding="utf-8-sig",
        keep_default_na=False,
    )  # fmt: skip
    dangerous = [name for name in frame["name"] if name[:1] in set("=+-@\t\r") - {""}]
    assert dangerous == []
    assert list(frame["name"][:5]) == ["'=1+1", "'+47", "'-x", "'@cmd", "NA"]
    assert set(frame["latitude"]) == {59.25}


@pytest.mark.parametrize("name", ["parquet", "csv"])
def test_bytes_do_not_depend_on_the_batches(tmp_path: Path, name: str) -> None:
    table = dataclasses.replace(ENTITIES, group=10)
    batches = rows([f"navn {i}" for i in range(35)])
    whole = pa.Table.from_batches(batches).combine_chunks().to_batches()
    written = []
    for number, given in enumerate((batches, whole)):
        folder = tmp_path / str(number)
        folder.mkdir()
        written.append(writing.write(table, given, folder, [name]))
    assert written[0] == written[1]
    assert written[0][0].rows == 35


def test_empty_table_has_its_header_and_schema(tmp_path: Path) -> None:
    writing.write(ENTITIES, [], tmp_path, ["csv", "parquet"])
    assert (tmp_path / "entities.csv").read_text().strip() == ",".join(ENTITIES.schema.names)
    assert pq.read_table(tmp_path / "entities.parquet").num_rows == 0


def test_row_groups_with_long_texts_are_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_GROUP_CHARS", 10)
    texts = ["x" * n for n in (4, 4, 4, 20, 4, 4)]
    columns: dict[str, list[object]] = {
        field.name: [None if field.nullable else ""] * len(texts) for field in DOCUMENTS.schema
    } | {
        "doc_id": list("abcdef"),
        "text": list(texts),
        "n_chars": [len(text) for text in texts],
        "n_tokens": [0] * len(texts),
        "repairs": [[] for _ in texts],
    }
    documents = plain(DOCUMENTS.from_columns(columns))
    for number, size in enumerate((1, 6)):  # however the rows come
        folder = tmp_path / str(number)
        folder.mkdir()
        writing.write(DOCUMENTS, documents.to_batches(size), folder, ["parquet"])
        file = pq.ParquetFile(folder / "documents.parquet")
        groups = [file.read_row_group(i, ["doc_id"]) for i in range(file.num_row_groups)]
        assert [group["doc_id"].to_pylist() for group in groups] == [
            ["a", "b", "c"],
            ["d"],
            ["e", "f"],
        ]
