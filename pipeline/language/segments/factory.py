"""The spaCy component `nb_segmenter`."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import extensions
from pipeline.language.segments.paragraphs import paragraphs
from pipeline.language.segments.sentences import sentence_starts
from pipeline.language.segments.zones import Sentence, zones_of
from pipeline.language.tokens.tokenizer import offsets

extensions.register()

_YES, _NO = 1, -1
_OPENING = frozenset({"«", "“", "„"})
_CLOSING = frozenset({"»", "”"})


class Segmenter:
    """Sets `token.is_sent_start`, `doc._.paragraphs` and `doc._.zones`.

    Args:
        longest: Most tokens in a sentence.
    """

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, doc: Doc) -> Doc:
        """Segments a document; `doc._.title_end` is read."""
        extensions.forget(doc)
        words, offset = extensions.words(doc), [start for start, _ in offsets(doc)]
        title_end = int(doc._.title_end)
        starts = [start for start, _ in paragraphs(extensions.text(doc), max(title_end, 0))]
        visible = [index for index, word in enumerate(words) if not word.isspace()]
        words, offset = [words[index] for index in visible], [offset[index] for index in visible]
        # Paragraph starts are offsets of lines, a token's paragraph the last one begun before it.
        paragraph = np.maximum(np.searchsorted(starts, offset, side="right") - 1, 0)
        opens = frozenset((np.flatnonzero(np.diff(paragraph)) + 1).tolist())
        begins = sentence_starts(words, opens, self.longest)
        flags = np.full(len(doc), _NO, dtype=np.int64)
        first_of = [index for index, begin in enumerate(begins) if begin]
        # White space before the first word goes with it, elsewhere with what is before.
        flags[[visible[index] for index in first_of[1:]]] = _YES
        flags[:1] = _YES
        # Not `token.is_sent_start = ...`, which looks through the whole document each time.
        doc.from_array(["SENT_START"], flags.astype(np.uint64))  # type: ignore[arg-type]
        sentences = _sentences(words, first_of, paragraph.tolist(), offset)
        if not sentences and len(doc):
            doc._.zones, doc._.paragraphs = ["body"], [0]
        else:
            doc._.zones = zones_of(sentences, title_end)
            doc._.paragraphs = [sentence.paragraph for sentence in sentences]
        return doc


def _quoted_part(words: list[str]) -> float:
    """Part of the words of a sentence inside quotation marks, 0 to 1."""
    inside = outside = 0
    quoting = False
    for word in words:
        quoting = (quoting or word in _OPENING) and word not in _CLOSING
        if word[0].isalnum():
            inside, outside = inside + quoting, outside + (not quoting)
    return inside / max(inside + outside, 1)


def _sentences(
    words: list[str], first_of: list[int], paragraph: list[int], offsets: list[int]
) -> list[Sentence]:
    found = []
    ends = [*first_of[1:], len(words)]
    for first, end in zip(first_of, ends, strict=False):
        group = words[first:end]
        quoted = _quoted_part(group)
        found.append(Sentence(tuple(group), offsets[first], paragraph[first], quoted))
    return found


@Language.factory(
    "nb_segmenter",
    assigns=["token.is_sent_start", "doc._.zones", "doc._.paragraphs"],
    default_config={"longest": 400},
)
def create(nlp: Language, name: str, longest: int) -> Segmenter:
    """Finds paragraphs, sentences and zones.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        longest: Most tokens in a sentence.
    """
    return Segmenter(longest)
