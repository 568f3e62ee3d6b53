"""The components in anyone's spaCy pipeline."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin, Span

import pipeline
from pipeline.language import READERS, RULES, extensions
from tests.conftest import ROOT

TEXT = (
    "Tyrkias president\n\nRecep Tayyip Erdogan møtte Putin langs E6 i Nato-landet. "
    "Erdogans Smaug er stor.\n\nFoto: Pavel Golovkin / AP"
)
ATTRIBUTES = ("name", "full_name", "type", "derived", "zone", "method", "score", "canonical",
              "canonical_id", "second_label")  # fmt: skip


def python(code: str) -> str:
    """What a program prints that imports nothing of ours but what it says."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> spacy.Language:
    names = tmp_path_factory.mktemp("names") / "names.csv"
    names.write_text("name,type,canonical,id\nSmaug,organisation,Smaug AS,NO-1\n", "utf-8")
    return pipeline.load(gazetteer=names)


def described(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (ent.text, ent.label_, *(getattr(ent._, name) for name in ATTRIBUTES)) for ent in doc.ents
    ]


def test_component_is_used_without_importing_the_package() -> None:
    code = (
        'import spacy; nlp = spacy.blank("nb"); nlp.add_pipe("nb_road_ruler");'
        ' print(nlp("Ulykken skjedde på E6.").ents)'
    )
    assert python(code) == "(E6,)\n"


def test_every_component_is_registered_and_needs_no_optional_package() -> None:
    names = [*READERS, *RULES]
    registered = importlib.metadata.entry_points(group="spacy_factories")
    assert set(names) <= {entry.name for entry in registered}
    code = (
        "import sys\n"
        "for name in ('torch', 'onnx', 'tokenizers', 'trafilatura', 'docx', 'babel', 'floret'):\n"
        "    sys.modules[name] = None\n"  # importing it fails
        "import spacy\n"
        "nlp = spacy.blank('nb')\n"
        f"for name in {names!r}: nlp.add_pipe(name)\n"
        "print(nlp('Politiet på E6.').ents)"
    )
    assert python(code) == "(E6,)\n"


def test_pipeline_analysis_finds_no_problem(nlp: spacy.Language) -> None:
    analysis = nlp.analyze_pipes()
    assert {name: found for name, found in analysis["problems"].items() if found} == {}
    told = {a for pipe in analysis["summary"].values() for a in pipe["assigns"]}
    attributes = {a.removeprefix("span._.") for a in told if a.startswith("span._.")}
    assert attributes
    assert all(Span.has_extension(name) for name in attributes)


def test_every_attribute_is_documented() -> None:
    page = (ROOT / "docs" / "spacy.md").read_text("utf-8")
    told = extensions.__doc__ or ""
    for kind, names in (("doc", extensions.DOC), ("span", extensions.SPAN)):
        for name in names:
            assert f"`{kind}._.{name}`" in page
            assert f"`{kind}._.{name}`" in told


def test_documents_are_saved_and_loaded_with_their_attributes(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    assert {ent._.method for ent in doc.ents} == {"model", "rule", "gazetteer"}
    saved = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (loaded,) = DocBin().from_bytes(saved).get_docs(nlp.vocab)
    assert loaded.text == TEXT
    assert described(loaded) == described(doc)
    assert list(loaded._.zones) == doc._.zones
    assert list(loaded._.paragraphs) == doc._.paragraphs


def test_saved_pipeline_is_loaded_by_spacy_alone(nlp: spacy.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    code = (
        f"import spacy; doc = spacy.load({str(tmp_path / 'saved')!r})({TEXT!r})\n"
        "print([(ent.text, ent._.name, ent._.canonical) for ent in doc.ents])"
    )
    expected = [(ent.text, ent._.name, ent._.canonical) for ent in nlp(TEXT).ents]
    assert python(code).strip() == str(expected)


def test_displacy_shows_the_names_and_escapes_the_rest(nlp: spacy.Language) -> None:
    doc = nlp("Jens Stoltenberg leder Nato. <script>alert(1)</script> & mer")
    html = displacy.render(doc, style="ent", page=True, jupyter=False)
    assert "Jens Stoltenberg" in html
    assert html.count("<mark") == len(doc.ents) == 2
    assert "<script>alert" not in html
