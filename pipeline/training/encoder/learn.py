"""All that PyTorch does: from prepared inputs to a trained student. Needs neither spaCy nor data.

So it can run alone on a machine with a GPU and nothing else: ``python -m
pipeline.training.encoder.learn RECIPE WORK``. Every step leaves a file and is skipped where that
exists.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from pipeline.language.encoder.decode import find_names
from pipeline.language.encoder.words import Vocabulary
from pipeline.training.encoder.distil import (
    ask,
    load_opinions,
    opinion_passes,
    save_opinions,
)
from pipeline.training.encoder.examples import Packer, gold_passes
from pipeline.training.encoder.gold import TaggedWindow, load_windows
from pipeline.training.encoder.multilingual import (
    MultilingualScorer,
    MultilingualTagger,
    Splitter,
    find_weights,
    read_weights,
    tune_multilingual,
)
from pipeline.training.encoder.pretrain import pretrain
from pipeline.training.encoder.recipe import Recipe, read_recipe, rehearsal
from pipeline.training.encoder.tagger import (
    Tagger,
    TorchScorer,
    Tuning,
    load,
    load_encoder,
    save,
    tune,
)
from pipeline.training.encoder.texts import Texts
from pipeline.training.work import BuildError, claim, digest_of
from pipeline.vocabulary import LABELS
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.language.encoder.factory import Scorer
    from pipeline.training.encoder.examples import Batch

log = logging.getLogger(__name__)

VOCABULARY = "vocabulary.txt"
TEXTS = "texts.npz"
GOLD = "gold.npz"
RAW = "raw.npz"
BUNDLED = "bundled.pt"
STUDENT = "student.pt"
_DISTURBED = 0.1
_HIDDEN = 0.05
_AT_ONCE = 16  # windows
_AT_ONCE_ON_GPU = 128


class Learning:
    """One run of a recipe: what its steps share.

    Args:
        recipe: how.
        inputs: folder with `VOCABULARY`, `GOLD`, `RAW` and `TEXTS`, or `BUNDLED` instead of the
            last where the recipe goes on from that.
        work: folder that gets all that is made.

    Raises:
        BuildError: if `work` has what was made by another recipe, or of other inputs.
    """

    def __init__(self, recipe: Recipe, inputs: Path, work: Path) -> None:
        torch.set_num_threads(len(os.sched_getaffinity(0)))
        self.recipe, self.inputs, self.work = recipe, inputs, work
        self.beginning = inputs / (TEXTS if recipe.pretraining else BUNDLED)
        files = [inputs / VOCABULARY, inputs / GOLD, inputs / RAW, self.beginning]
        claim(work, recipe, digest_of(files), mark="learning.sha256")
        self.vocabulary = Vocabulary.read(inputs / VOCABULARY)
        self.gold = load_windows(inputs / GOLD)
        self.raw = load_windows(inputs / RAW)[: sum(recipe.opinions.values())]
        self.folds = _folds([window.source for window in self.gold], recipe.folds)

    def run(self) -> None:
        """Do every step that is not done."""
        recipe, work = self.recipe, self.work
        if (work / STUDENT).exists():
            return
        if recipe.pretraining is None:
            self.student(self.opinions([self.beginning]), self.beginning)
            return
        encoder = work / "encoder.pt"
        texts = Texts.load(self.beginning)
        pretrain(texts, recipe.size, recipe.pretraining, encoder, device=recipe.device)
        beginning = encoder
        if recipe.teacher_pretraining is not None:
            beginning = work / "teacher_encoder.pt"
            settings = recipe.teacher_pretraining
            pretrain(texts, recipe.teacher_size, settings, beginning, device=recipe.device)
        opinions = self.opinions([self.teacher(n, beginning) for n in range(recipe.teachers)])
        self.student(opinions, encoder)

    def _for_training(self, without: int | None) -> list[TaggedWindow]:
        return [w for w in self.gold if w.number > 0 and self.folds[w.source] != without]

    def _gold_batches(self, seed: int, without: int | None) -> Iterator[Batch]:
        packer = Packer(self.vocabulary, seed, hidden=_HIDDEN)
        windows = self._for_training(without)
        return packer.batches(gold_passes(windows, random.Random(seed), _DISTURBED))  # noqa: S311

    def teacher(self, number: int, beginning: Path) -> Path:
        """Train a teacher on all parts but one, and score it on that one.

        Args:
            number: of the teacher and of the part it does not see.
            beginning: what `pretrain` wrote.

        Returns:
            Its file.
        """
        path = self.work / f"teacher{number}.pt"
        if not path.exists():
            settings = self.recipe.teaching
            torch.manual_seed(settings.seed + number)
            batches = self._gold_batches(settings.seed + number, number)
            tagger = tune(load_encoder(beginning), batches, settings, device=self.recipe.device)
            scored = self.score(self._scorer(tagger), number)
            log.info("teacher %d on part %d: %s", number, number, scored)
            save(tagger, path)
        return path

    def multilingual(self, settings: Tuning) -> MultilingualScorer:
        """Train the multilingual teacher on all parts but one, and score it on that one.

        Args:
            settings: how; its seed also draws the part, so that who refines a refined model with
                another seed has a teacher with other blind spots.
        """
        part = settings.seed % self.recipe.folds
        path = self.work / f"multilingual{part}.pt"
        weights = read_weights(find_weights())
        splitter = Splitter(weights)
        torch.manual_seed(settings.seed)
        tagger = MultilingualTagger(weights)
        if path.exists():
            tagger.load_state_dict(torch.load(path, weights_only=True))
            return MultilingualScorer(tagger, splitter)
        rng = random.Random(settings.seed)  # noqa: S311
        windows = gold_passes(self._for_training(part), rng, _DISTURBED)
        tagger = tune_multilingual(tagger, windows, splitter, settings, hidden=_HIDDEN)
        scorer = MultilingualScorer(tagger, splitter)
        log.info("multilingual teacher on part %d: %s", part, self.score(scorer, part))
        with replacing(path) as new:
            torch.save(tagger.state_dict(), new)
        return scorer

    def opinions(self, taggers: Sequence[Path]) -> list[NDArray[np.float16]]:
        """Let the teachers read raw texts; those of one network together have one voice.

        Args:
            taggers: the files of all that are of the student's kind.
        """
        path = self.work / "opinions.npz"
        if not path.exists():
            teachers: list[Scorer] = [self._scorer(*map(load, taggers))]
            if self.recipe.multilingual is not None:
                teachers.append(self.multilingual(self.recipe.multilingual))
            at_once = _AT_ONCE if self.recipe.device == "cpu" else _AT_ONCE_ON_GPU
            save_opinions(ask(teachers, self.raw, self.recipe.small_model, at_once), path)
        return load_opinions(path)

    def _scorer(self, *taggers: Tagger) -> TorchScorer:
        return TorchScorer(taggers, self.vocabulary, self.recipe.device)

    def student(self, opinions: Sequence[NDArray[np.float16]], encoder: Path) -> None:
        """Train the student on opinions and gold.

        Args:
            opinions: of the teachers.
            encoder: where it begins, see `load_encoder`.
        """
        settings = self.recipe.learning
        torch.manual_seed(settings.seed)
        batches = self._mixed(opinions, settings.seed)
        beginning = load_encoder(encoder, self.recipe.size.layers)
        student = tune(beginning, batches, settings, device=self.recipe.device)
        save(student, self.work / STUDENT)

    def _mixed(self, opinions: Sequence[NDArray[np.float16]], seed: int) -> Iterator[Batch]:
        gold = self._gold_batches(seed, None)
        packer = Packer(self.vocabulary, seed + 1, hidden=_HIDDEN)
        rng = random.Random(seed)  # noqa: S311
        raw = packer.batches(opinion_passes(self.raw, opinions, rng, _DISTURBED))
        choose = random.Random(seed + 1)  # noqa: S311
        while True:
            yield next(gold) if choose.random() < self.recipe.gold_share else next(raw)

    def score(self, scorer: Scorer, part: int) -> str:
        """F on one part of the gold, in windows, over all labels.

        Args:
            scorer: trained without the part.
            part: number of the part.
        """
        windows = [w for w in self.gold if w.number == 0 and self.folds[w.source] == part]
        right = found = gold = 0
        for at in range(0, len(windows), _AT_ONCE):
            some = windows[at : at + _AT_ONCE]
            scores, lengths = scorer([w.words for w in some]), [len(w.words) for w in some]
            for window, names in zip(some, find_names(scores, lengths), strict=True):
                wanted = _spans(window)
                right += sum((n.start, n.end, n.label) in wanted for n in names)
                found, gold = found + len(names), gold + len(wanted)
        return f"F {200 * right / max(1, found + gold):.1f} of {gold} names"


def _folds(sources: Iterable[int], parts: int) -> dict[int, int]:
    """The part that each source is in; -1 for -1, which are never held out."""
    shuffled = sorted(set(sources) - {-1})
    random.Random(0).shuffle(shuffled)  # noqa: S311
    return {source: number % parts for number, source in enumerate(shuffled)} | {-1: -1}


def _spans(window: TaggedWindow) -> set[tuple[int, int, str]]:
    """The names of a window of gold."""
    found: list[tuple[int, int, str]] = []
    for at, tag in enumerate(window.tags.tolist()):
        if 1 <= tag <= len(LABELS):
            found.append((at, at + 1, LABELS[tag - 1]))
        elif tag > len(LABELS) and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1, found[-1][2])
    return set(found)


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe")
    parser.add_argument("work", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rehearse", action="store_true", help="a hundredth, to WORK/rehearsal")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe, work = read_recipe(arguments.recipe, arguments.seed), arguments.work
    if arguments.rehearse:
        recipe = rehearsal(recipe, "cuda" if torch.cuda.is_available() else "cpu")
        work = work / "rehearsal"
        work.mkdir(exist_ok=True)
    try:
        Learning(recipe, arguments.work, work).run()
    except BuildError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
