"""Models other than the bundled one, and what a user is told where one cannot be used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from pipeline import errors, models
from tests.conftest import ROOT, Command


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pipeline that was trained to know two names."""
    nlp = spacy.blank("nb", meta={"name": "test_news", "version": "1.2.3"})
    ner = nlp.add_pipe("ner")
    texts = [
        ("Kari bor i Oslo.", [(0, 4, "PER"), (11, 15, "GPE_LOC")]),
        ("I Oslo bor Kari.", [(2, 6, "GPE_LOC"), (11, 15, "PER")]),
        ("Det regner i dag.", []),
    ]
    examples = [Example.from_dict(nlp.make_doc(t), {"entities": e}) for t, e in texts]
    for label in ("PER", "GPE_LOC"):
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples)
    folder = tmp_path_factory.mktemp("trained") / "nb_test_news"
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def site(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that pipeline installed, packaged and built as spaCy does it."""
    dist, site = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("site")
    python = [sys.executable, "-m"]
    package = [*python, "spacy", "package", trained, dist, "--build", "none"]
    subprocess.run([str(part) for part in package], check=True, capture_output=True)
    (source,) = dist.iterdir()
    subprocess.run(
        [*python, "build", "--wheel", "--no-isolation", str(source)],
        check=True,
        capture_output=True,
    )
    (wheel,) = source.glob("dist/*.whl")
    subprocess.run(
        [*python, "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)],
        check=True,
    )
    return site


def test_installed_package_is_used_by_its_name(
    site: Path, command: Command, tmp_path: Path
) -> None:
    env = os.environ | {"PYTHONPATH": str(site)}
    done = command(
        "run", "-", "--model", "nb_test_news", "--out", tmp_path, input="Kari bor i Oslo.", env=env
    )
    assert done.returncode == 0, done.stderr
    assert "Kari" in (tmp_path / "entities.csv").read_text("utf-8")
    assert "nb_test_news 1.2.3" in (tmp_path / "manifest.json").read_text("utf-8")
    assert "nb_test_news" in command("models", env=env).stdout


def test_another_model_extracts_again_and_tokenizes_nothing(
    trained: Path, command: Command, tmp_path: Path
) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Kari bor i Oslo.", "utf-8")
    command("run", text, "--out", tmp_path / "out")
    done = command("run", text, "--out", tmp_path / "out", "--model", trained)
    assert "tokenize: nothing new" in done.stderr
    assert "extract: 1 documents" in done.stderr


def test_model_folder_is_used_by_its_path(trained: Path) -> None:
    assert models.find(str(trained)).labels == ("GPE_LOC", "PER")
    assert models.load(str(trained)).pipe_names == ["ner"]


def test_copy_of_a_model_is_called_as_its_folder(
    trained: Path, command: Command, tmp_path: Path
) -> None:
    assert models.find(str(models.find().path)).name == models.DEFAULT
    copy, out = tmp_path / "mine", tmp_path / "out"
    shutil.copytree(trained, copy)
    done = command("run", "-", "--model", copy, "--out", out, input="Kari bor i Oslo.")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["model"] == "mine 1.2.3"
    assert manifest["model_fingerprint"] == models.find(str(copy)).fingerprint


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("nb_core_news_sm", "pip install 'nb-entities[nb-core]'"),
        ("nb_core_news_lg", "pip install https://github.com/explosion/spacy-models/releases/"),
        ("nb_unheard_of", "'nb-entities models' lists those installed"),
        ("../no/path", "'nb-entities models' lists those installed"),
    ],
)
def test_missing_model_is_told_with_the_command_that_helps(
    command: Command, tmp_path: Path, name: str, remedy: str
) -> None:
    if name == "nb_core_news_sm" and any(m.name == name for m in models.installed()):
        pytest.skip("nb_core_news_sm is installed")
    done = command("run", "-", "--model", name, "--out", tmp_path, input="Hei.")
    assert done.returncode == errors.Exit.USAGE
    assert done.stderr.strip().splitlines()[-1].startswith(f"nb-entities: Model '{name}'")
    assert remedy in done.stderr


def test_model_without_ner_or_with_foreign_labels_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("nb", meta={"name": "x", "version": "1"})
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "none")
    with pytest.raises(errors.UserError, match=r"finds no entities .*sentencizer.*nb-core"):
        models.find(str(tmp_path / "none"))
    nlp.add_pipe("ner").add_label("PERSON")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "foreign")
    with pytest.raises(errors.UserError, match=r"not NorNE's: PERSON.*nb-core"):
        models.find(str(tmp_path / "foreign"))


def test_damaged_model_is_told(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(errors.UserError, match="damaged"):
        models.find(str(tmp_path))


def test_model_that_cannot_be_read_is_told(trained: Path, bound: Command, tmp_path: Path) -> None:
    model = tmp_path / "mine"
    shutil.copytree(trained, model)
    (model / "ner" / "model").chmod(0)
    done = bound("run", "-", "--model", model, "--out", tmp_path / "out", input="Kari.")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Model 'mine' could not be loaded: Permission denied" in done.stderr


def test_nb_core_news_sm_runs() -> None:
    if not any(m.name == "nb_core_news_sm" for m in models.installed()):
        pytest.skip("nb_core_news_sm is not installed: pip install 'nb-entities[nb-core]'")
    import pipeline

    found = pipeline.extract(["Jonas Gahr Støre bor i Oslo."], model="nb_core_news_sm")
    assert "Oslo" in set(found["name"])


def test_bundled_model_is_small_and_the_default() -> None:
    model = models.find()
    assert model.path.is_relative_to(ROOT / "pipeline" / "models")
    assert sum(f.stat().st_size for f in model.path.rglob("*") if f.is_file()) < 20e6


def test_small_is_the_smaller_bundled_model() -> None:
    assert models.find("small").name == "nb_ent_news_sm"


def test_models_tells_size_and_score(command: Command) -> None:
    line = next(x for x in command("models").stdout.splitlines() if "nb_ent_news_sm" in x)
    assert "19.9" in line
    assert "83.2" in line


@pytest.mark.parametrize("name", ["", "small"])
def test_pipeline_that_is_given_documents_takes_no_text(name: str) -> None:
    with pytest.raises(ValueError, match="given documents"):
        models.load(name, reads=False)("Kari Nordmann bor i Oslo.")
    found = models.load(name)("Kari Nordmann bor i Oslo.").ents
    assert [ent.text for ent in found] == ["Kari Nordmann", "Oslo"]
