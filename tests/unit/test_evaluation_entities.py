"""Tables are held against gold entities as counted by hand."""

import io
import json

import pytest
from rich.console import Console

from pipeline.evaluation.entities import (
    EntitiesEvaluation,
    GoldName,
    read_entities,
    score_entities,
)
from pipeline.evaluation.gold import GoldError

GOLD = {
    (0, 0, 9): GoldName("Kari Moen", "person", "Kari Moen", "", derived=False),
    (0, 20, 25): GoldName("Moen", "person", "Kari Moen", "", derived=False),
    (0, 30, 34): GoldName("Oslo", "place", "Oslo", "NOR", derived=False),
    (1, 0, 5): GoldName("Paris", "place", "Paris", "FRA", derived=False),
    (1, 6, 10): GoldName("Mads", "person", "Mads (Fauske)", "", derived=False),
    (1, 11, 15): GoldName("Mads", "person", "Mads (Oslo)", "", derived=False),
    (1, 16, 24): GoldName("OL", "event", "OL", "", derived=False),
    (1, 30, 36): GoldName("Europa", "place", "Europa", "", derived=False),
}


def mention(place, name, entity_id, kind="person"):
    text, start, end = place
    return {
        "text": text,
        "start": start,
        "end": end,
        "name": name,
        "entity_id": entity_id,
        "type": kind,
    }


MENTIONS = [
    mention((0, 0, 9), "Kari Moen", "k"),
    mention((0, 20, 25), "Moens", "k"),
    mention((0, 30, 34), "Oslo", "o", "place"),
    mention((1, 0, 5), "Paris", "p", "place"),
    mention((1, 6, 10), "Mads", "m"),
    mention((1, 11, 15), "Mads", "m"),
    mention((1, 16, 24), "OL", "l", "event"),
    mention((1, 30, 36), "Europa", "e", "place"),
    mention((1, 40, 44), "Nord", "n", "place"),
]
ENTITIES = {
    "k": {"name": "Kari Moen", "type": "person", "country": None},
    "o": {"name": "Oslo", "type": "place", "country": "NOR"},
    "p": {"name": "Paris", "type": "place", "country": None},
    "m": {"name": "Mads", "type": "person", "country": None},
    "l": {"name": "OL", "type": "event", "country": None},
    "e": {"name": "Europa", "type": "place", "country": "NOR"},
    "n": {"name": "Nord", "type": "place", "country": None},
}


def test_score_entities_counts_tables():
    result = score_entities(GOLD, MENTIONS, ENTITIES)
    assert (result.base_names.n, result.base_names.accuracy) == (8, 7 / 8)
    # Of two called Mads the table has one; events are no rows that a user gets.
    assert (result.gold, result.found) == (6, 6)
    assert (result.table.p, result.table.r) == (pytest.approx(5 / 6), pytest.approx(5 / 6))
    assert (result.countries.right, result.countries.wrong, result.countries.missing) == (1, 1, 1)
    assert result.b3.r == 1
    assert result.b3.p == pytest.approx((2 + 1 + 1 + 2 * 1 / 2 + 1 + 0) / 8)


def test_score_entities_of_nothing_found_is_0():
    result = score_entities(GOLD, [], {})
    assert (result.base_names.accuracy, result.table.f, result.b3.f) == (0, 0, 0)


def test_entities_evaluation_gives_the_runs_figures_first():
    found, given = score_entities(GOLD, MENTIONS, ENTITIES), score_entities(GOLD, [], {})
    result = EntitiesEvaluation(found, given)
    figures = result.to_json()
    assert figures["base_names"] == {"n": 8, "accuracy": 0.875}
    assert figures["countries"] == {"right": 1, "wrong": 1, "missing": 1}
    assert set(figures) == {"base_names", "table", "gold", "found", "countries", "b3", "given"}
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(result.to_table())
    text = console.export_text()
    assert all(word in text for word in ("87.5% of 8", "country codes missing", "gold's names"))


def write(path, **more):
    mention = {"start": 0, "end": 4, "type": "place", "derived": False, "name": "Oslo"} | more
    path.write_text(json.dumps({"doc_id": "a", "text": "Oslo", "mentions": [mention]}) + "\n\n")
    return path


def test_read_entities_keeps_what_gold_says(tmp_path):
    gold = read_entities(write(tmp_path / "gold.jsonl", entity="Oslo", country="NOR"))
    assert gold.texts == ("Oslo",)
    assert gold.names == {(0, 0, 4): GoldName("Oslo", "place", "Oslo", "NOR", derived=False)}


def test_read_entities_needs_all_fields(tmp_path):
    assert read_entities(write(tmp_path / "gold.jsonl", entity="Oslo")) is None
    assert read_entities(tmp_path / "gold.conllu") is None


@pytest.mark.parametrize("more", [{"entity": ["x"]}, {"country": 47}, {"name": None}])
def test_read_entities_refuses_what_is_no_string(tmp_path, more):
    path = tmp_path / "gold.jsonl"
    row = json.loads(write(path, entity="Oslo", country="NOR").read_text())
    row["mentions"][0] |= more
    path.write_text("\n" + json.dumps(row))
    with pytest.raises(GoldError, match=r"gold\.jsonl:2: .*no strings"):
        read_entities(path)


@pytest.mark.parametrize("more", [{"type": "town"}, {"start": 4}, {"start": 3}])
def test_read_entities_refuses_what_cannot_be_given(tmp_path, more):
    row = json.loads(write(tmp_path / "gold.jsonl", entity="Oslo", country="NOR").read_text())
    (mention,) = row["mentions"]
    row |= {"text": "Oslo by", "mentions": [mention, mention | {"start": 5, "end": 7} | more]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row))
    with pytest.raises(GoldError, match="text a: "):
        read_entities(tmp_path / "gold.jsonl")
