"""The product's resolution of names over names that are given, not found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import spacy
from spacy.tokens import Doc, Span

from pipeline import language, schemas, vocabulary
from pipeline.duck import connect
from pipeline.evaluation.narc import NamesText
from pipeline.language.memory import Memory
from pipeline.readers.txt import split_title
from pipeline.stages.extract import Extractor
from pipeline.stages.resolve import resolve
from pipeline.stages.tokenize import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.evaluation.narc import Name
    from pipeline.stages.extract import Stretch

# What follows on the search for names: rules that would find or change names are left out.
NAMING = language.RULES[language.RULES.index("nb_base_namer") :]
_FOUND_BY = "model"


class GivenNames(Extractor):
    """The extract stage with names that are given in place of a model and rules that find them."""

    def __init__(self) -> None:
        language.register()
        self.nlp = spacy.blank("nb")
        self._rules = [self.nlp.add_pipe(name) for name in NAMING]
        self._memory = Memory(self.nlp)
        self._given: Sequence[Name] = ()

    def extract(self, key: str, text: NamesText) -> pa.Table:
        """Give the spans of one text.

        Args:
            key: of the document.
            text: with its tokens and names.

        Returns:
            schemas.SPANS, a row for each name, in their order.
        """
        title = split_title(text.text)[0] or ""
        document = {"doc_key": key, "tokens_key": key, "text": text.text}
        tokens = [
            {
                "doc_key": key,
                "start": start,
                "end": end,
                "sentence": sentence,
                "zone": "headline" if start < len(title) else "body",
            }
            for start, end, sentence in text.tokens
        ]
        self._given = text.names
        return self(pa.Table.from_pylist([document]), pa.Table.from_pylist(tokens))

    def _recognize(self, docs: list[Doc], stretches: list[Stretch]) -> None:
        (doc,), (stretch,) = docs, stretches
        first = {start: i for i, (start, _, _, _) in enumerate(stretch.tokens)}
        last = {end: i + 1 for i, (_, end, _, _) in enumerate(stretch.tokens)}
        names = [Span(doc, first[n.start], last[n.end], n.label) for n in self._given]
        doc.set_ents(names)
        for name in names:
            name._.method = _FOUND_BY


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
    extractor = GivenNames()
    keys = [str(number) for number in range(len(texts))]
    spans = pa.concat_tables(
        [schemas.plain(extractor.extract(*pair)) for pair in zip(keys, texts, strict=True)]
    )
    dates = pa.table(
        {
            "doc_id": keys,
            "title": pa.nulls(len(keys), pa.string()),
            "published": pa.nulls(len(keys), pa.timestamp("s")),
        }
    )
    with connect() as connection:
        connection.register("found", spans.append_column("doc_id", spans["doc_key"]))
        connection.register("dates", dates)
        resolve(connection, vocabulary.TYPES)
        mentions = connection.sql('SELECT * FROM mentions ORDER BY doc_id, "start"')
        entities = connection.sql("SELECT * FROM entities")
        rows = mentions.to_arrow_table().to_pylist()
        by_id = {row["entity_id"]: row for row in entities.to_arrow_table().to_pylist()}
    by_text: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    for row in rows:
        by_text[row["doc_id"]].append(row)
    return list(by_text.values()), by_id


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
    title_end = len(split_title(text)[0] or "")
    document = {"doc_key": "", "title_end": title_end, "text": text}
    tokens: list[tuple[int, int, int]] = []
    for row in Tokenizer()(pa.Table.from_pylist([document])).to_pylist():
        start, end = row["start"], row["end"]
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        tokens += [(*part, row["sentence"]) for part in pairwise([start, *inside, end])]
    return NamesText("", "", text, tuple(tokens), names)
