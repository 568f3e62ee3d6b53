"""Standard input: JSON lines if the first line with anything on it is a JSON object, else text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from pipeline.readers import jsonl, txt
from pipeline.readers.raw import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from pipeline.readers.raw import Raw, ReadOptions


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The documents of a stream without a name.

    Raises:
        DocumentError: BAD_ENCODING, TOO_LARGE.
    """
    head = b""
    while len(head) < MAX_TEXT and (line := stream.readline(MAX_TEXT)):
        head += line
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            break
    last = head.rstrip(b"\r\n").rpartition(b"\n")[2].removeprefix(b"\xef\xbb\xbf")
    reader = jsonl.read if jsonl.is_object(last.decode("utf-8", "replace")) else txt.read
    yield from reader(io.BufferedReader(_Rejoined(head, stream)), options)


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
