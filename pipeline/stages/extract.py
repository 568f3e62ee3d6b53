"""Extract: documents and their tokens to the names in them.

The statistical model first, then the Norwegian rules, then the user's gazetteer; last the base
names and the joins within a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, Any

from spacy.pipeline import EntityRecognizer, Tok2Vec
from spacy.tokens import Doc, Span

from pipeline import language, models
from pipeline.language.encoder.factory import EncoderRecognizer
from pipeline.language.gazetteer.read import path_as_text
from pipeline.language.greedy.recognizer import GreedyRecognizer, speed_up
from pipeline.language.memory import Memory, compute_only
from pipeline.schemas import SPANS
from pipeline.stages.lines import Token, on_one_line, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa
    from spacy.language import Language

DOC_TOKENS = 100_000  # one spaCy Doc; names are joined within it
MODEL_TOKENS = 4_000  # one call of spaCy's model: bounds its activations to some 100 MB
BATCH_TOKENS = 10_000  # documents that are at work together: bounds their Docs
CONTEXT_CHARS = 1_000  # of a longer sentence, the part around the name


@dataclass(frozen=True, slots=True)
class Stretch:
    """What becomes one spaCy Doc.

    Attributes:
        document: Its row.
        tokens: Of the document, or some of a very long one.
    """

    document: dict[str, Any]
    tokens: list[Token]


class Extractor:
    """The stage as a function from documents and tokens to spans.

    Args:
        nlp: Whose vocabulary the documents share.
        recognize: Sets the entities of some documents.
        rules: What comes after it, for one document at a time.
    """

    def __init__(
        self,
        nlp: Language,
        recognize: Callable[[list[Doc], list[Stretch]], None],
        rules: Sequence[Callable[[Doc], Doc]],
    ) -> None:
        self.nlp, self._recognize, self._rules = nlp, recognize, rules
        self._memory = Memory(nlp)

    @classmethod
    def load(cls, model: str = "", gazetteer: Path | None = None) -> Extractor:
        """The stage with a statistical model and all rules.

        Args:
            model: Name or path of the model; empty for the bundled one.
            gazetteer: The user's CSV of names, or None.

        Raises:
            UserError: See `models.load`; BAD_GAZETTEER.
        """
        nlp = models.load(model, reads=False)
        recognize = Recognizer(nlp)
        if recognize.features is not None:
            compute_only(nlp.vocab, recognize.features)
        n_model = len(nlp.pipeline)
        add_rules(nlp, gazetteer)
        return cls(nlp, recognize, [pipe for _, pipe in nlp.pipeline[n_model:]])

    def __call__(self, documents: pa.Table, tokens: pa.Table) -> pa.Table:
        """Find the names of a shard; those of a document do not depend on the others.

        Args:
            documents: schemas.SHARD, of which doc_key, tokens_key and text are read.
            tokens: doc_key (the documents' tokens_key), start, end, sentence and zone, ordered
                within each document.

        Returns:
            schemas.SPANS, in the order of the documents and of the text.
        """
        columns: dict[str, list[object]] = {name: [] for name in SPANS.schema.names}
        for stretches in _batches(_stretches(documents, tokens)):
            self._memory.renew()  # what was before is not used any more
            docs = [self._doc(stretch) for stretch in stretches]
            self._recognize(docs, stretches)
            for stretch, doc in zip(stretches, docs, strict=True):
                found = doc
                for rule in self._rules:
                    found = rule(found)
                sentences = _sentences(stretch.tokens)
                for span in found.ents:
                    _append(columns, stretch.document, span, stretch.tokens, sentences)
        return SPANS.from_columns(columns)

    def _doc(self, stretch: Stretch) -> Doc:
        """The tokens as a Doc with their sentences and zones."""
        text, tokens = stretch.document["text"], stretch.tokens
        words = [word(text[start:end]) for start, end, _, _ in tokens]
        spaces = [after[0] > before[1] for before, after in pairwise(tokens)]
        starts = [True] + [after[2] != before[2] for before, after in pairwise(tokens)]
        doc = Doc(self.nlp.vocab, words=words, spaces=[*spaces, False], sent_starts=[*starts])
        doc._.zones = [zone for (_, _, _, zone), first in zip(tokens, starts, strict=True) if first]
        return doc


class Recognizer:
    """A statistical model over documents.

    Args:
        nlp: A pipeline that sets entities.

    Attributes:
        features: Which features of words it reads, by their names in spaCy; None if not known.
    """

    def __init__(self, nlp: Language) -> None:
        self.features = _features(nlp)
        self._pipes = [_together(pipe) for _, pipe in nlp.pipeline]
        # The transformer reads windows, and its scores count what the whole document says.
        self._reads_whole = isinstance(nlp.get_pipe("ner"), EncoderRecognizer)

    def __call__(self, docs: list[Doc], stretches: list[Stretch]) -> None:
        """Set the model's entities, in calls of bounded size.

        Args:
            docs: To be changed.
            stretches: What each was made of.
        """
        limit = DOC_TOKENS if self._reads_whole else MODEL_TOKENS
        bounds = [
            (at, start, end)
            for at, stretch in enumerate(stretches)
            for start, end in _windows(stretch.tokens, limit)
        ]
        # One after another, so that what a model leaves in a part goes with it.
        parts: Iterable[Doc] = (
            docs[at] if end - start == len(docs[at]) else docs[at][start:end].as_doc()
            for at, start, end in bounds
        )
        for pipe in self._pipes:
            parts = pipe(parts)
        ents: list[list[Span]] = [[] for _ in docs]
        for (at, start, _), part in zip(bounds, parts, strict=True):
            for ent in part.ents:
                span = Span(docs[at], start + ent.start, start + ent.end, label=ent.label_)
                span._.score, span._.second_label = ent._.score, ent._.second_label
                ents[at].append(span)
        for doc, found in zip(docs, ents, strict=True):
            doc.set_ents(found)


def _features(nlp: Language) -> set[str] | None:
    features = {"IS_SPACE"}
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, EntityRecognizer | Tok2Vec):
            for layer in pipe.model.walk():
                features.update(layer.attrs.get("columns", ()))
        elif not isinstance(pipe, EncoderRecognizer):
            return None
    return features


def _together(pipe: Callable[[Doc], Doc]) -> Callable[[Iterable[Doc]], Iterable[Doc]]:
    """Over many documents at once where their names do not depend on it, else one by one."""
    quick = speed_up(pipe)
    if isinstance(quick, EncoderRecognizer | GreedyRecognizer):
        return quick.find_all
    return partial(map, quick)


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
            nlp.add_pipe(name, config={"path": path_as_text(gazetteer)})


def _stretches(documents: pa.Table, tokens: pa.Table) -> Iterator[Stretch]:
    of_document = _group(tokens)
    for row in documents.to_pylist():
        own = on_one_line(of_document.get(row["tokens_key"], []), row["text"])
        for start, end in _windows(own, DOC_TOKENS):
            yield Stretch(row, own[start:end])


def _batches(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Of at most `BATCH_TOKENS`, or of one stretch that has more."""
    batch: list[Stretch] = []
    size = 0
    for stretch in stretches:
        if batch and size + len(stretch.tokens) > BATCH_TOKENS:
            yield batch
            batch, size = [], 0
        batch.append(stretch)
        size += len(stretch.tokens)
    if batch:
        yield batch


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
