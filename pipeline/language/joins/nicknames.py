"""Who is called by another name as well, where the article says so: `Dagalo, kjent som Hemedti`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipeline.language.joins.named import Named
from pipeline.language.known import PEOPLE, PUBLIC, type_of
from pipeline.language.lexicon import PERSONS

_ROLES = PERSONS | {"artisten", "komikeren", "rapperen", "sangeren"}
# What stands between the two names, its words with one blank between them, and maybe what somebody
# does by that name: `bedre kjent som artisten Zork`.
SAYS_SO = re.compile(
    r"(?:[,(–] )?(?:(?:som|ofte|også|bare|best|bedre|mest|tidligere|senere) )*"
    r"(?:kjent som|kjent under navnet|kalt|på folkemunne kalt|omtalt som|alias|kaller seg"
    r"|går under navnet|med det egentlige navnet"
    r"|(?:kjent under|går under|under|med|har|bruker|brukte) (?:artist|dekk|kalle)navnet)"
    rf"(?: (?:{'|'.join(sorted(_ROLES))}))?"
    r"(?: [«\"“])?"
)
# ... and between two full names, of which one is what somebody was called first, or is now.
_ONCE = re.compile(r"(?:[,(–] )?(?:født|døpt|opprinnelig|egentlig|endret til)(?: som)?")
LONGEST = 7  # tokens
_INSIDE = re.compile(r"\S.*[«\"“] ?(\w{3,}) ?[»\"”] .*\S")


def join_nicknames(
    mentions: Sequence[Named], same: Iterable[tuple[int, int]], full: Mapping[int, str]
) -> dict[int, str]:
    """The name that both go by, by the index of the mention.

    It is the fuller one of the two, and of two with several words the first.

    Args:
        mentions: All names of the document, in order.
        same: Indices of two names with `SAYS_SO` between them.
        full: The full names that are known so far, by index.
    """
    people = {i: full.get(i, m.name) for i, m in enumerate(mentions) if m.kind == "person"}
    meant: dict[str, str] = {}
    for one, other in same:
        if one not in people or other not in people:
            continue
        first, second = meant.get(people[one], people[one]), people[other]
        if " " not in first and " " in second:
            first, second = second, first
        if second in PUBLIC or second in PEOPLE:
            continue  # `alias Jonas Gahr Støre` is a swindler's
        if second not in meant and meant.get(first) is None and first != second:
            meant[second] = first
    return {i: meant[name] for i, name in people.items() if name in meant}


def were_one(words: Collection[str]) -> bool:
    """Whether the words between two full names say so: `Ringo Starr (født Richard Starkey`."""
    return len(words) <= LONGEST and _ONCE.fullmatch(" ".join(words)) is not None


def inside(mentions: Sequence[Named]) -> dict[str, str]:
    """Who goes by the name in quotation marks inside their own: `Per «Totto» Osvold`.

    Args:
        mentions: All names of the document.

    Returns:
        What they go by in lower case, that nothing else is known by, to the name.
    """
    found: dict[str, str] = {}
    for mention in mentions:
        match = _INSIDE.fullmatch(mention.name) if mention.kind == "person" else None
        if match and type_of(match[1]) is None:
            found.setdefault(match[1].lower(), mention.name)
    return found


def says_so(words: Collection[str]) -> bool:
    """Whether the words between two names say that they are one person's."""
    return len(words) <= LONGEST and SAYS_SO.fullmatch(" ".join(words)) is not None
