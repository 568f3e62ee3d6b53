"""Comma-separated, semicolon-separated (Norwegian Excel) and tab-separated tables."""

from __future__ import annotations

import csv
import re
from collections import deque
from typing import TYPE_CHECKING, BinaryIO

from pipeline import errors
from pipeline.readers.decode import lines
from pipeline.readers.raw import MAX_TEXT, RawFailure, content_key
from pipeline.readers.rows import Columns, read_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.decode import Line
    from pipeline.readers.raw import Raw, ReadOptions

_DELIMITERS = ",;\t|"
_ENCLOSED = re.compile(r'\A"((?:[^"]|"")*+)"\Z')
_MAX_UNCLOSED = 100  # quotes that never close, before the file is given up


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """One document or failure for each record; the delimiter is the header's commonest.

    Raises:
        DocumentError: NO_TEXT_COLUMN, NO_COLUMN, BAD_TABLE, or what is wrong with the header.
    """
    yield from _read(stream, options, _DELIMITERS)


def read_tsv(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """As `read`, the delimiter being the tab."""
    yield from _read(stream, options, "\t")


def is_header(line: str, options: ReadOptions) -> bool:
    """Whether a line is a table's header rather than of a text.

    It is where it has two columns that are known, or the text column that the user named; also
    where it is Excel's `sep=;` before the header.
    """
    if is_separator(line):
        return True
    try:
        names = next(csv.reader([line], delimiter=_commonest(_DELIMITERS, line)), [])
    except csv.Error:  # a paragraph that is longer than a cell may be
        return False
    found = Columns(options).find(name.strip() for name in names)
    named = options.text_column is not None and found["text"] is not None
    return named or sum(column is not None for column in found.values()) > 1


def _read(stream: BinaryIO, options: ReadOptions, delimiters: str) -> Iterator[Raw]:
    csv.field_size_limit(MAX_TEXT)
    feed = _Feed(lines(stream, options.encoding))
    header: list[str] | None = None
    found: dict[str, str | None] = {}
    for record in _records(feed, feed.sniff(delimiters)):
        if header is None:
            if isinstance(record, errors.DocumentError):
                raise record
            header = [name.strip() for name in record]
            found = Columns(options).require(header)
            continue
        if isinstance(record, list) and any(record[len(header) :]):
            reason = f"it has {len(record)} fields where the header has {len(header)}"
            record = _bad(feed, reason)  # noqa: PLW2901 - a record of too many fields is an error
        if isinstance(record, errors.DocumentError):
            yield RawFailure(content_key(*feed.texts), record.problem, str(record))
            continue
        row = dict(zip(reversed(header), reversed(_padded(record, len(header))), strict=True))
        repairs = {name for line in feed.taken for name in line.decoded.repairs}
        repairs |= {"quote"} if feed.is_mended else set()
        yield read_row(row, found, feed.encoding, repairs)


def _records(feed: _Feed, delimiter: str) -> Iterator[list[str] | errors.DocumentError]:
    """The records, or why one could not be read; `feed.taken` is what each was read from."""
    unclosed = n_columns = 0
    while True:
        feed.begin()
        try:
            # Strict: else a quote that ends amidst a cell goes, and one may take in all lines.
            for record in csv.reader(feed, delimiter=delimiter, strict=True):
                if found := _checked(feed, record):
                    n_columns = n_columns or len(record)  # the header's
                    yield found
                feed.begin()
            return
        except csv.Error as error:
            reason = str(error)
        n_lines, ended = len(feed.taken), feed.ended
        if mended := _mended(feed, delimiter, n_columns):
            n_columns = len(mended)
            feed.is_mended = True
            yield _checked(feed, mended) or mended
            continue
        # What another quote ends is read again once; what goes to the end, again and again.
        unclosed += ended or len(feed.taken) > n_lines or (n_lines > 1 and "limit" in reason)
        if unclosed > _MAX_UNCLOSED:
            raise errors.DocumentError(errors.BAD_TABLE, reason="too many quotes never close")
        feed.give_back_all_but(1)
        is_open = ended or n_lines > 1
        yield _bad(feed, "its quote is never closed" if is_open else _explained(reason))


def _checked(feed: _Feed, record: list[str]) -> list[str] | errors.DocumentError | None:
    """The record, or why its lines could not be read; None of a blank line, or of `;;;`."""
    if error := next((line.error for line in feed.taken if line.error), None):
        return error
    return record if any(cell.strip() for cell in record) else None


def _mended(feed: _Feed, delimiter: str, n_columns: int) -> list[str] | None:
    """The record at which strict reading failed, where it is plain what is meant.

    It is what programs write that put a backslash before a quote (MySQL, Spark), or a line with
    quotes as its text has them: `"Vi vinner" sa Kari`. It must have as many cells as the header,
    if that was read.
    """
    if any('\\"' in text for text in feed.texts):
        feed.give_back_all_but(0)
        try:
            record = next(csv.reader(feed, delimiter=delimiter, escapechar="\\", strict=True), [])
        except csv.Error:
            return None
    else:
        record = _as_it_stands(feed.texts[0].rstrip("\r"), delimiter)
    return record if len(record) == (n_columns or len(record)) else None


def _as_it_stands(line: str, delimiter: str) -> list[str]:
    """The cells of a line, quotes that do not enclose one being its own; [] where one is open."""
    cells: list[str] = []
    pattern = re.compile(rf'(?:[^"{re.escape(delimiter)}\r]++|"[^"\r]*+")*+')
    at = 0
    while match := pattern.match(line, at):
        cells.append(_ENCLOSED.sub(lambda cell: cell[1].replace('""', '"'), match[0]))
        at = match.end()
        if at == len(line):
            return cells
        if line[at] != delimiter:
            break
        at += 1
    return []


def _explained(reason: str) -> str:
    return "a quote ends amidst a cell" if "expected after" in reason else reason


class _Feed:
    """Lines for csv.reader, which remembers those of the current record."""

    def __init__(self, source: Iterator[Line]) -> None:
        self._source = source
        self._again: deque[Line] = deque()
        self.begin()

    def begin(self) -> None:
        """What was taken is done, and another record begins."""
        self.taken: list[Line] = []
        self.ended = False
        self.is_mended = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._next()
        self.taken.append(line)
        return f"{line.decoded.text}\n"

    def _next(self) -> Line:
        if self._again:
            return self._again.popleft()
        try:
            return next(self._source)
        except StopIteration:
            self.ended = True
            raise

    @property
    def texts(self) -> list[str]:
        return [line.decoded.text for line in self.taken]

    @property
    def encoding(self) -> str:
        """The record's encoding, the least usual of its lines'."""
        return min({line.decoded.encoding for line in self.taken}, key=lambda e: e == "utf-8")

    def sniff(self, delimiters: str) -> str:
        """The commonest delimiter of the header, outside quotes, or as Excel's `sep=;` says."""
        for line in self._source:
            text = line.decoded.text.rstrip("\r")
            if is_separator(text):
                return text[4]
            self._again.append(line)
            if text.strip():
                return _commonest(delimiters, text)
        return delimiters[0]

    def give_back_all_but(self, n: int) -> None:
        self._again.extendleft(reversed(self.taken[n:]))
        del self.taken[n:]
        self.ended = False


def is_separator(line: str) -> bool:
    """Whether a line is Excel's `sep=;`, which says what stands between the cells."""
    return line[:4] == "sep=" and len(line) == 5


def _commonest(delimiters: str, header: str) -> str:
    """The delimiter that a header has most of, outside quotes."""
    bare = "".join(header.split('"')[::2])
    return max(delimiters, key=bare.count)


def _padded(record: list[str], n: int) -> list[str]:
    return (record + [""] * n)[:n]


def _bad(feed: _Feed, reason: str) -> errors.DocumentError:
    line = feed.taken[0].number if feed.taken else 0
    return errors.DocumentError(errors.BAD_ROW, line=line, reason=reason)
