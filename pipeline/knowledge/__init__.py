"""Facts about well-known names, as CSV files in which every row names its source.

`build.py` makes them from the gazetteers of the data folder, CLDR and GeoNames; README.md has the
licences.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import pyarrow.csv

if TYPE_CHECKING:
    import pyarrow as pa

REVISION = 1


def read(name: str) -> pa.Table:
    """One table of facts.

    Args:
        name: `countries` (name, alpha_3, wikidata, source), `places` (name, source) or
            `organisations` (name, source).
    """
    with resources.files("pipeline.knowledge").joinpath(f"{name}.csv").open("rb") as stream:
        options = pyarrow.csv.ConvertOptions(
            strings_can_be_null=True, null_values=[""], quoted_strings_can_be_null=False
        )
        return pyarrow.csv.read_csv(stream, convert_options=options)
