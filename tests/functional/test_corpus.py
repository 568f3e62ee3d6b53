"""The sample articles through the whole pipeline: what a reader of the tables must find."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline import schemas, vocabulary

IDLIB = "corpus/utenriks/idlib-vaapenhvile.txt"

# Names that must come out of each article as an entity of this type, by their base names.
MUST_HAVE = {
    "corpus/politikk/budsjettkrangel.txt": {"organisation": ["Ap", "Sp"]},
    "corpus/naeringsliv/statoil-bytter-navn.txt": {"organisation": ["Statoil", "Equinor"]},
    "corpus/sport/glimt-knuste-roma.md": {
        "organisation": ["Bodø/Glimt"],
        "person": ["José Mourinho"],
    },
    "corpus/sport/brann-mot-cupfinale.txt": {"person": ["Eirik Horneland"], "place": ["Bergen"]},
    "corpus/trafikk-vaer/kollisjon-e6.txt": {"place": ["E6"]},
    "corpus/utenriks/kharkiv-rakettangrep.txt": {"place": ["Kharkiv", "Ukraina"]},
    "corpus/utenriks/honduras-flom.txt": {"place": ["Honduras"]},
    "corpus/notiser.jsonl#nobelpris-moser": {"person": ["May-Britt Moser", "Edvard Moser"]},
    "corpus/notiser.jsonl#g20-osaka": {"place": ["Osaka"]},
    "corpus/kultur/oktober-varliste.txt": {"place": ["Vardø"]},
    "corpus/kultur/samisk-film-apnet-tiff.html": {"place": ["Tromsø"]},
    "corpus/lokalt/smaastoff.csv#fv40-ras": {"place": ["Numedal"]},
}


@pytest.fixture(scope="module")
def mentions(corpus_run: Path) -> pd.DataFrame:
    return pipeline.read(corpus_run, "mentions")


@pytest.fixture(scope="module")
def entities(corpus_run: Path) -> pd.DataFrame:
    return pipeline.read(corpus_run, "entities")


def test_every_article_is_a_document_and_none_failed(corpus_run: Path) -> None:
    documents = pipeline.read(corpus_run, "documents")
    assert set(documents["status"]) == {"ok"}
    gold = Path("tests/gold/corpus.jsonl").read_text("utf-8").splitlines()
    assert set(documents["doc_id"]) == {json.loads(line)["doc_id"] for line in gold}
    assert (documents["n_tokens"] > 100).all()
    assert set(documents["language"]) == {"nb"}


@pytest.mark.parametrize("doc_id", MUST_HAVE)
def test_article_has_its_names(mentions: pd.DataFrame, doc_id: str) -> None:
    here = mentions[mentions["doc_id"] == doc_id]
    found = set(zip(here["type"], here["name"], strict=True))
    wanted = {(kind, name) for kind, names in MUST_HAVE[doc_id].items() for name in names}
    assert wanted <= found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Recep Tayyip Erdogan", "person"),
        ("Vladimir Putin", "person"),
        ("Idlib", "place"),
        ("Latakia", "place"),
        ("M4", "place"),
        ("Nato", "organisation"),
        ("FN", "organisation"),
        ("AFP", "organisation"),
    ],
)
def test_idlib_article_has_each_entity_once(
    mentions: pd.DataFrame, entities: pd.DataFrame, name: str, kind: str
) -> None:
    here = entities[entities["entity_id"].isin(mentions[mentions["doc_id"] == IDLIB]["entity_id"])]
    last = name.rsplit(maxsplit=1)[-1]
    alike = here[here["name"].str.contains(rf"\b{last}", regex=True)]
    assert list(zip(alike["name"], alike["type"], strict=True)) == [(name, kind)]


def test_idlib_article_spells_names_in_many_ways(mentions: pd.DataFrame) -> None:
    here = mentions[mentions["doc_id"] == IDLIB].set_index("surface")
    assert here.loc["Tyrkias", "name"] == "Tyrkia"
    assert here.loc["Idlib-provinsen", "name"] == "Idlib"
    assert not here.loc["Idlib-provinsen", "derived"]
    country = here.loc["Nato-landet"]
    assert (country["name"], country["type"], country["derived"]) == ("Nato", "organisation", True)
    assert here.loc["M4", "method"].iloc[0] == "rule"
    credit = here.loc["Pavel Golovkin"]
    assert (credit["type"], credit["zone"]) == ("person", "byline")


def test_offsets_point_at_the_surface(corpus_run: Path, mentions: pd.DataFrame) -> None:
    texts = pipeline.read(corpus_run, "documents").set_index("doc_id")["text"]
    for row in mentions.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.surface
        assert row.surface in row.context or "\n" in row.surface


def test_tables_have_their_schemas_and_are_sorted(corpus_run: Path) -> None:
    for table in schemas.PUBLISHED:
        found = pq.read_table(corpus_run / f"{table.name}.parquet")
        assert found.schema.metadata == table.schema.metadata
        assert [str(f).replace("[ms,", "[s,") for f in found.schema] == [  # Parquet knows no s
            str(f) for f in table.schema
        ]
        keys = found.select(list(table.keys)).to_pandas()
        assert keys.equals(keys.sort_values(list(table.keys), ignore_index=True))
        assert not keys.duplicated().any()


def test_csv_and_parquet_are_the_same_table(corpus_run: Path) -> None:
    for table in schemas.PUBLISHED:
        csv = pd.read_csv(corpus_run / f"{table.name}.csv", keep_default_na=False, dtype=str)
        parquet = pd.read_parquet(corpus_run / f"{table.name}.parquet")
        assert len(csv) == len(parquet)
        assert list(csv) == [name for name in parquet if name not in table.csv_without]
        for key in table.keys:
            assert list(csv[key]) == list(parquet[key].astype(str))


def test_tables_refer_to_each_other(
    corpus_run: Path, mentions: pd.DataFrame, entities: pd.DataFrame
) -> None:
    assert set(mentions["entity_id"]) == set(entities["entity_id"])
    counts = mentions.groupby("entity_id", observed=True).size()
    assert (entities.set_index("entity_id")["n_mentions"] == counts).all()
    pairs = pipeline.read(corpus_run, "cooccurrences")
    assert set(pairs["entity_a"]) | set(pairs["entity_b"]) <= set(entities["entity_id"])
    assert (pairs["entity_a"] < pairs["entity_b"]).all()


def test_gold_names_are_found(corpus_run: Path, mentions: pd.DataFrame) -> None:
    """A floor well under what is measured (`make bench`), so that only a real loss breaks it."""
    texts = pipeline.read(corpus_run, "documents").set_index("doc_id")["text"]
    wanted = set()
    for line in Path("tests/gold/corpus.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        if texts.get(document["doc_id"]) == document["text"]:
            wanted |= {
                (document["doc_id"], m["start"], m["end"], m["type"])
                for m in document["mentions"]
                if m["type"] in vocabulary.DEFAULT_TYPES
            }
    here = mentions[mentions["doc_id"].isin({doc_id for doc_id, *_ in wanted})]
    found = set(zip(here["doc_id"], here["start"], here["end"], here["type"], strict=True))
    assert len(wanted) > 500
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) > FLOOR


FLOOR = 0.75
