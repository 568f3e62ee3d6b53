"""Word documents, by python-docx; the text of paragraphs and tables, in their order."""

from __future__ import annotations

import io
import zipfile
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
        blocks = list(_blocks(docx.Document(io.BytesIO(data))))
    except errors.DocumentError:
        raise
    except Exception as error:  # whatever the library makes of a broken file
        reason = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".")[:200]
        raise errors.DocumentError(errors.BAD_FILE, format="docx", reason=reason) from None
    title = None
    if len(blocks) > 1 and _is_title(*blocks[0]):
        title = " ".join(repair(blocks.pop(0)[0])[0].split())
    body, repairs = repair("\n\n".join(text for text, _ in blocks))
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


def _blocks(container: Any) -> Iterator[tuple[str, str]]:
    """Text and style name of each paragraph with text; a table's row is one, each cell a line."""
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # merged ones repeat
                text, style = "\n".join(cell for cell in cells if cell), ""
                if text:
                    yield text, style
        elif item.text.strip():
            yield item.text.strip(), (item.style.name if item.style is not None else "") or ""


def _is_title(text: str, style: str) -> bool:
    short = len(text) <= MAX_TITLE and "\n" not in text
    return style.lower() in _TITLE_STYLES or (
        short and not text.endswith((".", ":", "?", "!", "»"))
    )
