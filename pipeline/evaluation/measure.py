"""Everything that `nb-entities evaluate` measures, in one object."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline import errors

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table

    from pipeline.evaluation.entities import EntitiesEvaluation
    from pipeline.evaluation.names import NamesEvaluation
    from pipeline.evaluation.scoring import Evaluation


@dataclass(frozen=True)
class Measured:
    """What was measured; None for what was not asked for, or what gold cannot tell.

    Attributes:
        views: names found, against gold.
        entities: the tables of a run, against gold that has base names and entities.
        names: which names are taken for the same thing, on NARC.
    """

    views: Evaluation | None = None
    entities: EntitiesEvaluation | None = None
    names: NamesEvaluation | None = None

    def to_json(self) -> dict[str, Any]:
        """Give plain dictionaries."""
        return {
            **(self.views.to_json() if self.views else {}),
            "entities": self.entities and self.entities.to_json(),
            "names": self.names and self.names.to_json(),
        }

    def to_tables(self) -> list[Table]:
        """Give the tables for a terminal."""
        reliability = self.views and self.views.reliability
        measured = (self.views, reliability, self.entities, self.names)
        return [part.to_table() for part in measured if part]


def measure(
    gold: Path | None,
    names: Path | None = None,
    *,
    robustness: bool = False,
    model: str = "",
    gazetteer: str | None = None,
) -> Measured:
    """Measure the product.

    Args:
        gold: texts with names, see `gold.read_gold`.
        names: folder with NARC and NorNE, see `narc.read_names`.
        robustness: whether also to score gold's texts perturbed.
        model: as for `models.find`.
        gazetteer: path of the user's CSV of names, or None.

    Returns:
        What was measured.

    Raises:
        UserError: BAD_GOLD, BAD_NAMES, NOTHING_TO_SCORE, or the model or the gazetteer cannot be
            used.
    """
    if gold is None and names is None:
        raise errors.UserError(errors.NOTHING_TO_SCORE)
    measured = Measured()
    if gold is not None:
        measured = _against_gold(gold, robustness, model, gazetteer)
    if names is not None:
        measured = replace(measured, names=_against_narc(names, model, gazetteer))
    return measured


def _against_gold(path: Path, robustness: bool, model: str, gazetteer: str | None) -> Measured:
    from pipeline.evaluation.entities import evaluate_entities, read_entities
    from pipeline.evaluation.gold import GoldError, read_gold
    from pipeline.evaluation.predict import run_predictor, seen_names
    from pipeline.evaluation.robustness import measure_robustness
    from pipeline.evaluation.scoring import evaluate

    try:
        texts = read_gold(path)
        known = read_entities(path)
    except (OSError, GoldError) as error:
        raise _user_error(errors.BAD_GOLD, path, error) from None
    predictor = run_predictor(model, gazetteer)
    views = evaluate(texts, predictor, seen=seen_names(model))
    if robustness:
        views = replace(views, robustness=measure_robustness(texts, predictor))
    if known is None:
        return Measured(views)
    return Measured(views, evaluate_entities(known, model=model, gazetteer=gazetteer))


def _against_narc(folder: Path, model: str, gazetteer: str | None) -> NamesEvaluation:
    from pipeline.evaluation.gold import GoldError
    from pipeline.evaluation.names import evaluate_names
    from pipeline.evaluation.narc import read_names

    try:
        texts, left_out = read_names(folder)
    except (OSError, GoldError) as error:
        raise _user_error(errors.BAD_NAMES, folder, error) from None
    return evaluate_names(texts, model=model, gazetteer=gazetteer, left_out=left_out)


def _user_error(problem: errors.Problem, path: Path, error: Exception) -> errors.UserError:
    reason = getattr(error, "strerror", None) or error
    return errors.UserError(problem, path=path, reason=reason)
