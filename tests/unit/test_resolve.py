from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from pipeline import schemas
from pipeline.batch.store import connect
from pipeline.stages import resolve as resolving

Row = tuple[str, str, str]  # doc_id, full_name, type


def resolve(
    rows: list[Row], types: tuple[str, ...] = schemas.DEFAULT_TYPES, **columns: list[Any]
) -> dict[str, list[dict[str, Any]]]:
    n = len(rows)
    spans: dict[str, list[Any]] = {
        "doc_id": [r[0] for r in rows],
        "sentence": [0] * n,
        "start": list(range(n)),
        "end": list(range(1, n + 1)),
        "surface": [r[1] for r in rows],
        "name": [r[1] for r in rows],
        "full_name": [r[1] for r in rows],
        "type": [r[2] for r in rows],
        "label": ["ORG"] * n,
        "derived": [False] * n,
        "zone": ["body"] * n,
        "method": ["model"] * n,
        "score": [None] * n,
        "canonical": [None] * n,
        "canonical_id": [None] * n,
        "context": [""] * n,
    } | columns
    fields = {"doc_id": pa.string()} | {f.name: f.type for f in schemas.SPANS.schema}
    found = pa.table({name: pa.array(values, fields[name]) for name, values in spans.items()})
    dates = pa.table(
        {
            "doc_id": sorted({r[0] for r in rows}),
            "title": pa.nulls(len({r[0] for r in rows}), pa.string()),
            "published": pa.nulls(len({r[0] for r in rows}), pa.timestamp("s")),
        }
    )
    with connect(":memory:") as connection:
        connection.register("found", schemas.plain(found))
        connection.register("dates", dates)
        resolving.resolve(connection, types)
        return {
            name: connection.sql(f"FROM {name} ORDER BY ALL").to_arrow_table().to_pylist()
            for name in ("mentions", "entities", "cooccurrences")
        }


def names(tables: dict[str, list[dict[str, Any]]]) -> set[tuple[str, str]]:
    return {(row["name"], row["type"]) for row in tables["entities"]}


def test_document_majority_decides_the_type() -> None:
    found = [("a", "Kharkiv", "place")] * 2 + [("a", "Kharkiv", "organisation")]
    assert names(resolve(found)) == {("Kharkiv", "place")}


def test_corpus_majority_decides_a_tie() -> None:
    tie = [("a", "Zorp", "person"), ("a", "Zorp", "organisation")]
    assert names(resolve([*tie, ("b", "Zorp", "organisation")])) == {("Zorp", "organisation")}
    assert names(resolve(tie)) == {("Zorp", "person")}


def test_one_name_may_be_two_things_in_two_documents() -> None:
    found = [("a", "Sande", "person"), ("b", "Sande", "place")]
    assert names(resolve(found)) == {("Sande", "person"), ("Sande", "place")}


@pytest.mark.parametrize(
    ("name", "by_model", "known"),
    [
        ("Tyrkia", "organisation", "place"),  # countries are places, also when they act
        ("Noreg", "person", "place"),
        ("EU", "place", "organisation"),
        ("Nato", "product", "organisation"),
        ("Damaskus", "person", "place"),
        ("Fredrikstad", "person", "place"),
        ("Fredrikstad", "organisation", "organisation"),  # the football club
        ("Sande", "person", "person"),  # a surname too
        ("Hans Moss", "person", "person"),
    ],
)
def test_knowledge_corrects_the_type(name: str, by_model: str, known: str) -> None:
    assert names(resolve([("a", name, by_model)], types=schemas.TYPES)) == {(name, known)}


def test_countries_have_their_codes_and_ambiguous_names_none() -> None:
    tables = resolve([("a", name, "place") for name in ("Tyrkia", "Kongo", "Oslo")])
    assert {row["name"]: (row["country"], row["wikidata"]) for row in tables["entities"]} == {
        "Tyrkia": ("TUR", "Q43"),
        "Kongo": (None, None),
        "Oslo": (None, None),
    }


def test_gazetteer_decides_name_type_and_id() -> None:
    tables = resolve(
        [("a", "Smaug", "place"), ("a", "Smaug", "organisation"), ("a", "Smaug", "place")],
        canonical=[None, "Smaug AS", None],
        canonical_id=[None, "NO-1", None],
    )
    assert names(tables) == {("Smaug AS", "organisation")}
    assert tables["entities"][0]["aliases"] == ["Smaug"]


def test_surnames_are_aliases_of_the_full_name() -> None:
    tables = resolve([("a", "Jens Stoltenberg", "person")] * 2, name=["Stoltenberg", "Jens"])
    (entity,) = tables["entities"]
    assert entity["aliases"] == ["Jens", "Stoltenberg"]
    assert (entity["n_mentions"], entity["n_documents"]) == (2, 1)


def test_types_that_are_not_wanted_are_left_out() -> None:
    found = [("a", "Oslo", "place"), ("a", "Passat", "product")]
    assert names(resolve(found)) == {("Oslo", "place")}
    assert len(names(resolve(found, types=schemas.TYPES))) == 2


def test_pairs_are_counted_by_document_and_by_sentence() -> None:
    found = [("a", "Oslo", "place"), ("a", "FN", "organisation"), ("b", "FN", "organisation"),
             ("b", "Oslo", "place")]  # fmt: skip
    (pair,) = resolve(found, sentence=[0, 0, 0, 1])["cooccurrences"]
    assert (pair["n_documents"], pair["n_sentences"]) == (2, 1)
    assert pair["entity_a"] < pair["entity_b"]


def test_long_lists_of_names_make_no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "LARGEST_PAIRED", 2)
    found = [("a", name, "place") for name in ("Oslo", "Moss", "Vadsø")]
    assert resolve(found)["cooccurrences"] == []


def test_order_of_the_rows_does_not_matter() -> None:
    found = [("a", "Oslo", "place"), ("a", "Oslo", "person"), ("b", "FN", "organisation")]
    ids = {row["entity_id"] for row in resolve(found)["entities"]}
    assert ids == {row["entity_id"] for row in resolve(found[::-1])["entities"]}
