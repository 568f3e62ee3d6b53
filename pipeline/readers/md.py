"""Markdown: the text that a reader sees, with its front matter or first heading as the title."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.readers.dates import parse_date
from pipeline.readers.markup import visible_text
from pipeline.readers.raw import RawDocument
from pipeline.readers.repair import repair
from pipeline.readers.rows import COMMON_NAMES
from pipeline.readers.txt import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from pipeline.readers.raw import Raw, ReadOptions

_YAML = re.compile(r"\A\s*---[ \t]*\n(?P<matter>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\n(?P<matter>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_MAX_TOML = 2**14  # characters; Python's reader of it takes time quadratic in a key

_FIELD = re.compile(r"(?P<key>[\w-]+)[ \t]*:[ \t]*(?P<value>.*)")
_BLOCK = re.compile(r"[|>][-+\d]*")  # its value is the lines that follow: `title: >-`
_QUOTED = re.compile(r"""(?s)"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'""")
_ESCAPE = re.compile(r"(?s)\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.M)


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
    # What references stand for may want it: &shy;
    title, more = repair(str(fields.get("title") or heading or ""))
    body, done = repair("\n\n".join(paragraphs))
    repairs |= more | done
    title = " ".join(title.split())
    yield RawDocument(None, title or None, body, published, encoding, tuple(sorted(repairs)))


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Title and date of the front matter, YAML or TOML, where there is any, and what follows it."""
    for pattern, read_fields in ((_YAML, _yaml_fields), (_TOML, _toml_fields)):
        if match := pattern.match(text):
            given = read_fields(match["matter"])
            fields = {}
            for role in ("title", "date"):
                if name := next((name for name in COMMON_NAMES[role] if given.get(name)), None):
                    fields[role] = given[name]
            return fields, text[match.end() :]
    return {}, text


def _toml_fields(matter: str) -> dict[str, Any]:
    import tomllib

    try:
        fields = tomllib.loads(matter) if len(matter) <= _MAX_TOML else {}
    except (ValueError, RecursionError):
        return {}
    plain = (str, int, float, date)  # a datetime is a date
    return {key.casefold(): value for key, value in fields.items() if isinstance(value, plain)}


def _yaml_fields(matter: str) -> dict[str, str]:
    """Fields of text at the margin; nothing nested, no YAML tags, and no failure.

    Much that is written so is no YAML: `title: Erna: i Bergen`.
    """
    lines: dict[str, list[str]] = {}
    field: list[str] = []
    for line in matter.split("\n"):
        if match := _FIELD.fullmatch(line):
            field = lines[match["key"].casefold()] = [match["value"].strip()]
        elif not line or line[0] in " \t":
            field.append(line)
        else:
            field = []
    return {key: _value(first, "\n".join(more)) for key, (first, *more) in lines.items()}


def _value(first: str, more: str) -> str:
    """A field's text, its marks and comments gone.

    Args:
        first: What stands on the line of the key.
        more: The lines that follow and are indented.
    """
    bare = _COMMENT.sub("", first).strip()
    if _BLOCK.fullmatch(bare):
        return more.strip()
    if not bare:  # nothing, or what is nested
        return ""
    whole = f"{first}\n{more}"
    quoted = _QUOTED.match(whole)
    if quoted and not _COMMENT.sub("", whole[quoted.end() :]).strip():  # `"Ja" og "nei"` is plain
        if quoted[1] is not None:
            return _ESCAPE.sub(_unescaped, quoted[1])
        return quoted[2].replace("''", "'")
    return _COMMENT.sub("", whole).strip()


def _unescaped(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        return chr(int(code, 16))
    return " " if escape[3] in "nrt" else escape[3]


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
