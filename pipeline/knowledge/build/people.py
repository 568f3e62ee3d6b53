"""Names of people, from a list of politicians and from texts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.knowledge.build.rows import Row, kept, read_csv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def forenames(data: Path) -> set[str]:
    """Forenames of politicians, each word by itself."""
    rows = read_csv(data / "gazetteers" / "politicians_norway.csv")
    return {word for row in rows for word in re.split(r"[ -]", row["forename"]) if len(word) > 2}


def surnames(data: Path) -> Counter[str]:
    """Last words of politicians' surnames, and how many bear them."""
    rows = read_csv(data / "gazetteers" / "politicians_norway.csv")
    return Counter(row["surname"].split()[-1] for row in rows if row["surname"])


def words(data: Path) -> set[str]:
    """Forenames and surnames of politicians, each word by itself, and people's in the news."""
    rows = read_csv(data / "gazetteers" / "politicians_norway.csv")
    return {row["surname"] for row in kept("people")} | {
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
    first = forenames(data)
    found = dict.fromkeys(first, source)
    found |= {name: source for name, n in surnames(data).items() if n > 1}
    for name, before in bearers.items():
        if len(before) > 1:
            found.setdefault(name, "word counts of NorQuAD and NoReC")
    return [(name, "yes" if name in first else "", found[name]) for name in sorted(found)]
