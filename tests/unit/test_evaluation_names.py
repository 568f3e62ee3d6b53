"""Names that are given are resolved as found ones are, and scored text by text."""

import io

import pytest
from rich.console import Console

from pipeline.evaluation.given import as_given, resolve_given
from pipeline.evaluation.names import _score, evaluate_names
from pipeline.evaluation.narc import Name, NamesText, read_names
from tests import narc

TEXT = "Idlib-provinsen bombes\n\nKari Moen drar til Idlib. Moen er Ap-leder."


def given(*names):
    spans = [Name(TEXT.index(s), TEXT.index(s) + len(s), label, 0) for s, label in names]
    return as_given(TEXT, spans)


def test_as_given_cuts_tokens_where_names_end():
    text = given(("Idlib", "GPE_LOC"), ("Kari Moen", "PER"), ("Ap", "ORG"))
    words = [TEXT[start:end] for start, end, _ in text.tokens]
    assert words[:4] == ["Idlib", "-provinsen", "bombes", "\n\n"]
    assert words[-3:] == ["Ap", "-leder", "."]
    assert "".join(words).replace("\n", "") == TEXT.replace(" ", "").replace("\n", "")


def test_resolve_given_keeps_every_name_and_joins_them():
    names = [("Idlib-provinsen", "GPE_LOC"), ("Kari Moen", "PER"), ("Ap-leder", "DRV")]
    text = given(*names)
    moen = Name(TEXT.index("Moen er"), TEXT.index(" er Ap"), "PER", 0)
    text = as_given(TEXT, sorted([*text.names, moen], key=lambda name: name.start))
    (rows, none), entities = resolve_given([text, as_given("Nei.", [])])
    assert none == []
    assert [row["surface"] for row in rows] == ["Idlib-provinsen", "Kari Moen", "Moen", "Ap-leder"]
    assert [row["name"] for row in rows] == ["Idlib", "Kari Moen", "Moen", "Ap"]
    assert [row["zone"] for row in rows] == ["headline", "body", "body", "body"]
    assert rows[1]["entity_id"] == rows[2]["entity_id"]
    assert entities[rows[1]["entity_id"]]["name"] == "Kari Moen"


def test_title_is_whole_in_a_text_with_white_space_before_it():
    text = f"\n     {TEXT.replace('bombes', 'bombes av Kari')}"
    kari = text.index("Kari")
    (rows,), _ = resolve_given([as_given(text, [Name(kari, kari + 4, "PER", 0)])])
    assert [row["zone"] for row in rows] == ["headline"]


def row(start, end, name, entity, *, surface=None, derived=False):
    return {
        "start": start,
        "end": end,
        "surface": surface or name,
        "name": name,
        "entity_id": entity,
        "derived": derived,
    }


def test_score_compares_the_product_with_ways_that_resolve_nothing():
    # Gold: Kari Moen, Moens and Moen are one, Moen-saken is something else.
    bounds = [(0, 9), (10, 15), (16, 20), (21, 31)]
    names = tuple(
        Name(*place, "PER", cluster) for place, cluster in zip(bounds, (0, 0, 0, 1), strict=True)
    )
    rows = [
        row(0, 9, "Kari Moen", "k"),
        row(10, 15, "Moen", "k", surface="Moens"),
        row(16, 20, "Moen", "k"),
        row(21, 31, "Moen", "k", surface="Moen-saken", derived=True),
    ]
    result = _score([(NamesText("a", "dev", "", (), names), rows)])
    assert result.product.b3.f == 1
    recall = {way: score.b3.r for way, score in result.baselines.items()}
    assert recall == pytest.approx({
        "exact_string": (1 + 3 * 1 / 3) / 4,
        "base_name": (1 + 1 / 3 + 2 * 2 / 3) / 4,
        "last_word": 1,
    })  # fmt: skip
    assert all(score.b3.p == 1 for score in result.baselines.values())


def test_score_takes_a_name_with_another_end_for_another_one():
    text = NamesText("a", "dev", "", (), (Name(0, 4, "PER", 0), Name(5, 9, "PER", 0)))
    result = _score([(text, [row(0, 4, "Moen", "k"), row(5, 10, "Moen", "k")])])
    assert result.product.b3.p == result.product.b3.r == pytest.approx(1 / 4)


def test_score_ends_clusters_with_their_text():
    text = NamesText("a", "dev", "", (), (Name(0, 4, "PER", 0),))
    result = _score([(text, [row(0, 4, "Moen", "k")])] * 2)
    assert (result.texts, result.product.b3.f) == (2, 1)


def test_evaluate_names_on_the_training_part_finds_none_by_itself(tmp_path):
    texts, _ = read_names(narc.write(tmp_path))
    result = evaluate_names([text for text in texts if text.part == "train"], left_out=3)
    assert result.own is None
    assert result.given.product.b3.f == 1
    assert result.given.baselines["last_word"].b3.r < 1
    figures = result.to_json()
    assert (figures["own"], figures["left_out"]) == (None, 3)
    assert figures["b3"] == {"f": 1.0, "p": 1.0, "r": 1.0}
    assert set(figures) == {
        "texts", "b3", "muc", "ceaf_e", "conll", "gold", "found", "baselines", "parts", "own",
        "left_out",
    }  # fmt: skip
    assert figures["parts"]["train"]["baselines"].keys() == figures["baselines"].keys()
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(result.to_table())
    text = console.export_text()
    assert all(word in text for word in ("3 left out", "product", "last_word", "100.0"))
