"""Where a name begins and ends, as pure functions over its tokens.

Each rule takes the words of a name and its label and returns which of them stay, as start and
end; an empty range drops the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from pipeline.language.boundaries.data import (
    AGED,
    BEGINS_NAMES,
    BODIES,
    BUILDINGS,
    CALLED_AFTER,
    CAUSES,
    CONTACTS,
    COUNCILS,
    CRAFT,
    DEMONYMS,
    EDGE_MARKS,
    FACILITIES,
    FELLOWS,
    FIRMS,
    FORCES,
    FUNCTION_WORDS,
    GREETINGS,
    KIN,
    LEADING_WORDS,
    LETTERS,
    OF_COUNTRIES,
    OFFICES,
    OPENINGS,
    OWNING,
    PAPERS,
    PARTIES,
    PEOPLES,
    PERSONS,
    PRONOUNS,
    ROLES,
    SCHOOLS,
    SEVERAL_SITES,
    SHORT_TITLES,
    SHOUTING_LABELS,
    SHOUTS,
    SITES,
    TELEPHONES,
    TERMS,
    TITLE_HEADS,
    TITLES,
    UNITS,
)
from pipeline.language.known import FORENAMES, PUBLIC, type_of

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
    if (word in OPENINGS and named) or (small and (word in LEADING_WORDS or word in TITLES)):
        return True
    if label != "PER":
        return False
    # A title opens the sentence, "President Vladimir Putin", or a greeting the letter.
    if lower in TITLES or lower in ROLES or lower in GREETINGS:
        return True
    if lower in SHORT_TITLES and len(words) > 2:
        return True
    return spelt and small and word not in BEGINS_NAMES


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
    return bool(hyphen) and (letters in LETTERS or letters.isdecimal()) and head.islower()


RULES: tuple[Rule, ...] = (
    cut_at_line,
    cut_marks,
    cut_leading_words,
    cut_trailing_words,
    cut_at_cause,
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
    if label not in ("GPE_LOC", "GPE_ORG", "LOC", "ORG"):
        return None
    if words[-1].endswith("s") and label_of(words[-1][:-1]):
        return None
    for noun in (following, following.removesuffix("s")):
        if noun in COUNCILS or (noun in BUILDINGS and label == "ORG"):
            return label
        if noun in BODIES or noun in BUILDINGS:
            return "ORG" if noun in BODIES else "LOC"
    return None


def is_unnamed(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is somebody without a name: `Mann (42) tiltalt`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        following: The word after it, empty where there is none.
    """
    return label == "PER" and following == "(" and len(words) == 1 and words[0] in AGED


def is_term(words: Sequence[str], label: str, told: Collection[str]) -> bool:
    """Whether it is letters for an illness, a substance or an index, and no body: `PFAS`, `KPI-en`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        told: What stands in brackets in the document: `European Patent Office (EPO)`.
    """
    if words[0] == "IMO" and "".join(words[1:]).isdecimal():
        return True  # a ship by its number
    term = words[0].removesuffix("-en")
    return len(words) == 1 and term in TERMS and term not in told and label not in ("PROD", "EVT")


def is_party(words: Sequence[str], label: str, *, sure: bool) -> bool:
    """Whether a notice or contract speaks of somebody without the name: `Styret i Selskapet`.

    But there are farms called Banken.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        sure: Whether the model is.
    """
    spoken_of = len(words) == 1 and words[0].removesuffix("s") in PARTIES
    return spoken_of and label != "PROD" and not (label == "LOC" and sure)


def is_demonym(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is who comes from a place, and no name: `Moldenseren tok gull`.

    Args:
        words: The tokens of a name that opens a sentence.
        label: What the model calls it.
        following: The word after it.
    """
    unknown = len(words) == 1 and words[0].endswith(DEMONYMS) and type_of(words[0]) is None
    return unknown and label != "PROD" and following not in PAPERS


def is_of_country(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is what a country has, and no name: `Sudanske styrker`.

    But the party `Libanesiske styrker` is known, and `Etiopisk forening` a body.

    Args:
        words: The tokens of a name that opens a sentence.
        label: What the model calls it.
        following: The word after it.
    """
    if words[0].lower() not in OF_COUNTRIES:
        return False
    last = words[-1] if len(words) > 1 else following
    small = last.islower() and all(word.islower() for word in words[1:])
    body = last.endswith(CALLED_AFTER) and not last.endswith(FORCES)
    known = label == "PROD" or type_of(" ".join(words)) is not None
    return small and not body and not known


def is_somebody(words: Sequence[str], label: str, role: str, *, sure: bool) -> bool:
    """Whether a body is somebody by what stands before: `investoren Priya Raghunathan`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        role: The word before it.
        sure: Whether the model is.
    """
    if label not in ("ORG", "PROD") or type_of(" ".join(words)) is not None:
        return False
    full = _is_full_name(words) and (role in FELLOWS or (role in ROLES and not sure))
    return role in PERSONS or full


def is_told(words: Sequence[str], label: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a body is somebody by how a notice tells it: `Kari Moe (CEO)`, `Kari Moe, CFO,`.

    Or by how to reach them: `kontakt: Kari Moe, tlf. 22 00 00 00`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        before: The words before it.
        after: Those after it.
    """
    opened, told, closed = (*after[:3], "", "", "")[:3]
    if label != "ORG" or opened not in ("(", ",") or not _is_full_name(words):
        return False
    if any(type_of(name) == "organisation" for name in (" ".join(words), *words)):
        return False
    office = told in OFFICES or told.lower() in TITLES
    if office and ((opened == "(" and closed[:1] == ")") or (opened == "," and closed == ",")):
        return True
    contact = [word.lower() for word in before[-2:]]
    reached = len(contact) > 1 and contact[0] in CONTACTS and contact[1] == ":"
    return reached and opened == "," and told.lower() in TELEPHONES


def _is_full_name(words: Sequence[str]) -> bool:
    """Whether words may be what somebody is called: two to four, none of a firm or a building."""
    last = words[-1].lower()
    if not 1 < len(words) < 5 or last in BODIES or last in BUILDINGS:
        return False
    named = all(word.isalpha() and word[0].isupper() for word in words)
    return named and FIRMS.isdisjoint(words) and not last.endswith(CALLED_AFTER)


def site_or_craft(
    words: Sequence[str], label: str, before: Sequence[str], following: str
) -> str | None:
    """The label of what is no person and no body by what stands before; None where it may be one.

    `flyktningleiren Kakuma` and `kraftverkene Cetin og Kargi` are places, `raketten Starship` is
    a product; but `kraftverket Zorp eier`, and letters are a body.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        before: The words before it.
        following: The word after it.
    """
    if label not in ("ORG", "PER") or not before:
        return None
    head = before[-1].lower()
    first = before[-3].lower() if before[-1] == "og" and len(before) > 2 else ""
    craft, site = head.endswith(CRAFT), head.endswith(SITES) and not words[0].isupper()
    sites = (head.endswith(SEVERAL_SITES) or first.endswith(SEVERAL_SITES)) and not words[
        0
    ].isupper()
    if not (craft or site or sites) or "-" in head or following in OWNING:  # `Trump-leiren`
        return None
    if type_of(" ".join(words)) is not None or (len(words) > 1 and words[0] in FORENAMES):
        return None
    return "PROD" if craft else "LOC"


def is_role(words: Sequence[str], label: str) -> bool:
    """Whether a model that is not sure makes a body of a role: `Filmanmelder`, under a byline.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
    """
    word = words[0]
    head = word.isalpha() and word.lower().endswith(TITLE_HEADS) and type_of(word) is None
    return len(words) == 1 and head and label in ("ORG", "LOC", "GPE_LOC", "GPE_ORG")


def is_title(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is no name but what somebody is, whose name follows: `Kommisjonsleder Kari Moe`.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        following: What the model calls the name that follows without anything between.
    """
    derived = label == "DRV" and not words[0].isalpha()  # `Ap-nestleder Kari Moe`
    if following != "PER" or len(words) != 1 or derived or label in ("PROD", "EVT", "MISC"):
        return False
    word = words[0].lower()
    title = word in TITLES or word in SHORT_TITLES or word in ROLES
    return title or word.endswith(TITLE_HEADS)
