"""Scores names found in raw text against gold: strict spans, with intervals.

Four views of the same predictions, each with precision, recall and F in per cent:

- ``norne``: NorNE's labels, GPE split in GPE_LOC and GPE_ORG (the headline figure);
- ``merged``: GPE_LOC and GPE_ORG are both GPE;
- ``types``: person, place, organisation; gold names of no such type (DRV, PROD, EVT, MISC)
  are neutral: a prediction of exactly that span is not counted;
- ``unseen``: NorNE's labels, names whose lower-cased surface stands in no training text:
  recall over such gold names, precision over such predictions.

A name counts as found only if start, end and label are all right.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rich.table import Table

from pipeline.evaluation.gold import GoldText, Span

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

Predictor = Callable[[Sequence[str]], Sequence[list[Span]]]
USER_TYPES_COUNTED = ("person", "place", "organisation")
HASH_BYTES = 8


@dataclass
class Counts:
    """How many names: in gold, predicted, and both."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __iadd__(self, other: Counts) -> Counts:
        """Add the counts of another text."""
        self.right += other.right
        self.predicted += other.predicted
        self.gold += other.gold
        return self

    @property
    def precision(self) -> float:
        """Right of predicted, 0 to 100; 0 where nothing was predicted."""
        return 100.0 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right of gold, 0 to 100; 0 where there is no gold."""
        return 100.0 * self.right / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall, 0 to 100; 0 where there is no name."""
        total = self.predicted + self.gold
        return 200.0 * self.right / total if total else 0.0


@dataclass(frozen=True)
class Score:
    """Scores of one view or of one label.

    Attributes:
        f: F, 0 to 100.
        p: precision, 0 to 100.
        r: recall, 0 to 100.
        low: lower end of F's 95 % interval.
        high: its upper end.
        gold: names in gold.
        predicted: names predicted.
        per_type: the same for every label; empty for a label.
    """

    f: float
    p: float
    r: float
    low: float
    high: float
    gold: int
    predicted: int
    per_type: dict[str, Score] = field(default_factory=dict)


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
    """

    texts: int
    units: int
    norne: Score | None
    merged: Score | None
    types: Score
    unseen: Score | None

    def to_json(self) -> dict[str, Any]:
        """Give plain dictionaries, numbers rounded to two decimals."""
        return {key: _round(value) for key, value in asdict(self).items()}

    def to_table(self) -> Table:
        """Give a table for a terminal: a line for every view and every label of it."""
        table = Table(title=f"{self.texts} texts, 95 % intervals from {self.units} units")
        table.add_column("")
        for column in ("F", "95 %", "P", "R", "gold", "predicted"):
            table.add_column(column, justify="right")
        for view in ("norne", "merged", "types", "unseen"):
            score = getattr(self, view)
            if score is None:
                continue
            table.add_row(*_cells(view, score), style="bold")
            for label, part in score.per_type.items():
                table.add_row(*_cells("  " + label, part))
        return table


def _cells(name: str, score: Score) -> list[str]:
    """Format one line of the table."""
    return [
        name,
        f"{score.f:.1f}",
        f"{score.low:.1f}-{score.high:.1f}",
        f"{score.p:.1f}",
        f"{score.r:.1f}",
        str(score.gold),
        str(score.predicted),
    ]


def _round(value: Any) -> Any:
    """Round every float in nested dictionaries."""
    if isinstance(value, dict):
        return {key: _round(item) for key, item in value.items()}
    return round(value, 2) if isinstance(value, float) else value


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


def _merge(label: str) -> str:
    return "GPE" if label.startswith("GPE") else label


Keys = frozenset[tuple[int, int, str]]
# Counts by label of the units of all texts.
UnitCounts = list[dict[str, Counts]]


def _count(gold: Keys, predicted: Keys, neutral: frozenset[tuple[int, int]]) -> dict[str, Counts]:
    """Count one unit's names, by label."""
    counts: dict[str, Counts] = defaultdict(Counts)
    for key in gold:
        counts[key[2]].gold += 1
    for key in predicted:
        if key[:2] not in neutral:
            counts[key[2]].predicted += 1
            counts[key[2]].right += key in gold
    return counts


def _count_unseen(
    gold: Keys, predicted: Keys, text: str, seen: frozenset[bytes]
) -> dict[str, Counts]:
    """Count one unit's names whose surface stands in no training text, by label."""

    def new(keys: Keys) -> Keys:
        return frozenset(k for k in keys if name_hash(text[k[0] : k[1]]) not in seen)

    # A right prediction has its gold name's surface, so both sides leave out the same.
    return _count(new(gold), new(predicted), frozenset())


def _total(units: Iterable[Mapping[str, Counts]]) -> tuple[Counts, dict[str, Counts]]:
    """Sum units: over all labels, and by label."""
    whole = Counts()
    labels: dict[str, Counts] = defaultdict(Counts)
    for unit in units:
        for label, counts in unit.items():
            whole += counts
            labels[label] += counts
    return whole, labels


def _score(units: UnitCounts, *, samples: int, seed: int) -> Score:
    """Score one view, with bootstrap intervals over its units."""
    whole, labels = _total(units)
    rng = random.Random(seed)  # noqa: S311
    drawn: dict[str, list[float]] = defaultdict(list)
    filled = [unit for unit in units if unit]
    empty = len(units) - len(filled)
    for _ in range(samples):
        # Units without any name change nothing: only their number is drawn.
        sample = [
            filled[i] for i in rng.choices(range(len(filled) + empty), k=len(units))
            if i < len(filled)
        ]  # fmt: skip
        sample_whole, sample_labels = _total(sample)
        drawn[""].append(sample_whole.f)
        for label in labels:
            drawn[label].append(sample_labels[label].f if label in sample_labels else 0.0)
    per_type = {label: _make(labels[label], drawn[label], {}) for label in sorted(labels)}
    return _make(whole, drawn[""], per_type)


def _make(counts: Counts, drawn: list[float], per_type: dict[str, Score]) -> Score:
    """Build a score from counts and bootstrap values of F."""
    values = sorted(drawn)
    low = values[int(0.025 * (len(values) - 1))] if values else counts.f
    high = values[round(0.975 * (len(values) - 1))] if values else counts.f
    return Score(
        counts.f, counts.precision, counts.recall, low, high, counts.gold, counts.predicted,
        per_type,
    )  # fmt: skip


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
    predictions = predictor([item.text for item in gold])
    if len(predictions) != len(gold):
        raise ValueError(f"{len(predictions)} predictions for {len(gold)} texts")
    labelled = all(item.labelled or not item.spans for item in gold) and any(
        span.label for item in gold for span in item.spans
    )
    norne: UnitCounts = []
    merged: UnitCounts = []
    types: UnitCounts = []
    unseen: UnitCounts = []
    for item, names in zip(gold, predictions, strict=True):
        for gold_part, part in _by_unit(item, names):
            neutral = frozenset(
                (s.start, s.end) for s in gold_part if s.user_type not in USER_TYPES_COUNTED
            )
            types.append(_count(_typed(gold_part), _typed(part), neutral))
            if not labelled:
                continue
            gold_keys = frozenset((s.start, s.end, s.label) for s in gold_part)
            keys = frozenset((s.start, s.end, s.label) for s in part)
            norne.append(_count(gold_keys, keys, frozenset()))
            merged.append(
                _count(
                    frozenset((s, e, _merge(label)) for s, e, label in gold_keys),
                    frozenset((s, e, _merge(label)) for s, e, label in keys),
                    frozenset(),
                )
            )
            if seen is not None:
                unseen.append(_count_unseen(gold_keys, keys, item.text, seen))

    def view(units: UnitCounts) -> Score:
        return _score(units, samples=samples, seed=seed)

    return Evaluation(
        texts=len(gold),
        units=len(types),
        norne=view(norne) if labelled else None,
        merged=view(merged) if labelled else None,
        types=view(types),
        unseen=view(unseen) if labelled and seen is not None else None,
    )


def _typed(spans: Iterable[Span]) -> Keys:
    """Give the spans of user types as (start, end, type)."""
    typed = ((s.start, s.end, s.user_type) for s in spans)
    return frozenset((s, e, kind) for s, e, kind in typed if kind and kind in USER_TYPES_COUNTED)


def _by_unit(item: GoldText, names: Sequence[Span]) -> list[tuple[list[Span], list[Span]]]:
    """Sort gold and predicted names to the units they begin in."""
    units = item.units or ((0, len(item.text)),)
    parts: list[tuple[list[Span], list[Span]]] = [([], []) for _ in units]
    for which, spans in enumerate((item.spans, names)):
        at = 0
        for span in sorted(spans):
            while at + 1 < len(units) and span.start >= units[at + 1][0]:
                at += 1
            parts[at][which].append(span)
    return parts
