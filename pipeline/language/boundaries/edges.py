"""Where a name begins and ends, as pure functions over its tokens.

Each rule takes the words of a name and its label and returns which of them stay, as start and
end; an empty range drops the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.language.boundaries.data import (
    BEGINS_NAMES,
    BODIES,
    BUILDINGS,
    CAUSES,
    COUNCILS,
    CRAFT,
    EDGE_MARKS,
    FACILITIES,
    FUNCTION_WORDS,
    GREETINGS,
    KIN,
    LEADING_WORDS,
    LETTERS,
    OFFICES,
    OPENINGS,
    PEOPLES,
    PRIZES,
    PRONOUNS,
    ROLES,
    SCHOOLS,
    SHORT_TITLES,
    SHOUTING_LABELS,
    SHOUTS,
    UNITS,
    WATERS,
    WHOSE,
)
from pipeline.language.known import ORGANISATIONS, PUBLIC
from pipeline.language.lexicon import TITLES
from pipeline.vocabulary import PLACE_LABELS

_LINK = re.compile(r"@|.#[^\W\d]|://|\w\.\w+/")  # a car is called `Smart #1`

_WORKS = frozenset({"PROD", "EVT"})  # ... and events: `NM-uka`
_FORMER = re.compile(r"(?:[Ee]ks|[Ee]x)-[a-zæøå]+")

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
    return start, next(_unopened(words, start, end), end)


def _unopened(words: Sequence[str], start: int, end: int) -> Iterator[int]:
    """Where brackets are closed in a name that are opened before it: `Norge ) AS`."""
    return (at for at in range(start, end) if words[at] == ")" and "(" not in words[start:at])


def cut_leading_words(words: Sequence[str], label: str) -> Range:
    """`president Putin` is Putin, `i Oslo` is Oslo; but Kaptein Sabeltann is known so."""
    if " ".join(words) in PUBLIC:
        return 0, len(words)
    spelt = not "".join(words).islower()  # with capitals
    start = 0
    while start < len(words) - 1 and _goes_before(words[start:], label, spelt=spelt):
        start += 1
    return start, len(words)


def _goes_before(words: Sequence[str], label: str, *, spelt: bool) -> bool:
    """Whether the first of several words is no part of the name."""
    word, following = words[0], words[1]
    lower, small, named = word.lower(), word.islower(), following[:1].isupper()
    if any(map(str.isdigit, following)) or (small and word in BEGINS_NAMES and named):
        return False
    opens = (word in OPENINGS and named) or _tells(words, named=named)
    if opens or (small and (word in LEADING_WORDS or word in TITLES)):
        return True
    if label != "PER":
        return False
    # A title opens the sentence, "President Vladimir Putin", or a greeting the letter.
    if lower in TITLES or lower in ROLES or lower in GREETINGS:
        return True
    if lower in SHORT_TITLES and len(words) > 2:
        return True
    return spelt and small and word not in BEGINS_NAMES


def _tells(words: Sequence[str], *, named: bool) -> bool:
    """Whether a sentence opens with what it is, or whose: `Legemidlet Zorp`, `Hans Venstre`."""
    kind = words[0][:1].isupper() and words[0].lower().endswith(CRAFT) and named
    return kind or (words[0] in WHOSE and " ".join(words[1:]) in ORGANISATIONS)


def cut_trailing_words(words: Sequence[str], label: str) -> Range:
    """`Erna Solberg sier` is Erna Solberg, `Den muslimske brorskapen og sønn` the first part."""
    end = len(words)
    if end > 2 and words[-2] == "og" and words[-1] in KIN and label != "PROD":
        end -= 2
    while end > 1 and words[end - 1] in FUNCTION_WORDS and label != "PROD":
        end -= 1
    return 0, end


def cut_at_cause(words: Sequence[str], label: str) -> Range:
    """`Sluppen pga. uhell` is Sluppen."""
    ends = (i for i, word in enumerate(words) if i > 0 and word in CAUSES)  # Ila is a place
    return 0, next(ends, len(words))


def cut_at_count(words: Sequence[str], label: str) -> Range:
    """`Eibyelva 17` is the river, in which something is counted."""
    counted = label in PLACE_LABELS and words[-1].isdecimal() and len(words) > 1
    return 0, len(words) - (counted and words[-2].endswith(WATERS))


def drop_nameless(words: Sequence[str], label: str) -> Range:
    """A name has a letter; `@erna`, `post@example.no` and `vg.no/sport` are none, `vg.no` is one.

    It need not have a capital: where a text is edited the bundled models hardly ever find one
    without, but in comments and messages many that are right. A work may be called by figures.
    """
    text = "".join(words)
    named = any(map(str.isalpha, text)) or label in _WORKS
    return (0, len(words)) if named and not _LINK.search(text) else (0, 0)


def drop_role(words: Sequence[str], label: str) -> Range:
    """`Keeperen`, at the beginning of a sentence, is a role, and no name; so is `Eks-president`.

    In NorNE's files one such is a person, and 107 are no name. `CEO` is no body, `Det` nothing,
    `Hallo` nobody, `Palestinernes` and `Finanspolitisk` (of somebody's talsmann) neither.
    """
    if len(words) != 1:
        return 0, len(words)
    word = words[0]
    role = label == "PER" and (word.lower() in ROLES or word.lower() in GREETINGS)
    pronoun = label != "PROD" and word in PRONOUNS
    general = (
        word.lower() in PEOPLES or word in FACILITIES or word.endswith(("politisk", "politiske"))
    )
    former = _FORMER.fullmatch(word) is not None or (label not in _WORKS and is_of_a_kind(word))
    letter = label == "PER" and len(word.rstrip(".")) == 1  # who a court does not name
    short = word in OFFICES or word in UNITS or (word.lower() in SHORT_TITLES and word != "DR")
    nobody = role or pronoun or (general and label != "PROD") or former or letter or short
    return (0, 0) if nobody else (0, 1)


def is_of_a_kind(word: str) -> bool:
    """Whether a word is a compound of letters or figures that name nobody: `KI-gründer`."""
    letters, hyphen, head = word.partition("-")
    counted = letters.isdecimal() and (head.islower() or head.isupper())  # `2025-KRONER`
    return bool(hyphen) and (counted or (letters in LETTERS and head.islower()))


RULES: tuple[Rule, ...] = (
    cut_at_line,
    cut_marks,
    cut_leading_words,
    cut_trailing_words,
    cut_at_cause,
    cut_at_count,
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


def widened(
    words: Sequence[str], label: str, following: str, label_of: Callable[[str], str | None]
) -> str | None:
    """The label of a name with the word after it; None where that is no part of it.

    `Ullensaker sykehjem` is one body, of which a model may see the place alone; but `Norges
    sykehus` are many. In NorNE's training files none of these words follows a name without being
    part of it.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        following: The word after it, empty where there is none.
        label_of: As for `parted.glued`.
    """
    if following in SCHOOLS:
        return "ORG"
    if label == "PER":  # `Haakon VIIs 70-årsmedalje`
        prize = following.endswith(PRIZES) and words[-1].endswith(("s", "'", "’"))
        return "PROD" if prize else None
    owns = words[-1].endswith("s") and label_of(words[-1][:-1])
    if owns or label not in PLACE_LABELS | {"ORG"}:
        return None
    for noun in (following, following.removesuffix("s")):
        if noun in COUNCILS or (noun in BUILDINGS and label == "ORG"):
            return label
        if noun in BODIES or noun in BUILDINGS:
            return "ORG" if noun in BODIES else "LOC"
    return None
