"""Plain text: the first line is the title if it stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from pipeline import errors
from pipeline.readers.decode import decode
from pipeline.readers.raw import MAX_TEXT, RawDocument
from pipeline.readers.repair import repair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.raw import Raw, ReadOptions

MAX_TITLE = 200  # characters


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The file as one document.

    Raises:
        DocumentError: BAD_ENCODING, TOO_LARGE.
    """
    text, encoding, repairs = read_text(stream, options)
    title, body = split_title(text)
    yield RawDocument(None, title, body, None, encoding, tuple(sorted(repairs)))


def read_text(stream: BinaryIO, options: ReadOptions) -> tuple[str, str, set[str]]:
    """The whole stream as repaired text, with its encoding and the repairs.

    Args:
        stream: What is left of it is read.
        options: With the encoding, if it is known.

    Raises:
        DocumentError: BAD_ENCODING, TOO_LARGE.
    """
    decoded = decode(read_bytes(stream), options.encoding)
    text, repairs = repair(decoded.text)
    return text, decoded.encoding, repairs | set(decoded.repairs)


def read_bytes(stream: BinaryIO) -> bytes:
    """All bytes of one document.

    Raises:
        DocumentError: TOO_LARGE.
    """
    data = stream.read(MAX_TEXT + 1)
    if len(data) > MAX_TEXT:
        raise errors.DocumentError(errors.TOO_LARGE, limit=MAX_TEXT // 2**20)
    return data


def split_title(text: str) -> tuple[str | None, str]:
    """Title and body: a first line of at most 200 characters, a blank line, and more."""
    end = title_end(text)
    return " ".join(text[:end].split()) or None, text[end:].strip()


def title_end(text: str) -> int:
    """Offset one past the title in a text as it is given, 0 where `split_title` finds none."""
    begin = len(text) - len(text.lstrip())
    first, _, rest = text[begin:].rstrip().partition("\n")
    second, _, _ = rest.partition("\n")
    if not rest or second.strip() or len(first.rstrip()) > MAX_TITLE:
        return 0
    return begin + len(first.rstrip())
