"""Tokenizes a text of any length and content into a `Doc`, in linear time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.language.tokens.mend import Offsets, mend
from pipeline.language.windows import windows

# spaCy takes time quadratic in the length of a run without white space, such as a line of 10,000
# exclamation marks. No word is this long, so such a run is cut in pieces.
_LONGEST_WORD = 400
_PIECE = 100
_RUN = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_WINDOW = 200_000


def _pieces(text: str) -> Iterator[Offsets]:
    for start, end in windows(text, _WINDOW):
        at = start
        for run in _RUN.finditer(text, start, end):
            if run.start() > at:
                yield at, run.start()
            for piece in range(run.start(), run.end(), _PIECE):
                yield piece, min(piece + _PIECE, run.end())
            at = run.end()
        if at < end:
            yield at, end


def offsets(doc: Doc) -> list[Offsets]:
    """Start and end of each token of a document."""
    lengths, spaces = doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).T
    ends = np.cumsum(lengths + spaces) - spaces
    return list(zip((ends - lengths).tolist(), ends.tolist(), strict=True))


def build(vocab: Vocab, text: str, spans: list[Offsets]) -> Doc:
    """A document of these tokens.

    Args:
        vocab: The vocabulary it shares.
        text: The text.
        spans: Start and end of each token; between two there is nothing or one blank.
    """
    words = [text[start:end] for start, end in spans]
    spaces = [text[end : end + 1] == " " for _, end in spans]
    for index, (_, end) in enumerate(spans[:-1]):
        # A blank that is a token of its own is not also the space of the token before it.
        if spans[index + 1][0] == end:
            spaces[index] = False
    return Doc(vocab, words=words, spaces=spaces)


def tokenize(tokenizer: Callable[[str], Doc], text: str) -> Doc:
    """Applies a spaCy tokenizer piece by piece, so that no text is too long for it.

    Args:
        tokenizer: A spaCy tokenizer, such as `nlp.tokenizer`.
        text: Any text.
    """
    pieces = list(_pieces(text))
    if len(pieces) <= 1:
        return tokenizer(text)
    spans: list[Offsets] = []
    vocab: Vocab | None = None
    for start, end in pieces:
        doc = tokenizer(text[start:end])
        vocab = doc.vocab
        spans.extend((start + first, start + last) for first, last in offsets(doc))
    assert vocab is not None  # noqa: S101 - there were pieces
    return build(vocab, text, _drop_space(text, spans))


def _drop_space(text: str, spans: list[Offsets]) -> list[Offsets]:
    # A piece that starts with a blank (none does after a window's end, but a run may be followed
    # by one) has it as a token, where the whole text would have it as the space of a token.
    return [
        (start, end)
        for index, (start, end) in enumerate(spans)
        if not (text[start:end] == " " and index and not text[start - 1].isspace())
    ]


def make_tokenizer(vocab: Vocab) -> Callable[[str], Doc]:
    """A function from any text to a document with mended tokens, without any pipeline.

    Args:
        vocab: The vocabulary that the documents share.
    """
    from spacy.lang.nb import Norwegian

    inner = Norwegian(vocab=vocab).tokenizer

    def make(text: str) -> Doc:
        doc = tokenize(inner, text)
        return build(vocab, text, mend(text, offsets(doc)))

    return make
