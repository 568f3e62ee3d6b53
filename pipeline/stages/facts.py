"""What is known of names, as resolving looks it up: made once a process, for any corpus."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import knowledge
from pipeline.duck import connect
from pipeline.language.lexicon import CLUB_FORMS, ENDS_IN_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

_thread = ThreadPoolExecutor(1)
_MADE = ("facts", "known", "sure_types", "known_folded", "known_unlinked")  # by facts.sql


@cache
def begin() -> Future[Mapping[str, pa.Table]]:
    """Make them in a thread: DuckDB works while this process loads a model."""
    return _thread.submit(_make)


def add_to(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the facts and the functions of names.sql."""
    _add_given(connection)
    for name, table in begin().result().items():
        connection.register(name, table)


def script(name: str) -> str:
    """One of the scripts in the folder sql."""
    return resources.files("pipeline.stages").joinpath("sql", f"{name}.sql").read_text("utf-8")


def _make() -> Mapping[str, pa.Table]:
    with connect(memory="256MB") as connection:
        connection.execute("SET threads = 1")  # beside the workers
        _add_given(connection)
        connection.execute(script("facts"))
        return {name: connection.table(name).to_arrow_table() for name in _MADE}


def _add_given(connection: duckdb.DuckDBPyConnection) -> None:
    for name in knowledge.TABLES:
        connection.register(name, knowledge.read(name))
    connection.register("ends_in_s", pa.table({"name": sorted(ENDS_IN_S)}))
    connection.register("club_forms", pa.table({"name": sorted(CLUB_FORMS)}))
    connection.execute(script("names"))
