"""Spoilt texts keep their names at the right offsets."""

import pytest

from pipeline.evaluation.gold import GoldText, Span
from pipeline.evaluation.robustness import PERTURBATIONS, measure_robustness, perturb

TEXT = (
    "Åse Bjørnæs, 50, kom fra Straße i Oslo. "
    "Så gikk André og Nato-landet hjem til Bærum igjen.\n\nJa."
)
NAMES = ("Åse Bjørnæs", "Straße", "Oslo", "André", "Nato-landet", "Bærum")
GOLD = GoldText(
    "a",
    TEXT,
    tuple(Span(TEXT.index(name), TEXT.index(name) + len(name), "PER") for name in NAMES),
    ((0, 39), (40, 90), (92, 95)),
)


def names(item):
    return tuple(item.text[span.start : span.end] for span in item.spans)


def units(item):
    return [item.text[start:end] for start, end in item.units]


def test_perturb_capitals_moves_names_where_a_letter_becomes_two():
    spoilt = perturb(GOLD, "capitals")
    assert names(spoilt) == ("ÅSE BJØRNÆS", "STRASSE", "OSLO", "ANDRÉ", "NATO-LANDET", "BÆRUM")
    assert units(spoilt)[0] == "ÅSE BJØRNÆS, 50, KOM FRA STRASSE I OSLO."
    assert units(spoilt)[2] == "JA."


def test_perturb_lower_case():
    assert perturb(GOLD, "lower_case").text == TEXT.lower()


def test_perturb_diacritics():
    spoilt = perturb(GOLD, "diacritics")
    assert names(spoilt) == ("Ase Bjornaes", "Straße", "Oslo", "Andre", "Nato-landet", "Baerum")
    assert units(spoilt)[1] == "Sa gikk Andre og Nato-landet hjem til Baerum igjen."


def test_perturb_spacing_loses_spaces_after_marks_only():
    for seed in range(20):
        spoilt = perturb(GOLD, "spacing", seed=seed)
        assert names(spoilt) == NAMES
        assert spoilt.text.replace(" ", "") == TEXT.replace(" ", "")
        assert units(spoilt)[1] == units(GOLD)[1]
    assert any("Oslo.Så" in perturb(GOLD, "spacing", seed=seed).text for seed in range(20))
    assert any("Oslo. Så" in perturb(GOLD, "spacing", seed=seed).text for seed in range(20))


def test_perturb_wrapped_breaks_lines_between_words():
    spoilt = perturb(GOLD, "wrapped")
    assert spoilt.text.split() == TEXT.split()
    assert len(spoilt.text) == len(TEXT)
    assert spoilt.text.index("\n") <= 72
    assert names(spoilt) == NAMES


def test_perturb_spelling_changes_single_letters_of_long_words():
    item = GoldText("a", "og Kristiansand " * 300, (Span(3, 15, "GPE_LOC"),), ())
    words = perturb(item, "spelling").text.split()
    assert words[::2] == ["og"] * 300
    wrong = [word for word in words[1::2] if word != "Kristiansand"]
    assert 10 <= len(wrong) <= 50
    assert all(word[0] == "K" and abs(len(word) - 12) <= 1 for word in wrong)
    assert {len(word) for word in wrong} == {11, 12, 13}


@pytest.mark.parametrize("kind", PERTURBATIONS)
def test_perturb_is_the_same_every_time_and_keeps_labels(kind):
    spoilt = perturb(GOLD, kind, seed=3)
    assert spoilt == perturb(GOLD, kind, seed=3)
    assert [span.label for span in spoilt.spans] == ["PER"] * len(NAMES)
    assert all(name.strip() == name and name for name in names(spoilt))
    assert len(spoilt.units) == len(GOLD.units)


def test_measure_robustness_scores_every_perturbation():
    def predict(texts):
        return [
            [Span(text.index("Oslo"), text.index("Oslo") + 4, "PER")] if "Oslo" in text else []
            for text in texts
        ]

    result = measure_robustness([GOLD], predict, samples=5)
    assert list(result) == list(PERTURBATIONS)
    assert result["capitals"].f == 0
    assert result["diacritics"].r == pytest.approx(100 / 6)
    assert result["diacritics"].p == 100
