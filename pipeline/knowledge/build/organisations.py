"""The names of organisations, kept by hand, and their ids."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.knowledge.build.rows import Row, kept, read_csv

if TYPE_CHECKING:
    from pathlib import Path


def organisations(data: Path) -> list[Row]:
    """organisations.csv with the Wikidata ids of those whose exact name the gazetteer has once."""
    ids: dict[str, set[str]] = {}
    for row in read_csv(data / "gazetteers" / "organisations_wikidata.csv"):
        for name in row["names"].split("|"):
            ids.setdefault(name, set()).add(row["wikidata"])
    shared = Counter(i for name in ids for i in ids[name])
    by_hand = {row["name"]: row for row in kept("organisations")}
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
