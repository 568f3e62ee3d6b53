"""Extract: documents and their tokens to the names in them.

The statistical model first, then the Norwegian rules, then the user's gazetteer; last the base
names and the joins within a document.
"""

from __future__ import annotations

from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc, Span

from pipeline import language, models
from pipeline.language.greedy.recognizer import speed_up
from pipeline.language.memory import Memory
from pipeline.schemas import SPANS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa
    from spacy.language import Language

DOC_TOKENS = 100_000  # one spaCy Doc; names are joined within it
MODEL_TOKENS = 4_000  # one call of the model: bounds its activations to some 100 MB
CONTEXT_CHARS = 1_000  # of a longer sentence, the part around the name

Token = tuple[int, int, int, str]  # start, end, sentence, zone


class Extractor:
    """The stage as a function from documents and tokens to spans.

    Args:
        model: Name or path of the model; empty for the bundled one.
        gazetteer: The user's CSV of names, or None.

    Raises:
        UserError: See `models.load`; BAD_GAZETTEER.
    """

    def __init__(self, model: str = "", gazetteer: Path | None = None) -> None:
        self.nlp: Language = models.load(model)
        self._model = [speed_up(pipe) for _, pipe in self.nlp.pipeline]
        add_rules(self.nlp, gazetteer)
        self._rules = [pipe for _, pipe in self.nlp.pipeline[len(self._model) :]]
        self._memory = Memory(self.nlp)

    def __call__(self, documents: pa.Table, tokens: pa.Table) -> pa.Table:
        """Find the names of a shard.

        A document's names do not depend on the others of its shard: the model sees one at a time.

        Args:
            documents: doc_key, tokens_key, title_end (code points) and text, one row a document.
            tokens: doc_key (the documents' tokens_key), start, end, sentence and zone, ordered
                within each document.

        Returns:
            schemas.SPANS, in the order of the documents and of the text.
        """
        columns: dict[str, list[object]] = {name: [] for name in SPANS.schema.names}
        of_document = _group(tokens)
        self._memory.renew()
        for row in documents.to_pylist():
            for doc, window in self._docs(row, of_document.get(row["tokens_key"], [])):
                sentences = _sentences(window)
                for span in doc.ents:
                    _append(columns, row, span, window, sentences)
        return SPANS.from_columns(columns)

    def _docs(self, row: dict[str, Any], tokens: list[Token]) -> Iterator[tuple[Doc, list[Token]]]:
        """The document's Docs with their names, each beside the tokens it is made of."""
        for first, end in _windows(tokens, DOC_TOKENS):
            window = tokens[first:end]
            doc = _doc(self.nlp, row["text"], window)
            doc._.title_end = row["title_end"] if first == 0 else 0
            self._recognize(doc, window)
            for rule in self._rules:
                doc = rule(doc)
            yield doc, window

    def _recognize(self, doc: Doc, tokens: list[Token]) -> None:
        """Set the model's entities, in calls of bounded size."""
        bounds = list(_windows(tokens, MODEL_TOKENS))
        ents = []
        for first, end in bounds:
            part = doc if len(bounds) == 1 else doc[first:end].as_doc()
            for pipe in self._model:
                part = pipe(part)
            ents += [(first + ent.start, first + ent.end, ent) for ent in part.ents]
        spans = [Span(doc, start, end, label=ent.label_) for start, end, ent in ents]
        for span, (_, _, ent) in zip(spans, ents, strict=True):
            span._.score, span._.second_label = ent._.score, ent._.second_label
        doc.set_ents(spans)


def add_rules(nlp: Language, gazetteer: Path | None = None) -> None:
    """Add the Norwegian rules behind a model.

    Args:
        nlp: A pipeline that sets entities.
        gazetteer: The user's CSV of names, or None.

    Raises:
        UserError: BAD_GAZETTEER.
    """
    language.register()
    for name in language.RULES:
        if name != "nb_gazetteer":
            nlp.add_pipe(name)
        elif gazetteer is not None:
            nlp.add_pipe(name, config={"path": str(gazetteer)})


def _group(tokens: pa.Table) -> dict[str, list[Token]]:
    groups: dict[str, list[Token]] = {}
    keys, *columns = (
        tokens[name].to_pylist() for name in ("doc_key", "start", "end", "sentence", "zone")
    )
    rows = zip(*columns, strict=True)
    for key, group in groupby(keys):
        groups.setdefault(key, []).extend(islice(rows, sum(1 for _ in group)))
    return groups


def _windows(tokens: list[Token], limit: int) -> Iterator[tuple[int, int]]:
    """Cut into runs of at most `limit` tokens, between sentences where that is possible."""
    start = 0
    while len(tokens) - start > limit:
        end = start + limit
        while end > start and tokens[end][2] == tokens[end - 1][2]:
            end -= 1
        end = end if end > start else start + limit
        yield start, end
        start = end
    if start < len(tokens):
        yield start, len(tokens)


def _doc(nlp: Language, text: str, tokens: list[Token]) -> Doc:
    """The tokens as a Doc with their sentences and zones."""
    words = [text[start:end] for start, end, _, _ in tokens]
    spaces = [after[0] > before[1] for before, after in pairwise(tokens)]
    starts = [True] + [after[2] != before[2] for before, after in pairwise(tokens)]
    doc = Doc(nlp.vocab, words=words, spaces=[*spaces, False], sent_starts=[*starts])
    doc._.zones = [zone for (_, _, _, zone), first in zip(tokens, starts, strict=True) if first]
    return doc


def _sentences(tokens: list[Token]) -> dict[int, tuple[int, int]]:
    """Sentence to its first character and one past its last."""
    bounds: dict[int, tuple[int, int]] = {}
    for start, end, sentence, _ in tokens:
        bounds[sentence] = (bounds[sentence][0] if sentence in bounds else start, end)
    return bounds


def _append(
    columns: dict[str, list[object]],
    row: dict[str, Any],
    span: Span,
    tokens: list[Token],
    sentences: dict[int, tuple[int, int]],
) -> None:
    here = span._
    start, end = tokens[span.start][0], tokens[span.end - 1][1]
    sentence = tokens[span.start][2]
    values = {
        "doc_key": row["doc_key"],
        "sentence": sentence,
        "start": start,
        "end": end,
        "surface": row["text"][start:end],
        "name": here.name,
        "full_name": here.full_name,
        "type": here.type,
        "label": span.label_,
        "derived": here.derived,
        "zone": here.zone,
        "method": here.method,
        "score": None if here.score is None else round(here.score, 3),
        "canonical": here.canonical,
        "canonical_id": here.canonical_id,
        "context": _context(row["text"], start, end, *sentences[sentence]),
    }
    for name, value in values.items():
        columns[name].append(value)


def _context(text: str, start: int, end: int, first: int, last: int) -> str:
    """The sentence on one line, or what is near the name where it is very long."""
    before, after = "", ""
    if last - first > CONTEXT_CHARS:
        half = CONTEXT_CHARS // 2
        before, after = "… " * (start - half > first), " …" * (end + half < last)
        first, last = max(first, start - half), min(last, end + half)
    return before + " ".join(text[first:last].split()) + after
