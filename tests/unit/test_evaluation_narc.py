"""Names of NorNE's get the clusters of the phrases that they head in NARC."""

import json

import pytest

from pipeline.evaluation.gold import GoldError
from pipeline.evaluation.narc import read_names
from tests import narc


@pytest.fixture
def folder(tmp_path):
    return narc.write(tmp_path)


def training(folder):
    texts, _ = read_names(folder)
    return next(text for text in texts if text.name == "training")


def test_read_names_lays_sentences_out_as_an_article(folder):
    text = training(folder)
    assert text.text == (
        "Statsminister Kari Moen møter Verdens helseorganisasjon (WHO)\n\n"
        "Moen kom til Oslo og Bergen. WHOs leder takket Ap-leder Moen. "
    )
    words = [text.text[start:end] for start, end, _ in text.tokens]
    assert words[:3] == ["Statsminister", "Kari", "Moen"]
    assert words[8:11] == [")", "\n\n", "Moen"]
    assert [number for _, _, number in text.tokens][8:11] == [0, 0, 1]


def test_read_names_gives_each_name_the_cluster_it_heads(folder):
    text = training(folder)
    named = [(text.text[n.start : n.end], n.label, n.cluster) for n in text.names]
    alone = [cluster for _, _, cluster in named if cluster > 3]
    assert [(surface, cluster if cluster < 4 else None) for surface, _, cluster in named] == [
        ("Kari Moen", 0),  # heads "Statsminister Kari Moen"
        ("Verdens helseorganisasjon", 1),
        ("WHO", 1),  # in apposition to the head
        ("Moen", 0),
        ("Oslo", None),  # a coordination has no single head
        ("Bergen", None),
        ("WHOs", 1),  # the shortest phrase: "WHOs leder" is headed by "leder"
        ("Ap-leder", None),  # a derivation in apposition
        ("Moen", 0),
    ]
    assert len(set(alone)) == 3


def test_read_names_tells_the_parts_of_norne_apart(folder):
    texts, left_out = read_names(folder)
    assert ({text.name: text.part for text in texts}, left_out) == (
        {"training": "train", "development": "dev"},
        0,
    )


def test_read_names_takes_a_common_sentence_for_the_one_that_is_near(folder):
    # The development text's heading stands in a training file too.
    heading = [("Bergen", 2), ("venter", 0), (".", 2)]
    rows = [
        f"{i}\t{word}\t_\t_\t_\t_\t{governor}\t_\t_\tname=O\n"
        for i, (word, governor) in enumerate(heading, start=1)
    ]
    (folder / "norne/ndt/nob/ap000_0000.conll").write_text("".join(rows))
    texts, _ = read_names(folder)
    development = next(text for text in texts if text.name == "development")
    assert (development.part, len(development.names)) == ("dev", 3)


def test_read_names_takes_narc_with_norne_beside_it(folder):
    assert read_names(folder / "narc") == read_names(folder)


def test_read_names_reads_universal_dependencies(folder):
    path = folder / "norne/ndt/nob/ap012_0003.conll"
    rows = [line for line in path.read_text().splitlines() if "\t|\t" not in line]
    path.unlink()
    other = folder / "norne/ud/nob/no_bokmaal-ud-test.conllu"
    other.parent.mkdir(parents=True)
    other.write_text("# sent_id = 1\n" + "\n".join(rows).replace("KOORD", "conj") + "\n")
    texts, _ = read_names(folder)
    development = next(text for text in texts if text.name == "development")
    assert development.part == "test"
    assert development.text == "Bergen venter. Oslo og Bergens folk\n\n"
    clusters = [name.cluster for name in development.names]
    assert clusters[0] == clusters[2] != clusters[1]


def test_read_names_leaves_out_what_norne_does_not_have(folder):
    (folder / "norne/ndt/nob/ap012_0003.conll").unlink()
    path = folder / "narc/training.jsonl"
    document = json.loads(path.read_text())
    document["sentences"].insert(0, ["<N>"])
    (folder / "narc/shifted.jsonl").write_text(json.dumps(document))
    texts, left_out = read_names(folder)
    assert ([text.name for text in texts], left_out) == (["training"], 2)


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("narc/*", "no NARC text"),
        ("norne/ndt/nob/*", "none of its 2 texts"),
    ],
)
def test_read_names_refuses_a_folder_without_both(folder, gone, message):
    for path in folder.glob(gone):
        path.unlink()
    with pytest.raises(GoldError, match=message):
        read_names(folder)


def test_read_names_says_what_cannot_be_read(folder):
    with pytest.raises(GoldError, match="no such folder"):
        read_names(folder / "nowhere")
    (folder / "narc/broken.jsonl").write_text('{"doc_key": ')
    with pytest.raises(GoldError, match=r"broken\.jsonl:1: not JSON"):
        read_names(folder)


@pytest.mark.parametrize("row", ["1\tKari", "1\tKari\t_\t_\t_\t_\t_\tSUBJ\t_\tname=B-PER"])
def test_read_names_refuses_a_treebank_without_governors(folder, row):
    (folder / "norne/ndt/nob/ap001_0000.conll").write_text(f"{row}\n\n")
    with pytest.raises(GoldError, match=r"ap001_0000\.conll:1: no token"):
        read_names(folder)
