"""From the data folder to the bundled transformer: ``python -m pipeline.training.encoder.build``.

Three parts: `prepare` needs spaCy and the data, `learn` PyTorch alone, `finish` both, and the
finished package needs neither PyTorch nor data.
"""

from __future__ import annotations

import logging
import random
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from spacy import blank

from pipeline import models
from pipeline.evaluation.scoring import Evaluation
from pipeline.language.encoder.calibration import Calibration
from pipeline.language.encoder.factory import EncoderRecognizer
from pipeline.language.encoder.network import Network
from pipeline.language.encoder.words import Vocabulary
from pipeline.language.tokens.tokenizer import make_tokenizer
from pipeline.training.annotated import count_ours, other_lines, read_annotated, read_with_ours
from pipeline.training.augment import Augmenter, Chances, collect_names
from pipeline.training.card import write_card
from pipeline.training.corpus import SourceDocument
from pipeline.training.data import unpack
from pipeline.training.encoder import learn, texts
from pipeline.training.encoder.calibrate import calibrate, observe
from pipeline.training.encoder.distil import raw_windows
from pipeline.training.encoder.export import export, read_back
from pipeline.training.encoder.gold import make_windows, save_windows
from pipeline.training.encoder.multilingual import find_weights
from pipeline.training.encoder.pretrain import Pretraining
from pipeline.training.encoder.recipe import Recipe, read_recipe
from pipeline.training.encoder.tagger import load, save
from pipeline.training.package import score, see_replaceable, write_package
from pipeline.training.work import BuildError, claim, forget_beginning, remember_beginning
from pipeline.training.written import read_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

log = logging.getLogger(__name__)

NAME = "nb_ent_news_trf"
VERSION = "0.1.0"
LARGEST = 30_000_000  # bytes of the whole package
# Of pretraining, how often what is most like news is read in one pass.
TIMES = {"gold": 2, "norquad": 3}
_REFINING = """\
- **Refining** goes on from that student with better teachers: itself, and
  [multilingual-e5-small](https://huggingface.co/intfloat/multilingual-e5-small), an encoder of a
  hundred languages, fine-tuned on the gold without a fifth of NorNE's Bokmål, for the same weight;
  `nb_ent_news_sm` has {small_model}. They read {windows} windows. They miss different names, and
  together they are far better than each (below). Nothing of that encoder is in the package.
"""
BLOCK = 50  # lines that are read or left out together


def prepare(data: Path, work: Path, recipe: Recipe, seed: int) -> list[SourceDocument]:
    """Make what `learn` needs, unless the work folder has it.

    Args:
        data: see `unpack`.
        work: gets the vocabulary, the texts and the gold windows.
        recipe: see `Recipe`.
        seed: of the variations.

    Returns:
        The gold documents.

    Raises:
        BuildError: if data is missing or the work folder is another build's.
    """
    texts_digest = unpack(data, work)
    documents = read_with_ours(work)
    beginning = remember_beginning(work, lambda: _beginning(recipe))
    claim(work, recipe, seed, documents, texts_digest, beginning)
    # The texts take as long as the other two together.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        made = [
            pool.submit(_prepare_texts, documents, work, recipe),
            pool.submit(_prepare_gold, documents, data, work, recipe, seed),
            pool.submit(_prepare_raw, work, recipe, seed),
        ]
        for future in made:
            log.info(future.result())
    return documents


def _beginning(recipe: Recipe) -> str:
    """Fingerprints of the bundled models that a build goes on from or asks."""
    names = ["small"] if recipe.pretraining is not None else ["small", NAME]
    return " ".join(models.find(name).fingerprint for name in names)


def _prepare_texts(documents: list[SourceDocument], work: Path, recipe: Recipe) -> str:
    if recipe.pretraining is None:
        return _prepare_bundled(work)
    if (work / learn.TEXTS).exists():
        return "raw texts were ready"
    raw = _raw_texts(documents, work, recipe, blank("nb"))
    words, numbers = texts.count_words(raw)
    pieces = texts.learn_vocabulary(words, numbers, recipe.pieces)
    (work / learn.VOCABULARY).write_text("".join(f"{piece}\n" for piece in pieces), "utf-8")
    texts.encode(words, numbers, Vocabulary(pieces)).save(work / learn.TEXTS)
    return f"{len(numbers)} words of raw text, {len(words)} different ones"


def _prepare_bundled(work: Path) -> str:
    """Take the bundled model apart, to go on from it."""
    if (work / learn.BUNDLED).exists():
        return f"{NAME} was ready"
    folder = models.BUNDLED / NAME / "ner"
    shutil.copyfile(folder / "vocabulary.txt", work / learn.VOCABULARY)
    save(read_back(folder), work / learn.BUNDLED)
    return f"{NAME} is where this begins"


def _prepare_gold(
    documents: list[SourceDocument], data: Path, work: Path, recipe: Recipe, seed: int
) -> str:
    if (work / learn.GOLD).exists():
        return "windows of gold were ready"
    rng = random.Random(seed)  # noqa: S311
    names = collect_names(documents, data / "gazetteers")
    augmenter = Augmenter(names, Chances(), random.Random(seed + 1))  # noqa: S311
    tokenizer = make_tokenizer(blank("nb").vocab)
    windows = list(make_windows(documents, tokenizer, augmenter, rng, recipe.passes))
    save_windows(windows, work / learn.GOLD)
    return f"{len(windows)} windows of gold"


def _prepare_raw(work: Path, recipe: Recipe, seed: int) -> str:
    if (work / learn.RAW).exists():
        return "windows of raw text were ready"
    sources = ((list(other_lines(work, name)), count) for name, count in recipe.opinions.items())
    windows = list(raw_windows(sources, models.load("small"), seed))
    save_windows(windows, work / learn.RAW)
    return f"{len(windows)} windows of raw text"


def _raw_texts(
    documents: list[SourceDocument], work: Path, recipe: Recipe, nlp: Language
) -> Iterator[list[str]]:
    """The words of all lines that are read in one pass."""
    gold = [sentence.text for document in documents for sentence in document.sentences]
    for _ in range(TIMES["gold"]):
        yield from texts.tokenise(gold, nlp)
    for name, one_of in recipe.texts.items():
        for _ in range(TIMES.get(name, 1)):
            lines = other_lines(work, name)
            kept = (line for number, line in enumerate(lines) if number // BLOCK % one_of == 0)
            yield from texts.tokenise(kept, nlp)


def _calibration(recognizer: EncoderRecognizer, work: Path) -> Calibration:
    """What names say that nothing was trained on: of our annotations and articles, those kept."""
    observed = observe(recognizer, read_annotated(work, "measure") + read_written("measure"))
    if not observed:
        raise BuildError("nothing is found in the texts that scores are calibrated on")
    return calibrate(observed)


def finish(work: Path, out: Path, documents: list[SourceDocument]) -> None:
    """Write the package.

    Args:
        work: where `learn` was.
        out: the folder to write.
        documents: the gold, for the hashes of its names.

    Raises:
        BuildError: if the package is larger than `LARGEST`.
    """
    network = work / "network"
    export(load(work / learn.STUDENT), work / learn.VOCABULARY, network)
    nlp = blank("nb")
    recognizer = nlp.add_pipe("nb_encoder_ner", name="ner")
    assert isinstance(recognizer, EncoderRecognizer)  # noqa: S101
    recognizer.scorer = Network(network)
    recognizer.calibration = _calibration(recognizer, work)
    write_package(
        nlp,
        out,
        documents,
        name=NAME,
        version=VERSION,
        largest=LARGEST,
        requirements=["nb-entities"],
    )


def require(recipe: str) -> None:
    """See that the teachers of a recipe are installed, before anything is prepared.

    Args:
        recipe: see `build_model`.

    Raises:
        ImportError: one is not.
    """
    if read_recipe(recipe, 0).multilingual is not None:
        find_weights()


def see_device(recipe: Recipe, work: Path) -> None:
    """See that a recipe's device is here, or that what was to be done on it is.

    Args:
        recipe: any.
        work: where all that `learn` needs is.

    Raises:
        BuildError: if another machine has to learn; says how.
    """
    if recipe.device != "cuda" or torch.cuda.is_available() or (work / learn.STUDENT).exists():
        return
    raise BuildError(
        f"the recipe {recipe.name} learns on a GPU, and there is none here; all that it needs is in"
        f" {work}: take it to one with 'python -m pipeline.training.encoder.carry pack {work}"
        " inputs.tar.xz' (docs/training.md)"
    )


def build_model(
    data: Path, out: Path, *, recipe: str = "cpu", work: Path | None = None, seed: int = 0
) -> Evaluation:
    """Build the bundled transformer.

    Args:
        data: see `unpack`.
        out: the package's folder; what stands there is replaced at the end.
        recipe: name of a file in ``recipes/``.
        work: for what is made on the way, two gigabytes; ``OUT.work`` beside `out` where not
            given.
        seed: of everything drawn by chance.

    Returns:
        The scores on the development texts, which also stand in the package's card.

    Raises:
        BuildError: if data is missing, the package is too large or something else stands in its
            place, or the recipe's device is on another machine (see `see_device`).
        ImportError: see `require`.
    """
    require(recipe)
    see_replaceable(out)
    work = work if work is not None else out.with_name(out.name + ".work")
    work.mkdir(parents=True, exist_ok=True)
    how = read_recipe(recipe, seed)
    documents = prepare(data, work, how, seed)
    see_device(how, work)
    learn.Learning(how, work, work).run()
    finish(work, out, documents)
    result = score(out, work / "norne")
    write_card(out, result, Path(__file__).parent, **describe(how), **count_ours(work))
    forget_beginning(work)
    return result


def describe(recipe: Recipe) -> dict[str, str]:
    """What the card says of a recipe.

    Args:
        recipe: any.
    """
    refines = recipe.pretraining is None
    size, beginning = recipe.size, recipe.beginning
    words = f"{beginning.words / 1e6:.0f} million words"
    own = f"{beginning.teachers}, each fine-tuned on the gold without one fifth of Bokmål's sources"
    windows = f"{sum(recipe.opinions.values()):,}"
    refining = _REFINING.format(small_model=f"{recipe.small_model:.0%}", windows=windows)
    return {
        "recipe": f"cpu.toml`, then `{recipe.name}.toml" if refines else f"{recipe.name}.toml",
        "network": f"a transformer of {size.layers} layers, {size.width} wide, {size.heads} heads",
        "pretraining": f"{words} in windows of {Pretraining.words}",
        "teachers": own,
        "opinions": f"{beginning.windows:,} windows",
        "small_model": f"{beginning.small_model:.0%}",
        "refining": refining if refines else "",
    }
