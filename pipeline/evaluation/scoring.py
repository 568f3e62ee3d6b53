"""Scores names found in raw text against gold: strict spans, with intervals.

Four views of the same predictions, each with precision, recall and F in per cent:

- ``norne``: NorNE's labels, GPE split in GPE_LOC and GPE_ORG (the headline figure);
- ``merged``: GPE_LOC and GPE_ORG are both GPE;
- ``types``: person, place, organisation; gold names of no such type (DRV, PROD, EVT, MISC)
  are neutral: a prediction of exactly that span is not counted;
- ``unseen``: NorNE's labels, names whose lower-cased surface stands in no training text:
  recall over such gold names, precision over such predictions.

A name counts as found only if start, end and label are all right. The headline view (``norne``,
or ``types`` where gold has no labels) is also given for each genre, and what the model says of
its own certainty is held against it (see `pipeline.evaluation.reliability`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table

from pipeline.evaluation.counts import Counts, Score, UnitCounts, score
from pipeline.evaluation.gold import GoldText, Span
from pipeline.evaluation.reliability import Reliability, measure_reliability
from pipeline.vocabulary import DEFAULT_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

__all__ = [
    "Evaluation",
    "Predictor",
    "Score",
    "evaluate",
    "name_hash",
    "read_seen_names",
    "score_headline",
    "spacy_predictor",
    "write_seen_names",
]

Predictor = Callable[[Sequence[str]], Sequence[list[Span]]]
HASH_BYTES = 8


@dataclass(frozen=True)
class Evaluation:
    """All views of one evaluation.

    Attributes:
        texts: number of gold texts.
        units: number of units the bootstrap drew from.
        norne: see the module; None where gold has no labels.
        merged: see the module; None where gold has no labels.
        types: see the module.
        unseen: see the module; None without training names or labels.
        genres: the headline view of each kind of text; None where gold tells none.
        reliability: see the module; None where gold has no labels or no name has a score.
        robustness: the headline view of the same texts perturbed in several ways, where asked.
    """

    texts: int
    units: int
    norne: Score | None
    merged: Score | None
    types: Score
    unseen: Score | None
    genres: dict[str, Score] | None = None
    reliability: Reliability | None = None
    robustness: dict[str, Score] | None = None

    def to_json(self) -> dict[str, Any]:
        """Give plain dictionaries; per cent with two decimals, shares (0 to 1) with four."""
        return {
            key: rounded(value, 4 if key == "reliability" else 2)
            for key, value in asdict(self).items()
        }

    def to_table(self) -> Table:
        """Give a table for a terminal: a line for every view and every label of it."""
        table = Table(title=f"{self.texts} texts, 95 % intervals from {self.units} units")
        table.add_column("")
        for column in ("F", "95 %", "P", "R", "gold", "predicted"):
            table.add_column(column, justify="right")
        for view in ("norne", "merged", "types", "unseen"):
            part = getattr(self, view)
            if part is None:
                continue
            table.add_row(*_cells(view, part), style="bold")
            for label, inner in part.per_type.items():
                table.add_row(*_cells("  " + label, inner))
        headline = "types" if self.norne is None else "norne"
        for title, parts in (("by genre", self.genres), ("perturbed", self.robustness)):
            if parts:
                table.add_section()
                table.add_row(f"{headline} {title}", style="bold")
                for name, part in parts.items():
                    table.add_row(*_cells("  " + name, part))
        return table


def _cells(name: str, part: Score) -> list[str]:
    """Format one line of the table."""
    return [
        name,
        f"{part.f:.1f}",
        f"{part.low:.1f}-{part.high:.1f}",
        f"{part.p:.1f}",
        f"{part.r:.1f}",
        str(part.gold),
        str(part.predicted),
    ]


def rounded(value: Any, digits: int) -> Any:
    """Round every float in nested dictionaries and lists."""
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item, digits) for item in value]
    return round(value, digits) if isinstance(value, float) else value


def name_hash(surface: str) -> bytes:
    """Hash a name as the list of training names does.

    Args:
        surface: as it stands in the text.

    Returns:
        The first `HASH_BYTES` bytes of the SHA-256 of the lower-cased surface, its white
        space single.
    """
    plain = " ".join(surface.lower().split())
    return hashlib.sha256(plain.encode()).digest()[:HASH_BYTES]


def write_seen_names(surfaces: Iterable[str], path: Path) -> None:
    """Write the names of the training texts as sorted hashes, so that no text is given on.

    Args:
        surfaces: names.
        path: the binary file to write.
    """
    path.write_bytes(b"".join(sorted({name_hash(surface) for surface in surfaces})))


def read_seen_names(path: Path) -> frozenset[bytes]:
    """Read what `write_seen_names` wrote.

    Args:
        path: the file.

    Returns:
        The hashes.

    Raises:
        ValueError: if the file's size is no multiple of a hash's.
    """
    data = path.read_bytes()
    if len(data) % HASH_BYTES:
        raise ValueError(f"{path}: not a list of {HASH_BYTES}-byte hashes")
    return frozenset(data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES))


def spacy_predictor(nlp: Language) -> Predictor:
    """Make a predictor of a spaCy pipeline.

    Args:
        nlp: a pipeline that sets ``doc.ents``.

    Returns:
        A function from texts to the names of each.
    """

    def predict(texts: Sequence[str]) -> list[list[Span]]:
        return [
            [Span(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
            for doc in nlp.pipe(texts)
        ]

    return predict


@dataclass(frozen=True)
class _Unit:
    """One unit: its text's whole text, its kind of text, the names that begin in it."""

    text: str
    genre: str
    gold: list[Span]
    found: list[Span]


Keys = frozenset[tuple[int, int, str]]


def _labels(spans: Iterable[Span]) -> Keys:
    return frozenset((s.start, s.end, s.label) for s in spans)


def _types(spans: Iterable[Span]) -> Keys:
    """Give the spans of user types as (start, end, type)."""
    typed = ((s.start, s.end, s.user_type) for s in spans)
    return frozenset((s, e, kind) for s, e, kind in typed if kind and kind in DEFAULT_TYPES)


def _count(gold: Keys, found: Keys) -> dict[str, Counts]:
    """Count one unit's names, by label."""
    counts: dict[str, Counts] = defaultdict(Counts)
    for key in gold:
        counts[key[2]].gold += 1
    for key in found:
        counts[key[2]].predicted += 1
        counts[key[2]].right += key in gold
    return counts


def _count_norne(unit: _Unit) -> dict[str, Counts]:
    return _count(_labels(unit.gold), _labels(unit.found))


def _count_merged(unit: _Unit) -> dict[str, Counts]:
    def merge(keys: Keys) -> Keys:
        return frozenset((s, e, "GPE" if kind.startswith("GPE") else kind) for s, e, kind in keys)

    return _count(merge(_labels(unit.gold)), merge(_labels(unit.found)))


def _count_types(unit: _Unit) -> dict[str, Counts]:
    neutral = {(s.start, s.end) for s in unit.gold if s.user_type not in DEFAULT_TYPES}
    found = (s for s in unit.found if (s.start, s.end) not in neutral)
    return _count(_types(unit.gold), _types(found))


def _count_unseen(unit: _Unit, seen: frozenset[bytes]) -> dict[str, Counts]:
    def new(keys: Keys) -> Keys:
        return frozenset(k for k in keys if name_hash(unit.text[k[0] : k[1]]) not in seen)

    # A right prediction has its gold name's surface, so both sides leave out the same.
    return _count(new(_labels(unit.gold)), new(_labels(unit.found)))


def evaluate(
    gold: Sequence[GoldText],
    predictor: Predictor,
    *,
    seen: frozenset[bytes] | None = None,
    samples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Run a predictor over raw text and score it.

    Args:
        gold: texts with names.
        predictor: gives each text's names.
        seen: hashes of the names of the training texts (`read_seen_names`).
        samples: bootstrap samples; units (sentences, or whole texts) are drawn with
            replacement, and the interval is from the 2.5th to the 97.5th percentile.
        seed: of the bootstrap.

    Returns:
        The evaluation.

    Raises:
        ValueError: if the predictor gives another number of texts than it got.
    """
    units = _predict(gold, predictor)
    labelled = _is_labelled(gold)

    def view(counts: Iterable[UnitCounts]) -> Score:
        return score(list(counts), samples=samples, seed=seed)

    count = _count_norne if labelled else _count_types
    genres = sorted({unit.genre for unit in units} - {""})
    return Evaluation(
        texts=len(gold),
        units=len(units),
        norne=view(map(_count_norne, units)) if labelled else None,
        merged=view(map(_count_merged, units)) if labelled else None,
        types=view(map(_count_types, units)),
        unseen=view(_count_unseen(unit, seen) for unit in units)
        if labelled and seen is not None
        else None,
        genres={genre: view(count(u) for u in units if u.genre == genre) for genre in genres}
        or None,
        reliability=measure_reliability(_certainty(units)) if labelled else None,
    )


def score_headline(
    gold: Sequence[GoldText], predictor: Predictor, *, samples: int = 1000, seed: int = 0
) -> Score:
    """Score the headline view alone: NorNE's labels, or types where gold has none.

    Args:
        gold: texts with names.
        predictor: gives each text's names.
        samples: see `evaluate`.
        seed: of the bootstrap.

    Returns:
        The score.

    Raises:
        ValueError: if the predictor gives another number of texts than it got.
    """
    count = _count_norne if _is_labelled(gold) else _count_types
    return score([count(u) for u in _predict(gold, predictor)], samples=samples, seed=seed)


def _is_labelled(gold: Sequence[GoldText]) -> bool:
    return all(item.labelled or not item.spans for item in gold) and any(
        span.label for item in gold for span in item.spans
    )


def _certainty(units: Iterable[_Unit]) -> list[tuple[float, bool]]:
    """The score of every name that has one, and whether span and label are right."""
    certainty = []
    for unit in units:
        right = _labels(unit.gold)
        certainty += [
            (span.score, (span.start, span.end, span.label) in right)
            for span in unit.found
            if span.score is not None
        ]
    return certainty


def _predict(gold: Sequence[GoldText], predictor: Predictor) -> list[_Unit]:
    """Run the predictor, and sort gold and found names to the units they begin in."""
    predictions = predictor([item.text for item in gold])
    if len(predictions) != len(gold):
        raise ValueError(f"{len(predictions)} predictions for {len(gold)} texts")
    units = []
    for item, names in zip(gold, predictions, strict=True):
        bounds = item.units or ((0, len(item.text)),)
        genres = item.genres or ("",) * len(bounds)
        parts = [_Unit(item.text, genre, [], []) for _, genre in zip(bounds, genres, strict=True)]
        _sort_in(item.spans, bounds, [part.gold for part in parts])
        _sort_in(names, bounds, [part.found for part in parts])
        units += parts
    return units


def _sort_in(
    spans: Iterable[Span], bounds: Sequence[tuple[int, int]], parts: Sequence[list[Span]]
) -> None:
    at = 0
    for span in sorted(spans):
        while at + 1 < len(bounds) and span.start >= bounds[at + 1][0]:
            at += 1
        parts[at].append(span)
