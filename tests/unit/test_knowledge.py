from __future__ import annotations

import re

import pytest

from pipeline import knowledge


@pytest.mark.parametrize("name", ["countries", "places", "organisations"])
def test_knowledge_names_are_unique_and_cite_a_source(name: str) -> None:
    rows = knowledge.read(name).to_pylist()
    assert len({row["name"] for row in rows}) == len(rows) > 100
    assert all(row["source"] for row in rows)


def test_countries_have_codes_of_the_standard() -> None:
    rows = knowledge.read("countries").to_pylist()
    assert all(re.fullmatch("[A-Z]{3}", row["alpha_3"]) for row in rows)
    codes = {row["name"]: row["alpha_3"] for row in rows}
    assert (codes["Norge"], codes["Noreg"], codes["Namibia"]) == ("NOR", "NOR", "NAM")
    assert (codes["Kongo-Kinshasa"], codes["Øst-Timor"], codes["Hongkong"]) == ("COD", "TLS", "HKG")
    assert "Kongo" not in codes


@pytest.mark.parametrize("word", ["Hans", "Brann", "Oktober", "Nice", "Split", "Elleve", "Sande"])
def test_places_are_no_people_and_no_words(word: str) -> None:
    assert word not in knowledge.read("places")["name"].to_pylist()
