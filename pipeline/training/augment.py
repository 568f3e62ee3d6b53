"""Variations of training sentences: other names, capitals, other marks, photo credits.

Six of ten names in a new text were never seen in training, and the treebank's texts are
of 2001 to 2014: variation teaches the model to look at what stands around a name, and at
ways of writing that newspapers have now.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import knowledge
from pipeline.training.corpus import Sentence, SourceDocument

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable
    from pathlib import Path

_FIRST_PART = re.compile(r"^[A-ZÆØÅ][\w.]+$")
_DASH = re.compile(r"^- (?=\S)")
_PHOTO_AGENCIES = ("NTB", "AP", "AFP", "Reuters", "NTB scanpix", "VG", "Dagbladet", "Privat")
_NO_STATE = ("øya", "øyane", "øyene", "Antarktis")
_COMPOUND_HEADS = {
    "GPE_LOC": ("provinsen", "fylket", "distriktet"),
    "DRV": ("regjeringen", "saken", "avtalen", "profilen", "lederen", "velgere", "planen"),
}


@dataclass(frozen=True)
class Chances:
    """How often each variation is made, as probabilities.

    Attributes:
        name: a name is replaced with another of its label.
        heading_capitals: a heading is written in capitals.
        capitals: another sentence is.
        lower: a sentence loses its capitals.
        marks: a sentence gets other quotation marks and dashes.
        compound: a place or a party gets a compound head.
        credit: a photo credit follows a sentence.
    """

    name: float = 0.2
    heading_capitals: float = 0.1
    capitals: float = 0.005
    lower: float = 0.005
    marks: float = 0.4
    compound: float = 0.02
    credit: float = 0.01


@dataclass
class NameLists:
    """Names to put in place of others.

    Attributes:
        forenames: such as ``"Kari"``.
        surnames: such as ``"Nordmann"``.
        by_label: whole names by label, for ``GPE_LOC``, ``GPE_ORG``, ``LOC``, ``ORG`` and
            ``PROD``.
    """

    forenames: list[str] = field(default_factory=list)
    surnames: list[str] = field(default_factory=list)
    by_label: dict[str, list[str]] = field(default_factory=dict)


def _column(path: Path, name: str) -> list[str]:
    """Read one column of a CSV file; empty cells are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file) if row[name]]


def collect_names(documents: Iterable[SourceDocument], gazetteers: Path | None) -> NameLists:
    """Collect names from the training texts, known countries and cities, and lists.

    Args:
        documents: training texts. Their people are taken apart: a forename of one and the
            surname of another make a person nobody has seen.
        gazetteers: a folder with ``politicians_norway.csv``, ``municipalities_2020.csv``,
            ``places_norway.csv`` and ``organisations_wikidata.csv``.

    Returns:
        The lists, sorted, so that the same seed draws the same names.
    """
    forenames: set[str] = set()
    surnames: set[str] = set()
    countries = _countries()
    by_label: dict[str, set[str]] = {
        "GPE_LOC": countries | _cities_abroad(),
        "GPE_ORG": countries,
        "LOC": set(),
        "ORG": set(),
        "PROD": set(),
    }
    for document in documents:
        for sentence in document.sentences:
            for start, end, label in sentence.spans:
                surface = sentence.text[start:end]
                parts = surface.split()
                if label == "PER" and len(parts) > 1 and all(map(_FIRST_PART.match, parts)):
                    forenames.add(parts[0])
                    surnames.add(parts[-1])
                elif label in by_label and surface[0].isupper():
                    by_label[label].add(surface)
    if gazetteers is not None:
        politicians = gazetteers / "politicians_norway.csv"
        forenames.update(name.split()[0] for name in _column(politicians, "forename"))
        surnames.update(name.split()[-1] for name in _column(politicians, "surname"))
        # NorNE calls a municipality or a city GPE_LOC, a village or a part of a city LOC.
        cities = _column(gazetteers / "municipalities_2020.csv", "name")
        by_label["GPE_LOC"].update(cities)
        # By falling population: the last ones are farms.
        villages = _column(gazetteers / "places_norway.csv", "name")[300:3000]
        by_label["LOC"].update(set(villages) - set(cities))
        by_label["ORG"].update(
            names.split("|")[0]
            for names in _column(gazetteers / "organisations_wikidata.csv", "names")
        )
    return NameLists(
        _without_genitives(forenames),
        _without_genitives(surnames),
        {label: _without_genitives(names) for label, names in by_label.items()},
    )


def _countries() -> set[str]:
    """Names of a word that states have: of several words are mostly dependencies and reefs."""
    names = knowledge.read("countries")["name"].to_pylist()
    return {name for name in names if " " not in name and not name.endswith(_NO_STATE)}


def _cities_abroad() -> set[str]:
    """One in four, about as many as there are Norwegian names, as a newspaper can print them."""
    places = knowledge.read("places").select(["name", "country", "sure", "source"]).to_pylist()
    cities = sorted(
        place["name"] for place in places
        if place["country"] not in (None, "NOR", "SJM")
        and "GeoNames" in place["source"]  # not towers and rivers
        and place["sure"] != "no"  # nor towns that no newspaper has
        and place["name"].encode("latin-1", "ignore").decode("latin-1") == place["name"]
        and all(map(_FIRST_PART.match, place["name"].split()))
    )  # fmt: skip
    return set(cities[::4])


def _without_genitives(names: set[str]) -> list[str]:
    """Sort names, without those that are another one of them with an -s."""
    return sorted(name for name in names if name[-1] != "s" or name[:-1] not in names)


def replace_spans(sentence: Sentence, surfaces: list[str]) -> Sentence:
    """Put other surfaces in the place of a sentence's names.

    Args:
        sentence: with n names.
        surfaces: n surfaces.

    Returns:
        The sentence with them, spans moved accordingly.
    """
    text = ""
    spans = []
    last = 0
    for (start, end, label), surface in zip(sentence.spans, surfaces, strict=True):
        text += sentence.text[last:start]
        spans.append((len(text), len(text) + len(surface), label))
        text += surface
        last = end
    return replace(sentence, text=text + sentence.text[last:], spans=tuple(spans))


class Augmenter:
    """Makes variations of sentences.

    Args:
        names: to draw from.
        chances: how often to do what.
        rng: the source of all chance.
    """

    def __init__(self, names: NameLists, chances: Chances, rng: random.Random) -> None:
        self.names = names
        self.chances = chances
        self.rng = rng

    def person(self, parts: int = 2) -> str:
        """Draw a person's name.

        Args:
            parts: 1 for a surname, 2 for a forename before it, 3 for another surname too.
        """
        draw = self.rng.choice
        name = draw(self.names.surnames)
        if parts > 1:
            name = f"{draw(self.names.forenames)} {name}"
        return f"{name} {draw(self.names.surnames)}" if parts > 2 else name

    def other_name(self, surface: str, label: str) -> str:
        """Draw a name in the place of another, with its genitive if it has one.

        Args:
            surface: the name to replace.
            label: its label; one without a list keeps the name, as does a surface that
                is no plain name (in lower case, a compound, with marks in it).
        """
        parts = surface.split()
        if not all(map(_FIRST_PART.match, parts)):
            return surface
        if label == "PER":
            is_forename = len(parts) == 1 and parts[0] in self._forename_set
            name = self.rng.choice(self.names.forenames) if is_forename else self.person(len(parts))
        elif self.names.by_label.get(label):
            name = self.rng.choice(self.names.by_label[label])
        else:
            return surface
        if self._is_genitive(surface) and name[-1] not in "sxz'.":
            name += "s"
        return name

    @property
    def _forename_set(self) -> frozenset[str]:
        cached: frozenset[str] | None = getattr(self, "_forenames", None)
        if cached is None:
            cached = self._forenames = frozenset(self.names.forenames)
        return cached

    def _is_genitive(self, surface: str) -> bool:
        """Whether a surface is some name's genitive, by the name lists."""
        if not surface.endswith("s"):
            return False
        cached: frozenset[str] | None = getattr(self, "_known", None)
        if cached is None:
            lists = (*self.names.by_label.values(), self.names.surnames, self.names.forenames)
            cached = self._known = frozenset(name for names in lists for name in names)
        return surface[:-1] in cached or surface.rsplit(maxsplit=1)[-1][:-1] in cached

    def sentence(self, sentence: Sentence) -> list[Sentence]:
        """Vary one sentence.

        Args:
            sentence: any sentence of the training texts.

        Returns:
            The sentence, varied or not, and perhaps a photo credit after it.
        """
        chance, rng = self.chances, self.rng
        surfaces = []
        labels = []
        for start, end, old_label in sentence.spans:
            label, surface = old_label, sentence.text[start:end]
            if rng.random() < chance.name:
                surface = self.other_name(surface, label)
            if label == "GPE_LOC" and surface.isalpha() and rng.random() < chance.compound:
                label = rng.choice(("GPE_LOC", "DRV"))
                surface = f"{surface}-{rng.choice(_COMPOUND_HEADS[label])}"
            surfaces.append(surface)
            labels.append(label)
        varied = replace_spans(sentence, surfaces)
        spans = tuple((s, e, label) for (s, e, _), label in zip(varied.spans, labels, strict=True))
        text = varied.text
        if rng.random() < chance.marks:
            text = _DASH.sub(rng.choice(("– ", "— ", "– ")), text).replace(" - ", " – ")
            text = self._other_quotes(text)
        if rng.random() < (chance.heading_capitals if sentence.heading else chance.capitals):
            text = _keep_length(text, text.upper())
        elif rng.random() < chance.lower:
            text = _keep_length(text, text.lower())
        result = [replace(sentence, text=text, spans=spans)]
        if rng.random() < chance.credit:
            result.append(self.credit())
        return result

    def credit(self) -> Sentence:
        """Make a photo credit, as newspapers write them since about 2015."""
        rng = self.rng
        text = rng.choice(("Foto: ", "FOTO: ", "Foto: ", "(Foto: ", "Illustrasjon: "))
        person, agency = self.person(rng.choice((2, 2, 3))), rng.choice(_PHOTO_AGENCIES)
        spans = [(len(text), len(text) + len(person), "PER")]
        closing = ")" if text.startswith("(") else ""
        text += person
        if rng.random() < 0.8:
            text += rng.choice((" / ", "/", ", "))
            if agency != "Privat":
                spans.append((len(text), len(text) + len(agency), "ORG"))
            text += agency
        return Sentence(text + closing, tuple(spans), heading=True)

    def _other_quotes(self, text: str) -> str:
        """Swap « and » for straight quotes, or the other way round; lengths stay."""
        if "«" in text:
            return text.replace("«", '"').replace("»", '"')
        parts = text.split('"')
        if len(parts) % 2 == 0:
            return text
        return "".join(
            part + ("" if i == len(parts) - 1 else "«»"[i % 2]) for i, part in enumerate(parts)
        )


def _keep_length(before: str, after: str) -> str:
    """Give `after`, unless a letter of it became two and spans would no longer fit."""
    return after if len(after) == len(before) else before
