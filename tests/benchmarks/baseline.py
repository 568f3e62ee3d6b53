"""What the run is compared with: nb_core_news_sm, or a stand-in of its architecture."""

from __future__ import annotations

import importlib.util
import tarfile
from pathlib import Path

from rich.console import Console
from spacy.cli.init_config import fill_config
from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.training.converters import conllu_to_docs
from spacy.util import load_model

PUBLISHED = "nb_core_news_sm"
STAND_IN = f"a stand-in for {PUBLISHED}"
CONFIG = Path(__file__).with_name("standin.cfg")
TREEBANK = "norne/ud/nob/no_bokmaal-ud-dev.conllu"
HELD_OUT = 20  # documents of ten sentences


def find(data: Path | None, cache: Path, console: Console) -> tuple[str, str] | None:
    """The model to compare with.

    Args:
        data: The data folder, which a stand-in is trained on.
        cache: Where a stand-in is kept.
        console: Is told of a training, which takes some minutes.

    Returns:
        What spaCy loads it by, and what to call it; None without the model and the data.
    """
    if importlib.util.find_spec(PUBLISHED):
        return PUBLISHED, PUBLISHED
    model = cache / "standin"
    if not model.exists():
        if data is None:
            return None
        console.print(f"{PUBLISHED} is not installed: training {STAND_IN}, for some minutes")
        _train(data, cache, model)
    return str(model), STAND_IN


def _train(data: Path, cache: Path, model: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    with tarfile.open(data / "norne.tar.xz") as archive:
        member = archive.extractfile(TREEBANK)
        assert member is not None
        text = member.read().decode("utf-8")
    docs = list(conllu_to_docs(text, n_sents=10, no_print=True))
    paths = {"dev": docs[:HELD_OUT], "train": docs[HELD_OUT:]}
    for name, part in paths.items():
        DocBin(docs=part, store_user_data=True).to_disk(cache / f"{name}.spacy")
    overrides = {f"paths.{name}": str(cache / f"{name}.spacy") for name in paths}
    fill_config(cache / "config.cfg", CONFIG)
    train(cache / "config.cfg", cache / "training", overrides=overrides)
    nlp = load_model(cache / "training" / "model-last")
    # Its ruler too has little to do but to mark white space.
    nlp.get_pipe("attribute_ruler").add([[{"IS_SPACE": True}]], {"POS": "SPACE"})
    nlp.to_disk(model)
