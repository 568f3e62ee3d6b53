"""Where a name begins and ends, as pure functions over its tokens.

Each rule takes the words of a name and its label and returns which of them stay, as start and
end; an empty range drops the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence

from pipeline.language.boundaries.data import (
    BEGINS_NAMES,
    EDGE_MARKS,
    FUNCTION_WORDS,
    LEADING_WORDS,
    ROLES,
    SHOUTING_LABELS,
    SHOUTS,
    TITLES,
)

_ADDRESS = re.compile(r"[^\W\d_][\w-]*(\.[\w-]+)+")

Range = tuple[int, int]
Rule = Callable[[Sequence[str], str], Range]


def cut_at_line(words: Sequence[str], label: str) -> Range:
    """A name does not go over a line break: the part before it stays."""
    first = next((i for i, word in enumerate(words) if not word.isspace()), len(words))
    end = next((i for i in range(first, len(words)) if "\n" in words[i]), len(words))
    return first, end


def _balanced(words: Sequence[str]) -> bool:
    """Whether the last mark closes one inside the name: `Den islamske staten (IS)`."""
    pairs = {")": "(", "»": "«", "]": "["}
    return words[-1] in pairs and pairs[words[-1]] in words[1:-1]


def _closed_inside(words: Sequence[str]) -> bool:
    """Whether the first mark is closed inside the name: `«Guitar Hero»-spill`."""
    pairs = {"(": ")", "«": "»", "[": "]"}
    return words[0] in pairs and pairs[words[0]] in words[1:-1]


def cut_marks(words: Sequence[str], label: str) -> Range:
    """Quotation marks and punctuation at the edges are not part of a name."""
    marks = EDGE_MARKS if label in SHOUTING_LABELS else EDGE_MARKS | SHOUTS
    start, end = 0, len(words)
    while start < end and (words[start] in marks or words[start].isspace()):
        if _closed_inside(words[start:end]):
            break
        start += 1
    while start < end and (words[end - 1] in marks or words[end - 1].isspace()):
        if _balanced(words[start:end]):
            break
        end -= 1
    return start, end


def cut_leading_numbers(words: Sequence[str], label: str) -> Range:
    """`2-0 Mats Zuccarello` is Mats Zuccarello: people have no numbers before them."""
    start = 0
    while label == "PER" and start < len(words) - 1 and not any(map(str.isalpha, words[start])):
        start += 1
    return start, len(words)


def cut_leading_words(words: Sequence[str], label: str) -> Range:
    """`president Putin` is Putin, `i Oslo` is Oslo."""
    start = 0
    while start < len(words) - 1:
        word = words[start]
        lower = word.lower()
        function = word.islower() and (lower in LEADING_WORDS or lower in TITLES)
        person = label == "PER" and word.islower() and lower not in BEGINS_NAMES
        # A title opens the sentence: "President Vladimir Putin".
        title = label == "PER" and (lower in TITLES or lower in ROLES)
        if word.islower() and lower in BEGINS_NAMES and words[start + 1][:1].isupper():
            break
        if not (function or person or title) or any(c.isdigit() for c in words[start + 1]):
            break
        start += 1
    return start, len(words)


def cut_trailing_words(words: Sequence[str], label: str) -> Range:
    """`Erna Solberg sier` is Erna Solberg."""
    end = len(words)
    while end > 1 and words[end - 1] in FUNCTION_WORDS and label != "PROD":
        end -= 1
    return 0, end


def drop_nameless(words: Sequence[str], label: str) -> Range:
    """A name has a letter, and a capital or a digit or is an address; products may be small."""
    text = "".join(words)
    capital = any(character.isupper() or character.isdigit() for character in text)
    named = capital or label in {"PROD", "DRV"} or _ADDRESS.fullmatch(text)
    return (0, len(words)) if named and any(map(str.isalpha, text)) else (0, 0)


def drop_role(words: Sequence[str], label: str) -> Range:
    """`Keeperen`, at the beginning of a sentence, is a role, and no name.

    In NorNE's files one such is a person, and 107 are no name.
    """
    if label != "PER" or len(words) != 1 or words[0].lower() not in ROLES:
        return 0, len(words)
    return 0, 0


RULES: tuple[Rule, ...] = (
    cut_at_line,
    cut_marks,
    cut_leading_numbers,
    cut_leading_words,
    cut_trailing_words,
    cut_marks,
    drop_nameless,
    drop_role,
)


def trim(words: Sequence[str], label: str) -> Range:
    """Start and end of what remains of a name after all rules; equal where nothing does.

    Args:
        words: Its tokens.
        label: What the model calls it.
    """
    start, end = 0, len(words)
    for rule in RULES:
        first, last = rule(words[start:end], label)
        start, end = start + first, start + last
        if start >= end:
            return start, start
    return start, end


def owner(words: Sequence[str], label: str, places: Container[str]) -> int:
    """Number of words that are an owner glued to a person: 1 in `Tyrkias Recep Tayyip Erdogan`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        places: Names that may own, without the -s.
    """
    if label != "PER" or len(words) < 3 or not words[0].endswith("s"):
        return 0
    owned = all(word[:1].isupper() for word in words[1:3])
    return 1 if owned and words[0][:-1] in places else 0
