"""Royals and popes, who go by a first name that many have: `kong Harald` is Kong Harald.

Else he would be one with every Harald of whom an article says no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language.known import SHARED
from pipeline.language.lexicon import KIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.language.joins.named import Named

_TITLES = {
    form: title.capitalize()
    for title, definite in {
        "kong": "kongen",
        "dronning": "dronningen",
        "kronprins": "kronprinsen",
        "kronprinsesse": "kronprinsessen",
        "prins": "prinsen",
        "prinsesse": "prinsessen",
        "keiser": "keiseren",
        "pave": "paven",
    }.items()
    for form in (title, definite)
}
_COUPLES = {
    "kongeparet": ("Kong", "Dronning"),
    "kronprinsparet": ("Kronprins", "Kronprinsesse"),
    "prinseparet": ("Prins", "Prinsesse"),
}
# Who had another title before, or has a number: what they are called now, or were at last.
_CALLED = {
    "Carl XVI Gustaf": "Carl Gustaf",
    "Charles III": "Kong Charles",
    "Elizabeth II": "Dronning Elizabeth",
    "Frederik X": "Kong Frederik",
    "Haakon VII": "Kong Haakon",
    "Harald V": "Kong Harald",
    "Kronprins Frederik": "Kong Frederik",
    "Leo XIV": "Pave Leo",
    "Margrethe II": "Dronning Margrethe",
    "Olav V": "Kong Olav",
    "Prins Charles": "Kong Charles",
}


def name_royals(
    mentions: Sequence[Named], full: Mapping[int, str], couples: Iterable[tuple[int, int]]
) -> dict[int, str]:
    """Give royals their title, where their name alone tells nobody.

    Args:
        mentions: All names of the document, in order.
        full: The full names of those that have one, by index.
        couples: Indices of two names that only `og` stands between.

    Returns:
        Their names by index. Who is called so without a title is the only royal of that name in
        the document, unless somebody is named there in full who has it, too.
    """
    names = {i: full.get(i, m.name) for i, m in enumerate(mentions) if m.kind == "person"}
    titled = {
        index: _called(f"{title} {names[index]}")
        for index, title in _titles(mentions, couples)
        if names.get(index) in SHARED
    }
    royals: dict[str, set[str]] = {}
    for index, name in titled.items():
        royals.setdefault(names[index], set()).add(name)
    namesakes = {name.split()[0] for name in names.values() if " " in name}
    only = {name: min(found) for name, found in royals.items() if len(found) == 1}
    alone = {
        index: only[name]
        for index, name in names.items()
        if name in only.keys() - namesakes and mentions[index].before.lower() not in KIN
    }
    numbered = {index: _CALLED[name] for index, name in names.items() if name in _CALLED}
    return alone | titled | numbered


def _titles(
    mentions: Sequence[Named], couples: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, str]]:
    for index, mention in enumerate(mentions):
        if (title := _TITLES.get(mention.before.lower())) is not None:
            yield index, title
    for pair in couples:
        yield from zip(pair, _COUPLES.get(mentions[pair[0]].before.lower(), ()), strict=False)


def _called(name: str) -> str:
    return _CALLED.get(name, name)
