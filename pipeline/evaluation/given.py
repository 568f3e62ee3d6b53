"""The product's resolution of names over names that are given, not found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import spacy
from spacy.tokens import Doc, Span

from pipeline import language, schemas, vocabulary
from pipeline.evaluation.narc import NamesText
from pipeline.readers.txt import title_end
from pipeline.stages.extract import Extractor
from pipeline.stages.memory import resolved
from pipeline.stages.tokenize import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.evaluation.narc import Name
    from pipeline.stages.extract import Stretch

# What follows on the search for names: rules that would find or change names are left out.
NAMING = language.RULES[language.RULES.index("nb_base_namer") :]
_FOUND_BY = "model"


def resolve_given(
    texts: Sequence[NamesText],
) -> tuple[list[list[dict[str, Any]]], dict[str, dict[str, Any]]]:
    """Resolve the gold names of some texts as if they had been found.

    Args:
        texts: one document each.

    Returns:
        For each text the rows of schemas.MENTIONS, in the order of the names; and the rows of
        schemas.ENTITIES by their id.
    """
    by_key = {str(number): text for number, text in enumerate(texts)}
    raw = [text.text for text in texts]
    documents = schemas.shard(list(by_key), raw, [title_end(text) for text in raw])
    tokens = [row for key, text in by_key.items() for row in _tokens(key, text)]
    spans = _extractor(by_key)(documents, pa.Table.from_pylist(tokens))
    rows, by_id = resolve_spans(spans)
    by_text: dict[str, list[dict[str, Any]]] = {key: [] for key in by_key}
    for row in rows:
        by_text[row["doc_id"]].append(row)
    return list(by_text.values()), by_id


def resolve_spans(spans: pa.Table) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Resolve names over all their documents, two of which may have the same text.

    Args:
        spans: schemas.SPANS; doc_key becomes doc_id.

    Returns:
        The rows of schemas.MENTIONS, sorted by document and start; and the rows of
        schemas.ENTITIES by their id.
    """
    with resolved(spans, vocabulary.TYPES) as connection:
        mentions = connection.sql('SELECT * FROM mentions ORDER BY doc_id, "start"')
        entities = connection.sql("SELECT * FROM entities")
        by_id = {row["entity_id"]: row for row in entities.to_arrow_table().to_pylist()}
        return mentions.to_arrow_table().to_pylist(), by_id


def _tokens(key: str, text: NamesText) -> list[dict[str, Any]]:
    """The rows of a text's tokens, as the extract stage takes them."""
    end_of_title = title_end(text.text)
    return [
        {
            "doc_key": key,
            "start": start,
            "end": end,
            "sentence": sentence,
            "zone": "headline" if start < end_of_title else "body",
        }
        for start, end, sentence in text.tokens
    ]


def _extractor(by_key: Mapping[str, NamesText]) -> Extractor:
    """The extract stage with names that are given in place of a model and rules that find them."""
    language.register()
    nlp = spacy.blank("nb")
    rules = [nlp.add_pipe(name) for name in NAMING]

    def give(docs: list[Doc], stretches: list[Stretch]) -> None:
        for doc, stretch in zip(docs, stretches, strict=True):
            first = {start: i for i, (start, _, _, _) in enumerate(stretch.tokens)}
            last = {end: i + 1 for i, (_, end, _, _) in enumerate(stretch.tokens)}
            given = by_key[stretch.document["doc_key"]].names
            names = [Span(doc, first[n.start], last[n.end], n.label) for n in given]
            doc.set_ents(names)
            for name in names:
                name._.method = _FOUND_BY

    return Extractor(nlp, give, rules)


def as_given(text: str, names: Iterable[Name]) -> NamesText:
    """Make a text whose names can be given of one that has no tokens.

    Args:
        text: raw text.
        names: in order, none inside another.

    Returns:
        The text with the product's tokens, cut where a name begins or ends inside one.
    """
    names = tuple(names)
    edges = sorted({edge for name in names for edge in (name.start, name.end)})
    document = schemas.shard([""], [text], [title_end(text)])
    tokens: list[tuple[int, int, int]] = []
    for row in Tokenizer()(document).to_pylist():
        start, end = row["start"], row["end"]
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        tokens += [(*part, row["sentence"]) for part in pairwise([start, *inside, end])]
    return NamesText("", "", text, tuple(tokens), names)
