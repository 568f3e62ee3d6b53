"""A build goes from the data folder to a package that holds no text."""

import json
import lzma
import tarfile
from functools import partial

import pytest
import spacy

from pipeline.evaluation.predict import SEEN
from pipeline.evaluation.scoring import name_hash, read_seen_names
from pipeline.training import data as data_folder
from pipeline.training import package
from pipeline.training.annotated import key_of, other_lines
from pipeline.training.cnn import build, silver
from pipeline.training.cnn.vectors import VectorSettings
from pipeline.training.corpus import UNKNOWN, Sentence, SourceDocument, read_training
from pipeline.training.work import BuildError, claim, forget_beginning, remember_beginning

SENTENCE = (
    "1\tUnnfrid\t_\t_\t_\t_\t0\t_\t_\tname=B-PER\n2\tbor\t_\t_\t_\t_\t0\t_\t_\tname=O\n"
    "3\ti\t_\t_\t_\t_\t0\t_\t_\tname=O\n4\tOslo\t_\t_\t_\t_\t0\t_\t_\tname=B-GPE_LOC\n"
    "5\t.\t_\t_\t_\t_\t0\t_\t_\tname=O\n\n"
)
GAZETTEERS = {
    "politicians_norway": "forename,surname\nKari,Berg\n",
    "places_norway": "name\nTafjord\n",
    "municipalities_2020": "name\nMoss\n",
    "organisations_wikidata": "names\nCoop\n",
}


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    corpus = tmp_path / "norne"
    files = {
        "ndt/nob/vg001_0000.conll": SENTENCE * 40,
        "ndt/nno/dot001_0000.conll": SENTENCE.replace("bor", "budde"),
        "ud/nno/dev.conllu": SENTENCE,
        data_folder.DEVELOPMENT: "# newpar\n# text = Unnfrid bor i Oslo.\n" + SENTENCE,
    }
    for name, content in files.items():
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text(content, encoding="utf-8")
    for name in ("text", "gazetteers"):
        (folder / name).mkdir(parents=True)
    with tarfile.open(folder / "norne.tar.xz", "w:xz") as archive:
        archive.add(corpus, "norne")
    line = "Unnfrid bor i Oslo, og det er godt for henne å bo der.\n"
    text = "".join(f"{i} {line}" for i in range(200))
    for name in build.TEXTS:
        (folder / f"text/{name}.txt.xz").write_bytes(lzma.compress(text.encode()))
    for name, content in GAZETTEERS.items():
        (folder / f"gazetteers/{name}.csv").write_text(content, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_build_model_makes_a_package_and_goes_on_where_it_stopped(data, tmp_path, monkeypatch):
    pytest.importorskip("floret")
    # The annotated lines are not in these texts, and the articles are too many.
    monkeypatch.setattr(build, "read_with_ours", lambda work: read_training(work / "norne"))
    counts = {"marked": "27", "articles": "3", "article_names": "9"}
    monkeypatch.setattr(build, "count_ours", lambda work: counts)
    out = tmp_path / "model"
    settings = VectorSettings(rows=50, dim=8, epochs=1)
    result = build.build_model(data, out, steps=3, settings=settings)
    assert result.norne.gold == 2
    nlp = spacy.load(out)
    assert nlp.vocab.vectors.shape == (50, 8)
    assert "Unnfrid" not in (out / "vocab/strings.json").read_text(encoding="utf-8")
    assert read_seen_names(out / SEEN) == {name_hash("Unnfrid"), name_hash("Oslo")}
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    assert f"{meta['lang']}_{meta['name']}" == build.NAME
    assert meta["performance"]["dev"]["norne"]["gold"] == 2
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "{" not in card
    assert "3 articles with 9 names" in card
    assert str(tmp_path) not in card + (out / "config.cfg").read_text(encoding="utf-8")

    kept = (tmp_path / "model.work/vectors.floret").stat().st_mtime_ns
    build.build_model(data, out, steps=3, settings=settings)
    assert (tmp_path / "model.work/vectors.floret").stat().st_mtime_ns == kept
    with pytest.raises(BuildError, match="another recipe"):
        build.build_model(data, out, steps=4, settings=settings)


def test_another_build_has_no_place_in_a_work_folder(tmp_path):
    for _ in range(2):
        claim(tmp_path, "small", 0, ["Kari bor i Oslo."])
    for other in (("cpu", 0, []), ("small", 1, ["Kari bor i Oslo."]), ("small", 0, ["Oslo."])):
        with pytest.raises(BuildError, match="--work"):
            claim(tmp_path, *other)


def test_build_remembers_what_it_begins_from_until_it_is_done(tmp_path):
    def begin(model):
        claim(tmp_path, remember_beginning(tmp_path, lambda: model))

    begin("bundled")
    begin("its own")  # stopped after it had put its model in the place of the other
    forget_beginning(tmp_path)
    begin("bundled")  # built to another place
    forget_beginning(tmp_path)
    with pytest.raises(BuildError, match="from another model"):
        begin("its own")


def test_other_teacher_has_no_place_in_a_work_folder(data, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "read_with_ours", lambda work: read_training(work / "norne"))
    build.Build(data, tmp_path, teacher="first")
    with pytest.raises(BuildError, match="from another model"):
        build.Build(data, tmp_path, teacher="second")


def test_unpack_says_what_is_missing(tmp_path):
    with pytest.raises(BuildError, match=r"norne\.tar\.xz"):
        build.unpack(tmp_path, tmp_path)


def test_unpack_needs_the_gazetteers_before_it_unpacks(data, tmp_path):
    (data / "gazetteers/places_norway.csv").unlink()
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(BuildError, match=r"gazetteers/places_norway\.csv"):
        build.unpack(data, work)
    assert not list(work.iterdir())


def test_finish_refuses_a_package_that_is_too_large(tmp_path, monkeypatch):
    nlp = spacy.blank("nb")
    nlp.add_pipe("ner").add_label("PER")
    nlp.initialize()
    nlp.to_disk(tmp_path / "trained")
    build.finish(tmp_path / "trained", None, [], tmp_path / "out")
    monkeypatch.setattr(build, "LARGEST", 1000)
    with pytest.raises(BuildError, match="more than 1,000"):
        build.finish(tmp_path / "trained", None, [], tmp_path / "out")


def write(out, largest=10**6):
    package.write_package(spacy.blank("nb"), out, [], name="nb_new", version="1", largest=largest)


def test_nothing_but_a_model_is_replaced_by_one(tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    for out in (tmp_path, notes):
        with pytest.raises(BuildError, match="no model"):
            write(out)
    assert list(tmp_path.iterdir()) == [notes]
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty")
    assert (tmp_path / "empty/meta.json").is_file()


def test_model_that_stands_there_is_replaced_only_by_a_whole_one(tmp_path):
    out = tmp_path / "model"
    out.mkdir()
    (out / "meta.json").write_text("old")
    with pytest.raises(BuildError, match="more than 10"):
        write(out, largest=10)
    assert (out / "meta.json").read_text() == "old"
    write(out)
    assert json.loads((out / "meta.json").read_text())["name"] == "new"
    assert list(tmp_path.iterdir()) == [out]


def test_silver_is_read_as_it_was_written(tmp_path):
    sentences = [Sentence("Per og Pål", ((0, 3, "PER"), (7, 10, UNKNOWN)), heading=True)]
    documents = [SourceDocument("silver0-0_0", sentences)]
    silver.write_silver(documents, tmp_path / "silver.jsonl")
    assert silver.read_silver(tmp_path / "silver.jsonl") == documents
    assert "(1 names in 1 lines)" in build.count_silver(documents)
    assert build.count_silver([]).startswith("none")


def test_lines_of_gold_are_no_silver(data, tmp_path, monkeypatch):
    texts = (data / "text").iterdir()
    line = lzma.decompress(next(texts).read_bytes()).decode().splitlines()[0]
    table = tmp_path / "annotated.csv"
    table.write_text(f"document,part,line,names\nnorec_0,measure,{key_of(line)},\n", "utf-8")
    monkeypatch.setattr(build, "other_lines", partial(other_lines, table=table))
    monkeypatch.setattr(build, "read_with_ours", lambda work: read_training(work / "norne"))
    teacher = spacy.blank("nb")
    teacher.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Unnfrid"}])
    documents = build.Build(data, tmp_path).silver(lambda: teacher)
    found = {sentence.text for document in documents for sentence in document.sentences}
    assert len(found) == 199
    assert line not in found
