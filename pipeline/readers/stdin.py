"""Standard input: by its first line with anything on it, JSON, a table, a page or a text."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO

from pipeline.readers import csv, html, jsonl, txt
from pipeline.readers.decode import beginning
from pipeline.readers.raw import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from pipeline.readers import Reader
    from pipeline.readers.raw import Raw, ReadOptions

_PAGE = re.compile(r"<!doctype html|<html\b", re.IGNORECASE)
_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # bytes of marks and white space, in any encoding
_JSON = re.compile(r"\{$|\[\s*(\{|\]?$)")  # `[Oppdatert kl. 12]` may begin a text


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The documents of a stream without a name.

    Raises:
        DocumentError: BAD_ENCODING, TOO_LARGE, BAD_FILE, EXTRA_MISSING, or what is wrong with a
            table.
    """
    head, first = bytearray(), ""
    while not first and len(head) < MAX_TEXT and (line := stream.readline(MAX_TEXT)):
        head += line
        if line.strip(_BLANK):  # else the head has no more on it than before
            # In UTF-16 a line ends amidst its line feed.
            first = beginning(bytes(head), options.encoding).strip("\ufffd \t\r\n")
    yield from _reader(first, options)(io.BufferedReader(_Rejoined(head, stream)), options)


def _reader(line: str, options: ReadOptions) -> Reader:
    """What reads a stream that begins with this line."""
    if jsonl.is_object(line):
        return jsonl.read_lines
    if _JSON.match(line):
        return jsonl.read_whole
    if _PAGE.match(line):
        return html.read
    return csv.read if csv.is_header(line, options) else txt.read


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read, from its beginning."""

    def __init__(self, head: bytes | bytearray, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._head.read(len(view)) or self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)
