"""The Python API, with the real model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline import errors, schemas, vocabulary

SENTENCE = "Tyrkias president Recep Tayyip Erdogan møtte Vladimir Putin i Moskva. Erdogan smilte."


def test_extract_gives_mentions_as_a_frame() -> None:
    found = pipeline.extract([SENTENCE, "", "Det regner."])
    assert list(found) == [*schemas.MENTIONS.schema.names, "entity"]
    assert set(found["entity"]) == {"Tyrkia", "Recep Tayyip Erdogan", "Vladimir Putin", "Moskva"}
    assert set(found["doc_id"]) == {"0"}
    assert list(found["name"]) == [
        "Tyrkia", "Recep Tayyip Erdogan", "Vladimir Putin", "Moskva", "Erdogan",
    ]  # fmt: skip
    erdogan = found[found["name"].str.contains("Erdogan")]
    assert erdogan["entity_id"].nunique() == 1


def test_extract_takes_a_series_and_types() -> None:
    found = pipeline.extract(pd.Series([SENTENCE]), types=["place"])
    assert set(found["name"]) == {"Tyrkia", "Moskva"}
    pd.testing.assert_frame_equal(pipeline.extract(SENTENCE, types="place"), found)
    assert len(pipeline.extract(SENTENCE, types="all")) > len(found)
    with pytest.raises(ValueError, match="no type 'places'; the types are person, place"):
        pipeline.extract(SENTENCE, types=["places"])
    with pytest.raises(ValueError, match="no type ''"):
        pipeline.extract(SENTENCE, types=[])


def test_doc_id_is_the_index_of_a_series() -> None:
    texts = pd.Series(["Kari bor i Oslo.", "Det regner.", "Nils bor i Moss."], [20, 7, 3])
    found = pipeline.extract(texts, types="place")
    assert list(zip(found["doc_id"], found["name"], strict=True)) == [("20", "Oslo"), ("3", "Moss")]
    assert found["mention_id"].is_unique
    with pytest.raises(ValueError, match="twice"):
        pipeline.extract(pd.concat([texts, texts]))


def test_extract_takes_one_text_and_nothing_that_is_none() -> None:
    assert set(pipeline.extract(SENTENCE)["doc_id"]) == {"0"}
    assert len(pipeline.extract(["\ud800 Ola Nordmann bor i Oslo."])) == 2
    with pytest.raises(TypeError, match="missing"):
        pipeline.extract([SENTENCE, None])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("text", "surfaces", "names"),
    [
        ("Kari bor i Idlib\u2011provinsen.", ["Kari", "Idlib\u2011provinsen"], ["Kari", "Idlib"]),
        (
            "\u200eErna Solberg\u200e i \u2067Oslo\u2069. Så Erna\u00a0Solberg.",
            ["Erna Solberg", "Oslo", "Erna\u00a0Solberg"],
            ["Erna Solberg", "Oslo", "Erna Solberg"],
        ),
        (
            "Fremskritts\u00adpartiet i A\u030amot.",
            ["Fremskritts\u00adpartiet", "A\u030amot"],
            ["Fremskrittspartiet", "Åmot"],
        ),
        ("Ola Nordmann bor i Os\ud800lo.", ["Ola Nordmann", "Os?lo"], ["Ola Nordmann", "Oslo"]),
    ],
)
def test_extract_mends_texts_as_a_run_does(
    text: str, surfaces: list[str], names: list[str]
) -> None:
    found = pipeline.extract(text)
    assert (list(found["surface"]), list(found["name"])) == (surfaces, names)
    places = zip(found["start"], found["end"], strict=True)
    assert [text[start:end].replace("\ud800", "?") for start, end in places] == surfaces


@pytest.mark.parametrize("table", [pd.DataFrame({"text": [SENTENCE]}), {"text": SENTENCE}])
def test_extract_takes_no_table_for_its_columns(table: Any) -> None:
    with pytest.raises(TypeError, match="one column of a table"):
        pipeline.extract(table)


def test_home_is_known_wherever_a_path_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    names = "name,type,canonical\nSmaug,organisation,Smaug AS\n"
    (tmp_path / "names.csv").write_text(names, "utf-8")
    (tmp_path / "a.txt").write_text("Smaug bor i Oslo.", "utf-8")
    found = pipeline.extract("Smaug bor i Oslo.", gazetteer="~/names.csv", aliases="~/names.csv")
    assert "gazetteer" in set(found["method"])
    (smaug, *_) = pipeline.load("small", gazetteer=Path("~/names.csv"))("Smaug bor i Oslo.").ents
    assert smaug._.method == "gazetteer"
    pipeline.run("~/a.txt", out="~/out", gazetteer="~/names.csv")
    assert len(pipeline.read("~/out", "documents")) == 1


def test_extract_with_a_gazetteer(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,type,canonical,id\nSmaug,organisation,Smaug AS,NO-1\n", "utf-8")
    found = pipeline.extract(["Det ble Smaugs beste år."], gazetteer=path)
    assert found[["surface", "name", "type", "method"]].to_numpy().tolist() == [
        ["Smaugs", "Smaug", "organisation", "gazetteer"]
    ]
    path.write_text("name,type\nSmaug,person\n", "utf-8")
    found = pipeline.extract(["Det ble Smaugs beste år."], gazetteer=path)
    assert set(found["type"]) == {"person"}


def test_extract_with_aliases(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("name;canonical;type\nMoskva;Russland;\n", "utf-8")
    found = pipeline.extract([SENTENCE, "Russland svarte."], aliases=path)
    same = found.loc[found["name"].isin(["Moskva", "Russland"])]
    assert len(same) == 2
    assert same["entity_id"].nunique() == 1


def test_title_is_whole_in_a_text_with_white_space_before_it() -> None:
    found = pipeline.extract(f"""
        Trump  møtte  Jonas Gahr Støre

        {SENTENCE}
        """)
    zones = found.groupby("zone", observed=True)["name"].first()
    assert zones.to_dict() == {"headline": "Trump", "lead": "Tyrkia"}
    assert set(found.loc[found["zone"] == "headline", "context"]) == {
        "Trump møtte Jonas Gahr Støre"
    }


def test_result_does_not_depend_on_the_other_texts() -> None:
    others = ["Jens Stoltenberg leder Nato.", "Bergen vant.", SENTENCE]
    columns = ["start", "end", "surface", "name", "label"]
    alone = pipeline.extract([SENTENCE])
    among = pipeline.extract(others)
    among = among[among["doc_id"] == "2"]
    assert alone[columns].to_numpy().tolist() == among[columns].to_numpy().tolist()


NAMES = st.sampled_from(
    ["Oslo", "Erdogans", "Nato-landet", "E6.", "FN", "Foto:", "/ AP", "Kari Moen", "–", "\n\n",
     "😀", "é", "«", "»", "PARIS", "Rv. 7", "(", ")", "\t", "Hans", " "]
)  # fmt: skip


TEXTS = st.lists(st.one_of(NAMES, st.text(max_size=12)), max_size=30).map(" ".join)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=5, max_size=10))  # resolving takes as long for one as for ten
def test_offsets_point_at_the_surface_of_any_text(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    for row in pipeline.extract(texts, types=vocabulary.TYPES).itertuples():
        assert texts[int(row.doc_id)][row.start : row.end] == row.surface
        assert row.surface.strip() == row.surface != ""
        assert row.name
        assert row.type in vocabulary.TYPES


@pytest.mark.parametrize("said_by", ["nb-entities.toml", "the environment"])
def test_run_writes_to_where_the_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said_by: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(SENTENCE)
    if said_by == "nb-entities.toml":
        Path("nb-entities.toml").write_text('out = "elsewhere"\n')
    else:
        monkeypatch.setenv("NB_ENTITIES_OUT", "elsewhere")
    pipeline.run("a.txt")
    assert Path("elsewhere", "mentions.csv").exists()
    assert not Path("outputs").exists()


def test_run_and_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    report = pipeline.run([tmp_path / "a.txt"], out=tmp_path / "out")
    assert report.worked == {"ingest": 1, "tokenize": 1, "extract": 1, "resolve": 1, "write": 1}
    assert report.documents == {"ok": 1}
    mentions = pipeline.read(tmp_path / "out", "mentions")
    assert list(mentions["type"].cat.categories) == ["person", "place"]  # Tyrkia comes first
    assert list(mentions.groupby("type").size()) == [3, 2]
    assert pipeline.run([tmp_path / "a.txt"], out=tmp_path / "out").worked["write"] == 0


def test_read_gives_times_lists_and_the_same_types_as_extract(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ndate: 2020-03-05\n---\n{SENTENCE}", "utf-8")
    pipeline.run(tmp_path / "a.md", out=tmp_path / "out")
    entities = pipeline.read(tmp_path / "out", "entities").set_index("name")
    assert entities.loc["Recep Tayyip Erdogan", "aliases"] == ["Erdogan"]
    assert entities.loc["Tyrkia", "aliases"] == []
    assert entities.loc["Tyrkia", "first_published"] == pd.Timestamp("2020-03-05", tz="UTC")
    read, found = pipeline.read(tmp_path / "out", "mentions"), pipeline.extract(SENTENCE)
    same = [column for column in read if column not in ("published", "title")]
    assert (read[same].dtypes == found[same].dtypes).all()


def test_run_needs_no_main_guard_in_a_script(tmp_path: Path) -> None:
    for number in range(120):
        text = f"{SENTENCE} Sak {number}. " + "Det regner i dag og i morgen. " * 50
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "import pipeline\n"
        f"report = pipeline.run({str(tmp_path)!r}, out={str(tmp_path / 'out')!r}, jobs=2)\n"
        "print(report.documents)"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=200
    )
    assert done.stdout.strip() == "{'ok': 120}", done.stderr


def test_read_of_nothing_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(errors.UserError, match="nb-entities run SOURCE"):
        pipeline.read(tmp_path, "mentions")
    with pytest.raises(ValueError, match="mentions, entities"):
        pipeline.read(tmp_path, "persons")


def test_read_of_csv_only_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    pipeline.run(tmp_path / "a.txt", out=tmp_path / "out", format="csv")
    with pytest.raises(errors.UserError, match=r"--format csv,parquet"):
        pipeline.read(tmp_path / "out", "mentions")


def test_load_is_a_spacy_pipeline_with_base_names() -> None:
    nlp = pipeline.load()
    doc = nlp("Tyrkias president møtte Nato-landet på E6.")
    assert {ent.text: ent._.name for ent in doc.ents} == {
        "Tyrkias": "Tyrkia",
        "Nato-landet": "Nato",
        "E6": "E6",
    }
