"""Rows of tables to documents: which column is which, and what each value means."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pipeline import errors
from pipeline.readers.dates import parse_date
from pipeline.readers.markup import strip_markup
from pipeline.readers.raw import MAX_TEXT, RawDocument, RawFailure, content_key
from pipeline.readers.repair import repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.readers.raw import Raw, ReadOptions

# What columns are called where nobody says; the first that a table has is taken, in any case.
COMMON_NAMES = {
    "text": ("text", "body", "content", "tekst", "brødtekst", "brodtekst", "innhold"),
    "id": ("id", "doc_id", "guid", "url"),
    "title": ("title", "headline", "tittel", "overskrift"),
    "date": ("date", "published", "dato", "publisert", "timestamp"),
}

_LISTED = 20  # columns named in a message; a headerless file has sentences for columns


class Columns:
    """Finds the text, id, title and date among the columns of a table.

    Args:
        options: The columns that the user named; the others are found by common names.
    """

    def __init__(self, options: ReadOptions) -> None:
        self.named: dict[str, str | None] = {
            "text": options.text_column,
            "id": options.id_column,
            "title": options.title_column,
            "date": options.date_column,
        }

    def find(self, columns: Iterable[str]) -> dict[str, str | None]:
        """Role to column, None where the table has no such column."""
        columns = list(columns)
        by_name = {column.strip().casefold(): column for column in reversed(columns)}
        return {
            role: self._named(role, columns)
            if self.named[role] is not None
            else next((by_name[name] for name in names if name in by_name), None)
            for role, names in COMMON_NAMES.items()
        }

    def require(self, columns: Iterable[str]) -> dict[str, str | None]:
        """As `find`, for a table whose columns are known beforehand.

        Raises:
            DocumentError: NO_COLUMN for one that the user named, NO_TEXT_COLUMN.
        """
        columns = list(columns)
        found = self.find(columns)
        for role, name in self.named.items():
            if name is not None and found[role] is None:
                raise self.missing(role, columns)
        if found["text"] is None:
            raise self.missing("text", columns)
        return found

    def missing(self, role: str, columns: Iterable[str]) -> errors.DocumentError:
        """The error that says which column is not there and which ones are."""
        listed = list_columns(columns)
        name = self.named[role]
        if name is None:
            return errors.DocumentError(errors.NO_TEXT_COLUMN, columns=listed)
        return errors.DocumentError(errors.NO_COLUMN, column=name, columns=listed, option=role)

    def _named(self, role: str, columns: list[str]) -> str | None:
        name = self.named[role]
        if name in columns:
            return name
        return next((c for c in columns if name and c.strip() == name.strip()), None)


def list_columns(columns: Iterable[str]) -> str:
    """Column names for a message: one line, the first twenty, long ones cut."""
    names = [" ".join(repair(name)[0].split()) for name in columns]
    short = [name if len(name) <= 40 else f"{name[:39]}…" for name in names[:_LISTED]]
    more = [f"and {len(names) - _LISTED} more"] if len(names) > _LISTED else []
    return ", ".join(short + more) or "(none)"


def read_row(
    row: Mapping[str, Any],
    found: Mapping[str, str | None],
    encoding: str | None = None,
    repairs: Iterable[str] = (),
) -> Raw:
    """One row as a document, or as a failure where it has no text.

    Args:
        row: Column to value.
        found: Role to column, from `Columns`; "text" is there.
        encoding: What the row was decoded with.
        repairs: What was repaired in decoding it.
    """
    values = {role: row.get(column) if column else None for role, column in found.items()}
    done = set(repairs)
    text, title = (_repaired(values[role], done) for role in ("text", "title"))
    key = as_id(values["id"])
    if text is None or not text.strip():
        key = key or content_key(*(f"{name}\x1e{value}" for name, value in row.items()))
        problem = errors.NO_TEXT
        return RawFailure(key, problem, problem.describe(column=list_columns([str(found["text"])])))
    if len(text) > MAX_TEXT:
        error = errors.DocumentError(errors.TOO_LARGE, limit=MAX_TEXT // 2**20)
        return RawFailure(key or content_key(text), error.problem, str(error))
    date = _unwrapped(values["date"])
    published = parse_date(date)
    if published is None and _says(date):
        done.add("date")
    return RawDocument(
        key, " ".join((title or "").split()) or None, text, published, encoding, tuple(sorted(done))
    )


def as_id(value: Any) -> str:
    """A row's id as text, "" where it has none.

    Args:
        value: Text or a number, also as databases export them: a decimal, a UUID, a date, or an
            object with the id alone in it (`{"$oid": "5f1c"}`, as MongoDB writes it).
    """
    value = _unwrapped(value)
    if isinstance(value, Decimal | UUID | date):  # a datetime is a date
        value = str(value)
    if isinstance(value, float):
        # pandas makes whole numbers with gaps into floats: 7.0 is 7.
        value = None if math.isnan(value) else int(value) if value.is_integer() else value
    return repair(str(value).strip())[0] if isinstance(value, str | int | float) else ""


def _unwrapped(value: Any) -> Any:
    """What stands alone in an object, as in `{"$date": "2020-03-05T12:00:00Z"}` of MongoDB."""
    while isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    return value


def _repaired(value: Any, done: set[str]) -> str | None:
    text = _as_text(value)
    if text is None:
        return None
    text, repairs = repair(text)
    done |= repairs
    plain = strip_markup(text)
    if plain == text:
        return text
    done.add("markup")
    return repair(plain)[0]  # what references stand for may want it: &shy;


def _as_text(value: Any) -> str | None:
    """A cell as text: a list of strings, or nothings, is one of paragraphs; an object is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str | None) for part in value):
        return "\n\n".join(filter(None, value))
    if isinstance(value, int | float) and not (isinstance(value, float) and math.isnan(value)):
        return str(value)
    return None


def _says(value: Any) -> bool:
    """Whether a date cell holds anything at all."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    return bool(str(value).strip())
