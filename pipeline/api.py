"""The Python API. Heavy imports wait until they are needed: `import pipeline` takes no time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from spacy.language import Language

    from pipeline.batch.progress import Progress
    from pipeline.batch.request import Report


def extract(
    texts: str | Iterable[str],
    *,
    model: str = "",
    gazetteer: str | os.PathLike[str] | None = None,
    aliases: str | os.PathLike[str] | None = None,
    types: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """The names in some texts, resolved over all of them.

    Texts are mended as a run does it (hyphens and blanks at which no line ends, soft hyphens, marks
    of direction, accents as macOS writes them), but for text that was decoded wrongly (Ã¥ for å):
    start, end and surface are of the texts that are given.

    May be called from several threads; a model serves one after another.

    Args:
        texts: An article, or a list or Series of them; a title is a first line followed by a
            blank one.
        model: An installed spaCy pipeline with NorNE's labels, by name or path; empty for the
            bundled one.
        gazetteer: A CSV of names that are to be found: name,type,canonical,id.
        aliases: A CSV of other names of things: name,canonical,type.
        types: Types of entity that are wanted, of `vocabulary.TYPES`, as a list or in one string
            with commas; "all" for all; people, places and organisations where not given.

    Returns:
        `schemas.MENTIONS`, in the order of the texts, and the name of the entity (entity): there is
        no table of them. doc_id is a text's position, from "0", or in a Series its index.

    Raises:
        UserError: The model, the gazetteer or the aliases cannot be used.
        TypeError: Something in `texts` is no text, or it is a table.
        ValueError: There is no such type, or an index has a value twice.
    """
    from pipeline.frames import to_frame
    from pipeline.stages.memory import find_mentions

    is_table = isinstance(texts, Mapping) or hasattr(texts, "columns")  # which has names in it
    ids = _index(texts)
    texts = [texts] if isinstance(texts, str) else list(texts)
    if is_table or not all(isinstance(text, str) for text in texts):
        reason = "leave out what is missing, and give one column of a table"
        raise TypeError(f"extract() takes texts, all of type str; {reason}")
    mentions = find_mentions(
        texts,
        model=model,
        gazetteer=_path(gazetteer) if gazetteer else None,
        aliases=_path(aliases) if aliases else None,
        types=_wanted(types),
        ids=ids,
    )
    return to_frame(mentions)


def _index(texts: Iterable[str]) -> list[str] | None:
    """The index of a Series as text, None of what has none."""
    index: Any = getattr(texts, "index", None)
    if index is None or callable(index):  # a list has a method of that name
        return None
    ids = [str(value) for value in index]
    if len(set(ids)) < len(ids):
        raise ValueError("the index has a value twice; texts.reset_index(drop=True) numbers them")
    return ids


def _path(given: str | os.PathLike[str]) -> str:
    """A path as a shell has it: ~ in front is the user's home."""
    return os.path.expanduser(given)  # noqa: PTH111 - of no such user: as is


def _wanted(types: str | Sequence[str] | None) -> Sequence[str]:
    from pipeline.vocabulary import DEFAULT_TYPES, TYPES, read_types

    wanted = DEFAULT_TYPES if types is None else read_types(types)
    for kind in wanted or [""]:
        if kind not in TYPES:
            raise ValueError(f"there is no type '{kind}'; the types are {', '.join(TYPES)}, or all")
    return wanted


def run(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str] | None = None,
    *,
    append: bool = False,
    retry_failed: bool = False,
    allow_shrink: bool = False,
    rebuild: bool = False,
    wait: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> Report:
    """Every stage over files and folders: what `nb-entities run` does.

    Only what is new or changed since the last run on `out` is worked on.

    Args:
        sources: Files and folders; "-" is standard input.
        out: Folder for the results; where not given, what the environment or nb-entities.toml say,
            else `outputs`.
        append: Keep documents of earlier sources that are not named now.
        retry_failed: Try again what failed.
        allow_shrink: Go on where most of a source's documents are gone.
        rebuild: Make the folder's store anew.
        wait: Wait for another run on the folder to end.
        progress: Is told how far the run is.
        **settings: See `pipeline.settings.Settings`: model, jobs, types, gazetteer, aliases, ...

    Raises:
        UserError: The run cannot be done; the outputs are as before.
    """
    from pipeline.batch.request import Request
    from pipeline.batch.run import run as run_batch
    from pipeline.settings import load_settings

    if isinstance(sources, (str, os.PathLike)):
        sources = [sources]
    request = Request(
        sources=[_path(source) for source in sources],
        append=append,
        retry_failed=retry_failed,
        allow_shrink=allow_shrink,
        rebuild=rebuild,
        wait=wait,
    )
    return run_batch(load_settings(out=out, **settings), request, progress)


def read(out: str | os.PathLike[str], table: str) -> pd.DataFrame:
    """A table of an output folder, as pandas has it.

    Args:
        out: The output folder of a run.
        table: documents, mentions, entities, cooccurrences, failures or entity_changes.

    Returns:
        The rows, with times in UTC, lists as lists, and closed sets (type, label, zone, ...) as
        categories in their usual order.

    Raises:
        UserError: There are no results in the folder, or they cannot be looked at.
        ValueError: There is no such table.
    """
    import pyarrow.parquet as pq

    from pipeline import schemas
    from pipeline.batch.look import parquet_file
    from pipeline.frames import to_frame

    names = [known.name for known in schemas.PUBLISHED]
    if table not in names:
        raise ValueError(f"there is no table '{table}'; the tables are {', '.join(names)}")
    # Absolute: Arrow would take `news:2024` for a URI.
    folder = Path(_path(out)).absolute()
    return to_frame(pq.read_table(parquet_file(folder, table)))


def load(model: str = "", gazetteer: str | os.PathLike[str] | None = None) -> Language:
    """The pipeline as spaCy has it: tokenizer, model and Norwegian rules.

    Its `doc.ents` carry `ent._.name`, `ent._.type` and the others that
    `pipeline.language.extensions` describes.

    Args:
        model: As for `extract`.
        gazetteer: As for `extract`.

    Raises:
        UserError: The model or the gazetteer cannot be used.
    """
    from pipeline import language, models
    from pipeline.stages.extract import add_rules

    language.register()
    nlp = models.load(model)
    for name in reversed(language.READERS):
        nlp.add_pipe(name, first=True)
    add_rules(nlp, Path(_path(gazetteer)) if gazetteer else None)
    return nlp
