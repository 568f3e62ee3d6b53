"""Corrections: the doubtful names go to a spreadsheet and come back as gazetteer and aliases."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from pipeline import errors
from pipeline.batch.review import REVIEW, export
from pipeline.language.gazetteer.read import Alias, Row, read_aliases, read_gazetteer
from pipeline.stages import write
from pipeline.stages.write import write_for_excel
from tests.conftest import ROOT, Command

# How spreadsheets save: "CSV UTF-8" and "CSV" of a Norwegian Excel, "Unicode text" of any, and
# "CSV" of LibreOffice.
SPREADSHEETS = [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", ",")]


def spreadsheet(path: Path, corrections: dict[str, dict[str, str]], **how: str) -> None:
    """Open the file as a spreadsheet does, correct some rows by name, and save it."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream, delimiter=";")
    for name, cells in corrections.items():
        (row,) = [row for row in rows if row[0] == name]
        for column, value in cells.items():
            row[header.index(column)] = value
    encoding, delimiter = how.get("encoding", "utf-8-sig"), how.get("delimiter", ";")
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows([header, *rows])


def entities(out: Path) -> dict[str, str]:
    frame = pd.read_parquet(out / "entities.parquet")
    return dict(zip(frame["name"], frame["type"].astype(str), strict=True))


def write_names(path: Path, names: list[str]) -> None:
    n = len(names)
    columns = {f.name: pa.nulls(n, f.type) for f in REVIEW.schema} | {
        "name": pa.array(names),
        "type": pa.array(["place"] * n),
        "canonical": pa.array(names),
        "was_type": pa.array(["place"] * n),
        "was_canonical": pa.array(names),
    }
    write_for_excel(REVIEW, pa.table(columns), path)


@pytest.mark.parametrize(("encoding", "delimiter"), SPREADSHEETS)
def test_only_corrected_rows_say_something(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "review.csv"
    write_names(path, ["Ås", "Frende", "Moss"])
    corrections = {
        "Ås": {"type": "person", "canonical": "Berit Ås"},
        "Moss": {"type": "organisation"},
    }
    spreadsheet(path, corrections, encoding=encoding, delimiter=delimiter)
    assert read_aliases(path) == [
        Alias("Ås", "Berit Ås", "person"), Alias("Moss", "Moss", "organisation"),
    ]  # fmt: skip
    assert read_gazetteer(path) == [
        Row("Ås", "person", "Berit Ås"), Row("Moss", "organisation", "Moss"),
    ]  # fmt: skip


def test_another_type_is_that_of_the_name_alone(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    write_names(path, ["Støre", "Lien"])
    joined = {"canonical": "Jonas Gahr Støre", "was_canonical": "Jonas Gahr Støre"}
    spreadsheet(path, {"Støre": joined | {"type": "other"}, "Lien": {"canonical": "Støre"}})
    assert read_aliases(path) == [Alias("Støre", None, "other"), Alias("Lien", "Støre", "place")]
    assert read_gazetteer(path)[0] == Row("Støre", "other")


def test_formulas_are_guarded_on_the_way_out_and_back(tmp_path: Path) -> None:
    names = ["=1+1", "+47 Media", "-x", "@NTB", 'a "b"', "c;d,e", "'Olava"]
    path = tmp_path / "review.csv"
    write_names(path, names)
    cells = [line.split(";")[0].strip('"') for line in path.read_text("utf-8-sig").splitlines()]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        shown = [row["name"] for row in csv.DictReader(stream, delimiter=";")]
    spreadsheet(path, {name: {"type": "person"} for name in shown})
    assert [alias.name for alias in read_aliases(path)] == names


def test_row_that_the_user_adds_is_read(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    write_names(path, ["Moss"])
    with path.open("a", encoding="utf-8") as stream:
        stream.write("Smaug;organisation;Smaug AS\r\n")
    assert read_gazetteer(path) == [Row("Smaug", "organisation", "Smaug AS")]


def test_corrections_change_the_tables_as_told(command: Command, tmp_path: Path) -> None:
    out, path = tmp_path / "out", tmp_path / "review.csv"
    # The small model: it takes the insurer Frende for a place.
    call = ["run", "corpus/krim", "--out", out, "--model", "small"]
    assert command(*call).returncode == 0
    before = entities(out)
    assert (before["Frende"], before["Finn.no"]) == ("place", "organisation")

    done = command("review-export", path, "--out", out)
    assert done.returncode == 0, done.stderr
    assert f"--aliases {path}" in done.stdout
    corrections = {
        "Frende": {"type": "organisation", "canonical": "Frende Forsikring"},
        "Finn.no": {"type": "other"},  # a website, which is not wanted
    }
    spreadsheet(path, corrections)

    done = command(*call, "--aliases", path)
    assert done.returncode == 0, done.stderr
    corrected = entities(out)
    assert corrected.pop("Frende Forsikring") == "organisation"
    assert corrected == {k: v for k, v in before.items() if k not in ("Frende", "Finn.no")}

    done = command(*call, "--gazetteer", path)
    assert done.returncode == 0, done.stderr
    assert entities(out)["Frende Forsikring"] == "organisation"
    found = pd.read_parquet(out / "mentions.parquet").set_index("name")
    assert found.loc["Frende", "method"] == "gazetteer"
    assert "Finn.no" not in entities(out)

    # What the user has said is not asked again.
    again = tmp_path / "again.csv"
    done = command("review-export", again, "--out", out, "--aliases", path)
    assert f"add the rows that you change to {path}" in done.stdout
    asked = pd.read_csv(again, sep=";", encoding="utf-8-sig")["name"]
    assert "Frende" not in set(asked)
    assert len(asked) > 10


# How many times as many as by chance are wrong among the first hundred.
@pytest.mark.parametrize(("model", "times"), [("small", 1.7), ("nb_ent_news_trf", 1.3)])
def test_wrong_names_come_first(command: Command, tmp_path: Path, model: str, times: float) -> None:
    out = tmp_path / "out"
    assert command("run", "corpus/", "--out", out, "--model", model).returncode == 0
    gold = pd.read_json(ROOT / "tests" / "gold" / "corpus.jsonl", lines=True)
    right = {
        (row.doc_id, mention["start"], mention["end"], mention["type"])
        for row in gold.itertuples()
        for mention in row.mentions
    }
    mentions = pd.read_parquet(out / "mentions.parquet")
    wrong = {
        row.name
        for row in mentions.itertuples(index=False)
        if (row.doc_id, row.start, row.end, row.type) not in right
    }
    n = export(out, tmp_path / "all.csv", rows=10_000)
    names = pd.read_csv(tmp_path / "all.csv", sep=";", encoding="utf-8-sig")["name"]
    assert n == len(names) == mentions["name"].nunique()
    among_all = names.isin(wrong).mean()
    assert names.head(100).isin(wrong).mean() > times * among_all > 0


def test_export_overwrites_nothing(command: Command, corpus_run: Path, tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    path.write_text("corrected for hours")
    done = command("review-export", path, "--out", corpus_run)
    assert done.returncode == errors.Exit.USAGE
    assert "may hold corrections" in done.stderr
    assert path.read_text() == "corrected for hours"
    assert command("review-export", tmp_path / "a" / "b.csv", "--out", corpus_run).returncode == 0
    assert (tmp_path / "a" / "b.csv").is_file()
    done = command("review-export", path / "b.csv", "--out", corpus_run)
    assert done.returncode == errors.Exit.UNFINISHED
    assert "give another path" in done.stderr


def test_export_that_is_interrupted_leaves_nothing(
    corpus_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise errors.Interrupted

    monkeypatch.setattr(write._ExcelCsv, "write", interrupt)
    with pytest.raises(errors.Interrupted):
        export(corpus_run, tmp_path / "review.csv", rows=10)
    assert list(tmp_path.iterdir()) == []
