"""The stages over a few texts in memory, without a store or files."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import schemas, vocabulary
from pipeline.duck import connect
from pipeline.language.gazetteer.read import read_aliases
from pipeline.readers.repair import repair_in_place
from pipeline.readers.txt import title_end
from pipeline.stages.extract import Extractor
from pipeline.stages.resolve import resolve
from pipeline.stages.tokenize import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from pipeline.language.gazetteer.read import Alias

_alone = threading.Lock()  # a model serves one thread


def find_mentions(
    texts: Sequence[str],
    *,
    model: str = "",
    gazetteer: str | None = None,
    aliases: str | None = None,
    types: Sequence[str] = vocabulary.DEFAULT_TYPES,
    ids: Sequence[str] | None = None,
) -> pa.Table:
    """The names in some texts, resolved over all of them.

    Args:
        texts: Articles; a title is a first line followed by a blank one.
        model: As for `models.find`.
        gazetteer: Path of the user's CSV of names, or None.
        aliases: Path of the user's CSV of other names, or None.
        types: Types of entity that are wanted.
        ids: The doc_id of each text, no two the same; where not given, its index, from "0".

    Returns:
        schemas.MENTIONS in the order of the texts, and the name of each entity (entity).

    Raises:
        UserError: The model, the gazetteer or the aliases cannot be used.
    """
    own = read_aliases(aliases) if aliases else []
    ids = ids if ids is not None else _numbers(texts)
    with resolved(find_spans(texts, model, gazetteer, ids), types, own) as connection:
        places = {"doc_id": pa.array(ids, pa.string()), "place": range(len(ids))}
        connection.register("places", pa.table(places))
        columns = ", ".join(f'm."{name}"' for name in schemas.MENTIONS.schema.names)
        mentions = connection.sql(
            f"SELECT {columns}, e.name AS entity FROM mentions m JOIN places USING (doc_id)"
            ' JOIN entities e USING (entity_id) ORDER BY place, "start", "end"'
        ).to_arrow_table()
    entity = mentions.column("entity")
    return schemas.MENTIONS.cast(mentions.drop_columns("entity")).append_column("entity", entity)


def find_spans(
    texts: Sequence[str],
    model: str = "",
    gazetteer: str | None = None,
    ids: Sequence[str] | None = None,
) -> pa.Table:
    """The names in some texts, not resolved; other threads wait until they are found.

    Args:
        texts: As for `find_mentions`.
        model: As for `models.find`.
        gazetteer: Path of the user's CSV of names, or None.
        ids: As for `find_mentions`.

    Returns:
        schemas.SPANS; doc_key is the text's id. The texts are mended as a run does it, but for
        mojibake; offsets and surfaces are of the texts that were given.

    Raises:
        UserError: The model or the gazetteer cannot be used.
    """
    ids = ids if ids is not None else _numbers(texts)
    mended = [repair_in_place(text) for text in texts]
    read = [text for text, _ in mended]
    documents = schemas.shard(ids, read, [title_end(text) for text in read])
    changed = 0
    with suppress(OSError):  # who reads it tells of it
        # A gazetteer that was edited is another one.
        changed = Path(gazetteer).stat().st_mtime_ns if gazetteer else 0
    with _alone:
        tokenizer, extractor = _stages(model, gazetteer, changed)
        spans = extractor(documents, tokenizer(documents))
    given = zip(ids, texts, mended, strict=True)
    return _as_given(spans, {key: (text, places) for key, text, (_, places) in given if places})


@contextmanager
def resolved(
    spans: pa.Table, types: Sequence[str], aliases: Sequence[Alias] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Names resolved in memory, over all their documents.

    Args:
        spans: schemas.SPANS; doc_id is the doc_key.
        types: Types of entity that are wanted.
        aliases: The user's.

    Yields:
        A connection with the tables that `resolve` makes.
    """
    spans = schemas.plain(spans)
    keys = spans["doc_key"].unique()
    unknown = pa.nulls(len(keys), pa.timestamp("s"))
    dates = {
        "doc_id": keys,
        "title": pa.nulls(len(keys), pa.string()),
        "published": unknown,
        "first_published": unknown,
        "last_published": unknown,
    }
    with connect() as connection:
        connection.register("found", spans.append_column("doc_id", spans["doc_key"]))
        connection.register("dates", pa.table(dates))
        resolve(connection, types, aliases)
        yield connection


def _as_given(
    spans: pa.Table, given: Mapping[str, tuple[str, Sequence[tuple[int, int]]]]
) -> pa.Table:
    """The spans with their places in the texts that were given.

    Args:
        spans: Of mended texts.
        given: doc_key to the text as it was, and where each character of the mended one stood.
    """
    if not given:
        return spans
    columns = spans.to_pydict()
    for row, key in enumerate(columns["doc_key"]):
        if key in given:
            text, places = given[key]
            start, end = places[columns["start"][row]][0], places[columns["end"][row] - 1][1]
            columns["start"][row], columns["end"][row] = start, end
            # Half of a surrogate pair is no text.
            columns["surface"][row] = text[start:end].encode("utf-8", "replace").decode()
    return schemas.SPANS.from_columns(columns)


def _numbers(texts: Sequence[str]) -> list[str]:
    return [str(number) for number in range(len(texts))]


@lru_cache(maxsize=2)
def _stages(model: str, gazetteer: str | None, _changed: int) -> tuple[Tokenizer, Extractor]:
    return Tokenizer(), Extractor.load(model, Path(gazetteer) if gazetteer else None)
