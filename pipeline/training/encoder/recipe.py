"""Recipes: how large the networks are and how long they learn, read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.training.encoder.network import Size
from pipeline.training.encoder.pretrain import Pretraining
from pipeline.training.encoder.tagger import Tuning

FOLDER = Path(__file__).with_name("recipes")


@dataclass(frozen=True)
class Beginning:
    """How a student is first made of nothing, for the card.

    Attributes:
        words: it is pretrained on.
        teachers: of its own kind.
        windows: of raw text that they give opinions of.
        small_model: see `Recipe`.
    """

    words: int
    teachers: int
    windows: int
    small_model: float


@dataclass(frozen=True)
class Recipe:
    """A way to build the model.

    Attributes:
        name: of its file.
        pieces: in the vocabulary.
        texts: of each raw text, one block of lines in so many is read in pretraining.
        passes: over the gold texts, each with other variations.
        size: of the student; where it goes on from one with fewer layers it gets more.
        beginning: of the student, or of what it goes on from.
        pretraining: of the student; None where it goes on from the bundled model, which then also
            is its own teacher.
        teacher_size: of the teachers.
        teacher_pretraining: of the teachers; None where they begin as the student does.
        folds: parts of Bokmål's sources; a teacher is trained without one of them.
        teachers: how many.
        teaching: how a teacher is trained.
        multilingual: how one more, which has read many languages, is; None where there is none.
        opinions: windows of raw text that the teachers read, by source.
        small_model: weight of the small model's opinion beside theirs, 0 to 1.
        learning: how the student is trained.
        gold_share: of the student's batches, how many are gold.
        device: ``"cpu"`` or ``"cuda"``.
    """

    name: str
    pieces: int
    passes: int
    texts: dict[str, int]
    size: Size
    beginning: Beginning
    pretraining: Pretraining | None
    teacher_size: Size
    teacher_pretraining: Pretraining | None
    folds: int
    teachers: int
    teaching: Tuning
    multilingual: Tuning | None
    opinions: dict[str, int]
    small_model: float
    learning: Tuning
    gold_share: float
    device: str


def read_recipe(name: str, seed: int) -> Recipe:
    """Read a recipe.

    Args:
        name: of a file in ``recipes/`` without its ending.
        seed: of everything drawn by chance.
    """
    with (FOLDER / f"{name}.toml").open("rb") as file:
        values = tomllib.load(file)
    pieces = values["pieces"]
    student, teacher = values["student"], values["teacher"]
    own, student_own = teacher.get("pretraining"), student.get("pretraining")
    multilingual = teacher.get("multilingual")
    size = Size(pieces=pieces, **student["size"])
    pretraining = Pretraining(seed=seed, **student_own) if student_own else None
    return Recipe(
        name=name,
        pieces=pieces,
        passes=values["passes"],
        texts=values["texts"],
        size=size,
        beginning=_beginning(values, pretraining),
        pretraining=pretraining,
        teacher_size=Size(pieces=pieces, **teacher["size"]) if own else size,
        teacher_pretraining=Pretraining(seed=seed + 1, **own) if own else None,
        folds=teacher["folds"],
        teachers=teacher["number"],
        teaching=Tuning(seed=seed, **teacher["tuning"]),
        multilingual=Tuning(seed=seed, **multilingual) if multilingual else None,
        opinions=values["opinions"],
        small_model=values["small_model"],
        learning=Tuning(seed=seed, **student["tuning"]),
        gold_share=student["gold_share"],
        device=values["device"],
    )


def _beginning(values: dict[str, Any], pretraining: Pretraining | None) -> Beginning:
    if pretraining is None:
        return Beginning(**values["beginning"])
    return Beginning(
        words=pretraining.steps * pretraining.texts * pretraining.words,
        teachers=values["teacher"]["number"],
        windows=sum(values["opinions"].values()),
        small_model=values["small_model"],
    )


def rehearsal(recipe: Recipe, device: str) -> Recipe:
    """A hundredth of a recipe: the same networks and steps of work, few of each.

    Args:
        recipe: any.
        device: where; on a CPU with smaller batches, too.
    """

    def less(settings: Pretraining | None) -> Pretraining | None:
        if settings is None:
            return None
        texts = 8 if device == "cpu" else settings.texts
        return replace(settings, steps=max(2, settings.steps // 100), texts=texts)

    def shorter(settings: Tuning) -> Tuning:
        return replace(settings, steps=max(2, settings.steps // 100))

    return replace(
        recipe,
        device=device,
        pretraining=less(recipe.pretraining),
        teacher_pretraining=less(recipe.teacher_pretraining),
        teaching=shorter(recipe.teaching),
        multilingual=shorter(recipe.multilingual) if recipe.multilingual else None,
        learning=shorter(recipe.learning),
        opinions={name: max(1, count // 100) for name, count in recipe.opinions.items()},
    )
