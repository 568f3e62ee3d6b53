"""The names of places, with what each stands for."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.knowledge.build.gazetteer import HAMLETS, Gazetteer, Place, letters
from pipeline.knowledge.build.rows import Row, kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NEAR = 0.2  # degrees
# Not what is at their point, or spelt alike: Gaza, Tenerife, and Troll A.
_APART = frozenset({"Gaza by", "Santa Cruz de Tenerife", "Trolla"})
_NAME = re.compile(r"[A-ZÆØÅÁČĐŊŠŦŽÄÖÜÉ][\w' .-]+")


def places(
    data: Path,
    words: Mapping[str, int],
    located: Mapping[str, int],
    people: set[str],
    surnames: set[str],
) -> list[Row]:
    """One row a name of a place, with what it stands for as far as that is certain.

    What is kept by hand goes before: areas.csv, and meanings.csv, which has the country alone.

    Args:
        data: The data folder.
        words: How often each word stands in the texts.
        located: How often each name stands there where places do.
        people: Names of politicians, and of people in the news.
        surnames: Of others, by the texts: `Bush` is seldom the town in Egypt; but who bears the
            name of a capital or a municipality of ours does not count.
    """
    codes = {row["name"]: row["country"] for row in kept("countries")}
    areas = {row["name"]: row["country"] for row in kept("areas")}
    meanings = {row["name"]: row["country"] for row in kept("meanings")}
    several = {row["name"] for row in kept("meanings") if row["several"]}
    clubs = {row["name"] for row in kept("areas") if row["club"]}
    assert all(country in codes for country in areas.values() if country)  # noqa: S101
    by_hand = [row["name"] for file in ("organisations", "aliases") for row in kept(file)]
    gazetteer = Gazetteer(data, words, located, {*areas, *filter(meanings.get, meanings)})
    rows: list[list[object]] = []
    for name in sorted({*gazetteer.found, *areas, *meanings} - {*codes, *by_hand}):
        found = gazetteer.found.get(name, [])
        by_us = name in areas or name in meanings
        if not by_us and (not _NAME.fullmatch(name) or name.isupper()):
            continue
        meant = gazetteer.meant(name) if found else None
        country = gazetteer.country(name) if found else ""
        source = meant.source if meant else min((p.source for p in found), default="")
        large = any(place.rank > 1 or place.country == "NOR" for place in found)
        known = any(place.rank > 2 for place in found)
        more = _is_more(name, words, people) or (not known and name in surnames)
        if not large and more and not by_us:
            continue  # a small town abroad that is called like an ordinary word
        sure = name in areas or (large and not more)
        if by_us:
            country = codes.get(areas[name], "") if name in areas else meanings[name]
            same = meant is not None and meant.country == country and name not in several
            meant = meant if same else None
            source = f"own compilation; {meant.source}" if meant else "own compilation"
        where: Row = ("", "", "", "")
        if meant is not None:
            # Of farms and hamlets that people are called after there are many, of one name.
            one = _is_listed(meant) or not (more or name in surnames or name in people)
            there = (one and meant.latitude) or ""
            where = (meant.region, meant.wikidata, there, meant.longitude if there else "")
        canonical = meant.canonical if meant is not None else ""
        # What is no town has no club: `Kreml` is a place also when it acts.
        always = name in areas and name not in clubs and not any(place.rank for place in found)
        how = "always" if always else "yes" if sure else "no"
        if sure or country:
            rows.append([name, canonical, country, *where, how, source])
    _unite(rows, located)
    bearers = Counter(row[4] for row in rows if not row[1])
    return [(*row[:4], row[4] if bearers[row[4]] == 1 else "", *row[5:]) for row in rows]


def _unite(rows: list[list[object]], located: Mapping[str, int]) -> None:
    """Give the names of one place one usual name: that of our own compilation, or of the texts.

    One are what is spelt alike (`Aker Brygge`, `Aker brygge`), if it is not far apart, and cities
    abroad at the same point (`Praha`, `Prague`). At home farms have neighbours at theirs.
    """
    rows_of = {str(row[0]): row for row in rows}
    alike: dict[tuple[object, ...], list[str]] = {}
    points: dict[tuple[object, ...], list[str]] = {}
    own = {name for name, row in rows_of.items() if str(row[8]).startswith("own")}
    for name, row in rows_of.items():
        row[1] = row[1] if _is_certain(row, rows_of.get(str(row[1]))) else ""
        if (row[2] or name in own) and not row[1] and name not in _APART:
            alike.setdefault((row[2], letters(name)), []).append(name)
            if row[5] and HAMLETS not in str(row[8]):
                points.setdefault((row[2], row[5], row[6]), []).append(name)

    def rank(name: str) -> tuple[object, ...]:
        accents = len(name.encode()) - len(name)
        return name in own, located[name], accents, -len(name), name

    usual: dict[str, str] = {}

    def head(name: str) -> str:
        return head(usual[name]) if name in usual else name

    for group in alike.values():
        best = max(group, key=rank)
        near = (name for name in group if _is_near(rows_of[name], rows_of[best]))
        usual |= {name: best for name in near if name != best}
    for group in points.values():
        heads = set(map(head, group))
        best = max(heads, key=rank)
        usual |= dict.fromkeys(heads - {best}, best)
    for name, row in rows_of.items():
        found = head(str(row[1] or name))
        row[1] = found if found != name else ""


def _is_certain(row: list[object], usual: list[object] | None) -> bool:
    """Whether the usual name stands for the same place: of the name Bogen there are many."""
    return usual is not None and bool(usual[3] or usual[5:7] == row[5:7])


def _is_near(row: list[object], other: list[object]) -> bool:
    """Whether two places of one spelling are one: `Oslo lufthavn`, wherever it is."""
    if row[5] and other[5]:
        north, east = (abs(float(str(row[i])) - float(str(other[i]))) for i in (5, 6))
        return north < _NEAR and east < _NEAR
    return any(str(r[8]).startswith("own") for r in (row, other))


def _is_listed(place: Place) -> bool:
    """Whether more than a name and coordinates is known of a place."""
    return bool(place.rank or place.population or place.wikidata or place.source != HAMLETS)


def _is_more(name: str, words: Mapping[str, int], people: set[str]) -> bool:
    """Whether a name is also a person's or an ordinary word."""
    if " " in name:
        return False
    return name in people or words[name.lower()] * 10 > words[name]
