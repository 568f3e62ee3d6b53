"""Scores the tables of a run against gold that says which entity each name is.

The texts go through a run's stages, without its settings and store, so that a text which stands
twice counts twice. What counts is what the tables hold: base names, one row for each person, place
and organisation, its country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from pipeline.evaluation.clusters import ClusterScorer, Share
from pipeline.evaluation.counts import Counts
from pipeline.evaluation.gold import read_rows
from pipeline.evaluation.narc import Name
from pipeline.evaluation.scoring import rounded
from pipeline.vocabulary import DEFAULT_TYPES, LABEL_OF_TYPE

_FIELDS = frozenset(["start", "end", "type", "derived", "name", "entity", "country"])
# Namesakes are told apart by a bracket whose wording is the annotator's.
_BRACKET = re.compile(r" \([^()]*\)$")

Place = tuple[int, int, int]  # number of the text, start, end
Row = dict[str, Any]


@dataclass(frozen=True)
class GoldName:
    """A name of gold.

    Attributes:
        name: its base form.
        type: what a user means by it.
        entity: one string for one thing in all texts.
        country: alpha-3 code of a place that is a country or lies in one, else "".
        derived: whether it is only part of a word for something else.
    """

    name: str
    type: str
    entity: str
    country: str
    derived: bool


@dataclass(frozen=True)
class GoldEntities:
    """Texts in which each name's entity is known.

    Attributes:
        texts: raw texts.
        names: all names, by where they stand.
    """

    texts: tuple[str, ...]
    names: Mapping[Place, GoldName]


@dataclass(frozen=True)
class BaseNames:
    """Base names of the mentions that a run found exactly.

    Attributes:
        n: such mentions.
        accuracy: share of them with the right base name.
    """

    n: int
    accuracy: float


@dataclass(frozen=True)
class Countries:
    """Country codes of the entities found, each pair of a gold entity and the run's counted once.

    Attributes:
        right: the code that gold has.
        wrong: another one, also where gold has none.
        missing: none, where gold has one.
    """

    right: int
    wrong: int
    missing: int


@dataclass(frozen=True)
class EntitiesScore:
    """How right the tables of a run are; shares between 0 and 1.

    Attributes:
        base_names: see the class.
        table: rows of the entity table, by name and type; two namesakes are two rows.
        gold: people, places and organisations in gold.
        found: and in the run's table.
        countries: see the class.
        b3: how far the mentions of one entity are those of one gold entity, over all texts.
    """

    base_names: BaseNames
    table: Share
    gold: int
    found: int
    countries: Countries
    b3: Share


@dataclass(frozen=True)
class EntitiesEvaluation:
    """The scores on one gold file.

    Attributes:
        found: of a run over the raw texts.
        given: of gold's own spans and types, only resolved: what names lose by themselves.
    """

    found: EntitiesScore
    given: EntitiesScore

    def to_json(self) -> dict[str, Any]:
        """Give plain dictionaries, shares with four decimals; a run's stand at the top."""
        figures = {**asdict(self.found), "given": asdict(self.given)}
        return {key: rounded(value, 4) for key, value in figures.items()}

    def to_table(self) -> Table:
        """Give a table for a terminal."""
        table = Table("", "found names", "gold's names", title="Base names and entities")
        lines: dict[str, Callable[[EntitiesScore], str]] = {
            "base names right": lambda s: f"{s.base_names.accuracy:.1%} of {s.base_names.n}",
            "entity table (name, type), precision": lambda s: f"{s.table.p:.1%} of {s.found}",
            "entity table (name, type), recall": lambda s: f"{s.table.r:.1%} of {s.gold}",
            "country codes right": lambda s: str(s.countries.right),
            "country codes wrong": lambda s: str(s.countries.wrong),
            "country codes missing": lambda s: str(s.countries.missing),
            "mentions by entity, B³ F": lambda s: f"{s.b3.f:.1%}",
        }
        for line, of in lines.items():
            table.add_row(line, of(self.found), of(self.given))
        return table


def read_entities(path: Path) -> GoldEntities | None:
    """Read which entity each name of a gold file is.

    Args:
        path: gold, see `gold.read_gold`, which has read it without an error.

    Returns:
        The texts and names; None if it is not JSON lines, or a mention says less than
        `GoldName`.

    Raises:
        GoldError: if two names of a text overlap, one begins or ends with a space, or has a type
            that the tables do not know.
    """
    if path.suffix != ".jsonl" or not all(read_rows(path, _tells_entities)):
        return None
    texts = list(read_rows(path, _named))
    names = {
        (number, *place): name
        for number, (_, own) in enumerate(texts)
        for place, name in own.items()
    }
    return GoldEntities(tuple(text for text, _ in texts), names) if names else None


def _tells_entities(row: Row) -> bool:
    return all(m.keys() >= _FIELDS for m in row["mentions"])


def _named(row: Row) -> tuple[str, dict[tuple[int, int], GoldName]]:
    """The text of a line and its names, or an error where they cannot be given to the pipeline."""
    names = {}
    end = 0
    for m in sorted(row["mentions"], key=lambda m: m["start"]):
        surface = row["text"][m["start"] : m["end"]]
        if m["start"] < end or surface != surface.strip() or m["type"] not in LABEL_OF_TYPE:
            raise ValueError(
                f"text {row['doc_id']}: {surface!r} overlaps with another mention, begins or ends "
                f"with a space, or has another type than {', '.join(LABEL_OF_TYPE)}"
            )
        name, entity, country = m["name"], m["entity"], m["country"] or ""
        if not all(isinstance(value, str) for value in (name, entity, country)):
            raise TypeError("name, entity and country are no strings")
        end = m["end"]
        names[m["start"], end] = GoldName(name, m["type"], entity, country, m["derived"])
    return row["text"], names


def evaluate_entities(
    gold: GoldEntities, *, model: str = "", gazetteer: str | None = None
) -> EntitiesEvaluation:
    """Run the product on the texts and score its tables.

    Args:
        gold: texts and names.
        model: as for `models.find`.
        gazetteer: path of the user's CSV of names, or None.

    Returns:
        The scores.

    Raises:
        UserError: The model or the gazetteer cannot be used.
    """
    from pipeline.evaluation.given import resolve_spans
    from pipeline.stages.memory import find_spans

    mentions, entities = resolve_spans(find_spans(gold.texts, model, gazetteer))
    found = [{**row, "text": int(row["doc_id"])} for row in mentions]
    return EntitiesEvaluation(
        found=score_entities(gold.names, found, entities),
        given=score_entities(gold.names, *_resolve(gold)),
    )


def _resolve(gold: GoldEntities) -> tuple[list[Row], dict[str, Row]]:
    """Mentions, and entities by id, where gold's spans and types are given."""
    from pipeline.evaluation.given import as_given, resolve_given

    names: list[list[Name]] = [[] for _ in gold.texts]
    for (number, start, end), name in gold.names.items():
        label = "DRV" if name.derived else LABEL_OF_TYPE[name.type]
        names[number].append(Name(start, end, label, 0))
    resolved, entities = resolve_given(
        [as_given(text, own) for text, own in zip(gold.texts, names, strict=True)]
    )
    mentions = [{**row, "text": number} for number, rows in enumerate(resolved) for row in rows]
    return mentions, entities


def score_entities(
    gold: Mapping[Place, GoldName],
    mentions: Iterable[Row],
    entities: Mapping[str, Row],
) -> EntitiesScore:
    """Score mentions and entities.

    Args:
        gold: names by where they stand.
        mentions: rows of schemas.MENTIONS, `text` being the number of the text.
        entities: rows of schemas.ENTITIES by their id.

    Returns:
        The scores.
    """
    found = {(row["text"], row["start"], row["end"]): row for row in mentions}
    both = [(gold[place], found[place]) for place in gold.keys() & found.keys()]
    n_right = sum(name.name == row["name"] for name, row in both)
    rows_gold = Counter(
        (_BRACKET.sub("", entity), kind)
        for entity, kind in {(name.entity, name.type) for name in gold.values()}
        if kind in DEFAULT_TYPES
    )
    rows_found = Counter(
        (row["name"], row["type"]) for row in entities.values() if _is_counted(row["type"])
    )
    table = Counts((rows_gold & rows_found).total(), rows_found.total(), rows_gold.total())
    scorer = ClusterScorer()
    scorer.add(
        {place: name.entity for place, name in gold.items() if _is_counted(name.type)},
        {place: row["entity_id"] for place, row in found.items() if _is_counted(row["type"])},
    )
    return EntitiesScore(
        base_names=BaseNames(len(both), n_right / len(both) if both else 0.0),
        table=Share(table.f / 100, table.precision / 100, table.recall / 100),
        gold=table.gold,
        found=table.predicted,
        countries=_compare_countries(
            {(name.entity, name.country, row["entity_id"]) for name, row in both}, entities
        ),
        b3=scorer.score().b3,
    )


def _is_counted(kind: str) -> bool:
    return kind in DEFAULT_TYPES


def _compare_countries(
    pairs: Iterable[tuple[str, str, str]], entities: Mapping[str, Row]
) -> Countries:
    """Count the codes of pairs of a gold entity with its country and a found one."""
    verdicts: Counter[str] = Counter()
    for _, country, entity_id in pairs:
        code = entities[entity_id]["country"] or ""
        if code and code != country:
            verdicts["wrong"] += 1
        elif country:
            verdicts["right" if code else "missing"] += 1
    return Countries(verdicts["right"], verdicts["wrong"], verdicts["missing"])
