"""Wrapped lines are read as one."""

from __future__ import annotations

import pytest

from pipeline import language
from pipeline.language.tokens.tokenizer import offsets
from pipeline.readers.repair import repair
from pipeline.stages.lines import on_one_line, word


@pytest.mark.parametrize(
    ("written", "within_a_line"),
    [
        ("Sikkerhets-\nrådet", "Sikkerhetsrådet"),
        ("Stor-\n  tinget", "Stortinget"),
        ("Nato-\nlandet", "Nato-landet"),  # Nato is known
        ("VM-\nlaget", "VM-laget"),
        ("Nor-\nges", "Norges"),  # Nor is known, too
        ("Nes-\nodden", "Nesodden"),
        ("Ap-\npolitikere", "Ap-politikere"),
        ("Nord-\nTrønde-\nlag", "Nord-Trøndelag"),
        ("Sør-\nØst", "Sør-Øst"),
        ("Nato-landet", "Nato-landet"),
        ("\n", "\n"),
    ],
)
def test_word_as_it_would_stand_within_a_line(written: str, within_a_line: str) -> None:
    assert word(written) == within_a_line


def words(text: str) -> list[str]:
    doc = language.read(language.blank(), text)
    sentence = -1
    tokens = []
    for token, (start, end) in zip(doc, offsets(doc), strict=True):
        sentence += token.is_sent_start
        tokens.append((start, end, sentence, "body"))
    return [text[start:end] for start, end, _, _ in on_one_line(tokens, text)]


def test_tokens_of_wrapped_lines() -> None:
    text = (
        "Det var i går at FNs Sikkerhets-\nråd møttes igjen, og barne-\nog ungdomsarbeidet "
        "i Helse Sør-\nØst – som\nmange kjenner – fikk mye tid."
    )
    assert words(text) == (
        "Det var i går at FNs Sikkerhets-\nråd møttes igjen , og barne- og ungdomsarbeidet "
        "i Helse Sør-\nØst – som mange kjenner – fikk mye tid ."
    ).split(" ")


def test_columns_and_short_lines_stay_apart() -> None:
    assert words("Kari Moe\tOla Dahl   Lyn") == ["Kari", "Moe", "\t", "Ola", "Dahl", "  ", "Lyn"]
    assert words("statsråd\nKari Moe\nOla Dahl\nog andre.").count("\n") == 2


@pytest.mark.parametrize("blank", ["  ", "\u00a0", " \u00a0", "\u00a0 ", "\u202f", "\u2009"])
def test_odd_blanks_are_as_one(blank: str) -> None:
    text = "Dette sa Kari Moe. Hun bor i Oslo.\nSlik er det."
    assert words(repair(text.replace(" ", blank))[0]) == words(text)


def test_lines_that_are_no_sentence_stay_apart() -> None:
    # A dash is no hyphen, and a list has no words that go on.
    assert words("Oslo\n- Bergen\n- Bodø") == ["Oslo", "\n", "-", "Bergen", "\n", "-", "Bodø"]
