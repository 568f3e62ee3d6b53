"""What is no text in a text: pictures as letters (base64), addresses of a hundred characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter

from spacy.tokens import Doc, Span

from pipeline.language import extensions

# No word or list of words is that long without a blank or a comma.
_LONG = 100
_BLOB = re.compile(rf"(?:data:[\w/+.-]+;base64,)?[\w+/=%&?#:.~@-]{{{_LONG},}}")


def drop_blobs(doc: Doc) -> None:
    """Drops the names that a model sees there."""
    text = extensions.text(doc)
    if all(len(run) < _LONG for run in text.split()):
        return  # most texts; this takes a tenth of the time of the search
    if runs := [match.span() for match in _BLOB.finditer(text)]:
        doc.ents = tuple(ent for ent in doc.ents if not _is_in(ent, runs))


def _is_in(ent: Span, runs: list[tuple[int, int]]) -> bool:
    """Whether a name has characters of one of the runs, which are in order."""
    last = bisect_left(runs, ent.end_char, key=itemgetter(0)) - 1
    return last >= 0 and runs[last][1] > ent.start_char
