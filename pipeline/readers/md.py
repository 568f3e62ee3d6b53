"""Markdown: the text that a reader sees, with its front matter or first heading as the title."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from pipeline.readers.dates import parse_date
from pipeline.readers.markup import visible_text
from pipeline.readers.raw import RawDocument
from pipeline.readers.rows import COMMON_NAMES
from pipeline.readers.txt import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from pipeline.readers.raw import Raw, ReadOptions

_FRONT_MATTER = re.compile(
    r"\A\s*---[ \t]*\n(?P<lines>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M
)
_FIELD = re.compile(r"^(?P<key>[\w-]+)[ \t]*:[ \t]*(?P<value>.*)$", re.M)


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The file as one document; paragraphs are separated by blank lines.

    Raises:
        DocumentError: BAD_ENCODING, TOO_LARGE.
    """
    text, encoding, repairs = read_text(stream, options)
    fields, text = split_front_matter(text)
    heading, paragraphs = _visible(text, take_heading="title" not in fields)
    published = parse_date(fields.get("date"))
    if published is None and fields.get("date"):
        repairs.add("date")
    title = " ".join((fields.get("title") or heading or "").split()) or None
    body = "\n\n".join(paragraphs)
    yield RawDocument(None, title, body, published, encoding, tuple(sorted(repairs)))


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Title and date of the YAML front matter, where there is any, and what follows it.

    Only lines of `key: value` are read; nothing nested, no YAML tags.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    given = {
        field["key"].casefold(): _unquoted(field["value"].strip())
        for field in _FIELD.finditer(match["lines"])
    }
    fields = {}
    for role in ("title", "date"):
        for name in COMMON_NAMES[role]:
            if given.get(name):
                fields[role] = given[name]
                break
    return fields, text[match.end() :]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _visible(text: str, *, take_heading: bool) -> tuple[str | None, list[str]]:
    """The first top heading, if it is wanted, and the paragraphs without it."""
    heading: str | None = None
    paragraphs: list[str] = []
    row: list[str] | None = None  # cells of the table row being read, one a line
    last = ""
    for token in _parser().parse(text):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            paragraphs.append("\n".join(row or []))
            row = None
        elif token.type == "inline":
            content, captions = _inline(token.children or [])
            if row is not None:
                row.append(content)
            elif take_heading and heading is None and last == "h1":
                heading = content
            else:
                paragraphs.append(content)
            paragraphs.extend(captions)
        elif token.type in ("fence", "code_block"):
            paragraphs.append(token.content)
        elif token.type == "html_block":
            paragraphs.extend(visible_text(token.content).split("\n\n"))
        last = token.tag
    return heading, [kept for paragraph in paragraphs if (kept := paragraph.strip())]


def _inline(tokens: Iterable[Token]) -> tuple[str, list[str]]:
    """Visible text of a run, and the texts that stand for its images."""
    parts: list[str] = []
    captions: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or re.match(r"<br\b", token.content):
            parts.append("\n")
        elif token.type == "image":
            captions.append(_inline(token.children or [])[0])
    lines = ("".join(parts)).split("\n")
    return "\n".join(line.strip() for line in lines), captions
