"""Resolve: the names of the whole corpus to entities.

The work is done by SQL over distinct names (the folder sql), so that memory stays bounded;
docs/names.md says what decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.stages import facts
from pipeline.vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from pipeline.language.gazetteer.read import Alias

REVISION = 11

# From `found` and `dates` to the tables, with the user's aliases and the facts. Every choice has a
# total order, so that the result depends neither on the order of the rows nor on the number of
# threads.
_SCRIPTS = ("types", "things", "tables")

# A document with more entities than this counts by sentence only, and such a sentence not at all: a
# list of all members of parliament says nothing about who has to do with whom.
LARGEST_PAIRED = 200


def resolve(
    connection: duckdb.DuckDBPyConnection, types: Sequence[str], aliases: Sequence[Alias] = ()
) -> None:
    """Make the tables `mentions`, `entities` and `cooccurrences`.

    Args:
        connection: Has the relations `found` (schemas.SPANS with doc_id) and `dates` (doc_id,
            title, published, and the first_published and last_published of all documents with that
            text), over documents with different texts.
        types: The types of entity that are wanted.
        aliases: Other names that the user gives things.
    """
    facts.add_to(connection)
    connection.register("own_aliases", _table(aliases))
    parameters = {"types": list(TYPES), "wanted": list(types), "largest": LARGEST_PAIRED}
    for script in _SCRIPTS:
        for statement in connection.extract_statements(facts.script(script)):
            used = {name: parameters[name] for name in statement.named_parameters}
            connection.execute(statement, used or None)


def _table(aliases: Sequence[Alias]) -> pa.Table:
    columns = {
        field: pa.array([getattr(alias, field) for alias in aliases], pa.string())
        for field in ("name", "canonical", "type")
    }
    return pa.table(columns)
