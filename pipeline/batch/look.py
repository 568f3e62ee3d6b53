"""Looking at an output folder without changing it: its tables, and whether they are whole."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from pipeline import errors, schemas
from pipeline.batch import publish
from pipeline.batch.restore import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_MOST_MENTIONED = [("n_mentions", "descending"), ("name", "ascending")]


def rows(out: Path, name: str, columns: Sequence[str]) -> pa.RecordBatchReader:
    """Columns of text or whole numbers of a published table, from whichever format was written.

    Raises:
        UserError: NOTHING_THERE, CANNOT_READ.
    """
    parquet, csv = out / f"{name}.parquet", out / f"{name}.csv"
    with publish.looking(out):
        has_parquet, has_csv = parquet.exists(), csv.exists()
    if has_parquet:
        file = pq.ParquetFile(parquet)
        schema = pa.schema([file.schema_arrow.field(name) for name in columns])
        batches = (batch.select(columns) for batch in file.iter_batches(columns=list(columns)))
        return pa.RecordBatchReader.from_batches(schema, batches)
    if not has_csv:
        raise errors.UserError(errors.NOTHING_THERE, path=out)
    types = schemas.plain(schemas.BY_NAME[name].empty().select(columns)).schema
    options = pyarrow.csv.ConvertOptions(include_columns=list(columns), column_types=types)
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return pyarrow.csv.open_csv(csv, convert_options=options, parse_options=parse)


def parquet_file(out: Path, name: str) -> Path:
    """The Parquet file of a published table.

    Raises:
        UserError: NOTHING_THERE, CANNOT_READ; ONLY_CSV where the run wrote no Parquet files.
    """
    path = out / f"{name}.parquet"
    with publish.looking(out):
        if path.exists():
            return path
        if path.with_suffix(".csv").exists():
            raise errors.UserError(errors.ONLY_CSV, path=out, file=path.with_suffix(".csv"))
    raise errors.UserError(errors.NOTHING_THERE, path=out)


def top_entities(out: Path, n: int) -> dict[str, list[tuple[str, int]]]:
    """The names and mention counts of the entities that are mentioned most, by type."""
    top: dict[str, pa.Table] = {}
    for batch in rows(out, "entities", ["name", "type", "n_mentions"]):
        kinds, named = batch["type"].cast(pa.string()), batch.select(["name", "n_mentions"])
        for kind in kinds.unique().to_pylist():
            found = pa.Table.from_batches([named.filter(pc.equal(kinds, kind))])
            found = pa.concat_tables([top.get(kind, found.slice(0, 0)), found])
            top[kind] = found.take(pc.select_k_unstable(found, n, _MOST_MENTIONED))
    return {kind: [(r["name"], r["n_mentions"]) for r in top[kind].to_pylist()] for kind in top}


def first_failures(out: Path, n: int) -> list[tuple[str, str]]:
    """The first documents that failed, and why."""
    batches = rows(out, "failures", ["doc_id", "message"])
    failures = chain.from_iterable(batch.to_pylist() for batch in batches)
    return [(row["doc_id"], row["message"]) for row in islice(failures, n)]


def verify(out: Path) -> int:
    """Check that the published files are what their run wrote, and that offsets hold.

    Also of a copy that has files for links, and of what a dataset's run wrote.

    Returns:
        Number of files checked.

    Raises:
        UserError: NOTHING_THERE, CANNOT_READ, or VERIFY_FAILED with the first thing that is wrong.
    """
    with publish.looking(out):
        folder = found(out)
    checked = _verify_files(out, folder)
    if folder and (folder / "mentions.parquet").exists():
        _verify_offsets(out, folder)
    return checked


def is_whole(out: Path, run_id: str | None) -> bool:
    """Whether this run is the published one, and its files are shown and what it wrote."""
    try:
        return publish.is_current(out, run_id) and _verify_files(out, publish.current(out)) > 0
    except errors.UserError:
        return False


def _verify_files(out: Path, folder: Path | None) -> int:
    """Check the files of a run, which lie in a folder, and that they are shown."""
    manifest = publish.read_manifest(out, folder)
    # Not through the links: another run may publish meanwhile.
    folder = folder or out
    files = publish.digests(manifest)
    for name, sha256 in files.items():
        _verify_file(out, folder / name, sha256)
    try:
        _verify_shown(out, files)
    except errors.UserError:
        if publish.current(out) in {folder, None}:  # else what is shown is another run's
            raise
    return len(files)


def _verify_shown(out: Path, files: Mapping[str, str]) -> None:
    if not publish.is_linked(out):
        for name, sha256 in files.items():
            _verify_file(out, out / name, sha256)
    if missing := publish.unshown(out):
        reason = f"{out / missing[0]} does not lead to the published file"
        raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=reason)


def _verify_file(out: Path, path: Path, sha256: str) -> None:
    try:
        found = publish.sha256(path)
    except OSError as error:
        reason = f"{path.name}: {error.strerror}"
        raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=reason) from None
    if found != sha256:
        reason = f"{path.name} was changed or damaged"
        raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=reason)


def _verify_offsets(out: Path, folder: Path) -> None:
    """Every surface is what stands at its offsets; both tables are sorted by doc_id."""
    texts = _rows(folder / "documents.parquet", ["doc_id", "text"])
    doc_id, text = "", ""
    for row in _rows(folder / "mentions.parquet", ["doc_id", "start", "end", "surface"]):
        while doc_id != row["doc_id"]:
            document = next(texts, None)
            if document is None:
                reason = f"mentions of '{row['doc_id']}', which is not in documents"
                raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=reason)
            doc_id, text = document["doc_id"], document["text"]
        if text[row["start"] : row["end"]] != row["surface"]:
            reason = f"the mention at {row['start']} of '{doc_id}' is not '{row['surface']}'"
            raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=reason)


def _rows(path: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    for batch in pq.ParquetFile(path).iter_batches(1_000, columns=columns):
        yield from batch.to_pylist()
