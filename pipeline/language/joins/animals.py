"""Animals that are called after people in the news: `hunden Lenin`, as a pure function."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.joins.named import Named
from pipeline.language.known import PEOPLE, PUBLIC

_ANIMALS = {
    "bjørnen": "bjørn", "hesten": "hest", "hunden": "hund", "hvalen": "hval",
    "hvalrossen": "hvalross", "hvalpen": "hvalp", "isbjørnen": "isbjørn", "kaninen": "kanin",
    "katta": "katt", "katten": "katt", "kattungen": "kattunge", "kua": "ku", "oksen": "okse",
    "papegøyen": "papegøye", "travhesten": "travhest", "ulven": "ulv", "valpen": "valp",
}  # fmt: skip


def find_animals(mentions: Sequence[Named]) -> dict[int, str]:
    """Who is no Vladimir Lenin, by the index of the mention: `Lenin (hund)`.

    All of that name are, from the first that is told to be an animal on, if nobody of the name is
    named before.

    Args:
        mentions: All names of the document, in order.
    """
    found: dict[str, str] = {}
    people: set[str] = set()
    animals = {}
    for index, mention in enumerate(mentions):
        if mention.kind != "person":
            continue
        animal = _ANIMALS.get(mention.before.lower())
        if animal and (mention.name in PEOPLE or mention.name in PUBLIC):
            animals[index] = f"{mention.name} ({animal})"
            if mention.name not in people:
                found[mention.name] = animals[index]
        elif mention.name in found:
            animals[index] = found[mention.name]
        people.update((mention.name, mention.name.split()[-1]))
    return animals
