"""Input that was made to do harm: it costs little time and memory, and goes nowhere."""

from __future__ import annotations

import gzip
import json
import time
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.batch.canary import sentence
from pipeline.cli.log import visible
from pipeline.readers import RawDocument, RawFailure, ReadOptions, read_file
from pipeline.stages.extract import Extractor
from pipeline.stages.tokenize import Tokenizer
from tests.conftest import Command

N = 50_000  # characters: linear work on them takes a second at most, quadratic work minutes
SECONDS = 10  # of the processor


def codes(path: Path) -> list[str]:
    return [
        raw.problem.code if isinstance(raw, RawFailure) else "ok"
        for raw in read_file(path, ReadOptions())
    ]


# Bombs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv"])
@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_bomb_is_a_failure(tmp_path: Path, suffix: str, packing: str) -> None:
    path = tmp_path / f"bomb{suffix}{packing}"
    zeros = b" " * 2**20 * 200
    path.write_bytes(
        gzip.compress(zeros) if packing == ".gz" else pa.compress(zeros, "zstd", asbytes=True)
    )
    assert path.stat().st_size < 300_000
    assert set(codes(path)) <= {"BAD_COMPRESSION", "TOO_LARGE", "BAD_ROW", "NO_TEXT_COLUMN"}


@pytest.mark.parametrize("part", ["word/document.xml", "word/media/picture.png"])
def test_word_bomb_is_a_failure(tmp_path: Path, part: str) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for copy in range(5):
            archive.writestr(f"{part}{copy or ''}", b" " * 2**20 * 60)
    assert codes(path) in (["TOO_LARGE"], ["EXTRA_MISSING"])


def test_parquet_with_one_huge_text_in_every_row(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    text = pa.array(["x" * (2**26 + 1)]).dictionary_encode()
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 3, pa.int32()), text.dictionary)
    pq.write_table(pa.table({"text": column}), path)
    assert codes(path) == ["TOO_LARGE"] * 3


# Names and ids -----------------------------------------------------------------------------------


def test_ids_and_names_are_nothing_but_cells(command: Command, tmp_path: Path) -> None:
    ids = ["../../up", "/etc/passwd", "a\x00b\x1b[31m", "<script>alert(1)</script>", "=1+1", "NA"]
    rows = tmp_path / "in" / "rows.jsonl"
    rows.parent.mkdir()
    lines = [{"id": i, "text": f"Kari Nordmann bor i Oslo, sier {i}."} for i in ids]
    rows.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    before = set(tmp_path.rglob("*"))
    done = command("run", rows, "--out", tmp_path / "out", "--excel")
    assert done.returncode == 0, done.stderr
    made = set(tmp_path.rglob("*")) - before
    assert all(path.is_relative_to(tmp_path / "out") for path in made)
    documents = pd.read_csv(tmp_path / "out" / "documents.csv", keep_default_na=False)
    assert {"rows.jsonl#../../up", "rows.jsonl#NA"} <= set(documents["doc_id"])
    assert "\x1b" not in done.stdout + done.stderr
    excel = (tmp_path / "out" / "mentions.excel.csv").read_text("utf-8-sig")
    cells = [cell for line in excel.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.lstrip('"').startswith(("=", "+", "@"))]


def test_csv_traps_come_back_as_they_were(tmp_path: Path) -> None:
    traps = ["NA", "None", "null", "=1+1", 'a "b", c;d', "to\nlinjer", "-1", "@x", "  "]
    rows = tmp_path / "rows.jsonl"
    lines = [{"id": n, "title": trap, "text": f"Sak {n}."} for n, trap in enumerate(traps)]
    rows.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    pipeline.run(rows, out=tmp_path / "out")
    titles = pd.read_csv(tmp_path / "out" / "documents.csv", keep_default_na=False)["title"]
    assert list(titles) == [" ".join(trap.split()) for trap in traps]


def test_a_terminal_is_not_steered(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("\x1b[31mred,\x1b]0;title\x07b\na,b\n", "utf-8")
    said = command("show", table).stderr
    assert "�[31mred, �]0;title�b" in said
    assert said == visible(said)
    assert visible("a\x1b]0;b\x07\u202ec\nd") == "a�]0;b��c\nd"


# Time --------------------------------------------------------------------------------------------

HARD = {
    "comments": "<!--",
    "tags": "<a",
    "closing tags": "</script ",
    "scripts": "<script>",
    "brackets": "[",
    "images": "![",
    "stars": "*a **b _",
    "backticks": "`a``b",
    "quotes": '"',
    "spaces": " ",
    "lines": "\n",
    "dashes": "---\n",
    "dots": ".",
    "digits": "1",
    "letters": "a",
    "capitals": "A ",
    "hyphens": "A-",
    "slashes": "A/",
    "dates": "5. mars ",
    "names": "Kari Nordmann ",
    "roads": "E 6 riksvei ",
    "credits": "Foto: ",
    "accents": "e\u0301\u0301",
    "mojibake": "Ã¥Ã",
    "open quotes": "«",
    "shouting": "KHARKIV\n\n",
}


def in_time(began: float) -> bool:
    return time.process_time() - began < SECONDS


@pytest.mark.parametrize("hard", HARD)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".csv"])
def test_no_reader_takes_long(tmp_path: Path, suffix: str, hard: str) -> None:
    piece = HARD[hard]
    path = tmp_path / f"hard{suffix}"
    body = piece * (N // len(piece))
    if suffix == ".jsonl":
        text = json.dumps({"date": body, "title": body, "text": body, "id": body})
    elif suffix == ".csv":
        text = f"id,date,title,text\n{body},{body}\n{body}"
    else:
        text = f"---\ntitle: a{body}b\n---\n# {body}\n\n{body}"
    path.write_text(text, "utf-8")
    began = time.process_time()
    assert list(read_file(path, ReadOptions()))
    assert in_time(began)


def test_long_runs_inside_a_value(tmp_path: Path) -> None:
    path = tmp_path / "front.md"
    path.write_text(f"---\ntitle: a{' ' * N}b\ndate{' ' * N}\n---\nTekst.", "utf-8")
    began = time.process_time()
    [document] = read_file(path, ReadOptions())
    assert isinstance(document, RawDocument)
    assert document.title == "a b"
    assert in_time(began)


@pytest.fixture(scope="module")
def stages() -> tuple[Tokenizer, Extractor]:
    return Tokenizer(), Extractor.load()


@pytest.mark.parametrize("hard", HARD)
def test_no_stage_takes_long(stages: tuple[Tokenizer, Extractor], hard: str) -> None:
    tokenizer, extractor = stages
    text = (HARD[hard] * 10_000)[:10_000].strip() + " slutt"
    documents = sentence().documents
    for name, value in (("text", text), ("n_chars", len(text))):
        index = documents.column_names.index(name)
        documents = documents.set_column(index, name, pa.array([value]))
    began = time.process_time()
    extractor(documents, tokenizer(documents))
    assert in_time(began)
