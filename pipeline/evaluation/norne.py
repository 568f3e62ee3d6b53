"""What is special about NorNE's files: tokens without text, and which are for training."""

from __future__ import annotations

import re

# The first development file of each source; files that sort before it are for training
# (the split of Universal Dependencies, github.com/UniversalDependencies/UD_Norwegian-Bokmaal).
FIRST_DEVELOPMENT_FILE = {
    "ap": "ap012_0003",
    "bt": "bt005_0002",
    "db": "db013_0005",
    "kk": "kk006_0000",
    "sp-bm": "sp-bm002_0000",
    "vg": "vg002_0004",
    "blogg-bm": "blogg-bm003_0001",
    "nou": "nou004_0001",
    "st": "st005_0001",
}
HEADING_MARK = "|"
_NO_SPACE_BEFORE = frozenset([".", ",", ":", ";", "?", "!", ")", "]", "»", "”", "...", "'»"])
_NO_SPACE_AFTER = frozenset(["(", "[", "«", "“", "©"])
_CLOSING = frozenset(["»", "”", '"', "'", ")"])
_TAIL = re.compile(r"-\w")  # the second half of a compound: «Guitar Hero» -spillet
_PAIRED = frozenset(['"', "'"])


def detokenise(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Join treebank tokens to raw text.

    Args:
        words: the tokens of one sentence, without heading marks.

    Returns:
        The text, and the (start, end) of every token in it, in code points.
    """
    text = ""
    offsets = []
    open_pairs: set[str] = set()
    glue = True
    for i, word in enumerate(words):
        closes = word in _PAIRED and word in open_pairs
        slash = word == "/" and 0 < i < len(words) - 1
        tail = _TAIL.match(word) is not None and words[i - 1] in _CLOSING
        if not (glue or closes or slash or tail or word in _NO_SPACE_BEFORE):
            text += " "
        offsets.append((len(text), len(text) + len(word)))
        text += word
        glue = slash or word in _NO_SPACE_AFTER
        if word in _PAIRED:
            open_pairs ^= {word}
            glue = not closes
    return text, offsets


def entity_spans(
    tags: list[str], offsets: list[tuple[int, int]]
) -> tuple[tuple[int, int, str], ...]:
    """Turn IOB tags to character spans.

    Args:
        tags: ``O``, ``B-PER``, ``I-PER``, …, one a token.
        offsets: (start, end) of every token.

    Returns:
        (start, end, label) of every name. An ``I-`` after another label begins a name.
    """
    spans: list[tuple[int, int, str]] = []
    last = ""
    for tag, (start, end) in zip(tags, offsets, strict=True):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and label == last and spans:
            spans[-1] = (spans[-1][0], end, label)
        elif label:
            spans.append((start, end, label))
        last = label
    return tuple(spans)


def is_training_file(stem: str) -> bool:
    """Whether a file of ``ndt/nob`` is in the training split.

    Args:
        stem: such as ``"ap012_0002"``.

    Returns:
        True if it sorts before its source's first development file.
    """
    source = re.split(r"\d", stem, maxsplit=1)[0]
    return stem < FIRST_DEVELOPMENT_FILE[source]
