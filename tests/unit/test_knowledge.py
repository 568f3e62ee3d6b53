from __future__ import annotations

import re
from functools import cache

import duckdb
import pytest

from pipeline import knowledge, models
from pipeline.batch import fingerprints
from pipeline.duck import connect
from pipeline.language import known
from pipeline.stages import facts

CODE, ID = re.compile("[A-Z]{3}"), re.compile(r"Q[1-9]\d*")


def rows_of(name: str) -> dict[str, dict[str, str | None]]:
    return {row["name"]: row for row in knowledge.read(name).to_pylist()}


@pytest.mark.parametrize("name", knowledge.TABLES)
def test_knowledge_names_are_unique_and_cite_a_source(name: str) -> None:
    rows = knowledge.read(name).to_pylist()
    kinds = {(row["name"], row["type"] if name == "endings" else "") for row in rows}
    assert len(kinds) == len(rows) > 30  # one ending may have two: `Nordbanken`
    assert all(row["source"] for row in rows)


def test_what_a_sure_name_is_does_not_depend_on_who_asks() -> None:
    # A document asks `type_of`, the corpus the table that facts.sql makes of the same facts.
    with connect() as connection:
        facts.add_to(connection)
        rows = connection.execute(
            "SELECT name, list(DISTINCT type) FROM known WHERE sure AND length(name) > 2"
            " AND type IN ('place', 'organisation') GROUP BY name"
        ).fetchall()
    assert [name for name, types in rows if len(types) > 1] == []
    assert [name for name, types in rows if known.type_of(name) != types[0]] == []


def test_facts_that_cannot_be_made_are_no_error_before_they_are_needed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(facts, "_MADE", ("nonsense",))
    monkeypatch.setattr(facts, "begin", cache(facts.begin.__wrapped__))
    facts.begin()
    with connect() as connection, pytest.raises(duckdb.CatalogException, match="nonsense"):
        facts.add_to(connection)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["countries", "places", "organisations"])
def test_ids_are_those_of_the_standards_and_stand_for_one_thing(name: str) -> None:
    rows = knowledge.read(name).to_pylist()
    assert all(CODE.fullmatch(row["country"]) for row in rows if row.get("country"))
    assert all(ID.fullmatch(row["wikidata"]) for row in rows if row["wikidata"])
    bearers: dict[str, set[str]] = {}
    for row in rows:
        if row["wikidata"]:
            bearers.setdefault(row["wikidata"], set()).add(row.get("canonical") or row["name"])
    assert [names for names in bearers.values() if len(names) > 1] == []


def test_countries_have_the_codes_of_today() -> None:
    rows = rows_of("countries")
    codes = {name: row["country"] for name, row in rows.items()}
    assert (codes["Norge"], codes["Noreg"], codes["Namibia"]) == ("NOR", "NOR", "NAM")
    assert (codes["Kongo-Kinshasa"], codes["Øst-Timor"], codes["Hongkong"]) == ("COD", "TLS", "HKG")
    assert (codes["Frankrike"], codes["Jemen"], codes["USA"]) == ("FRA", "YEM", "USA")
    assert (codes["Storbritannia"], codes["Sør-Korea"]) == ("GBR", "KOR")
    assert "Kongo" not in codes
    assert (rows["Noreg"]["canonical"], rows["Burma"]["canonical"]) == ("Norge", "Myanmar")


@pytest.mark.parametrize(
    ("name", "country", "region"),
    [
        ("Oslo", "NOR", "NO-0301"),
        ("Hamar", "NOR", "NO-3403"),
        ("Rogaland", "NOR", "NO-11"),
        ("Viken", "NOR", "NO-30"),
        ("Finnmark", "NOR", None),  # a county again since 2024, its code is not in the sources
        ("Sande", "NOR", None),
        ("Os", "NOR", None),
        ("Roma", "ITA", None),
        ("Manchester", "GBR", None),
        ("England", "GBR", None),
        ("Svalbard", "SJM", None),
        ("Valencia", "ESP", None),  # not the one in Venezuela, to newspapers
        ("Marienborg", None, None),  # in Trondheim, and the Danish prime minister's
        ("NO4", "NOR", None),  # where electricity has a price of its own
        ("Sandviken", None, None),  # in Bergen and in Sweden
        ("Krim", None, None),
        ("Kongo", None, None),
    ],
)
def test_places_have_codes_only_where_certain(
    name: str, country: str | None, region: str | None
) -> None:
    row = rows_of("places")[name]
    assert (row["country"], row["region"]) == (country, region)


@pytest.mark.parametrize("word", ["henter", "synger", "tatt", "trolig", "klar", "ikke", "også"])
def test_nobody_owns_a_verb_or_adverb(word: str) -> None:
    assert word in rows_of("unowned")


@pytest.mark.parametrize("word", ["beslutning", "nye", "siste", "kommune", "bok", "leder"])
def test_what_may_be_owned_is_not_among_what_is_unowned(word: str) -> None:
    assert word not in rows_of("unowned")


@pytest.mark.parametrize("word", ["lampen", "hyse", "gudstjenester", "steile"])
def test_what_hardly_ever_has_a_capital_is_an_ordinary_word(word: str) -> None:
    assert word in rows_of("ordinary_words")


@pytest.mark.parametrize("word", ["brann", "bjørn", "moss", "venstre", "zorp"])
def test_what_may_be_a_name_is_no_ordinary_word(word: str) -> None:
    assert word not in rows_of("ordinary_words")


def test_sami_names_are_other_names_of_the_municipality() -> None:
    row = rows_of("places")["Guovdageaidnu"]
    assert (row["canonical"], row["region"]) == ("Kautokeino", "NO-5430")


@pytest.mark.parametrize(
    "word", ["Hans", "Brann", "Oktober", "Nice", "Split", "Elleve", "Sande", "Spetalen"]
)
def test_sure_places_are_no_people_and_no_words(word: str) -> None:
    assert rows_of("places").get(word, {"sure": "no"})["sure"] == "no"


def test_other_names_of_cities_are_those_of_newspapers() -> None:
    rows = rows_of("places")
    assert {"Praha", "Roma", "Milano", "Helsingfors", "Sotsji", "Sao Paulo"} <= rows.keys()
    junk = {"Bono", "Lime", "Gold", "Killa", "New York Van Java", "Jupiter", "Ariel", "Bama"}
    assert not junk & rows.keys()
    assert "Christiania" not in rows_of("aliases")  # old Oslo, or a part of Copenhagen


def test_the_names_of_a_place_have_one_that_is_usual() -> None:
    rows = rows_of("places")
    usual = {name: row["canonical"] for name, row in rows.items()}
    assert (usual["Prague"], usual["Helsingfors"], usual["Montréal"]) == (
        "Praha", "Helsinki", "Montreal",
    )  # fmt: skip
    assert (usual["Máze"], usual["Aker Brygge"], usual["Sør-Kinahavet"]) == (
        "Masi", "Aker brygge", "Sørkinahavet",
    )  # fmt: skip
    # Not so what is near, or has the name of another.
    assert (usual["Akland"], usual["Ránda"], usual["Trolla"]) == (None, None, None)
    points: dict[tuple[str | None, ...], set[str | None]] = {}
    for name, row in rows.items():
        if row["latitude"] and "GeoNames" in str(row["source"]):
            at = (row["country"], row["latitude"], row["longitude"])
            points.setdefault(at, set()).add(row["canonical"] or name)
    several = [names for names in points.values() if len(names) > 1]
    assert several == [{"Gaza", "Gaza by"}, {"Tenerife", "Santa Cruz de Tenerife"}]
    assert not {name for name in usual.values() if name} - rows.keys()


def test_other_names_lead_to_something_known() -> None:
    tables = ("countries", "places", "organisations", "products_and_events")
    known = set().union(*(rows_of(name) for name in tables))
    assert len(known) == sum(len(rows_of(name)) for name in tables)
    aliases = rows_of("aliases")
    assert {row["canonical"] for row in aliases.values()} <= known
    assert not aliases.keys() & known


def test_well_known_people_are_not_told_by_names_that_many_bear() -> None:
    surnames = [row["surname"] for row in rows_of("people").values() if row["surname"]]
    assert len(set(surnames)) == len(surnames)
    assert {"Hansen", "Solberg", "Thomas"} <= rows_of("shared_names").keys()
    assert not {"Erdogan", "Putin"} & rows_of("shared_names").keys()


def test_what_was_found_with_other_facts_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints.extraction_key(models.find(""), None)
    assert fingerprints.extraction_key(models.find(""), None) == before
    monkeypatch.setattr(knowledge, "digest", lambda: "other facts")
    assert fingerprints.extraction_key(models.find(""), None) != before
