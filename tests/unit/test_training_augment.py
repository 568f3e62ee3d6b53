"""Variations keep names where they are said to be."""

import random

import pytest

from pipeline.training.augment import Augmenter, Chances, NameLists, collect_names, replace_spans
from pipeline.training.corpus import Sentence, SourceDocument

NAMES = NameLists(["Kari", "Ola"], ["Berg", "Dahl"], {"GPE_LOC": ["Bodø", "Norge", "Moss"]})
SENTENCE = Sentence("- Per Ås og Norges sak, «ja».", ((2, 8, "PER"), (12, 18, "GPE_LOC")))


def augmenter(seed=0, **chances):
    none = dict.fromkeys(Chances.__dataclass_fields__, 0.0)
    return Augmenter(NAMES, Chances(**(none | chances)), random.Random(seed))  # noqa: S311


def test_sentence_without_chances_stays():
    assert augmenter().sentence(SENTENCE) == [SENTENCE]


@pytest.mark.parametrize("seed", range(30))
def test_sentence_keeps_spans_on_names(seed):
    every = dict.fromkeys(Chances.__dataclass_fields__, 0.5)
    for varied in augmenter(seed, **every).sentence(SENTENCE):
        for start, end, label in varied.spans:
            surface = varied.text[start:end]
            assert surface == surface.strip()
            if label == "PER" and surface[0].isupper() and not surface.isupper():
                assert set(surface.split()) <= {"Per", "Ås", "Kari", "Ola", "Berg", "Dahl"}


def test_sentence_replaces_names_and_keeps_genitives():
    [varied] = augmenter(name=1.0).sentence(SENTENCE)
    (start, end, _), (start2, end2, _) = varied.spans
    forename, surname = varied.text[start:end].split()
    assert forename in NAMES.forenames
    assert surname in NAMES.surnames
    assert varied.text[start2:end2] in {"Bodøs", "Norges", "Moss"}
    assert varied.text.endswith(" sak, «ja».")


def test_sentence_writes_headings_in_capitals():
    [varied] = augmenter(heading_capitals=1.0).sentence(
        Sentence("Per til Bodø", ((0, 3, "PER"),), heading=True)
    )
    assert varied.text == "PER TIL BODØ"


def test_sentence_changes_marks_but_not_lengths():
    [varied] = augmenter(marks=1.0).sentence(SENTENCE)
    assert varied.text[0] in "–—"
    assert varied.text[1:] == ' Per Ås og Norges sak, "ja".'
    assert varied.spans == SENTENCE.spans


def test_sentence_makes_compounds_of_places():
    sentence = Sentence("i Bodø", ((2, 6, "GPE_LOC"),))
    [varied] = augmenter(compound=1.0).sentence(sentence)
    [(start, end, label)] = varied.spans
    assert varied.text[start:end].startswith("Bodø-")
    assert label in {"GPE_LOC", "DRV"}


@pytest.mark.parametrize("seed", range(20))
def test_credit_names_a_person(seed):
    credit = augmenter(seed).credit()
    (start, end, label), *rest = credit.spans
    assert label == "PER"
    assert credit.text[start:end].split()[0] in NAMES.forenames
    assert all(label == "ORG" for _, _, label in rest)
    assert "oto: " in credit.text.lower() or credit.text.startswith("Illustrasjon: ")


def test_replace_spans_moves_later_names():
    varied = replace_spans(SENTENCE, ["X", "Sveriges"])
    assert varied.text == "- X og Sveriges sak, «ja»."
    assert varied.spans == ((2, 3, "PER"), (7, 15, "GPE_LOC"))


def test_collect_names_takes_people_apart_and_drops_genitives(tmp_path):
    (tmp_path / "politicians_norway.csv").write_text("forename,surname\nAnne Marit,By Lie\n")
    (tmp_path / "municipalities_2020.csv").write_text("name\nMoss\n")
    villages = [f"By{i}" for i in range(300)] + ["Moss", "Tafjord"]
    (tmp_path / "places_norway.csv").write_text("\n".join(["name", *villages]))
    (tmp_path / "organisations_wikidata.csv").write_text("names\nCoop|Coop Extra\n")
    sentence = Sentence("Per Ås Per Åss i Bodø Bodøs", (
        (0, 6, "PER"), (7, 14, "PER"), (17, 21, "GPE_LOC"), (22, 27, "GPE_LOC"),
    ))  # fmt: skip
    names = collect_names([SourceDocument("a_0", [sentence])], tmp_path)
    assert names.forenames == ["Anne", "Per"]
    assert names.surnames == ["Lie", "Ås"]
    places = set(names.by_label["GPE_LOC"])
    assert {"Bodø", "Moss", "Kirgisistan"} < places
    assert not {"Bodøs", "Tafjord", "Themsen", "Eiffeltårnet", "Svalbard"} & places
    assert 1000 < len(places) < 4000  # cities abroad
    assert "Kirgisistan" in names.by_label["GPE_ORG"]
    assert not {"Moss", "Antarktis", "Bouvetøya"} & set(names.by_label["GPE_ORG"])
    assert names.by_label["LOC"] == ["Tafjord"]
    assert names.by_label["ORG"] == ["Coop"]
