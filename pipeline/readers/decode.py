"""Bytes to text: the declared encoding, else a byte order mark, else UTF-8, else Windows-1252.

Nothing is guessed from statistics: detectors read short Norwegian in Windows-1252 as some other
code page ("Øystein" becomes "Řystein"), while UTF-8 is never valid by accident.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from pipeline import errors
from pipeline.readers.raw import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data (end its name in .gz)"),
    (b"\x28\xb5\x2f\xfd", "zstd data (end its name in .zst)"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet table (end its name in .parquet)"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "an image, sound or film"),
    (b"OggS", "sound or film"),
    (b"ID3", "sound"),
    (b"\x7fELF", "a program"),
)

_CONTROLS = re.compile(rb"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding its bytes were in and what was repaired."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line of a file.

    Attributes:
        number: From 1.
        decoded: The line without its line feed; Latin-1 of the bytes where `error` is set.
        error: Why it could not be read, if so.
    """

    number: int
    decoded: Decoded
    error: errors.DocumentError | None = None


def binary_kind(head: bytes, *, declared: bool = False) -> str | None:
    """What the first bytes of a file show that it is, where that is not text.

    Args:
        head: The first few thousand bytes.
        declared: Whether the user named the encoding; then NULs may be half of UTF-16.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if declared or mark(head):
        return None
    controls = len(_CONTROLS.findall(head))
    if controls < 4 or controls * 10 < len(head):
        return None
    # Latin letters have their NUL first where the larger byte is.
    order = "be" if head[::2].count(0) > head[1::2].count(0) else "le"
    return f"binary data (or UTF-16 without its mark: then give --encoding utf-16-{order})"


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a whole file.

    A file that is UTF-8 but for some bytes (two files put together, a character cut in half) is
    read as UTF-8 with those bytes as Windows-1252.

    Raises:
        DocumentError: BAD_ENCODING.
    """
    encoding = _declared(encoding) or mark(data)
    if encoding is None:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            return _as_cp1252(data)
    try:
        text = data.decode(encoding)
    except ValueError as error:
        raise _bad_encoding(encoding, error) from None
    # utf-16 and utf-32 take their mark off themselves.
    marked = text.startswith("\ufeff") or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return Decoded(text.removeprefix("\ufeff"), encoding, ("bom",) if marked else ())


def lines(stream: BinaryIO, encoding: str | None = None) -> Iterator[Line]:
    """The lines of a file, each decoded by itself, so that a bad one costs only itself.

    Args:
        stream: Bytes; a byte order mark is seen where they are buffered.
        encoding: As the user declared it.

    Raises:
        DocumentError: BAD_ENCODING, in UTF-16 and UTF-32, where no line end can be found again.
    """
    head = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    marked = mark(head)
    encoding = _declared(encoding) or marked
    if encoding and not _has_ascii_newline(encoding):
        yield from _wide_lines(stream, encoding, ("bom",) if marked else ())
        return
    for number, data in enumerate(_pieces(stream), 1):
        try:
            if data is None:
                raise errors.DocumentError(errors.TOO_LARGE, limit=MAX_TEXT // 2**20)
            yield Line(number, decode(data, encoding))
        except errors.DocumentError as error:
            yield Line(number, Decoded((data or b"").decode("latin-1"), "latin-1"), error)


def _declared(encoding: str | None) -> str | None:
    """The encoding that was declared; UTF-8 is without its mark, which is taken off anyway."""
    with_mark = encoding and codecs.lookup(encoding).name == "utf-8-sig"
    return "utf-8" if with_mark else encoding


def _has_ascii_newline(encoding: str) -> bool:
    try:
        return "\n".encode(encoding) == b"\n"
    except ValueError:
        return False


def _pieces(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines as bytes without line feed; None for one that is too long."""
    while data := stream.readline(MAX_TEXT):
        if data.endswith(b"\n") or len(data) < MAX_TEXT:
            yield data.removesuffix(b"\n")
            continue
        while (rest := stream.readline(2**20)) and not rest.endswith(b"\n"):
            pass
        yield None


def _wide_lines(stream: BinaryIO, encoding: str, first: tuple[str, ...]) -> Iterator[Line]:
    """The lines; of the first one's decoding it was mended what `first` says."""
    text = io.TextIOWrapper(stream, encoding, newline="\n")
    number = 0
    try:
        while line := text.readline(MAX_TEXT):
            number += 1
            repairs = first if number == 1 else ()
            if len(line) == MAX_TEXT:
                raise errors.DocumentError(errors.TOO_LARGE, limit=MAX_TEXT // 2**20)
            cleaned = line.removesuffix("\n").removeprefix("\ufeff")
            yield Line(number, Decoded(cleaned, encoding, repairs))
    except ValueError as error:
        raise _bad_encoding(encoding, error) from None
    finally:
        text.detach()  # the stream is closed by whoever opened it


def mark(head: bytes) -> str | None:
    """The encoding of a file that begins with a byte order mark, else None."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def beginning(head: bytes, encoding: str | None = None) -> str:
    """The first bytes of a file as far as they can be read, without its mark.

    Args:
        head: They may end amidst a character.
        encoding: As the user declared it.
    """
    try:
        text = head.decode(encoding or mark(head) or "utf-8", "replace")
    except ValueError:  # of some encodings
        return ""
    return text.removeprefix("\ufeff")


def _as_cp1252(data: bytes) -> Decoded:
    mixed = _MULTIBYTE.search(data) is not None
    try:
        text = data.decode("utf-8", "nb-entities-cp1252") if mixed else data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _bad_encoding("UTF-8 or Windows-1252", error) from None
    return Decoded(text, "utf-8" if mixed else "cp1252", ("cp1252",))


def _bad_byte(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the bytes that are not UTF-8, as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error("nb-entities-cp1252", _bad_byte)


def _bad_encoding(encoding: str, error: Exception) -> errors.DocumentError:
    reason = str(error)
    if isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start : error.start + 1].hex()
        reason = f"byte 0x{byte} at position {error.start}"
    return errors.DocumentError(errors.BAD_ENCODING, encoding=encoding, reason=reason)
