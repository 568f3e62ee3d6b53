"""Files as plain bytes, whatever they are packed with, and never more of them than is sane."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from pipeline import errors

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import WriteableBuffer

SUFFIXES = (".gz", ".zst")

# News text packs to a tenth, and repetitive tables to a fiftieth. Beyond this ratio, and this many
# bytes, the file is a bomb or a mistake. (A large honest file is no problem: readers stream.)
MAX_RATIO = 500
ALWAYS_ALLOWED = 64 * 2**20

_BUFFER = 2**18


def open_source(path: Path, compression: str | None) -> io.BufferedReader:
    """A file's bytes, unpacked on the way.

    Args:
        path: The file.
        compression: ".gz", ".zst" or None.

    Raises:
        OSError: The file cannot be read; also from reading on.
        DocumentError: BAD_COMPRESSION; from reading.
    """
    file = path.open("rb")
    if compression is None:
        return file
    return io.BufferedReader(_Unpacked(file, compression), _BUFFER)


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a compressed file; damage and bombs are a DocumentError."""

    def __init__(self, file: io.BufferedReader, compression: str) -> None:
        self._file = file
        self._source = gzip.GzipFile(fileobj=file) if compression == ".gz" else _zstd(file)
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._source.read(len(view))
        except (OSError, EOFError, zlib.error) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk, not the data
            raise _bad(str(error).rstrip(".").lower()) from None
        view[: len(data)] = data
        self._unpacked += len(data)
        packed = self._file.tell()
        if self._unpacked > max(ALWAYS_ALLOWED, MAX_RATIO * packed):
            raise _bad(f"it unpacks to more than {MAX_RATIO} times its size")
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
            self._file.close()
        super().close()


def _zstd(file: io.BufferedReader) -> BinaryIO:
    """Python has zstd in its library from 3.14 only; Arrow, which is here anyway, brings it."""
    import pyarrow as pa

    return cast("BinaryIO", pa.CompressedInputStream(file, "zstd"))


def _bad(reason: str) -> errors.DocumentError:
    return errors.DocumentError(errors.BAD_COMPRESSION, reason=reason)
