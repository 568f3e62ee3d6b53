"""The small model learns from what a better one finds, where that is sure."""

import spacy
from spacy.language import Language
from spacy.tokens import Span

from pipeline.language import extensions
from pipeline.training.cnn.silver import label, make_silver
from pipeline.training.corpus import UNKNOWN, Sentence

extensions.register()


@Language.component("half_sure")
def half_sure(doc):
    """Finds two names, and is less than half sure of Per."""
    found = {"Oslo": ("GPE_LOC", 0.9), "Per": ("PER", 0.4)}
    names = [Span(doc, t.i, t.i + 1, label=found[t.text][0]) for t in doc if t.text in found]
    for name in names:
        name._.score = found[name.text][1]
    doc.ents = names
    return doc


def teacher(*, scores=False):
    nlp = spacy.blank("nb")
    if scores:
        nlp.add_pipe("half_sure")
    else:
        ruler = nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": "GPE_LOC", "pattern": "Oslo"}])
    return nlp


def test_lines_get_the_names_of_the_text_that_they_make_together():
    assert label(["Per til Oslo", "I dag.", "Oslo, ja."], teacher(scores=True)) == [
        Sentence("Per til Oslo", ((0, 3, UNKNOWN), (8, 12, "GPE_LOC")), heading=True),
        Sentence("I dag.", ()),
        Sentence("Oslo, ja.", ((0, 4, "GPE_LOC"),)),
    ]


def test_a_teacher_without_scores_is_sure():
    [sentence] = label(["Per til Oslo."], teacher())
    assert sentence.spans == ((8, 12, "GPE_LOC"),)


def test_make_silver_leaves_out_what_has_no_sure_name():
    lines = ["Per bor i Oslo.", "Ingen her.", "Per kom.", "x" * 2000]
    [document] = make_silver([(lines, 10)], teacher(scores=True), seed=0, empty=0.0)
    assert [sentence.text for sentence in document.sentences] == ["Per bor i Oslo."]
    assert not document.held_out_in_turn


def test_make_silver_takes_as_many_lines_as_wanted():
    lines = [f"{i} i Oslo." for i in range(100)]
    documents = make_silver([(lines, 30), (["Til Oslo"], 30)], teacher(), seed=1, together=10)
    assert [len(document.sentences) for document in documents] == [10, 10, 10, 1]
    first = [int(sentence.text.split()[0]) for sentence in documents[0].sentences]
    assert first == list(range(first[0], first[0] + 10))
    assert documents[-1].sentences[0].heading
