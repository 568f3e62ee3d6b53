"""The commands that measure and make models: evaluate, train."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipeline import errors
from pipeline.cli import app, options


class Recipe(StrEnum):
    """Ways to build a model."""

    SMALL = "small"
    CPU = "cpu"
    REFINE = "refine"
    LARGE = "large"


@app.command()
def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="GOLD",
            help="Texts with their names: CoNLL-U with name=, or JSON lines.",
            show_default=False,
        ),
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(
            help="Folder with NARC and NorNE (narc/, norne/): also score, or without GOLD only "
            "score, which names are taken for the same thing.",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    robustness: Annotated[
        bool,
        typer.Option(
            "--robustness",
            help="Also score the same texts in capitals, in lower case, misspelt, without "
            "diacritics, with spaces lost, and with broken lines.",
        ),
    ] = False,
    model: options.Model = None,
    gazetteer: options.Gazetteer = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score what is found in raw text against gold.

    A name counts only if its start, end and label are right. Four views, each with a 95 %
    interval: NorNE's labels (norne), the same with both GPE labels as one (merged), person, place
    and organisation (types), and NorNE's labels of names that no training text has (unseen). The
    first is also given by genre, where gold tells it. Where the model gives scores, a table
    compares them with the share of names that are right; where gold has base names and entities,
    the tables of a run are held against them.

    docs/evaluation.md describes every figure and its key in the JSON.
    """
    from pipeline.evaluation.measure import measure

    parts = measure(
        gold,
        names,
        robustness=robustness,
        model=model or "",
        gazetteer=str(gazetteer) if gazetteer else None,
    )
    if as_json:
        typer.echo(json.dumps(parts.to_json(), indent=2))
        return
    from pipeline.cli.console import Output

    console = Output()
    for table in parts.to_tables():
        console.print(table)


@app.command()
def train(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with NorNE and raw texts.")],
    to: Annotated[Path, typer.Argument(metavar="TO", help="Folder for the finished model.")],
    recipe: Annotated[
        Recipe,
        typer.Option(
            help="small: spaCy's convolutional network. cpu: a transformer, from nothing, on two "
            "cores. refine: the bundled transformer, further. large: a larger one, on a GPU."
        ),
    ] = Recipe.SMALL,
    seed: Annotated[int, typer.Option(metavar="N", help="Random seed.")] = 0,
    work: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Folder for what is made on the way.  [default: TO.work]"
        ),
    ] = None,
) -> None:
    """Build a model from annotated and raw texts; takes one to two hours.

    A build that was stopped goes on from its last step. docs/training.md says what the data folder
    holds.
    """
    import logging

    from pipeline.training.work import BuildError

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        if recipe is Recipe.SMALL:
            from pipeline.training.cnn.build import build_model as build_small
            from pipeline.training.cnn.build import require as require_small

            require_small()
            build = partial(build_small, data, to)
        else:
            from pipeline.training.encoder.build import build_model, require

            require(recipe.value)
            build = partial(build_model, data, to, recipe=recipe.value)
    except ImportError:
        raise errors.UserError(errors.EXTRA_MISSING, what="Training", extra="train") from None
    try:
        result = build(work=work, seed=seed)
    except BuildError as error:
        raise errors.UserError(errors.BAD_DATA, reason=error) from None
    typer.echo(f"{to}: F {result.norne.f:.1f} on the development texts" if result.norne else to)
