"""HTML in text: what a browser would show of it."""

from __future__ import annotations

import html
import re

# What is never closed goes to the end, and a tag ends before the next: no text takes long.
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"<(/?[a-z!?][a-z0-9]*)[^<>]*>", re.I)
_BLOCKS = (
    "p div h1 h2 h3 h4 h5 h6 ul ol blockquote figure figcaption table section article aside header"
    " footer hr pre iframe"
).split()
_LINES = "br li tr td th".split()
_INLINE = "a b i u s q em strong span small sub sup font img cite mark code".split()
_SPACES = dict.fromkeys([*_BLOCKS, *(f"/{block}" for block in _BLOCKS)], "\n\n")
_SPACES |= dict.fromkeys(_LINES, "\n")
# Signs that a text is HTML: a tag that articles have, no `<3` and no `<navn@avis.no>`.
_SIGN = re.compile(rf"</?(?:{'|'.join([*_BLOCKS, *_LINES, *_INLINE])})(?:\s[^<>]*)?/?>", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_GAP = re.compile(r"\n{3,}")


def visible_text(page: str) -> str:
    """The text of a piece of HTML, a blank line where a block begins or ends.

    Its own line breaks stand: what is pasted into an editor often has them for paragraphs.
    """
    seen = _TAG.sub(lambda tag: _SPACES.get(tag[1].lower(), ""), _UNSEEN.sub("", page))
    lines = (line.strip() for line in _decode(seen).split("\n"))
    return _GAP.sub("\n\n", "\n".join(lines)).strip()


def strip_markup(text: str) -> str:
    """A text without HTML where it has any, as what is exported from a newsroom's system has.

    `<p>Erna Solberg</p>`, `Equinor &amp; Aker`, and `&lt;p&gt;Erna Solberg&lt;/p&gt;`, as feeds
    have it.
    """
    if "&" in text and not _SIGN.search(text):
        text = _decode(text)
    return visible_text(text) if "<" in text and _SIGN.search(text) else text


def _decode(text: str) -> str:
    """With what references stand for; only whole ones count, `R&D` has none."""
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), text)
