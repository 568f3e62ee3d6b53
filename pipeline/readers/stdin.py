"""Standard input: by its first line with anything on it, JSON lines, a table or a text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from pipeline.readers import csv, jsonl, txt
from pipeline.readers.raw import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from pipeline.readers import Reader
    from pipeline.readers.raw import Raw, ReadOptions


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The documents of a stream without a name.

    Raises:
        DocumentError: BAD_ENCODING, TOO_LARGE, or what is wrong with a table.
    """
    head = b""
    while len(head) < MAX_TEXT and (line := stream.readline(MAX_TEXT)):
        head += line
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            break
    last = head.rstrip(b"\r\n").rpartition(b"\n")[2].removeprefix(b"\xef\xbb\xbf")
    yield from _reader(last, options)(io.BufferedReader(_Rejoined(head, stream)), options)


def _reader(first: bytes, options: ReadOptions) -> Reader:
    """What reads a stream that begins with this line."""
    line = first.decode("utf-8", "replace")
    if jsonl.is_object(line):
        return jsonl.read
    return csv.read if csv.is_header(line, options) else txt.read


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read, from its beginning."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._head.read(len(view)) or self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)
