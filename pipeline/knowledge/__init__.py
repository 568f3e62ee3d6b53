"""Facts about well-known names, as CSV files in which every row names its source.

Both the rules for one document (`pipeline.language.known`) and the resolving of a corpus
(`pipeline.stages.resolve`) read them. `build/` makes them, README.md has the licences.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import pyarrow.csv

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = (
    "countries",
    "places",
    "organisations",
    "products_and_events",
    "aliases",
    "people",
    "spellings",
    "shared_names",
    "unowned",
    "ordinary_words",
    "company_forms",
    "endings",
)


@cache
def digest() -> str:
    """A digest of all facts: stored work that was done with others is done again."""
    folder = resources.files("pipeline.knowledge")
    facts = (folder.joinpath(f"{name}.csv").read_bytes() for name in TABLES)
    return hashlib.sha256(b"\0".join(facts)).hexdigest()[:32]


@cache
def read(name: str) -> pa.Table:
    """One table of facts; README.md describes their columns.

    Args:
        name: Out of `TABLES`.
    """
    with resources.files("pipeline.knowledge").joinpath(f"{name}.csv").open("rb") as stream:
        options = pyarrow.csv.ConvertOptions(
            strings_can_be_null=True, null_values=[""], quoted_strings_can_be_null=False
        )
        # So little is read sooner than threads are started.
        one = pyarrow.csv.ReadOptions(use_threads=False)
        return pyarrow.csv.read_csv(stream, read_options=one, convert_options=options)
