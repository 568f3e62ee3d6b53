"""The commands that measure and make models: evaluate, train."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline import errors
from pipeline.cli import app, options


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="Texts with their names: CoNLL-U with name=, or JSON lines.")
    ],
    model: options.Model = None,
    gazetteer: options.Gazetteer = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score the names found in raw text against gold, with intervals.

    A name counts only if its start, end and label are right. Four views: NorNE's labels (norne),
    the same with both GPE labels as one (merged), person, place and organisation (types), and
    NorNE's labels of names that no training text has (unseen).
    """
    from pipeline.evaluation.gold import GoldError, read_gold
    from pipeline.evaluation.predict import run_predictor, seen_names
    from pipeline.evaluation.scoring import evaluate as score

    try:
        texts = read_gold(gold)
    except (OSError, GoldError) as error:
        reason = getattr(error, "strerror", None) or error
        raise errors.UserError(errors.BAD_GOLD, path=gold, reason=reason) from None
    result = score(
        texts,
        run_predictor(model or "", str(gazetteer) if gazetteer else None),
        seen=seen_names(model or ""),
    )
    if as_json:
        typer.echo(json.dumps(result.to_json(), indent=2))
        return
    from pipeline.cli.console import Output

    Output().print(result.to_table())


@app.command()
def train(
    data: Annotated[Path, typer.Argument(help="Folder with NorNE and raw texts.")],
    to: Annotated[Path, typer.Argument(help="Folder for the finished model.")],
    seed: Annotated[int, typer.Option(help="Of everything drawn by chance.")] = 0,
    work: Annotated[
        Path | None, typer.Option(help="Folder for what is made on the way.  [default: TO.work]")
    ] = None,
) -> None:
    """Build a model from annotated and raw texts; takes an hour or more."""
    try:
        from pipeline.training.build import BuildError, build_model
    except ImportError:
        raise errors.UserError(errors.EXTRA_MISSING, what="Training", extra="train") from None
    import logging

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        result = build_model(data, to, work=work, seed=seed)
    except BuildError as error:
        raise errors.UserError(errors.BAD_DATA, reason=error) from None
    typer.echo(f"{to}: F {result.norne.f:.1f} on the development texts" if result.norne else to)
