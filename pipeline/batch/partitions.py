"""The partitions of a dataset: which there are, which are done, and where their results lie."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline import errors
from pipeline.batch.fingerprints import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pyarrow.fs import FileInfo

    from pipeline.batch.place import Place
    from pipeline.readers import ReadOptions

SUFFIX = ".parquet"
_FOLDER = "partitions"
TABLES = ("documents", "failures", "mentions")


@dataclass(frozen=True, slots=True)
class Job:
    """What the partitions of a dataset have in common.

    Attributes:
        source: Path or URI of the dataset.
        target: Path or URI of the results.
        model: As for `models.find`.
        gazetteer: The user's CSV of names, which every worker can read, or None.
        reading: What the user says about the columns.
        fingerprint: What the names depend on, as `fingerprints.extraction_key` has it.
        reader: What the documents depend on, as `fingerprints.reading_key` has it.
    """

    source: str
    target: str
    model: str
    gazetteer: Path | None
    reading: ReadOptions
    fingerprint: str
    reader: str


@dataclass(frozen=True, slots=True)
class Partition:
    """One file of a dataset.

    Attributes:
        path: Where it is, from the dataset's folder on.
        name: The same from the folder's name on; it begins every doc_id.
        file: What its results are called: another name for another version of it, of the model, of
            the rules.
    """

    path: str
    name: str
    file: str

    def result(self, table: str) -> str:
        """Where its documents, failures or mentions lie, from the folder of the results on."""
        return f"{_FOLDER}/{table}/{self.file}"


def find(job: Job, source: Place, target: Place) -> list[Partition]:
    """The Parquet files of a dataset, but for those that are hidden or begin with an underscore.

    Raises:
        UserError: BAD_PLACE where there are none, or the results would be among them.
    """
    if target.within(source):
        reason = "its files would be read as sources"
        raise errors.UserError(errors.BAD_PLACE, uri=target.uri, reason=reason)
    files = source.files()
    paths = [path for path in sorted(files) if _is_partition(path)]
    if not paths:
        reason = "there are no Parquet files in it"
        raise errors.UserError(errors.BAD_PLACE, uri=source.uri, reason=reason)
    return [
        Partition(path, name, _result(job, name, files[path]))
        for path, name in ((path, f"{source.name}/{path}") for path in paths)
    ]


def _is_partition(path: str) -> bool:
    hidden = any(part[0] in "._" for part in path.split("/"))
    return path.lower().endswith(SUFFIX) and not hidden


def _result(job: Job, name: str, file: FileInfo) -> str:
    version = file.size, file.mtime_ns
    key = digest(name, version, job.reader, job.fingerprint)  # the ids of documents begin with it
    return f"{PurePosixPath(name).stem[:100]}-{key[:16]}{SUFFIX}"


def pending(target: Place, partitions: Iterable[Partition]) -> list[Partition]:
    """The partitions without a whole result; the folders of the results are made."""
    for table in TABLES:
        target.make(f"{_FOLDER}/{table}")
    done = {name for name, info in target.files(_FOLDER).items() if info.size}
    return [
        partition
        for partition in partitions
        if not done.issuperset(f"{table}/{partition.file}" for table in TABLES)
    ]


def discard(target: Place, partition: Partition) -> None:
    """Remove the result of a partition, which need not be whole: it is pending again."""
    for table in TABLES:
        with contextlib.suppress(FileNotFoundError):
            target.remove(partition.result(table))


def sweep(target: Place, partitions: Iterable[Partition]) -> None:
    """Remove the results of files that are gone or changed, and what killed workers left."""
    wanted: Collection[str] = {partition.file for partition in partitions}
    for name in target.files(_FOLDER):
        if name.rpartition("/")[2] not in wanted:
            target.remove(f"{_FOLDER}/{name}")
