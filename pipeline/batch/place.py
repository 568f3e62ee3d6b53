"""A folder on this machine, on a shared disk or in an object store, whose files appear whole."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.fs import FileSelector, FileSystem, LocalFileSystem

from pipeline import errors
from pipeline.whole import fsync

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyarrow.fs import FileInfo


class Place:
    """A folder that a path or a URI names.

    Args:
        uri: A path, or a URI that pyarrow knows (file, s3, gs, abfs, hdfs), or fsspec+PROTOCOL://
            with one that fsspec knows.

    Attributes:
        uri: What was given, an absolute path instead of a relative one.
        local: The folder, where it is on this machine.

    Raises:
        UserError: BAD_PLACE.
    """

    def __init__(self, uri: str) -> None:
        self.uri = uri if "://" in uri else os.path.abspath(uri)  # noqa: PTH100 - a link stays one
        if not uri.rpartition("://")[2]:  # a script's variable that is not set
            raise errors.UserError(errors.BAD_PLACE, uri=uri, reason="it names no folder")
        try:
            self._filesystem, path = FileSystem.from_uri(self.uri)
        except (pa.ArrowException, ValueError, ImportError, OSError) as error:
            raise self._unusable(error) from error
        self._root: str = path.rstrip("/")
        self.local = Path(path) if isinstance(self._filesystem, LocalFileSystem) else None

    @property
    def name(self) -> str:
        """Last part of its path."""
        return PurePosixPath(self._root).name

    def within(self, other: Place) -> bool:
        """Whether it is the other place, or a folder in it, however either is written."""
        one_disk = self._filesystem.equals(other._filesystem)
        return one_disk and f"{self._real}/".startswith(f"{other._real}/")

    @property
    def _real(self) -> str:
        """Its path without links, where it is on this machine."""
        return os.path.realpath(self._root) if self.local else self._root

    def files(self, folder: str = "") -> dict[str, FileInfo]:
        """The files in a folder, at any depth, by their paths from there; none where it is not.

        Raises:
            UserError: CANNOT_READ; BAD_PLACE where a name in it is not UTF-8.
        """
        base = f"{self._root}/{folder}".rstrip("/")
        selector = FileSelector(base, allow_not_found=True, recursive=True)
        try:
            found = self._filesystem.get_file_info(selector)
            return {info.path[len(base) + 1 :]: info for info in found if info.is_file}
        except UnicodeError as error:  # Arrow knows no other names
            raise self._unusable(error) from error
        except OSError as error:
            reason = errors.first_line(error).rstrip(".")
            raise errors.UserError(errors.CANNOT_READ, path=self.uri, reason=reason) from error

    def make(self, folder: str) -> None:
        """Make a folder, if it is not there."""
        self._filesystem.create_dir(f"{self._root}/{folder}", recursive=True)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._filesystem.delete_file(f"{self._root}/{name}")

    def reading(self, name: str) -> pa.NativeFile:
        """A file's bytes.

        Raises:
            OSError: It cannot be read; FileNotFoundError where it is not.
        """
        return self._filesystem.open_input_stream(f"{self._root}/{name}")

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[pa.NativeFile]:
        """A file to write, which is there once all is written, or not at all.

        On this machine that holds for a loss of power too: a name may reach the disk before the
        bytes do.
        Also in object stores it is moved to its name: an upload that was broken off with an
        exception could otherwise be taken for a whole one.
        """
        path = f"{self._root}/{name}"
        temporary = f"{path}.{secrets.token_hex(8)}.new"  # of this attempt alone
        try:
            with self._filesystem.open_output_stream(temporary) as stream:
                yield stream
            if self.local:
                fsync(Path(temporary))
            self._filesystem.move(temporary, path)
            if self.local:
                fsync(Path(path).parent)
        except BaseException:
            with contextlib.suppress(OSError):
                self._filesystem.delete_file(temporary)
            raise

    def rows(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows of a Parquet file, a row group at a time."""
        with (
            self._filesystem.open_input_file(f"{self._root}/{name}") as stream,
            pq.ParquetFile(stream) as file,
        ):
            for group in range(file.num_row_groups):
                yield file.read_row_group(group, columns=columns)

    def read_to_end(self, name: str) -> None:
        """See that a file's bytes can be read, whatever they are.

        Raises:
            OSError: They cannot.
        """
        with self.reading(name) as stream:
            while stream.read(2**20):
                pass

    def _unusable(self, error: Exception) -> errors.UserError:
        reason = errors.first_line(error).rstrip(".")
        return errors.UserError(errors.BAD_PLACE, uri=self.uri, reason=reason)
