"""Scores which names of a document are taken for the same thing, on NARC's texts.

Once with NorNE's own names given, over all texts; and once with the names that a run finds, over
the texts that nothing was trained on, where a name is gold's if its first and last character are
the same. Beside the product stand three ways that resolve nothing: what is the same string, the
same base name, or the same last word of the base name, is the same thing.

What is derived from a name stands for something else (``Nato-landet`` is not Nato), which the
tables say: in every way it goes only with the same word.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

from pipeline.evaluation.clusters import ClusterScore, ClusterScorer
from pipeline.evaluation.given import resolve_given
from pipeline.evaluation.narc import NamesText
from pipeline.evaluation.scoring import rounded
from pipeline.vocabulary import TYPES

Row = Mapping[str, Any]  # of schemas.MENTIONS

PRODUCT = "product"
# What a mention is taken for; within a document the same key is the same thing.
WAYS: dict[str, Callable[[Row], Hashable]] = {
    PRODUCT: lambda row: row["entity_id"],
    "exact_string": lambda row: row["surface"],
    "base_name": lambda row: row["name"],
    "last_word": lambda row: row["name"].lower().rpartition(" ")[2],
}


@dataclass(frozen=True)
class NamesScore:
    """How well the names of some texts are put together and kept apart.

    Attributes:
        texts: how many.
        product: by the product's entities.
        baselines: by the other `WAYS`.
    """

    texts: int
    product: ClusterScore
    baselines: dict[str, ClusterScore]

    def to_json(self) -> dict[str, Any]:
        """Give plain dictionaries; the product's scores stand at the top."""
        baselines = {way: asdict(score) for way, score in self.baselines.items()}
        return {"texts": self.texts, **asdict(self.product), "baselines": baselines}


@dataclass(frozen=True)
class NamesEvaluation:
    """All scores on NARC.

    Attributes:
        given: with gold's names, over all texts.
        parts: the same for each part of NorNE, since people build with one of them.
        own: with the names that a run finds, over the texts outside the training part; None where
            there is none.
        left_out: texts of NARC that could not be used.
    """

    given: NamesScore
    parts: dict[str, NamesScore]
    own: NamesScore | None
    left_out: int

    def to_json(self) -> dict[str, Any]:
        """Give plain dictionaries, shares (0 to 1) with four decimals."""
        figures = {
            **self.given.to_json(),
            "parts": {part: score.to_json() for part, score in self.parts.items()},
            "own": self.own and self.own.to_json(),
            "left_out": self.left_out,
        }
        return {key: rounded(value, 4) for key, value in figures.items()}

    def to_table(self) -> Table:
        """Give a table for a terminal: a line for each way to cluster."""
        left_out = f", {self.left_out} left out" * bool(self.left_out)
        table = Table(title=f"Names in {self.given.texts} texts of NARC{left_out}, per cent")
        table.add_column("")
        for column in ("B³ F", "P", "R", "MUC F", "CEAF-e F", "CoNLL F"):
            table.add_column(column, justify="right")
        given = {"": self.given, **{f" {part}": score for part, score in self.parts.items()}}
        shown = {f"gold's names{part}": score for part, score in given.items()}
        if self.own is not None:
            shown["found names"] = self.own
        for title, score in shown.items():
            table.add_section()
            table.add_row(f"{title}, {score.texts} texts", style="bold")
            for way, figures in {PRODUCT: score.product, **score.baselines}.items():
                b3, muc, ceaf_e = figures.b3, figures.muc, figures.ceaf_e
                cells = (b3.f, b3.p, b3.r, muc.f, ceaf_e.f, figures.conll)
                table.add_row(f"  {way}", *(f"{100 * cell:.1f}" for cell in cells))
        return table


def evaluate_names(
    texts: Sequence[NamesText],
    *,
    model: str = "",
    gazetteer: str | None = None,
    left_out: int = 0,
) -> NamesEvaluation:
    """Resolve the names of NARC's texts and score the entities.

    Args:
        texts: see `narc.read_names`.
        model: as for `models.find`; it finds the names of the texts outside the training part.
        gazetteer: path of the user's CSV of names, or None.
        left_out: texts that could not be used; it is only passed on.

    Returns:
        The evaluation.

    Raises:
        UserError: The model or the gazetteer cannot be used.
    """
    from pipeline.stages.memory import find_mentions

    given, _ = resolve_given(texts)

    def of_part(part: str) -> NamesScore:
        return _score((t, rows) for t, rows in zip(texts, given, strict=True) if t.part == part)

    new = [text for text in texts if text.part != "train"]
    found: list[list[Row]] = [[] for _ in new]
    if new:
        mentions = find_mentions(
            [text.text for text in new], model=model, gazetteer=gazetteer, types=TYPES
        )
        for row in mentions.to_pylist():
            found[int(row["doc_id"])].append(row)
    return NamesEvaluation(
        given=_score(zip(texts, given, strict=True)),
        parts={part: of_part(part) for part in sorted({text.part for text in texts})},
        own=_score(zip(new, found, strict=True)) if new else None,
        left_out=left_out,
    )


def _score(resolved: Iterable[tuple[NamesText, Sequence[Row]]]) -> NamesScore:
    """Score texts with the mentions in them; clusters end with their text."""
    scorers = {way: ClusterScorer() for way in WAYS}
    texts = 0
    for text, rows in resolved:
        texts += 1
        gold = {(name.start, name.end): name.cluster for name in text.names}
        for way, scorer in scorers.items():
            found = {(row["start"], row["end"]): _thing(row, WAYS[way]) for row in rows}
            scorer.add(gold, found)
    scores = {way: scorer.score() for way, scorer in scorers.items()}
    return NamesScore(texts, scores.pop(PRODUCT), scores)


def _thing(row: Row, way: Callable[[Row], Hashable]) -> Hashable:
    return way(row), row["surface"] if row["derived"] else ""
