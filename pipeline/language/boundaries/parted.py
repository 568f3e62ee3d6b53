"""Where two names are parted that a model takes for one, as pure functions over their tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from pipeline.language.boundaries.data import (
    BELONGS,
    CALLED_AFTER,
    DONE_TO,
    SINGLE,
    SURNAMES,
    TITLE_HEADS,
    TOWN_FIRMS,
)
from pipeline.language.known import (
    COUNTRIES,
    FORENAMES,
    MAYBE_PLACES,
    ORGANISATIONS,
    PEOPLE,
    PLACES,
    PUBLIC,
    SHARED,
    by_lower_case,
    type_of,
)
from pipeline.language.lexicon import SHORT_CLUBS, SOMEBODY
from pipeline.language.spans import BEGIN_SURNAMES
from pipeline.vocabulary import LABEL_OF_TYPE, PLACE_LABELS

# `TikTok-eieren`: before a name it says whose, or what, the named is.
_OF_ANOTHER = re.compile(r"[A-ZÆØÅ][\w./]+-([a-zæøåü]+)")
_GENITIVES = ("s", "'", "’")
_APOSTROPHES = tuple(f"{letter}{mark}" for letter in "szx" for mark in "'’")
_SAINTS = frozenset({"St.", "St", "Saint"})
_BORN = "f."  # `Kari Moe f. Vik`
_DEFINITE = ("et", "en", "ene")
_ACTORS = frozenset({"ORG", "PER"})

LabelOf = Callable[[str], str | None]
Two = tuple[int, str, str]  # how many words the first of two names has, and the label of each


def glued(
    words: Sequence[str],
    label: str,
    label_of: LabelOf,
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
        label_of: The label of a name, without the -s, that may own somebody; None of others.
        surnames: Of the people whom the document names with two words or more.
        verb: The word before the name.
        people: Full names of people, the document's and well-known ones.
    """
    apart = _apart(words, label) or _makers(words) or _famous(words, label)
    apart = apart or _belongs(words, label, label_of)
    if apart is not None or len(words) < 2 or label not in _ACTORS:
        return apart
    if verb in DONE_TO and (first := _who_does(words, label, surnames, people)) is not None:
        return first, label, label
    if words[1][:1].isupper():
        owns = label == "PER" and len(words) > 2 and words[2][:1].isupper() and words[0][-1] == "s"
        if owns and (owner := label_of(words[0][:-1])) is not None:
            return 1, owner, label
    return _possessed(words, label, label_of, surnames) or _owned(words, label, label_of)


def _apart(words: Sequence[str], label: str) -> Two | None:
    """`Meteorologisk institutt i Bergen` and `Østlandet og Telemark`, the word between left out.

    A place that is known is one (`Møre og Romsdal`), and so may two countries have been.
    """
    whole = " ".join(words)
    if type_of(whole) is not None or whole in MAYBE_PLACES:
        return None
    for at, word in enumerate(words[1:-1], 1):
        first, last = " ".join(words[:at]), " ".join(words[at + 1 :])
        if word == _BORN and label == "PER" and last[0].isupper():
            return at, label, label
        if last not in PLACES:
            continue
        if word in ("i", "på") and first.endswith(SINGLE) and type_of(first) is not None:
            return at, label, "GPE_LOC"
        countries = first in COUNTRIES and last in COUNTRIES
        if word == "og" and label in PLACE_LABELS and first in PLACES and not countries:
            return at, label, label
    return None


def _makers(words: Sequence[str]) -> Two | None:
    """`Apples iPhone`: a known company, and what it makes or owns, which is known too."""
    if type_of(" ".join(words)) is not None:
        return None
    for end in range(1, len(words)):
        maker, made = " ".join(words[:end]), " ".join(words[end:])
        if maker[-1] != "s" or maker[:-1] not in ORGANISATIONS or maker in SOMEBODY:
            continue
        kind = type_of(by_lower_case().get(made.lower(), made))  # `Lockheed Martins Himars`
        if kind in ("product", "organisation"):
            return end, "ORG", LABEL_OF_TYPE[kind]
    return None


def _belongs(words: Sequence[str], label: str, label_of: LabelOf) -> Two | None:
    """`TikTok-eieren ByteDance`, `Claes Gill-kjenneren Kari Moe`, `Trondheimsfirmaet Zorp`."""
    for at, word in enumerate(words[:-1]):
        if not (word[0].isupper() and words[at + 1][0].isupper()):
            return None
        rest = " ".join(words[at + 1 :])
        head = _OF_ANOTHER.fullmatch(word)
        related = head and (head[1] in BELONGS or head[1].endswith(TITLE_HEADS))
        if related and label in (_ACTORS if at == 0 else {"PER"}) | PLACE_LABELS:
            return at + 1, "DRV", label_of(rest) or label
        if at == 0 and label != "PROD" and _is_firm_of_town(word):
            return 1, "DRV", label_of(rest) or "ORG"
    return None


def _is_firm_of_town(word: str) -> bool:
    """Whether a word says of which town a firm is: `Oslofirmaet`, `Trondheimsselskapet`."""
    end = next((end for end in TOWN_FIRMS if word.endswith(end)), word)
    town = word.removesuffix(end)
    return town in PLACES or town.removesuffix("s") in PLACES


def _famous(words: Sequence[str], label: str) -> Two | None:
    """`Elon Musks Starlink`: who is in the news owns whatever follows; but a street, say, does not.

    `Edvard Munchs Plass` is called after somebody.
    """
    if label not in _ACTORS or words[-1].lower().endswith(CALLED_AFTER):
        return None
    for end in range(1, len(words)):
        genitive = words[end - 1].endswith(_GENITIVES) and words[end - 1] not in SOMEBODY
        owner = " ".join(words[:end])[:-1]
        if genitive and (owner in PUBLIC or owner in PEOPLE) and _is_named(words[end]):
            kind = type_of(" ".join(words[end:]))
            forename = kind is None and words[end] in FORENAMES
            return end, "PER", "PER" if forename else LABEL_OF_TYPE.get(kind or "", "ORG")
    return None


def _is_named(word: str) -> bool:
    """Whether a word is written as a name: `Likud`, `xAI`."""
    return any(letter.isupper() for letter in word[:2])


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
        return kind == "organisation" or name in SHORT_CLUBS
    return kind == "person" or name in surnames


def _possessed(
    words: Sequence[str], label: str, label_of: LabelOf, surnames: Collection[str]
) -> Two | None:
    """`Netanyahus Likud` and `Statnetts Tonne`, where the article names both people in full."""
    owner, rest = words[0][:-1], " ".join(words[1:])
    if words[0][-1] != "s" or words[0] in SOMEBODY or not _is_named(words[1]):
        return None
    if owner in surnames and (label == "PER" or label_of(rest) == "ORG"):
        people = rest in surnames or words[1] in FORENAMES
        return 1, "PER", "PER" if people else "ORG"
    if rest in surnames and label_of(owner) == "ORG":
        return 1, "ORG", "PER"
    return None


def _owned(words: Sequence[str], label: str, label_of: LabelOf) -> Two | None:
    """`Petter Stordalens Strawberry`: somebody in the genitive, and a body or a country.

    It is known; or the model sees no body at all, and both names of who owns it are some that
    several people bear. `Fridtjof Nansens Institutt` is one body.
    """
    if (end := _after_apostrophe(words, label)) or (end := _before_compound(words, label)):
        return _of_owner(words, end, label_of)
    named = words[0] in SHARED
    begins = words[1][0].isupper() or words[1] in BEGIN_SURNAMES
    if not (named or label == "PER") or not begins:
        return None
    named = named and label == "PER"
    for end in range(2, len(words)):
        owner = words[end - 1]
        surname = named and owner not in SHARED and owner[-1] == "s" and owner[:-1] in SHARED
        # ... but `Tor Andreas Ringnes`, `Alison dos Santos`
        owns = owner.endswith(_GENITIVES) and owner not in SOMEBODY and owner[0].isupper()
        owned = " ".join(words[end:])
        known = owns and label_of(owned) == "ORG"
        if known or (surname and words[end][0].isupper()):
            return end, "PER", "ORG"
        if owns and label == "PER" and owned in COUNTRIES:
            return end, "PER", "GPE_LOC"
    return None


def _of_owner(words: Sequence[str], end: int, label_of: LabelOf) -> Two:
    """Whose and what a name is that is parted after some words: `Los Angeles Lakers' Per Moe`."""
    owner = label_of(" ".join(words[:end]).rstrip(" '’"))
    owned = label_of(" ".join(words[end:])) or ("PER" if words[end] in FORENAMES else "ORG")
    return end, owner or "PER", "PER" if owner else owned


def _after_apostrophe(words: Sequence[str], label: str) -> int:
    """How many words somebody has whose name ends so: `Geert Wilders' Frihetsparti`; else 0.

    But of `National Farmers' Union` a model makes no person, nor are farmers somebody; and a saint
    has churches and parks.
    """
    if words[0] in _SAINTS:
        return 0
    for at in range(2, len(words)):
        full = sum(word[0].isupper() for word in words[:at]) > 1
        owner = "".join(words[at - 2 : at])  # the mark may be a token of its own
        owns = full and owner.endswith(_APOSTROPHES)
        if owns and (label == "PER" or words[at - 1].rstrip("'’") in SOMEBODY):
            return at
    return 0


def _before_compound(words: Sequence[str], label: str) -> int:
    """How many words somebody has who owns a compound: `Pablo Escobars Medellín-kartell`; else 0.

    Of which nobody's name is the last: but `Kim Jong-un`.
    """
    inner, _, head = words[-1].rpartition("-")
    compound = inner[:1].isupper() and head.islower() and label == "PER" and len(words) > 2
    return len(words) - 1 if compound and words[-2][-1] == "s" and words[-2] not in SOMEBODY else 0


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
    # `Finansdepartementets`, `Universitetet i Oslos`, and letters, have parts of their own; but
    # `FNs nødhjelpssjef` is none.
    office = words[-1].endswith(TITLE_HEADS)
    alone = (office or not owner.isupper()) and not owner.endswith(_DEFINITE) and " i " not in owner
    return (last + 1, "ORG") if alone and owner in ORGANISATIONS else None
