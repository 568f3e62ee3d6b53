"""Joins the people of one document, as a pure function.

Only what is safe within one article is joined: a name that could stand for two people stays
as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from pipeline.language.joins.named import MANY, Named
from pipeline.language.known import FORENAMES, PUBLIC
from pipeline.language.lexicon import KIN, KIN_HEADS
from pipeline.language.spans import ARTICLES

# Royals go by one name, which a namesake in the same article must not take.
_ROYAL = frozenset(
    """
    kong kongen dronning dronningen kronprins kronprinsen kronprinsesse kronprinsessen prins
    prinsen prinsesse prinsessen kongeparet kronprinsparet prinseparet majestet høyhet
    """.split()
)
_GENERATIONS = frozenset("junior senior jr jr. sr sr.".split())
_SENIORS = frozenset((word,) for word in _GENERATIONS)
# Of namesakes, the one named in full so many times as often as all others is the one written of.
_MAIN = 4
# Before two who share a surname: `ekteparet Kari og Ola Moen`, `tvillingdøtrene`; but those of
# `programlederparet` do not.
_RELATED = re.compile(
    r"(?:ekte|søsken|tvilling)?paret"
    r"|\w*(?:brødrene|søstrene|søsknene|tvillingene|døtrene|sønnene|barna|foreldrene)"
    r"|fetterne|kusinene"
)

# Before a surname that is nobody's alone: `ekteparet Moser`.
_FAMILY = KIN_HEADS | {"generasjon", "generasjoner"}
# ... and before two: `familien Skogstad Ibrahimi`; `ekteparet Kari Moe og Ola Vik` are somebody.
_WHOLE_FAMILY = frozenset("familien familiens slekten slekta".split())


def _key(name: str) -> tuple[str, ...]:
    """Words to compare by: lower case, Arabic articles taken off (`al-Assad` is `Assad`).

    But Al Gore is called so.
    """
    words = name.split()
    parts = [word for word in words if word not in ARTICLES] or words
    return tuple(_without_article(part.lower()) for part in parts)


def _without_article(word: str) -> str:
    article, _, rest = word.partition("-")
    return rest if rest and article in ARTICLES else word


def _letters(name: str) -> str:
    """What misprints leave of a name: `Svein-Erik` and `Svein Erik`, `Johann` and `Johan`."""
    return re.sub(r"(\w)\1", r"\1", "".join(_key(name)).replace("-", ""))


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """One spelling for the names of two words or more that are the same but for misprints.

    Args:
        names: Base names.

    Returns:
        Each of them to the longest spelling, of equally long ones the first in order.
    """
    spelt = {name: _letters(name) for name in names if " " in name}
    longest: dict[str, str] = {}
    for name in sorted(spelt, key=lambda name: (-len(name), name)):
        longest.setdefault(spelt[name], name)
    return {name: longest[letters] for name, letters in spelt.items()}


def _within(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether all words of `short` stand in `full` in the same order."""
    words = iter(full)
    return all(word in words for word in short)


def _same_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name of two words or more can be short for another.

    `Jonas Støre` and `Jonas Gahr Støre` have the same first and last word, and nothing
    contradicts; an initial is a first word too (`E. Solberg`). `Gahr Støre` is the end of the name,
    `Leah Isadora` the beginning of Leah Isadora Behn. But George W. Bush is not George H. W. Bush.
    """
    if full[-1] in _GENERATIONS and short[-1] != full[-1]:
        return False  # Donald Trump is not Donald Trump junior
    if short in (full[: len(short)], full[-len(short) :]):
        return True
    if short[-1] != full[-1]:
        return False
    if short[0] == full[0]:
        if _has_initial(short[1:-1]):  # Stine B. Oftedal is Stine Bredal Oftedal
            return len(short) == len(full) and all(map(_abbreviates, short, full))
        return _within(short, full)
    return _has_initial(short[:1]) and short[0][0] == full[0][0] and _within(short[1:], full[1:])


def _abbreviates(word: str, full: str) -> bool:
    return word == full or (_has_initial([word]) and full.startswith(word[0]))


def _has_initial(words: Sequence[str]) -> bool:
    return any(len(word.rstrip(".")) == 1 for word in words)


class People:
    """The people named with two words or more in a document.

    Args:
        names: Their base names, each thing in one spelling, as often as they are named.
        apart: Pairs of names that one sentence has, so that they are two people.
        royal: First names that royals of the document go by.
        reigning: Their names.
        kin: Names of those who only come up as somebody's relatives.
    """

    def __init__(
        self,
        names: Iterable[str],
        apart: Collection[frozenset[str]] = (),
        royal: Collection[str] = (),
        kin: Collection[str] = (),
        reigning: Collection[str] = (),
    ) -> None:
        self._royal = royal
        self._reigning = set(map(_key, reigning))
        self._kin = set(map(_key, kin))
        self._apart = {frozenset(map(_key, pair)) for pair in apart}
        self.spelt: dict[tuple[str, ...], str] = {}
        self.times: Counter[tuple[str, ...]] = Counter()
        self.by_last: dict[str, set[tuple[str, ...]]] = {}
        self.by_first: dict[str, set[tuple[str, ...]]] = {}
        self.by_middle: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            key = _key(name)
            if len(key) < 2:
                continue
            self.spelt[key] = name
            self.times[key] += 1
            self.by_last.setdefault(key[-1], set()).add(key)
            self.by_first.setdefault(key[0], set()).add(key)
            # `Mejía` is Carlos Mejía Núñez, `Løkke` Lars Løkke Rasmussen; but Gunnar is nobody's
            # surname.
            for word, spelt in zip(key[1:-1], name.split()[1:-1], strict=False):
                if spelt not in FORENAMES:
                    self.by_middle.setdefault(word, set()).add(key)
        # `Per Arne` for Per Arne Lund, who was named before, has no surname, and his son Arne is
        # not he; but who was Linda Hofstad before she was named in full has one.
        order = {key: number for number, key in enumerate(self.spelt)}
        for key in self.spelt:
            namesakes = self.by_first[key[0]]
            if len(namesakes) <= MANY and any(
                other[: len(key)] == key and order[other] < order[key] for other in namesakes
            ):
                self.by_last[key[-1]].discard(key)

    def full(self, name: str, latest: str = "", first: str = "") -> str | None:
        """The full name that a name stands for, None where there is none or more than one.

        Args:
            name: A name of a person.
            latest: The full name with that word that the text had last.
            first: The only full name with that word so far, if there are others later; or the
                first, if there is none so far.
        """
        key = _key(name)
        if not key:
            return None
        found: tuple[str, ...] | None = key
        if len(key) == 1:
            carriers = self.by_last.get(key[0], set())
            if not carriers:
                carriers = self.by_first.get(key[0], set()) or self.by_middle.get(key[0], set())
                if key[0] in self._royal:  # Ingrid is Ingrid Alexandra, and no namesake
                    carriers = carriers & self._reigning
            if len(carriers) > MANY:
                return None
            found = self._longest(carriers - self._kin or carriers)
            if found is None and _key(first) in carriers:
                # A headline has surnames before anybody is named in full: it is about who is named
                # first. That one is named once more, which `_meant` counts.
                found = _key(first)
                self.times[found] += 1
            found = found or self._meant(carriers, _key(latest))
        found = found and (self._fullest(found) or found)
        return self.spelt.get(found) if found else None

    def _fullest(self, key: tuple[str, ...]) -> tuple[str, ...] | None:
        last, first = self.by_last.get(key[-1], set()), self.by_first.get(key[0], set())
        if max(len(last), len(first)) > MANY or len(near := last | first) > MANY:
            return None
        return self._longest(other for other in near if self._is_same(key, other))

    def _is_same(self, short: tuple[str, ...], full: tuple[str, ...]) -> bool:
        return _same_person(short, full) and frozenset({short, full}) not in self._apart

    def _longest(self, names: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
        """The name that holds all the others as the same person, None where there is none."""
        ordered = sorted(set(names), key=lambda name: (-len(name), -sum(map(len, name)), name))
        if not ordered:
            return None
        best = ordered[0]
        return best if all(self._is_same(name, best) for name in ordered) else None

    def _meant(
        self, carriers: set[tuple[str, ...]], latest: tuple[str, ...]
    ) -> tuple[str, ...] | None:
        """Of namesakes the one whom the text names most, if it has just named that one in full.

        Or if it is about that one, so that others of the family only come up.
        """
        if not carriers:
            return None
        most = max(carriers, key=lambda key: (self.times[key], key))
        rest = [self.times[key] for key in carriers if key != most]
        just = most == latest and self.times[most] > max(rest)
        return most if just or self.times[most] >= _MAIN * sum(rest) else None


def join_people(
    mentions: Sequence[Named], couples: Iterable[tuple[int, int]] = ()
) -> dict[int, str]:
    """Full name of each person, by the index of the mention; only where it says more.

    Args:
        mentions: All names of the document, in order.
        couples: Indices of two names that only `og` stands between.
    """
    names = {i: mention.name for i, mention in enumerate(mentions) if mention.kind == "person"}
    spellings = _spellings(names.values())
    spelt = {index: spellings.get(name, name) for index, name in names.items()}
    couples = list(couples)
    reigning = _reigning(mentions, names, couples)
    royal = {word for index in reigning for word in _key(names[index])}
    kin = {name for i, name in spelt.items() if mentions[i].before.lower() in KIN}
    titled = {spelt[index] for index in reigning}
    single = {i: name for i, name in spelt.items() if not _is_whole_family(mentions[i])}
    people = People(single.values(), _apart(mentions, spelt), royal, kin, titled)
    first, called = _first_bearers(single.values(), -1), _first_bearers(single.values(), 0)
    latest: dict[str, str] = {}
    several: set[str] = set()  # words that two of the people named so far bear
    joined = {}
    for index, name in spelt.items():
        key = _key(name)
        word = key[0] if key else ""
        borne = word in first or _key(called.get(word, ""))[-1:] in _SENIORS  # Bø senior
        family = borne and _is_family(mentions[index])
        if mentions[index].family or family or index not in single:
            continue
        only = "" if word in several else first.get(word) or called.get(word, "")
        full = people.full(name, latest.get(word, ""), only) or name
        if full != names[index]:
            joined[index] = full
        if len(key) > 1:
            for bears in (key[0], key[-1]):
                if latest.get(bears, name) != name:
                    several.add(bears)
                latest[bears] = name
    spouses = _spouses(mentions, names, (pair for pair in couples if pair[0] not in reigning))
    return {i: spouses[name] for i, name in names.items() if name in spouses} | joined


def _is_family(mention: Named) -> bool:
    """Whether a surname is nobody's alone by the word before it: `ekteparet Moser`."""
    return " " not in mention.name and mention.before.lower() in _FAMILY


def _is_whole_family(mention: Named) -> bool:
    """Whether a name of several words is a family's: `familien Skogstad Ibrahimi`."""
    return " " in mention.name and mention.before.lower() in _WHOLE_FAMILY


def _reigning(
    mentions: Sequence[Named], names: Mapping[int, str], couples: Sequence[tuple[int, int]]
) -> set[int]:
    """Indices of royals by their titles; in `kongeparet Harald og Sonja` both are."""
    titled = {index for index in names if mentions[index].before.lower() in _ROYAL}
    return titled | {other for one, other in couples if one in titled and other in names}


def _are_forenames(name: str) -> bool:
    """Whether a name is what somebody is called first: `Hans Petter`, `Leif O.`."""
    return all(word in FORENAMES or _has_initial([word]) for word in name.split())


def _spouses(
    mentions: Sequence[Named], names: Mapping[int, str], couples: Iterable[tuple[int, int]]
) -> dict[str, str]:
    """First names to the full names of who shares the surname of somebody beside them.

    `ekteparet Kari og Ola Moen`, and Bill Clinton, who is known, in `Bill og Hillary Clinton`; but
    `Silje og Fredrik Skavlan` need not be related, and `Kåre og Per Ivar` tell no surname.
    """
    found: dict[str, set[str]] = {}
    for one, other in couples:
        first, full = names.get(one, ""), names.get(other, "")
        surname = full.split()[-1] if " " in full and not _are_forenames(full) else ""
        name = surname and f"{first} {surname}"
        related = _RELATED.fullmatch(mentions[one].before.lower()) and _are_forenames(first)
        if name and (related or name in PUBLIC):
            found.setdefault(first, set()).add(name)
    return {first: min(full) for first, full in found.items() if len(full) == 1}


def _first_bearers(names: Iterable[str], at: int) -> dict[str, str]:
    """Each last word, or first, to the first name of two words or more that has it there."""
    bearers: dict[str, str] = {}
    for name in names:
        key = _key(name)
        if len(key) > 1:
            bearers.setdefault(key[at], name)
    return bearers


def _apart(mentions: Sequence[Named], names: Mapping[int, str]) -> set[frozenset[str]]:
    """Pairs of names in one sentence that could be one person's, by index of the mention.

    `Gustav Magnar Witzøe og faren, Gustav Witzøe`: nobody is named in two ways at once.
    """
    pairs: set[frozenset[str]] = set()
    several = [(i, name) for i, name in names.items() if " " in name]
    for (at, name), (then, other) in pairwise(several):
        same = mentions[at].sentence == mentions[then].sentence >= 0
        if same and name != other and _same_person(*sorted((_key(name), _key(other)), key=len)):
            pairs.add(frozenset({name, other}))
    return pairs
