"""Where a name begins and ends, as pure functions over its tokens.

Each rule takes the words of a name and its label and returns which of them stay, as start and
end; an empty range drops the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from pipeline.language.boundaries.data import (
    AGED,
    BEGINS_NAMES,
    BELONGS,
    BODIES,
    BUILDINGS,
    CALLED_AFTER,
    CAUSES,
    CLUBS,
    COUNCILS,
    DEMONYMS,
    DONE_TO,
    EDGE_MARKS,
    FIRMS,
    FUNCTION_WORDS,
    GREETINGS,
    LAST_WORDS,
    LEADING_WORDS,
    LETTERS,
    OFFICES,
    OPENINGS,
    PAPERS,
    PEOPLES,
    PERSONS,
    PRIZES,
    PRONOUNS,
    ROLES,
    SCHOOLS,
    SHORT_TITLES,
    SHOUTING_LABELS,
    SHOUTS,
    SINGLE,
    SOMEBODY,
    SURNAMES,
    TERMS,
    TITLE_HEADS,
    TITLES,
    UNITS,
)
from pipeline.language.known import (
    COUNTRIES,
    FORENAMES,
    MAYBE_PLACES,
    ORGANISATIONS,
    PLACES,
    SHARED,
    type_of,
)

_LINK = re.compile(r"@|.#\w|://|\w\.\w+/")
# `TikTok-eieren`: before a name it says whose, or what, the named is.
_OF_ANOTHER = re.compile(r"[A-ZÆØÅ][\w./]+-([a-zæøåü]+)")
_GENITIVES = ("s", "'", "’")
_PLACES = frozenset({"GPE_LOC", "GPE_ORG", "LOC"})
_ACTORS = frozenset({"ORG", "PER"})
_DEFINITE = ("et", "en", "ene")

_FORMER = re.compile(r"(?:[Ee]ks|[Ee]x)-[a-zæøå]+")

Range = tuple[int, int]
Rule = Callable[[Sequence[str], str], Range]
Two = tuple[int, str, str]  # how many words the first of two names has, and the label of each


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
    spelt = not "".join(words).islower()  # with capitals
    while start < len(words) - 1:
        word = words[start]
        lower = word.lower()
        function = word.islower() and (lower in LEADING_WORDS or lower in TITLES)
        person = spelt and label == "PER" and word.islower() and lower not in BEGINS_NAMES
        # A title opens the sentence, "President Vladimir Putin", or a greeting the letter.
        title = label == "PER" and (lower in TITLES or lower in ROLES or lower in GREETINGS)
        title = title or (label == "PER" and lower in SHORT_TITLES and len(words) - start > 2)
        opening = word in OPENINGS and words[start + 1][:1].isupper()
        if word.islower() and lower in BEGINS_NAMES and words[start + 1][:1].isupper():
            break
        outside = function or person or title or opening
        if not outside or any(c.isdigit() for c in words[start + 1]):
            break
        start += 1
    return start, len(words)


def cut_trailing_words(words: Sequence[str], label: str) -> Range:
    """`Erna Solberg sier` is Erna Solberg."""
    end = len(words)
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
    without, but in comments and messages many that are right.
    """
    text = "".join(words)
    named = any(map(str.isalpha, text)) and not _LINK.search(text)
    return (0, len(words)) if named else (0, 0)


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
    general = word.lower() in PEOPLES or word.endswith(("politisk", "politiske"))
    former = _FORMER.fullmatch(word) is not None or is_of_a_kind(word)
    letter = label == "PER" and len(word.rstrip(".")) == 1  # who a court does not name
    short = word in OFFICES or word in UNITS or word.lower() in SHORT_TITLES
    nobody = role or pronoun or (general and label != "PROD") or former or letter or short
    return (0, 0) if nobody else (0, 1)


def is_of_a_kind(word: str) -> bool:
    """Whether a word is a compound of letters or figures that name nobody: `KI-gründer`."""
    letters, hyphen, head = word.partition("-")
    return bool(hyphen) and (letters in LETTERS or letters.isdecimal()) and head.islower()


RULES: tuple[Rule, ...] = (
    cut_at_line,
    cut_marks,
    cut_leading_numbers,
    cut_leading_words,
    cut_trailing_words,
    cut_at_cause,
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


def glued(
    words: Sequence[str],
    label: str,
    owners: Mapping[str, str],
    surnames: Collection[str] = (),
    verb: str = "",
    people: Collection[str] = (),
) -> Two | None:
    """Where two names that a model takes for one are to be parted; None where all is one name.

    `Tyrkias Recep Tayyip Erdogan` are a country and a person, `Kjell Inge Røkkes Aker` a person and
    a company; `møtte Zelenskyj Trump` are two of a kind. `TikTok-eieren ByteDance` are two names as
    well: none of the 22,871 in NorNE's training files begins so.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        owners: Names that may own somebody, without the -s, with their labels.
        surnames: Of the people whom the document names with two words or more.
        verb: The word before the name.
        people: Full names of people, the document's and well-known ones.
    """
    ends = LAST_WORDS.get(label, {})
    if (last := next((i for i, word in enumerate(words[:-1]) if word in ends), 0)) > 0:
        return last + 1, ends[words[last]], "PER"
    if (apart := _apart(words, label)) is not None or len(words) < 2 or label not in _ACTORS:
        return apart
    if verb in DONE_TO and (first := _who_does(words, label, surnames, people)) is not None:
        return first, label, label
    if words[1][:1].isupper():
        belongs = _OF_ANOTHER.fullmatch(words[0])
        if belongs and (belongs[1] in BELONGS or belongs[1].endswith(TITLE_HEADS)):
            return 1, "DRV", owners.get(" ".join(words[1:]), label)
        owns = label == "PER" and len(words) > 2 and words[2][:1].isupper() and words[0][-1] == "s"
        if owns and (owner := owners.get(words[0][:-1])) is not None:
            return 1, owner, label
    return _possessed(words, label, owners, surnames) or _owned(words, label, owners)


def _apart(words: Sequence[str], label: str) -> Two | None:
    """`Meteorologisk institutt i Bergen` and `Østlandet og Telemark`, the word between left out.

    A place that is known is one (`Møre og Romsdal`), and so may two countries have been.
    """
    whole = " ".join(words)
    if type_of(whole) is not None or whole in MAYBE_PLACES:
        return None
    for at, word in enumerate(words[1:-1], 1):
        first, last = " ".join(words[:at]), " ".join(words[at + 1 :])
        if last not in PLACES:
            continue
        if word in ("i", "på") and first.endswith(SINGLE) and type_of(first) is not None:
            return at, label, "GPE_LOC"
        countries = first in COUNTRIES and last in COUNTRIES
        if word == "og" and label in _PLACES and first in PLACES and not countries:
            return at, label, label
    return None


def _who_does(
    words: Sequence[str], label: str, surnames: Collection[str], people: Collection[str]
) -> int | None:
    """How many words who does something has, after a verb, before whom it is done to.

    Both are known, or one is that has two names, as has the other; or a first name follows a
    surname: `traff Kari Moe Ola Hansen`.
    """
    if " ".join(words) in ORGANISATIONS:
        return None
    parted = [(at, " ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    for at, first, last in parted:
        if all(one in people or _is_one(one, label, surnames) for one in (first, last)):
            return at
    if label != "PER":
        return None
    long = [part for part in parted if 2 <= part[0] <= len(words) - 2]
    for at, first, last in long:
        if first in people or last in people:
            return at
    turns = (at for at, _, _ in long if _is_forename(words[at]) and not _is_forename(words[at - 1]))
    return next(turns, None)


def _is_forename(word: str) -> bool:
    """Whether a word is a first name, and no surname between, as `FORENAMES` has some too."""
    return word in FORENAMES and not word.endswith(SURNAMES)


def _is_one(name: str, label: str, surnames: Collection[str]) -> bool:
    """Whether a name is of this kind by itself: who is in the news, a known body, or a club."""
    kind = type_of(name)
    if label == "ORG":
        return kind == "organisation" or name in CLUBS
    return kind == "person" or name in surnames


def _possessed(
    words: Sequence[str], label: str, owners: Mapping[str, str], surnames: Collection[str]
) -> Two | None:
    """`Netanyahus Likud` and `Statnetts Tonne`, where the article names both people in full."""
    owner, rest = words[0][:-1], " ".join(words[1:])
    if words[0][-1] != "s" or words[0] in SOMEBODY or not words[1][0].isupper():
        return None
    if owner in surnames and (label == "PER" or owners.get(rest) == "ORG"):
        people = rest in surnames or words[1] in FORENAMES
        return 1, "PER", "PER" if people else "ORG"
    if rest in surnames and owners.get(owner) == "ORG":
        return 1, "ORG", "PER"
    return None


def _owned(words: Sequence[str], label: str, owners: Mapping[str, str]) -> Two | None:
    """`Petter Stordalens Strawberry`: somebody in the genitive, and a body.

    The body is known; or the model sees no body at all, and both names of who owns it are some that
    several people bear. `Fridtjof Nansens Institutt` is one body.
    """
    named = words[0] in SHARED
    if not (named or label == "PER") or not words[1][0].isupper():
        return None
    named = named and label == "PER"
    for end in range(2, len(words)):
        owner = words[end - 1]
        surname = named and owner not in SHARED and owner[-1] == "s" and owner[:-1] in SHARED
        owns = owner.endswith(_GENITIVES) and owner not in SOMEBODY  # `Tor Andreas Ringnes`
        known = owns and owners.get(" ".join(words[end:])) == "ORG"
        if known or (surname and words[end][0].isupper()):
            return end, "PER", "ORG"
    return None


def owner_alone(
    words: Sequence[str], label: str, surnames: Collection[str]
) -> tuple[int, str] | None:
    """How many words the owner has where a model takes what is owned for part of the name.

    `Hareides beskjed` is Hareide, where the article names Knut Arild Hareide; `Yaras fabrikk` is
    Yara. But `Edvard Munchs plass` is called after somebody, `FNs klimapanel` a body of its own,
    and a work may be called anything.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        surnames: Of the people whom the document names with two words or more.

    Returns:
        The number of words, and the owner's label; None where all is one name.
    """
    if label in ("PROD", "EVT", "DRV") or words[-1][:1].isupper():
        return None
    last = max((i for i, word in enumerate(words) if word[:1].isupper()), default=-1)
    ends = (words[-1], words[-1].removesuffix("s"))
    called = any(word.endswith(CALLED_AFTER) for word in ends) or type_of(" ".join(words))
    if last < 0 or called or not words[last].endswith(_GENITIVES):
        return None
    owner = " ".join(words[: last + 1])
    owner = owner[:-1] if owner[-1] in "s'’" else owner
    if owner.rpartition(" ")[2] in surnames:
        return last + 1, "PER"
    # `Finansdepartementets`, `Universitetet i Oslos`, and letters, have parts of their own.
    alone = not owner.isupper() and not owner.endswith(_DEFINITE) and " i " not in owner
    return (last + 1, "ORG") if alone and owner in ORGANISATIONS else None


def is_prize(words: Sequence[str], label: str) -> bool:
    """Whether a person or body by its label is what is given in their name: `Skrams pris`."""
    owned = len(words) > 1 and words[-2][:1].isupper() and words[-2].endswith(_GENITIVES)
    return label in ("PER", "ORG") and owned and words[-1].endswith(PRIZES)


def widened(
    words: Sequence[str], label: str, following: str, owners: Mapping[str, str]
) -> str | None:
    """The label of a name with the word after it; None where that is no part of it.

    `Ullensaker sykehjem` is one body, of which a model may see the place alone; but `Norges
    sykehus` are many. In NorNE's training files none of these words follows a name without being
    part of it.

    Args:
        words: The tokens of the name.
        label: What the model calls it.
        following: The word after it, empty where there is none.
        owners: As for `glued`.
    """
    if following in SCHOOLS:
        return "ORG"
    if label not in ("GPE_LOC", "GPE_ORG", "LOC", "ORG"):
        return None
    if words[-1].endswith("s") and words[-1][:-1] in owners:
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


def is_demonym(words: Sequence[str], label: str, following: str) -> bool:
    """Whether it is who comes from a place, and no name: `Moldenseren tok gull`.

    Args:
        words: The tokens of a name that opens a sentence.
        label: What the model calls it.
        following: The word after it.
    """
    unknown = len(words) == 1 and words[0].endswith(DEMONYMS) and type_of(words[0]) is None
    return unknown and label != "PROD" and following not in PAPERS


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
    two = len(words) > 1 and all(word.isalpha() and word[0].isupper() for word in words)
    return role in PERSONS or (role in ROLES and two and not sure and words[-1] not in FIRMS)


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
