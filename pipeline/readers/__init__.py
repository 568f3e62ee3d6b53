"""Readers: one file an input format, bytes in, documents and failures out."""

from __future__ import annotations

import errno
import io
import os
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from pipeline import errors
from pipeline.readers import csv, docx, html, jsonl, md, parquet, stdin, txt
from pipeline.readers.compression import SUFFIXES as COMPRESSIONS
from pipeline.readers.compression import open_source
from pipeline.readers.decode import binary_kind
from pipeline.readers.raw import Raw, RawDocument, RawFailure, ReadOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Reader = Callable[[io.BufferedReader, ReadOptions], Iterator[Raw]]

__all__ = [
    "COMPRESSIONS",
    "READERS",
    "RawDocument",
    "RawFailure",
    "ReadOptions",
    "format_of",
    "is_broken",
    "libraries",
    "read_file",
    "read_open",
    "read_stream",
]

READERS: dict[str, Reader] = {
    ".txt": txt.read,
    ".md": md.read,
    ".markdown": md.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".json": jsonl.read_any,
    ".csv": csv.read,
    ".tsv": csv.read_tsv,
    ".parquet": parquet.read,
    ".html": html.read,
    ".htm": html.read,
    ".docx": docx.read,
}

# The packages that decide what text comes out, of every format and of some.
_LIBRARIES = ("ftfy",)
_PAGES = ("htmldate", "justext", "lxml", "trafilatura")
_LIBRARIES_OF = {
    ".md": ("markdown-it-py",),
    ".markdown": ("markdown-it-py",),
    ".html": _PAGES,
    ".htm": _PAGES,
    ".docx": ("lxml", "python-docx"),
}

_BINARY = {".parquet", ".docx"}  # formats that are not text
_HEAD = 8192  # bytes in which a file shows whether it is text


def format_of(name: str) -> tuple[str | None, str | None]:
    """Suffix of the reader and of the compression of a file, None where there is no such.

    Example: `format_of("Avis.JSONL.gz")` is `(".jsonl", ".gz")`.
    """
    name = name.lower()
    compression = next((suffix for suffix in COMPRESSIONS if name.endswith(suffix)), None)
    name = name.removesuffix(compression or "")
    return next((suffix for suffix in READERS if name.endswith(suffix)), None), compression


def libraries(suffix: str | None) -> tuple[str, ...]:
    """Names of the packages on which the text of a format depends."""
    return (*_LIBRARIES, *_LIBRARIES_OF.get(suffix or "", ()))


def read_file(path: Path, options: ReadOptions) -> Iterator[Raw]:
    """The documents of a file; what goes wrong is a failure among them, never an exception.

    A file of no rows is one document without text.
    """
    suffix, compression = format_of(path.name)
    try:
        if path.is_dir():  # one that could not be opened, so that its files are not known
            raise PermissionError(errno.EACCES, "the folder cannot be opened")
        if is_broken(path):
            where = os.path.realpath(path)
            raise FileNotFoundError(errno.ENOENT, f"it is a broken link to '{where}'")
        if suffix is None:
            fields = {"name": path.name, "suffixes": " ".join(READERS)}
            fields["compressions"] = " and ".join(COMPRESSIONS)
            raise errors.DocumentError(errors.UNKNOWN_FORMAT, **fields)
        with open_source(path, compression) as stream:
            yield from _checked(stream, READERS[suffix], options, text=suffix not in _BINARY)
    except OSError as error:
        yield failure(_unreadable(error))
    except errors.DocumentError as error:
        yield failure(error)


def is_broken(path: Path) -> bool:
    """Whether a path is a link that leads nowhere."""
    try:
        path.stat()
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP) and path.is_symlink()
    return False


def read_open(stream: io.BufferedReader, suffix: str, options: ReadOptions) -> Iterator[Raw]:
    """The documents of an open file of a known format, as `read_file`.

    Raises:
        OSError: The disk failed, of which the file is innocent.
    """
    yield from _checked(stream, READERS[suffix], options, text=suffix not in _BINARY)


def read_stream(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The documents of a stream without a name, as `read_file`."""
    # Standard input can be peeked into, but not what tests put in its place.
    buffered: Any = stream if hasattr(stream, "peek") else io.BufferedReader(cast("Any", stream))
    try:
        yield from _checked(buffered, stdin.read, options, text=True)
    except OSError as error:
        yield failure(_unreadable(error))


def _unreadable(error: OSError) -> errors.DocumentError:
    return errors.DocumentError(errors.SOURCE_UNREADABLE, reason=error.strerror or str(error))


def failure(error: errors.DocumentError, key: str | None = None) -> RawFailure:
    """An error as the failure of a row, or of the file."""
    return RawFailure(key, error.problem, str(error))


def _checked(
    stream: io.BufferedReader, reader: Reader, options: ReadOptions, *, text: bool
) -> Iterator[Raw]:
    empty = True
    try:
        head = stream.peek(_HEAD)[:_HEAD]
        kind = binary_kind(head, declared=options.encoding is not None) if text else None
        if kind:
            raise errors.DocumentError(errors.NOT_TEXT, kind=kind)
        for raw in reader(stream, options) if head else ():
            empty = False
            yield raw
        if empty:
            yield RawDocument(None, None, "")
    except errors.DocumentError as error:
        yield failure(error)
    except OSError:
        raise
    except Exception as error:  # a fault of ours must not cost the other files
        fault = f"{type(error).__name__}: {error}"
        yield failure(errors.DocumentError(errors.DOCUMENT_FAILED, error=fault))
