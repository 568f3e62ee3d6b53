"""Joins the names of one document, as a pure function.

Only what is safe within one article is joined: a name that could stand for two people stays
as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.language.known import type_of

# So many namesakes are a list of people, not an article; looking through them takes long.
_MANY = 50
# Royals go by one name, which a namesake in the same article must not take.
_ROYAL = frozenset("harald sonja olav haakon håkon mette-marit ingrid märtha carl charles".split())
_ARTICLES = ("al-", "el-", "al ", "el ")


@dataclass(frozen=True, slots=True)
class Named:
    """One mention: its base name and type, in the order of the text."""

    name: str
    kind: str


def _key(name: str) -> tuple[str, ...]:
    """Words to compare by: lower case, Arabic articles taken off (`al-Assad` is `Assad`)."""
    words = name.lower().split()
    parts = [word for word in words if word not in {"al", "el"}]
    return tuple(
        next((p[len(a) :] for a in _ARTICLES if p.startswith(a) and len(p) > len(a)), p)
        for p in (parts or words)
    )


def _within(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether all words of `short` stand in `full` in the same order."""
    words = iter(full)
    return all(word in words for word in short)


def _same_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """`Jonas Støre` and `Jonas Gahr Støre`: same first and last word, nothing contradicts."""
    return short[0] == full[0] and short[-1] == full[-1] and _within(short, full)


def _longest(names: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The name that holds all the others as the same person, None where there is none."""
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    if not ordered:
        return None
    best = ordered[0]
    return best if all(_same_person(n, best) or best[-len(n) :] == n for n in ordered) else None


def agree(mentions: Sequence[Named]) -> list[Named]:
    """The mentions, those that a document otherwise calls a person taken for that person too.

    `Putin`, an organisation once, is a person where the article has Putin as a person more often;
    a full name speaks for its last word. Places stay, since people and places share names
    (Bergen), and so do well-known organisations (Brann).
    """
    people: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind == "person":
            people.update({mention.name, mention.name.split()[-1]})
        else:
            others[mention.name] += 1
    return [
        Named(mention.name, "person")
        if mention.kind not in {"person", "place"}
        and people[mention.name] > others[mention.name]
        and type_of(mention.name) != "organisation"
        else mention
        for mention in mentions
    ]


class People:
    """The people named with two words or more in a document.

    Args:
        names: Their base names, in the order of the text, each with the index of its mention.
    """

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self.spelt: dict[tuple[str, ...], str] = {}
        self.first_seen: dict[tuple[str, ...], int] = {}
        self.by_last: dict[str, set[tuple[str, ...]]] = {}
        self.by_first: dict[str, set[tuple[str, ...]]] = {}
        for index, name in names:
            key = _key(name)
            if len(key) < 2:
                continue
            if key not in self.spelt:
                self.first_seen[key] = index
            # Of several spellings the longest, then the first in order, whatever stands first.
            known = self.spelt.get(key, name)
            self.spelt[key] = min(known, name, key=lambda spelt: (-len(spelt), spelt))
            self.by_last.setdefault(key[-1], set()).add(key)
            self.by_first.setdefault(key[0], set()).add(key)

    def full(self, name: str, index: int) -> str | None:
        """The full name that a name stands for, None where there is none or more than one."""
        key = _key(name)
        if not key:
            return None
        carriers = self.by_last.get(key[-1], set())
        if len(carriers) > _MANY:
            return None
        if len(key) > 1:
            found = _longest(k for k in carriers if _same_person(key, k) or k[-len(key) :] == key)
            return self.spelt[found] if found else None
        if carriers:
            found = _longest(carriers)
            return self.spelt[found] if found else None
        return self._by_first_name(key[0], index)

    def _by_first_name(self, word: str, index: int) -> str | None:
        """A first name joins only to the one person who was named in full before."""
        namesakes = self.by_first.get(word, set())
        found = _longest(namesakes) if len(namesakes) <= _MANY else None
        if found is None or word in _ROYAL:
            return None
        seen = min(self.first_seen[k] for k in namesakes)
        return self.spelt[found] if seen < index else None


def join_people(mentions: Sequence[Named]) -> dict[int, str]:
    """Full name of each person, by the index of the mention; only where it says more.

    Args:
        mentions: All names of the document, in order.
    """
    people = People((i, m.name) for i, m in enumerate(mentions) if m.kind == "person")
    joined = {}
    for index, mention in enumerate(mentions):
        if mention.kind == "person":
            full = people.full(mention.name, index)
            if full is not None and full != mention.name:
                joined[index] = full
    return joined


def is_acronym_of(short: str, full: str) -> bool:
    """Whether a name in brackets can be the short form of the name before it.

    Norwegian names often have a foreign acronym (`Verdens helseorganisasjon (WHO)`), so letters
    need not agree; but then it has to be all capitals and stand for several words or a long one.
    """
    if not 2 <= len(short) <= 8 or " " in short or len(full) <= len(short) + 2:
        return False
    if short.isupper():
        return True
    letters = iter(full.lower())
    return short[0].isupper() and all(letter in letters for letter in short.lower())


def join_acronyms(mentions: Sequence[Named], pairs: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Full name of each organisation that the document gives an acronym in brackets.

    Args:
        mentions: All names of the document, in order.
        pairs: Indices of the full name and of the short one that stands in brackets after it, or
            the other way round.
    """
    meanings: dict[str, set[str]] = {}
    for first, second in pairs:
        one, other = mentions[first], mentions[second]
        if one.kind != other.kind or one.kind != "organisation":
            continue
        short, full = sorted((one.name, other.name), key=lambda name: (len(name), name))
        if is_acronym_of(short, full):
            meanings.setdefault(short, set()).add(full)
    return {
        index: min(meanings[mention.name])
        for index, mention in enumerate(mentions)
        if mention.kind == "organisation" and len(meanings.get(mention.name, ())) == 1
    }
