"""The bundled pipelines, and any other installed spaCy pipeline with NorNE's labels."""

from __future__ import annotations

import hashlib
import importlib.metadata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import errors, language
from pipeline.vocabulary import LABELS

if TYPE_CHECKING:
    from spacy.language import Language

BUNDLED = Path(__file__).parent
DEFAULT = "nb_ent_news_trf"
SHORT_NAMES = {"small": "nb_ent_news_sm"}

# spaCy's own pipelines for Norwegian, of its release 3.8.0 (github.com/explosion/spacy-models).
SPACY_MODELS = ("nb_core_news_sm", "nb_core_news_md", "nb_core_news_lg")
_WHEEL = (
    "https://github.com/explosion/spacy-models/releases/download/{name}-3.8.0/"
    "{name}-3.8.0-py3-none-any.whl"
)
_INSTALL = {name: f"pip install {_WHEEL.format(name=name)}" for name in SPACY_MODELS}
_INSTALL["nb_core_news_sm"] = "pip install 'nb-entities[nb-core]'"


@dataclass(frozen=True)
class Model:
    """A spaCy pipeline on disk.

    Attributes:
        name: Name of the package, or of the folder where it is no package.
        version: Its version, as its meta.json says.
        path: Folder with its meta.json.
        pipes: Names of its components.
        labels: What its NER tells apart.
        f: Its own F on its development texts, by its meta.json, in per cent; None where not told.
    """

    name: str
    version: str
    path: Path
    pipes: tuple[str, ...]
    labels: tuple[str, ...]
    f: float | None = None

    @property
    def usable(self) -> bool:
        """Whether it finds names and labels them as NorNE does."""
        return "ner" in self.pipes and set(self.labels) <= set(LABELS)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of every file of the pipeline: what it finds depends on nothing else of it.

        Raises:
            UserError: MODEL_BROKEN.
        """
        digest = hashlib.sha256()
        try:
            for file in sorted(self.path.rglob("*")):
                if file.is_file() and file.suffix not in (".md", ".pyc", ".py"):
                    digest.update(file.relative_to(self.path).as_posix().encode() + b"\0")
                    with file.open("rb") as stream:
                        digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:
            raise _broken(self.name, error) from None
        return digest.hexdigest()


def find(name: str = "") -> Model:
    """Locate a model and see that it can be used, without loading it.

    Args:
        name: A bundled model (`small` is the smaller one), an installed package or a path;
            empty for the default.

    Raises:
        UserError: MODEL_MISSING, with the command that installs it where there is one;
            MODEL_BROKEN, MODEL_NO_NER or MODEL_FOREIGN.
    """
    name = SHORT_NAMES.get(name, name) or DEFAULT
    try:
        for folder in (BUNDLED / name, Path(name), _package_folder(name)):
            if folder is not None and (folder / "meta.json").is_file():
                return _usable(_read(folder))
    except OSError as error:  # somebody else's folder, or no name of one
        raise _broken(name, error) from None
    remedy = (
        f"Install it with: {_INSTALL[name]}"
        if name in _INSTALL
        else "Give the name of an installed spaCy pipeline or the path of its folder; "
        "'nb-entities models' lists those installed."
    )
    raise errors.UserError(errors.MODEL_MISSING, name=name, remedy=remedy)


def _usable(model: Model) -> Model:
    install = _INSTALL["nb_core_news_sm"]
    if "ner" not in model.pipes:
        pipes = ", ".join(model.pipes) or "empty"
        raise errors.UserError(errors.MODEL_NO_NER, name=model.name, pipes=pipes, install=install)
    foreign = sorted(set(model.labels) - set(LABELS))
    if foreign:
        raise errors.UserError(
            errors.MODEL_FOREIGN, name=model.name, labels=", ".join(foreign), install=install
        )
    return model


def _read(folder: Path) -> Model:
    import srsly

    try:
        meta = srsly.read_json(folder / "meta.json")
        return Model(
            name=_name(folder, f"{meta['lang']}_{meta['name']}"),
            version=str(meta["version"]),
            path=folder,
            pipes=tuple(meta["pipeline"]),
            labels=tuple(meta["labels"].get("ner", ())),
            f=_percent(meta.get("performance", {}).get("ents_f")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken(folder.name, error) from None


def _name(folder: Path, meta: str) -> str:
    """What its meta.json says, but for a folder of the user's: a copy of a model says the same."""
    is_known = folder.parent == BUNDLED or folder == _package_folder(meta)
    return meta if is_known else folder.resolve().name


def _percent(share: object) -> float | None:
    return 100.0 * share if isinstance(share, float) else None


def _package_folder(name: str) -> Path | None:
    """The folder with the pipeline's data inside an installed package (spaCy's own layout)."""
    try:
        distribution = importlib.metadata.distribution(name)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return None
    module = name.replace("-", "_")
    folder = Path(str(distribution.locate_file(f"{module}/{module}-{distribution.version}")))
    return folder if (folder / "meta.json").is_file() else None


def installed() -> list[Model]:
    """The bundled models and the usable pipelines installed as packages, by name."""
    bundled = [_read(meta.parent) for meta in sorted(BUNDLED.glob("*/meta.json"))]
    names = {
        entry.dist.name
        for entry in importlib.metadata.entry_points(group="spacy_models")
        if entry.dist is not None
    }
    folders = [_package_folder(name) for name in sorted(names)]
    packages = [_read(folder) for folder in folders if folder is not None]
    return bundled + [model for model in packages if model.usable]


def load(name: str = "", *, reads: bool = True) -> Language:
    """Load a model with the components that finding names needs, and no others.

    Args:
        name: As for `find`.
        reads: Whether it is to take texts; else it takes documents alone, and loads faster.

    Returns:
        A pipeline that ends with a component called `ner`.

    Raises:
        UserError: As for `find`.
    """
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    # OpenBLAS is faster than blis on these matrices and gives the same result.
    set_current_ops(NumpyOps(use_blis=False))
    language.register()  # also where the factories are not installed as entry points
    model = find(name)
    # Not the package's tokenizer, but that of its language, as texts are tokenized for it.
    config = {} if reads else {"nlp.tokenizer": {"@tokenizers": "nb_tokens_given"}}
    try:
        nlp = spacy.load(model.path, exclude=["tokenizer"], config=config)
    except (ValueError, ImportError, OSError, KeyError) as error:
        raise _broken(model.name, error) from None
    _keep_only_ner(nlp)
    return nlp


def _broken(name: str, error: Exception) -> errors.UserError:
    text = str(getattr(error, "strerror", None) or error)
    reason = (text.strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    return errors.UserError(errors.MODEL_BROKEN, name=name, reason=reason)


def _keep_only_ner(nlp: Language) -> None:
    """Remove every component but the NER and the one whose vectors it listens to."""
    for name, pipe in list(nlp.pipeline):
        if name != "ner" and "ner" not in getattr(pipe, "listening_components", ()):
            nlp.remove_pipe(name)
