"""Reads texts with annotated names: CoNLL-U with ``name=`` in MISC, and JSONL."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.evaluation.genres import genre_of
from pipeline.evaluation.norne import entity_spans
from pipeline.vocabulary import DEFAULT_TYPES, TYPE_OF_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

# What user types NorNE's labels stand for; the others stand for none.
USER_TYPES = {label: kind for label, kind in TYPE_OF_LABEL.items() if kind in DEFAULT_TYPES}
COLUMNS = 10  # of CoNLL-U
SENTENCE_ENDS = frozenset(".?!:;…»\"”)'")

_T = TypeVar("_T")


@dataclass(frozen=True, order=True)
class Span:
    """One name in a text.

    Attributes:
        start: first code point.
        end: the code point after the last.
        label: NorNE's label, or "" where only the type is known.
        type: what a user means: ``person``, ``place``, ``organisation``, another, or None
            where the label tells it (see `USER_TYPES`).
        score: the probability that the model gives a name it found, else None.
    """

    start: int
    end: int
    label: str
    type: str | None = None
    score: float | None = field(default=None, compare=False)

    @property
    def user_type(self) -> str | None:
        """The type, given or told by the label; None for a label of no user type."""
        return self.type if self.type is not None else USER_TYPES.get(self.label)


@dataclass(frozen=True)
class GoldText:
    """A text and its names.

    Attributes:
        name: its id.
        text: raw text.
        spans: its names, in order.
        units: (start, end) of the parts that a bootstrap draws: sentences, or the text.
        labelled: whether the spans carry NorNE's labels.
        genres: kind of text of each unit, "" where it is not known; may be left out.
    """

    name: str
    text: str
    spans: tuple[Span, ...]
    units: tuple[tuple[int, int], ...] = field(default=())
    labelled: bool = True
    genres: tuple[str, ...] = field(default=())


class GoldError(ValueError):
    """A gold file that cannot be read; the message names file and line."""


def read_gold(path: Path) -> list[GoldText]:
    """Read a gold file.

    Args:
        path: ``.conllu``, or ``.jsonl`` of objects ``{"doc_id", "text", "mentions": [{"start",
            "end", "type", "label"?}], "genre"?}``.

    Returns:
        Its texts.

    Raises:
        GoldError: if the file is neither, is empty, not UTF-8, or a line of it is wrong.
    """
    if path.suffix == ".conllu":
        texts = list(read_conllu(path))
    elif path.suffix == ".jsonl":
        texts = list(read_jsonl(path))
    else:
        raise GoldError(f"{path}: gold is .conllu or .jsonl")
    if not texts:
        raise GoldError(f"{path}: no text in it")
    return texts


def read_lines(path: Path) -> list[str]:
    """Read a text file, line by line.

    Args:
        path: the file, UTF-8. Only a line feed ends a line: JSON may have U+2028 in its strings.

    Raises:
        GoldError: if it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error


def read_jsonl(path: Path) -> Iterator[GoldText]:
    """Read gold with one JSON object a line.

    Args:
        path: the file, UTF-8.

    Yields:
        One text a line; the whole text is its only unit.

    Raises:
        GoldError: see `read_gold`.
    """
    return read_rows(path, _text_of)


def read_rows(path: Path, read: Callable[[dict[str, Any]], _T]) -> Iterator[_T]:
    """Read a file with one JSON object a line.

    Args:
        path: the file, UTF-8.
        read: makes something of an object, or raises what one of other fields raises.

    Raises:
        GoldError: if it did, or a line is no JSON.
    """
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            yield read(json.loads(line))
        except KeyError as error:
            raise GoldError(f"{path}:{number}: there is no {error}") from error
        except (AttributeError, TypeError, ValueError, RecursionError) as error:
            raise GoldError(f"{path}:{number}: not a gold text ({error})") from error


def _text_of(row: dict[str, Any]) -> GoldText:
    """The text of a line, or an error of one of the kinds that such a line gives."""
    text, name = row["text"], row["doc_id"]
    if not isinstance(text, str):
        raise TypeError("text is no string")
    text.encode()  # a lone surrogate is no text
    spans = tuple(
        sorted(Span(m["start"], m["end"], m.get("label") or "", m["type"]) for m in row["mentions"])
    )
    for span in spans:
        if not isinstance(span.start, int) or not isinstance(span.end, int):
            raise TypeError("start and end are no whole numbers")
        if not isinstance(span.label, str) or not isinstance(span.type, str | None):
            raise TypeError("label and type are no strings")
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError("a mention lies outside its text")
    labelled = bool(spans) and all(span.label for span in spans)
    genres = (str(row.get("genre") or ""),)
    return GoldText(str(name), text, spans, ((0, len(text)),), labelled, genres)


@dataclass(frozen=True)
class _Sentence:
    """A sentence of a treebank.

    Attributes:
        part: how many marks of a new paragraph or document stand before it.
        text: raw text.
        spans: its names as (start, end, label).
        genre: kind of text, "" where it is not known.
    """

    part: int
    text: str
    spans: tuple[tuple[int, int, str], ...]
    genre: str


def read_conllu(path: Path) -> Iterator[GoldText]:
    """Read a treebank, paragraph by paragraph, as raw text.

    Args:
        path: a CoNLL-U file with ``name=B-PER`` and the like in MISC. Sentences are joined by
            a space; one that ends without a mark is a heading (the treebank took its mark
            away) and gets a blank line after it. A comment ``# genre = news`` holds until the
            next one or ``# newdoc``.

    Yields:
        One text for each ``# newpar`` or ``# newdoc``; its sentences are the units.

    Raises:
        GoldError: if a token has no ``name=``, too few columns, or stands not in its ``# text``.
    """
    texts = groupby(_read_sentences(path), key=attrgetter("part"))
    for number, (_, sentences) in enumerate(texts):
        yield _lay_out(f"{path.stem}#{number}", sentences)


def _read_sentences(path: Path) -> Iterator[_Sentence]:
    part = 0
    text = sent_id = genre = ""
    rows: list[list[str]] = []
    for number, line in enumerate([*read_lines(path), ""], start=1):
        value = line.partition("=")[2].strip()
        if line.startswith("# text ="):
            text = value
        elif line.startswith("# sent_id ="):
            sent_id = value
        elif line.startswith("# genre ="):
            genre = value
        elif line.startswith("# newpar"):
            part += 1
        elif line.startswith("# newdoc"):
            part += 1
            genre = ""
        elif line.strip() and not line.startswith("#"):
            rows.append(line.split("\t"))
            if len(rows[-1]) != COLUMNS or not rows[-1][1]:
                raise GoldError(f"{path}:{number}: no token of {COLUMNS} columns, parted by tabs")
        elif not line.strip() and rows:
            text = text or _join(rows)
            try:
                spans = _sentence_spans(text, rows)
            except ValueError as error:
                raise GoldError(f"{path}:{number}: {error}") from error
            yield _Sentence(part, text, spans, genre or genre_of(path.name, sent_id))
            text, sent_id, rows = "", "", []


def _lay_out(name: str, sentences: Iterable[_Sentence]) -> GoldText:
    """Join sentences to a text."""
    text = ""
    spans: list[Span] = []
    units: list[tuple[int, int]] = []
    genres: list[str] = []
    for sentence in sentences:
        begin = len(text)
        spans += (Span(begin + start, begin + end, label) for start, end, label in sentence.spans)
        units.append((begin, begin + len(sentence.text)))
        genres.append(sentence.genre)
        text += sentence.text + (" " if sentence.text[-1] in SENTENCE_ENDS else "\n\n")
    return GoldText(name, text.rstrip(), tuple(spans), tuple(units), genres=tuple(genres))


def _join(rows: list[list[str]]) -> str:
    """Join tokens by SpaceAfter where a sentence has no ``# text``."""
    return "".join(
        row[1] + ("" if "SpaceAfter=No" in row[9].split("|") else " ") for row in rows
    ).strip()


def _sentence_spans(sentence: str, rows: list[list[str]]) -> tuple[tuple[int, int, str], ...]:
    """Find the names of one sentence as (start, end, label)."""
    tags: list[str] = []
    offsets: list[tuple[int, int]] = []
    at = 0
    for row in rows:
        if not row[0].isdigit():
            continue
        start = sentence.find(row[1], at)
        if start < 0 or sentence[at:start].strip():
            raise ValueError(f"token {row[1]!r} does not stand in the sentence's text")
        at = start + len(row[1])
        tag = next((part[5:] for part in row[9].split("|") if part.startswith("name=")), None)
        if tag is None:
            raise ValueError(f"token {row[1]!r} has no name= in its last column")
        tags.append(tag)
        offsets.append((start, at))
    return entity_spans(tags, offsets)
