"""Facts about well-known names, as CSV files in which every row names its source.

Both the rules for one document (`pipeline.language.known`) and the resolving of a corpus
(`pipeline.stages.resolve`) read them. `build.py` makes them, README.md has the licences.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import pyarrow.csv

if TYPE_CHECKING:
    import pyarrow as pa

# A number that changes whenever the facts do: stored work of an older number is done again.
REVISION = 7

TABLES = (
    "countries",
    "places",
    "organisations",
    "products_and_events",
    "aliases",
    "people",
    "spellings",
    "shared_names",
    "company_forms",
    "endings",
)


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
        return pyarrow.csv.read_csv(stream, convert_options=options)
