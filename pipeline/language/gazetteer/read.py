"""Reads the user's own names: the gazetteer, and the aliases; both CSV files with a header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from pipeline.errors import BAD_ALIASES, BAD_GAZETTEER, DocumentError, Problem, UserError
from pipeline.readers.csv import is_separator
from pipeline.readers.decode import binary_kind, decode
from pipeline.readers.repair import repair
from pipeline.vocabulary import TYPES


@dataclass(frozen=True, slots=True)
class Row:
    """One name of a gazetteer: it is found wherever it stands.

    Attributes:
        name: As texts spell it.
        type: Out of `pipeline.vocabulary.TYPES`.
        canonical: The name to give it in the tables, None for the name itself.
        id: The user's identifier, None for none.
    """

    name: str
    type: str
    canonical: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a thing: where it is found, the thing is meant.

    Attributes:
        name: The base form, such as `mentions.name` has it.
        canonical: The name of the thing in the tables; None where only `type` is told, of this name
            and not of what it was joined to.
        type: Out of `pipeline.vocabulary.TYPES`, None where the texts decide.
    """

    name: str
    canonical: str | None
    type: str | None = None


# The apostrophe that keeps a spreadsheet from taking a cell for a formula.
_UNGUARD = re.compile(r"^'(?=[=+\-@])")

Entry = TypeVar("Entry", Row, Alias)


def read_gazetteer(path: str | Path) -> list[Row]:
    """The names in a gazetteer, in the order of the file, without repetitions.

    Args:
        path: A CSV file with a header, as a program or a spreadsheet writes it: commas, semicolons
            or tabs; UTF-8 or Windows-1252.

    Raises:
        UserError: The file cannot be read, or a line is wrong (`BAD_GAZETTEER`).
    """
    path = Path(path_as_text(path))
    reader = _Reader(path, BAD_GAZETTEER, ("name", "type"), ("canonical", "id"))
    rows = reader.unique(
        (line, Row(cells["name"], kind or "", cells["canonical"] or None, cells["id"] or None))
        for line, cells, kind in reader
    )
    return list(rows.values())


def path_as_text(path: str | Path) -> str:
    """A gazetteer's path, as spaCy's configuration can have it.

    Raises:
        UserError: BAD_GAZETTEER.
    """
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        reason = "its path is not UTF-8; rename it"
        raise UserError(BAD_GAZETTEER, path=path, reason=reason, types=", ".join(TYPES)) from None
    return text


def read_aliases(path: str | Path) -> list[Alias]:
    """The other names in a file of aliases, in its order, without repetitions.

    Args:
        path: As for `read_gazetteer`.

    Raises:
        UserError: The file cannot be read, or a line is wrong (`BAD_ALIASES`).
    """
    reader = _Reader(Path(path), BAD_ALIASES, ("name", "canonical"), ("type",))
    rows = reader.unique(
        (line, Alias(cells["name"], cells["canonical"] or None, kind))
        for line, cells, kind in reader
    )
    for alias in rows.values():
        further = rows.get(alias.canonical or alias.name, alias)
        if further.canonical not in {None, alias.canonical}:
            reader.fail(f"'{alias.name}' is '{alias.canonical}', which is '{further.canonical}'")
    return list(rows.values())


def _is_left_alone(values: dict[str, str]) -> bool:
    """Whether the row is one of `nb-entities review-export` that nobody corrected."""
    before = {column: values.get(f"was_{column}") for column in ("type", "canonical")}
    return any(before.values()) and all(values[column] == was for column, was in before.items())


def _only_corrected(values: dict[str, str]) -> dict[str, str]:
    """The cells without a `canonical` that nobody corrected where the type was.

    `Støre` that is `other` does not make `Jonas Gahr Støre`, to whom it was joined, another.
    """
    untouched = values["canonical"] == values.get("was_canonical") != values["name"]
    return values | {"canonical": ""} if untouched else values


class _Reader:
    """The rows of such a file: line number, cells by column, and the type where there is one."""

    def __init__(
        self, path: Path, problem: Problem, required: tuple[str, ...], optional: tuple[str, ...]
    ) -> None:
        self.path = path
        self.problem = problem
        self.required = required
        self.columns = (*required, *optional)

    def fail(self, reason: str) -> NoReturn:
        raise UserError(self.problem, path=self.path, reason=reason, types=", ".join(TYPES))

    def __iter__(self) -> Iterator[tuple[int, dict[str, str], str | None]]:
        text = re.sub(r"\r\n?", "\n", self._text())
        first, _, rest = text.partition("\n")
        delimiter = max(",;\t", key=first.count)
        if is_separator(first):
            delimiter, text = first[4], f"\n{rest}"  # lines keep their numbers
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        columns: list[str] = []
        try:
            for row in reader:
                # Mended as the texts are, else they would not be found. A cell may have lines; a
                # name has none.
                cells = [_UNGUARD.sub("", " ".join(repair(cell)[0].split())) for cell in row]
                if not any(cells):
                    continue
                if not columns:
                    columns = self._header(reader.line_num, cells)
                    continue
                line = reader.line_num
                if len(cells) > len(columns):
                    self.fail(f"line {line} has {len(cells)} cells for {len(columns)} columns")
                values = dict.fromkeys(self.columns, "") | dict(zip(columns, cells, strict=False))
                if not _is_left_alone(values):
                    yield line, _only_corrected(values), self._type(line, values)
        except csv.Error as error:
            self.fail(f"line {reader.line_num}: {error}")
        if not columns:
            self.fail("it is empty")

    def unique(self, entries: Iterator[tuple[int, Entry]]) -> dict[str, Entry]:
        """The entries by name; a name that is two things is an error."""
        found: dict[str, tuple[int, Entry]] = {}
        for line, entry in entries:
            first = found.setdefault(entry.name, (line, entry))
            if first[1] != entry:
                self.fail(f"line {line}: '{entry.name}' is something else in line {first[0]}")
        return {name: entry for name, (_, entry) in found.items()}

    def _text(self) -> str:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            self.fail("there is no such file")
        except OSError as error:
            self.fail(error.strerror or str(error))
        if (kind := binary_kind(data[:4096])) is not None:
            self.fail(f"it is {kind}; save it as CSV")
        try:
            return decode(data).text
        except DocumentError:
            self.fail("it is neither UTF-8 nor Windows-1252; save it as CSV UTF-8")

    def _header(self, line: int, cells: list[str]) -> list[str]:
        columns = [cell.lower() for cell in cells]
        missing = [column for column in self.required if column not in columns]
        if missing:
            self.fail(f"line {line} has no column {' and no column '.join(missing)}")
        return columns

    def _type(self, line: int, values: dict[str, str]) -> str | None:
        name, kind = values["name"], values["type"].lower()
        for column in self.required:
            if not values[column] and column != "type":
                self.fail(f"line {line} has no {column}")
        if not any(character.isalnum() for character in name):
            self.fail(f"line {line}: '{name}' has no letter or digit")
        if kind not in TYPES and (kind or "type" in self.required):
            self.fail(f"line {line} has type '{values['type']}'")
        return kind or None
