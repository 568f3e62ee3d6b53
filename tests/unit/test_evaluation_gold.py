"""Gold files become raw text with names at the right offsets."""

import json

import pytest

from pipeline.evaluation.genres import genre_of
from pipeline.evaluation.gold import GoldError, Span, read_gold


def row(i, word, tag, after=""):
    return f"{i}\t{word}\t_\t_\t_\t_\t0\t_\t_\t{after}name={tag}\n"


CONLLU = (
    "# newpar\n# sent_id = 1\n# text = Nato samles\n"
    + row(1, "Nato", "B-ORG")
    + row(2, "samles", "O")
    + "\n# sent_id = 2\n# text = Jens Berg (50) kom. \n"
    + row(1, "Jens", "B-PER")
    + row(2, "Berg", "I-PER")
    + row(3, "(", "O", "SpaceAfter=No|")
    + row(4, "50", "O", "SpaceAfter=No|")
    + row(5, ")", "O")
    + row(6, "kom", "O", "SpaceAfter=No|")
    + row(7, ".", "O")
    + "\n"
    + row(1, "Oslo", "B-GPE_LOC", "SpaceAfter=No|")
    + row(2, ".", "O")
    + "\n# newpar\n# text = Nytt avsnitt.\n"
    + row(1, "Nytt", "O")
    + row(2, "avsnitt", "O", "SpaceAfter=No|")
    + row(3, ".", "O")
    + "\n"
)


def test_read_gold_conllu_joins_sentences_and_sets_headings_apart(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    first, second = read_gold(path)
    assert first.text == "Nato samles\n\nJens Berg (50) kom. Oslo."
    assert [(first.text[s.start : s.end], s.label) for s in first.spans] == [
        ("Nato", "ORG"),
        ("Jens Berg", "PER"),
        ("Oslo", "GPE_LOC"),
    ]
    assert [first.text[a:b] for a, b in first.units] == [
        "Nato samles",
        "Jens Berg (50) kom.",
        "Oslo.",
    ]
    assert (second.text, second.spans) == ("Nytt avsnitt.", ())


@pytest.mark.parametrize("mark", ["# newpar", "# newdoc", "# newdoc id = b\n# newpar id = c"])
def test_read_gold_conllu_begins_a_text_with_a_paragraph_or_a_document(tmp_path, mark):
    path = tmp_path / "gold.conllu"
    path.write_text(CONLLU.removeprefix("# newpar\n").replace("# newpar", mark), encoding="utf-8")
    assert [(text.name, len(text.units)) for text in read_gold(path)] == [
        ("gold#0", 3),
        ("gold#1", 1),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [("name=B-ORG", "_", "name="), ("Nato samles", "Nato møtes", "does not stand")],
)
def test_read_gold_conllu_says_which_line_is_wrong(tmp_path, old, new, message):
    path = tmp_path / "gold.conllu"
    path.write_text(CONLLU.replace(old, new), encoding="utf-8")
    with pytest.raises(GoldError, match=rf"gold\.conllu:6: .*{message}"):
        read_gold(path)


def test_read_gold_jsonl_keeps_types(tmp_path):
    path = tmp_path / "gold.jsonl"
    mentions = [
        {"start": 8, "end": 12, "type": "place", "label": "GPE_LOC"},
        {"start": 0, "end": 3, "type": "organisation", "label": "GPE_ORG"},
    ]
    path.write_text(json.dumps({"doc_id": "a", "text": "USA fra Oslo", "mentions": mentions}))
    [text] = read_gold(path)
    assert text.spans == (
        Span(0, 3, "GPE_ORG", "organisation"),
        Span(8, 12, "GPE_LOC", "place"),
    )
    assert text.spans[0].user_type == "organisation"
    assert text.labelled


def test_read_gold_jsonl_keeps_other_line_ends_in_a_text(tmp_path):
    row = {"doc_id": "a", "text": "Oslo\u2028Moss\x85Ås", "mentions": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\r\n", encoding="utf-8")
    assert [text.text for text in read_gold(path)] == [row["text"]]


def test_read_gold_jsonl_without_labels_is_not_labelled(tmp_path):
    path = tmp_path / "gold.jsonl"
    mentions = [{"start": 0, "end": 3, "type": "place"}]
    path.write_text(json.dumps({"doc_id": "a", "text": "USA", "mentions": mentions}) + "\n\n")
    assert not read_gold(path)[0].labelled


def genres(path, content):
    path.write_text(content, encoding="utf-8")
    return [text.genres for text in read_gold(path)]


def test_read_gold_conllu_takes_the_genre_from_a_comment_until_the_next(tmp_path):
    content = "# genre = blog\n" + CONLLU.replace("# newpar\n# text", "# newdoc\n# newpar\n# text")
    assert genres(tmp_path / "gold.conllu", content) == [("blog", "blog", "blog"), ("",)]


def test_read_gold_conllu_knows_the_genres_of_the_development_sentences(tmp_path):
    content = CONLLU.replace("sent_id = 1\n", "sent_id =  016355\n").replace("= 2\n", "= 16356\n")
    known = genres(tmp_path / "no_bokmaal-ud-dev.conllu", content)
    assert known == [("news", "blog", ""), ("",)]
    # Nynorsk's sentences have the same numbers.
    assert genres(tmp_path / "no_nynorsk-ud-dev.conllu", content) == [("", "", ""), ("",)]


@pytest.mark.parametrize(
    ("sent_id", "genre"),
    [
        ("015696", ""),
        ("015697", "news"),
        ("017523", "report"),
        ("017809", "parliament"),
        ("018008", "parliament"),
        ("018106", "news"),
        ("018107", ""),
        ("weblog-1", ""),
    ],
)
def test_genre_of_knows_where_each_source_begins(sent_id, genre):
    assert genre_of("no_bokmaal-ud-dev.conllu", sent_id) == genre


def test_read_gold_jsonl_takes_a_genre(tmp_path):
    row = {"doc_id": "a", "text": "Nei.", "mentions": [], "genre": "parliament"}
    assert genres(tmp_path / "gold.jsonl", json.dumps(row)) == [("parliament",)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", "[1]", ":1: not a gold text"),
        ("a.jsonl", '{"doc_id": 1, "text": "x", "mentions": [{"start": 0, "end": 2, "type": ""}]}',
         ":1: .*a mention lies outside"),
        ("a.jsonl", '{"text": "x", "mentions": []}', ":1: there is no 'doc_id'"),
        ("a.jsonl", '{"doc_id": 1, "text": 1, "mentions": []}', ":1: not a gold text"),
        ("a.jsonl", '{"doc_id": 1, "text": "x", "mentions": ["x"]}', ":1: not a gold text"),
        ("a.jsonl",
         '{"doc_id": 1, "text": "x", "mentions": [{"start": "0", "end": 1, "type": "place"}]}',
         ":1: not a gold text"),
        ("a.jsonl", '{"doc_id": 1, "text": "\\ud800", "mentions": []}', ":1: .*surrogates"),
        ("a.jsonl", "\n" + "[" * 100_000, ":2: not a gold text"),
        ("a.jsonl", "", "no text"),
        ("a.jsonl", '{"doc_id": "å"}'.encode("cp1252"), "not UTF-8"),
        ("a.conllu", "1\tNato\tname=B-ORG\n\n", ":1: .*10 columns"),
        ("a.conllu", "å".encode("cp1252"), "not UTF-8"),
        ("a.txt", "x", "conllu or .jsonl"),
    ],
)  # fmt: skip
def test_read_gold_refuses(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GoldError, match=message):
        read_gold(path)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("PER", "person"),
        ("GPE_ORG", "place"),
        ("ORG", "organisation"),
        ("DRV", None),
        ("EVT", None),
    ],
)
def test_span_user_type_is_what_a_user_means(label, kind):
    assert Span(0, 1, label).user_type == kind
