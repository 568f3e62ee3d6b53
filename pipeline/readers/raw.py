"""What a reader yields, and what it may be told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import errors

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.errors import Problem

# One document may be this large, in bytes of source or characters of text: some ten million words.
# It bounds memory, whatever the file holds: one endless line, one quote that never closes.
MAX_TEXT = 64 * 2**20

# The closed vocabulary of `documents.repairs`.
REPAIRS = {
    "bom": "a byte order mark was taken off",
    "cp1252": "bytes that were not UTF-8 were read as Windows-1252",
    "mojibake": "text decoded wrongly before it came here was put right (Ã¥ -> å)",
    "nul": "NUL characters were taken out",
    "surrogate": "halves of surrogate pairs were taken out",
    "invisible": "soft hyphens, zero-width spaces and marks of direction were taken out",
    "hyphen": "hyphens at which no line ends, and those of typesetters, became usual ones",
    "blank": "blanks at which no line ends, and those of another width, became usual ones",
    "nfc": "letters and their accents were joined (Unicode NFC)",
    "newline": "CR, CRLF and Unicode line separators became LF",
    "markup": "HTML was taken out of a table's text",
    "quote": "quotes that a table has otherwise than CSV were read as they are meant",
    "date": "the date could not be understood",
    "repeated id": "another row of the file has the same id",
}


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as its source has it.

    Attributes:
        key: Id of a table's row; "" for a row without one; None where the file is the document.
        title: Headline on one line, or None.
        body: The text without the title, paragraphs separated by blank lines.
        published: When it was published, in UTC, or None.
        encoding: What the bytes were decoded with, or None where the format says it itself.
        repairs: What was mended, in the words of `REPAIRS`, sorted.
    """

    key: str | None
    title: str | None
    body: str
    published: datetime | None = None
    encoding: str | None = None
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawFailure:
    """One row, or with key None a whole file, that could not be read.

    Attributes:
        key: Id of the row, or a hash of its content where it has none; None for the file.
        problem: What kind of failure, from `pipeline.errors`.
        message: What happened and what to do, one line.
    """

    key: str | None
    problem: Problem
    message: str


Raw = RawDocument | RawFailure


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about the sources; None means that the reader finds out.

    Attributes:
        encoding: Encoding of every text file.
        text_column: Column that holds the text.
        id_column: Column that holds the document's id.
        title_column: Column that holds the title.
        date_column: Column that holds the date.

    Raises:
        UserError: UNKNOWN_ENCODING.
    """

    encoding: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None

    def __post_init__(self) -> None:
        if self.encoding is None:
            return
        try:
            b"a".decode(self.encoding)
        except UnicodeError:
            pass  # the encoding exists; b"a" is half a character of UTF-16
        except (LookupError, ValueError):
            raise errors.UserError(errors.UNKNOWN_ENCODING, encoding=self.encoding) from None


def content_key(*parts: str) -> str:
    """Twelve hexadecimal digits for a row without an id, from what it says."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:12]
