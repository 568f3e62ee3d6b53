from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.encoder.windows import cut


def test_a_short_text_is_one_window():
    assert cut(["Fred", "."]) == [(0, 2)]
    assert cut([]) == []


def test_cut_prefers_paragraphs_then_sentences_then_anything():
    words = ["a"] * 6 + ["\n\n"] + ["b", "."] + ["c"] * 11
    assert cut(words, 10)[0] == (0, 7)
    words[6] = "x"
    assert cut(words, 10)[0] == (0, 9)
    words[8] = "x"
    assert cut(words, 10)[0] == (0, 10)


def test_cut_keeps_a_closing_quotation_mark_with_its_sentence():
    assert cut(["a"] * 6 + [".", "»"] + ["b"] * 9, 10)[0] == (0, 8)


@given(st.lists(st.sampled_from(["a", ".", "\n\n", "»"]), max_size=400), st.integers(2, 128))
def test_windows_are_the_text(words, longest):
    windows = cut(words, longest)
    assert [w for start, end in windows for w in words[start:end]] == words
    assert all(0 < end - start <= longest for start, end in windows)
