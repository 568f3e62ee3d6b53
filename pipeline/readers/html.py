"""HTML: the article on a page, without menus and advertisements, by trafilatura."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline import errors
from pipeline.readers.dates import parse_date
from pipeline.readers.decode import decode
from pipeline.readers.markup import visible_text
from pipeline.readers.raw import RawDocument
from pipeline.readers.repair import repair
from pipeline.readers.txt import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pipeline.readers.decode import Decoded
    from pipeline.readers.raw import Raw, ReadOptions

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")  # names an encoding that no longer holds
# Where pages say when they were published, with the time of day, which trafilatura drops; the last
# is in scripts that describe the page.
_META = " or ".join(
    f"@{attribute}='{name}'"
    for attribute, name in (
        ("property", "article:published_time"),
        ("property", "og:article:published_time"),
        ("name", "article:published_time"),
        ("itemprop", "datePublished"),
    )
)
_PUBLISHED = f"//meta[{_META}]/@content"
_DESCRIBED = re.compile(r"[\"']datePublished[\"']\s*:\s*[\"']([^\"']+)")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Raw]:
    """The page as one document, with the title and date that its metadata give.

    Raises:
        DocumentError: EXTRA_MISSING, BAD_ENCODING, TOO_LARGE.
    """
    try:
        from trafilatura import bare_extraction, html2txt
        from trafilatura.settings import use_config
    except ImportError:
        raise errors.DocumentError(
            errors.EXTRA_MISSING, what="Reading HTML", extra="html"
        ) from None
    decoded = _decode(read_bytes(stream), options)
    # Repaired before it is parsed: lxml ends a page at its first NUL.
    page, repairs = repair(_XML_DECLARATION.sub("", decoded.text))
    title, body, date = None, "", None
    if visible_text(page):
        settings = use_config()
        # It takes a short page for one whose article it missed, and runs its paragraphs together.
        settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "20")
        settings.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
        found: Any = bare_extraction(
            page,
            config=settings,
            include_comments=False,
            with_metadata=True,
            # The date that the page gives for itself; no search for anything like a date in it.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        if found:
            title, body, date = found.title, found.text or "", found.date
        body = body or html2txt(page) or visible_text(page)
    tree = _parse(page)
    body, more = repair("\n".join([body, *_captions(tree, body)]))
    title, _ = repair(title or "")
    yield RawDocument(
        None,
        " ".join(title.split()) or None,
        "\n\n".join(line.strip() for line in body.split("\n") if line.strip()),
        _published(tree) or parse_date(date),
        decoded.encoding,
        tuple(sorted({*decoded.repairs, *repairs, *more})),
    )


def _parse(page: str) -> Any:
    """The page as a tree, None where there is none in it."""
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    try:
        return document_fromstring(page)
    except (LxmlError, ValueError):  # a page of nothing but comments, say
        return None


def _captions(tree: Any, body: str) -> Iterator[str]:
    """The captions of pictures, which trafilatura drops, and with them who took the picture."""
    captions = () if tree is None else tree.iterfind(".//figcaption")
    texts = dict.fromkeys(" ".join(caption.text_content().split()) for caption in captions)
    yield from (text for text in texts if text and text not in body)


def _published(tree: Any) -> datetime | None:
    """What the page says, the first that can be understood."""
    if tree is None:
        return None
    scripts = (script.text or "" for script in tree.iterfind(".//script"))
    described = (found for script in scripts for found in _DESCRIBED.findall(script))
    dates = (parse_date(str(said)) for said in chain(tree.xpath(_PUBLISHED), described))
    return next(filter(None, dates), None)


def _decode(data: bytes, options: ReadOptions) -> Decoded:
    """As any file, but that the page may declare its encoding itself."""
    match = _CHARSET.search(data[:4096])
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if options.encoding or marked or not match:
        return decode(data, options.encoding)
    name = match[1].decode("ascii").lower()
    # HTML's own rule: Latin-1 and ASCII on a page mean Windows-1252.
    name = "cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else name
    try:
        if match[0].decode(name, "replace") != match[0].decode("ascii", "replace"):
            # As HTML has it: in UTF-16 nobody could have read that it is, so it is UTF-8.
            return decode(data)
        return decode(data, name)
    except (errors.DocumentError, LookupError):
        return decode(data)  # many pages say UTF-8 and are not
