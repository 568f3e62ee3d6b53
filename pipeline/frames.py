"""Arrow tables as DataFrames that are pleasant to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.vocabulary import CLOSED_SETS

if TYPE_CHECKING:
    import pandas as pd


def to_frame(table: pa.Table) -> pd.DataFrame:
    """A table as pandas has it.

    Times are UTC. Lists are lists, not arrays. What comes from a closed set is a category, with
    the values that occur in the order of the set: `groupby("type")` begins with people, whichever
    type the first row has.

    Args:
        table: In a schema of `pipeline.schemas`.
    """
    frame: pd.DataFrame = table.to_pandas()
    for field in table.schema:
        column = frame[field.name]
        if pa.types.is_list(field.type):
            frame[field.name] = column.map(list)
        elif field.name in CLOSED_SETS:
            used = set(column.cat.categories)
            ordered = [value for value in CLOSED_SETS[field.name] if value in used]
            frame[field.name] = column.cat.set_categories(ordered)
    return frame
