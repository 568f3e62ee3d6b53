"""JSON: one object a line, one document an object; or all objects in an array, or one alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline import errors
from pipeline.readers.decode import Line, beginning, decode, lines
from pipeline.readers.raw import RawFailure, content_key
from pipeline.readers.rows import Columns, read_row
from pipeline.readers.txt import read_bytes

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator

    from pipeline.readers.raw import Raw, ReadOptions


# How articles begin that are no object a line: an array of objects, or an object's first line.
_OVER_LINES = re.compile(r"\s*(?:\[\s*[{\]]|\{\s*[\r\n])")


def read(stream: io.BufferedReader, options: ReadOptions) -> Iterator[Raw]:
    """As `read_lines`, or as `read_whole` what others call so, too: an array, or one object."""
    begin = beginning(stream.peek(), options.encoding)
    yield from (read_whole if _OVER_LINES.match(begin) else read_lines)(stream, options)


def read_any(stream: io.BufferedReader, options: ReadOptions) -> Iterator[Raw]:
    """As `read`, of a file that may be an array of anything."""
    begin = beginning(stream.peek(), options.encoding).lstrip()
    yield from (read_whole if begin.startswith("[") else read)(stream, options)


def read_lines(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """One document or failure for each line that is not blank.

    A column that the user named and that no row had is one more failure, at the end, of the file.

    Raises:
        DocumentError: BAD_ENCODING, in UTF-16.
    """
    yield from _read_lines(lines(stream, options.encoding), options)


def read_whole(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """As `read_lines`, of an array, whose objects count as lines, or of one object.

    It has to fit into memory.

    Raises:
        DocumentError: BAD_ENCODING, TOO_LARGE; BAD_FILE where it is neither.
    """
    decoded = decode(read_bytes(stream), options.encoding)
    try:
        value = json.loads(decoded.text)
        rows = enumerate([value] if isinstance(value, dict) else value, 1)
    except (ValueError, TypeError, RecursionError) as error:
        reason = str(error).lower()
        raise errors.DocumentError(errors.BAD_FILE, format="JSON", reason=reason) from None
    as_lines = (Line(number, replace(decoded, text=json.dumps(row))) for number, row in rows)
    yield from _read_lines(as_lines, options)


def _read_lines(rows: Iterable[Line], options: ReadOptions) -> Iterator[Raw]:
    columns = Columns(options)
    missing = {role for role, name in columns.named.items() if name is not None and role != "text"}
    keys: list[str] = []
    for line in rows:
        if not line.error and not line.decoded.text.strip():
            continue
        try:
            row = _parse(line)
        except errors.DocumentError as error:
            yield RawFailure(content_key(line.decoded.text), error.problem, str(error))
            continue
        keys = list(row)
        found = columns.find(keys)
        missing -= {role for role in missing if found[role] is not None}
        yield _read(line, row, found, columns)
    if keys and missing:
        unseen = columns.missing(min(missing), keys)
        yield RawFailure(None, unseen.problem, str(unseen))


def is_object(line: str) -> bool:
    """Whether a line is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parse(line: Line) -> dict[str, Any]:
    if line.error:
        raise line.error
    try:
        row = json.loads(line.decoded.text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise _bad(line, f"it is not JSON ({reason.lower()})") from None
    if not isinstance(row, dict):
        raise _bad(line, "it is not a JSON object")
    return row


def _read(line: Line, row: dict[str, Any], found: dict[str, str | None], columns: Columns) -> Raw:
    key = content_key(line.decoded.text)
    if found["text"] is None:
        error = columns.missing("text", row)
    elif isinstance(row[found["text"]], dict | bool):
        error = _bad(line, "its text is not a string")
    else:
        return read_row(row, found, line.decoded.encoding, line.decoded.repairs)
    return RawFailure(key, error.problem, str(error))


def _bad(line: Line, reason: str) -> errors.DocumentError:
    return errors.DocumentError(errors.BAD_ROW, line=line.number, reason=reason)
