import pytest

from pipeline.language.encoder.words import (
    BREAK,
    MOST_PIECES,
    SPECIAL,
    UNKNOWN,
    Case,
    Vocabulary,
    case_of,
)


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("fred", Case.LOWER),
        ("Øystein", Case.TITLE),
        ("KHARKIV", Case.UPPER),
        ("E", Case.INITIAL),
        ("E6", Case.INITIAL),
        ("BMWs", Case.MIXED),
        ("Nord-Norge", Case.MIXED),
        ("iPhone", Case.MIXED),
        ("2019", Case.NONE),
        ("–", Case.NONE),
        ("ß", Case.LOWER),
    ],
)
def test_case_of(word, case):
    assert case_of(word) is case


def vocabulary(*pieces):
    return Vocabulary([*SPECIAL, *pieces])


def test_split_takes_the_longest_piece_from_the_start():
    pieces = vocabulary("id", "idlib", "##-", "##provinsen", "##p")
    assert [pieces.pieces[n] for n in pieces.split("Idlib-provinsen")] == [
        "idlib",
        "##-",
        "##provinsen",
    ]


def test_split_is_the_same_for_capitals_and_writes_digits_0():
    pieces = vocabulary("e", "##0", "khar", "##kiv")
    assert pieces.split("KHARKIV") == pieces.split("kharkiv")
    assert pieces.split("E6") == pieces.split("E9") != pieces.split("E")


def test_split_marks_what_no_piece_has_and_goes_on():
    pieces = vocabulary("a", "##b")
    assert pieces.split("a☃b") == [4, UNKNOWN, 5]


def test_split_of_white_space_is_a_break():
    assert vocabulary("a").split("\n\n") == [BREAK]


def test_split_keeps_the_ends_of_a_long_word():
    pieces = vocabulary("x", "##y", "##z")
    found = pieces.split("x" + "y" * 20 + "z")
    assert len(found) == MOST_PIECES
    assert (found[0], found[-1]) == (4, 6)


def test_a_vocabulary_begins_with_the_special_pieces():
    with pytest.raises(ValueError, match="begins with"):
        Vocabulary(["a", "b"])
