"""From the data folder to the bundled model: ``python -m pipeline.training.cnn.build DATA OUT``.

Every step leaves its result in a work folder and is skipped where that exists, so a build
that was stopped goes on from its last step.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import random
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from spacy import load
from spacy.util import load_config, load_model_from_config

from pipeline import models
from pipeline.training.annotated import count_ours, other_lines, read_with_ours
from pipeline.training.augment import Augmenter, Chances, collect_names
from pipeline.training.card import write_card
from pipeline.training.cnn.silver import make_silver, read_silver, write_silver
from pipeline.training.cnn.train import CONFIG, train
from pipeline.training.cnn.vectors import (
    VectorSettings,
    package_vectors,
    train_vectors,
    write_tokens,
)
from pipeline.training.corpus import UNKNOWN, SourceDocument
from pipeline.training.data import TEXTS, unpack
from pipeline.training.package import score, see_replaceable, write_package
from pipeline.training.work import claim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language

    from pipeline.evaluation.scoring import Evaluation

log = logging.getLogger(__name__)

NAME = "nb_ent_news_sm"
VERSION = "0.1.0"
LARGEST = 20_000_000  # bytes of the whole package
# Lines of raw text that the teacher labels, by source.
SILVER_LINES = {"norquad": 2_000, "norec": 240_000, "giella": 30_000}


def finish(model: Path, vectors: Path | None, documents: list[SourceDocument], out: Path) -> None:
    """Write the package: the trained network in a pipeline that has seen no text.

    A pipeline keeps every string it met in training; a new one is made, so that nothing of
    the texts is in the package.

    Args:
        model: what `train` wrote.
        vectors: the vectors it was trained with.
        documents: the training texts, for the hashes of their names.
        out: the folder to write.

    Raises:
        BuildError: if the package is larger than `LARGEST`.
    """
    trained = load(model)
    config = trained.config.copy()
    config["paths"]["vectors"] = None
    config["initialize"]["vectors"] = None
    nlp = load_model_from_config(config, auto_fill=True)
    if vectors is not None:
        nlp.vocab.vectors = load(vectors).vocab.vectors
        nlp.vocab.vectors.strings = nlp.vocab.strings
    network = trained.get_pipe("ner").to_bytes(exclude=["vocab"])  # type: ignore[attr-defined]
    nlp.get_pipe("ner").from_bytes(network, exclude=["vocab"])  # type: ignore[attr-defined]
    write_package(nlp, out, documents, name=NAME, version=VERSION, largest=LARGEST)


class Build:
    """One build: what all its steps share.

    Args:
        data: see `unpack`.
        work: the work folder.
        seed: of everything drawn by chance.
        teacher: fingerprint of the model that labels raw texts, empty for none.
        settings: the vectors.
        steps: of the training; the configuration's where not given.
    """

    def __init__(
        self,
        data: Path,
        work: Path,
        *,
        seed: int = 0,
        teacher: str = "",
        settings: VectorSettings | None = None,
        steps: int | None = None,
    ) -> None:
        self.data, self.work, self.seed = data, work, seed
        self.settings = settings or VectorSettings()
        self.config = load_config(CONFIG)
        if steps is not None:
            self.config["training"]["max_steps"] = steps
        texts = unpack(data, work)
        self.documents = read_with_ours(work)
        claim(work, self.config, seed, self.documents, texts, teacher, self.settings)
        self.names = collect_names(self.documents, data / "gazetteers")

    def vectors(self) -> Path:
        """Train the vectors on all raw texts, unless the work folder has them.

        Returns:
            The folder that holds them.
        """
        out, table = self.work / "vectors", self.work / "vectors.floret"
        if not table.exists():
            tokens = self.work / "tokens.txt"
            tokenizer = load_model_from_config(self.config, auto_fill=True).tokenizer
            lines = chain.from_iterable(other_lines(self.work, name) for name in TEXTS)
            log.info("%d tokens for the vectors", write_tokens(lines, tokens, tokenizer))
            train_vectors(tokens, table, self.settings)
        if not out.exists():
            partial = self.work / "vectors.partial"
            package_vectors(table, partial)
            partial.rename(out)
        return out

    def model(self, vectors: Path, silver: Sequence[SourceDocument]) -> Path:
        """Train the model, unless the work folder has it.

        Args:
            vectors: the vectors' folder.
            silver: see `train`.

        Returns:
            The model's folder.
        """
        out = self.work / "model"
        if not out.exists():
            partial = self.work / "model.partial"
            train(
                self.documents,
                partial,
                config=self.config,
                vectors=vectors,
                augmenter=Augmenter(self.names, Chances(), random.Random(self.seed)),  # noqa: S311
                silver=silver,
                seed=self.seed,
            )
            partial.rename(out)
        return out

    def silver(self, load_teacher: Callable[[], Language]) -> list[SourceDocument]:
        """Label raw texts, unless the work folder has them.

        Args:
            load_teacher: gives the teacher, see `make_silver`.

        Returns:
            The texts.
        """
        path = self.work / "found.jsonl"
        if not path.exists():
            texts = [(other_lines(self.work, name), count) for name, count in SILVER_LINES.items()]
            write_silver(make_silver(texts, load_teacher(), seed=self.seed), path)
        return read_silver(path)


def require() -> None:
    """See that what a build needs is installed, before anything is prepared.

    Raises:
        ImportError: it is not.
    """
    if importlib.util.find_spec("floret") is None:
        raise ImportError("floret")


def build_model(
    data: Path,
    out: Path,
    *,
    work: Path | None = None,
    seed: int = 0,
    steps: int | None = None,
    silver: bool = True,
    settings: VectorSettings | None = None,
) -> Evaluation:
    """Build the bundled model.

    Takes an hour on one core, and two gigabytes of memory.

    Args:
        data: see `unpack`.
        out: the package's folder; what stands there is replaced at the end.
        work: for what is made on the way, a gigabyte; ``OUT.work`` beside `out` where not
            given.
        seed: of everything drawn by chance.
        steps: of the training; those of the recipe where not given.
        silver: whether to learn from what the bundled transformer finds in raw texts, too.
        settings: the vectors.

    Returns:
        The scores on the development texts, which also stand in the package's card.

    Raises:
        BuildError: if data is missing, the package is too large, or something else stands in its
            place.
        ImportError: see `require`.
    """
    require()
    see_replaceable(out)
    work = work if work is not None else out.with_name(out.name + ".work")
    work.mkdir(parents=True, exist_ok=True)
    teacher = models.find().fingerprint if silver else ""
    build = Build(data, work, seed=seed, teacher=teacher, settings=settings, steps=steps)
    vectors = build.vectors()
    labelled = build.silver(models.load) if silver else []
    finish(build.model(vectors, labelled), vectors, build.documents, out)
    result = score(out, work / "norne")
    ours = count_ours(work)
    write_card(out, result, Path(__file__).parent, silver=count_silver(labelled), **ours)
    return result


def count_silver(silver: Sequence[SourceDocument]) -> str:
    """Say how much silver there is, for the card.

    Args:
        silver: see `Build.silver`.

    Returns:
        A sentence.
    """
    if not silver:
        return "none; the model learns from gold alone."
    sentences = [sentence for document in silver for sentence in document.sentences]
    labels = [label for sentence in sentences for _, _, label in sentence.spans]
    doubts = labels.count(UNKNOWN)
    return (
        f"`nb_ent_news_trf` read raw texts; what it found ({len(labels) - doubts:,} names in "
        f"{len(sentences):,} lines) is learnt from, but where it was less than half sure "
        f"({doubts:,} names) nothing is. As many sentences of it as of gold go into each pass; "
        "the last quarter of the training sees gold alone."
    )


def main() -> None:
    """Run the build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--gold-alone", action="store_true", help="learn from no raw text")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    result = build_model(
        arguments.data,
        arguments.out,
        work=arguments.work,
        seed=arguments.seed,
        steps=arguments.steps,
        silver=not arguments.gold_alone,
    )
    log.info("%s", json.dumps(result.to_json()["norne"]))


if __name__ == "__main__":
    main()
