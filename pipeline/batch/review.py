"""The names that a person should look at first, as a file for a spreadsheet.

Corrected there, the file is a gazetteer and a list of aliases: a row whose type or canonical name
differs from what the tables said (`was_type`, `was_canonical`) is a correction, the others say
nothing. See `pipeline.language.gazetteer.read`.
"""

from __future__ import annotations

import os
from importlib import resources
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import errors
from pipeline.batch.published import opened
from pipeline.schemas import Table
from pipeline.stages.write import write_for_excel
from pipeline.vocabulary import TYPE_OF_LABEL
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_TEXTS = ("name", "type", "canonical", "context", "document")
_COUNTS = ("mentions", "documents")
REVIEW = Table(
    "review",
    "one name, what the tables take it for, and the sentence where that is least certain",
    pa.schema(
        [
            *((name, pa.string()) for name in _TEXTS),
            *((name, pa.int64()) for name in _COUNTS),
            ("seen_as", pa.string()),
            ("score", pa.float64()),
            ("was_type", pa.string()),
            ("was_canonical", pa.string()),
        ]
    ),
    keys=(),
)


def export(out: Path, to: Path, *, rows: int, without: Collection[str] = ()) -> int:
    """Write the least certain names of an output folder to a file.

    Args:
        out: The output folder of a run.
        to: The file, which must not exist: it may hold corrections.
        rows: How many names at most.
        without: Names that are left out, since the user has said what they are.

    Returns:
        Number of names written.

    Raises:
        UserError: REVIEW_EXISTS, CANNOT_WRITE; NOTHING_THERE or ONLY_CSV.
    """
    if os.path.exists(to):  # noqa: PTH110 - not `Path.exists`, which raises where it may not look
        raise errors.UserError(errors.REVIEW_EXISTS, path=to)
    sql = resources.files("pipeline.batch").joinpath("review.sql").read_text("utf-8")
    parameters = {
        "labels": list(TYPE_OF_LABEL),
        "types": list(TYPE_OF_LABEL.values()),
        "without": sorted(without),
        "rows": rows,
    }
    with opened(out) as connection:
        names = connection.sql(sql, params=parameters).to_arrow_table()
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with replacing(to) as new:
            write_for_excel(REVIEW, names, new)
    except OSError as error:
        reason = error.strerror or error
        raise errors.UserError(errors.CANNOT_WRITE, path=to, reason=reason) from None
    return int(names.num_rows)
