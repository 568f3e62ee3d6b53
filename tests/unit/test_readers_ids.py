"""Ids of rows."""

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.ids import RowIds, safe_key

A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("1", A), ("2", A)], ["f#1", "f#2"]),
        ([("", A), ("", B)], ["f#aaaaaaaaaaaa", "f#bbbbbbbbbbbb"]),
        ([("1", A), ("1", B)], ["f#1", "f#1~bbbbbbbb"]),
        ([("1", A), ("1", A), ("1", A)], ["f#1", "f#1~2", "f#1~3"]),
        ([("", A), ("", A)], ["f#aaaaaaaaaaaa", "f#aaaaaaaaaaaa~2"]),
        (
            [("1", A), ("1", B), ("1", B), ("1", A)],
            ["f#1", "f#1~bbbbbbbb", "f#1~bbbbbbbb~2", "f#1~2"],
        ),
        ([("1", A), ("1~2", B), ("1", A)], ["f#1", "f#1~2", "f#1~3"]),
        ([("a\nb\0", A), ("\x07", A)], ["f#a b", "f#aaaaaaaaaaaa"]),
    ],
)
def test_row_ids_follow_key_then_content_then_order(rows, expected):
    with closing(RowIds("f")) as ids:
        assert [ids.id_for(*row)[0] for row in rows] == expected


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "1", "1~2", "2", "1~aaaaaaaa"]), st.sampled_from([A, B]))
    )
)
def test_row_ids_are_unique(rows):
    with closing(RowIds("f")) as ids:
        found = [ids.id_for(*row)[0] for row in rows]
    assert len(set(found)) == len(rows)


@given(st.text(st.characters(codec=None)))
def test_safe_key_is_one_line_of_text(key):
    safe = safe_key(key)
    safe.encode()
    assert safe.isprintable() or any(c.isspace() or not c.isprintable() for c in key)
    assert len(safe.splitlines()) <= 1
    assert len(safe) <= 500
