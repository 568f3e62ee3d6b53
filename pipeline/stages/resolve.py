"""Resolve: the names of the whole corpus to entities.

The work is done by SQL over distinct names (resolve.sql), so that memory stays bounded. First
version: one entity a base name and type, the type corrected by what is known of the name; aliases
across documents are to come.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from pipeline import knowledge
from pipeline.schemas import TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

REVISION = 1

# Of documents, and sentences, with more entities than this the pairs are not counted: a list of
# all members of parliament says nothing about who has to do with whom.
LARGEST_PAIRED = 200


def resolve(connection: duckdb.DuckDBPyConnection, types: Sequence[str]) -> None:
    """Make the tables `mentions`, `entities` and `cooccurrences`.

    Args:
        connection: Has the relations `found` (schemas.SPANS with doc_id) and `dates` (doc_id,
            title, published), over documents with different texts.
        types: The types of entity that are wanted.
    """
    for name in ("countries", "places", "organisations"):
        connection.register(name, knowledge.read(name))
    parameters = {"types": list(TYPES), "wanted": list(types), "largest": LARGEST_PAIRED}
    script = resources.files("pipeline.stages").joinpath("resolve.sql").read_text("utf-8")
    for statement in connection.extract_statements(script):
        used = {name: parameters[name] for name in statement.named_parameters}
        connection.execute(statement, used or None)
