"""Word documents, by python-docx; the text of paragraphs and tables, in their order."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline import errors
from pipeline.readers.raw import MAX_TEXT, RawDocument
from pipeline.readers.repair import repair
from pipeline.readers.txt import MAX_TITLE, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.readers.raw import Raw, ReadOptions

_MAX_UNPACKED = 4 * MAX_TEXT  # python-docx holds every part in memory

_TITLE_STYLES = ("title", "heading 1")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _ROW, _CONTROL = f"{_W}p", f"{_W}tr", f"{_W}sdt"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What is no text of the document: settings, in which tabs are stops; what was deleted, or stands
# elsewhere now; and a text box as older programs want it, which is there in a newer form, too.
_PASSED_OVER = {f"{_W}{name}" for name in ("pPr", "rPr", "del", "moveFrom")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


@dataclass(frozen=True, slots=True)
class _Block:
    """Text that stands by itself, and its paragraph in the file if it is one."""

    text: str
    paragraph: Any = None


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The file as one document.

    The title is the first paragraph, if it is styled as one, or is short and has no full stop. The
    dates in a Word file say when it was made and saved, not published, and are not used.

    Raises:
        DocumentError: EXTRA_MISSING, BAD_FILE, TOO_LARGE.
    """
    del options  # the format says its encoding, and has no columns
    try:
        import docx
    except ImportError:
        raise errors.DocumentError(
            errors.EXTRA_MISSING, what="Reading Word files", extra="docx"
        ) from None
    data = read_bytes(stream)
    try:
        _check_size(data)
        document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document.element.body))
        titled = len(blocks) > 1 and _is_title(blocks[0].text, _style(blocks[0], document))
    except errors.DocumentError:
        raise
    except Exception as error:  # whatever the library makes of a broken file
        reason = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".")[:200]
        raise errors.DocumentError(errors.BAD_FILE, format="docx", reason=reason) from None
    title = " ".join(repair(blocks.pop(0).text)[0].split()) if titled else None
    body, repairs = repair("\n\n".join(block.text for block in blocks))
    yield RawDocument(None, title, body, None, None, tuple(sorted(repairs)))


def _check_size(data: bytes) -> None:
    """Refuses a file that unpacks to more than a document may be, pictures included."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    text = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    for size, limit in ((max(text, default=0), MAX_TEXT), (_total(parts), _MAX_UNPACKED)):
        if size > limit:
            raise errors.DocumentError(errors.TOO_LARGE, limit=limit // 2**20)


def _total(parts: list[zipfile.ZipInfo]) -> int:
    return sum(part.file_size for part in parts)


def _blocks(parent: Any) -> Iterator[_Block]:
    """Paragraphs with text; a table's row is one, each paragraph in it a line.

    They are found wherever they stand: in content controls, text boxes and tables in tables.
    """
    for element in parent:
        if element.tag == _ROW:
            if lines := [block.text for block in _blocks(element)]:
                yield _Block("\n".join(lines))
            continue
        if element.tag in _PASSED_OVER or _is_contents(element):
            continue
        if element.tag == _PARAGRAPH and (text := "".join(_pieces(element)).strip()):
            yield _Block(text, element)
        yield from _blocks(element)


def _pieces(parent: Any) -> Iterator[str]:
    """The text of a paragraph, also of what was inserted or tagged; not that of its text boxes."""
    for element in parent:
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag != _PARAGRAPH and element.tag not in _PASSED_OVER:
            yield from _pieces(element)


def _is_contents(element: Any) -> bool:
    """Whether it is a table of contents, whose lines stand again where they belong."""
    gallery = f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery[@{_W}val='Table of Contents']"
    return element.tag == _CONTROL and element.find(gallery) is not None


def _style(block: _Block, document: Any) -> str:
    """The name of a paragraph's style, empty of a row."""
    from docx.text.paragraph import Paragraph

    style = None if block.paragraph is None else Paragraph(block.paragraph, document).style
    return (style.name if style is not None else "") or ""


def _is_title(text: str, style: str) -> bool:
    short = len(text) <= MAX_TITLE and "\n" not in text
    return style.lower() in _TITLE_STYLES or (
        short and not text.endswith((".", ":", "?", "!", "»"))
    )
