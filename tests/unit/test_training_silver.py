"""Self-training learns only from what all models read alike."""

import spacy

from pipeline.training.cnn.silver import agree, make_silver
from pipeline.training.corpus import UNKNOWN


def model(**patterns):
    nlp = spacy.blank("nb")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in patterns.items()])
    return nlp


def test_agree_keeps_common_names_and_merges_doubts():
    first = {(0, 3, "PER"), (5, 9, "ORG"), (20, 24, "LOC")}
    second = {(0, 3, "PER"), (7, 12, "ORG"), (11, 14, "PER")}
    assert agree([first, second]) == ((0, 3, "PER"), (5, 14, UNKNOWN), (20, 24, UNKNOWN))


def test_make_silver_labels_and_leaves_out_what_has_no_name():
    models = [model(Oslo="GPE_LOC", Per="PER"), model(Oslo="GPE_LOC", Per="ORG")]
    lines = ["Per bor i Oslo.", "Ingen her.", "Per kom.", "x" * 2000]
    [document] = make_silver([(lines, 10)], models, seed=0, empty=0.0)
    [sentence] = document.sentences
    assert sentence.text == "Per bor i Oslo."
    assert sentence.spans == ((0, 3, UNKNOWN), (10, 14, "GPE_LOC"))
    assert not document.held_out_in_turn


def test_make_silver_takes_as_many_lines_as_wanted():
    models = [model(Oslo="GPE_LOC")]
    lines = [f"{i} i Oslo." for i in range(100)]
    documents = make_silver([(lines, 30), (["Til Oslo"], 30)], models, seed=1, together=10)
    assert [len(document.sentences) for document in documents] == [10, 10, 10, 1]
    first = [int(sentence.text.split()[0]) for sentence in documents[0].sentences]
    assert first == list(range(first[0], first[0] + 10))
    assert documents[-1].sentences[0].heading
