"""Tokenize: documents to tokens, with sentences, paragraphs and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline import language
from pipeline.language.memory import Memory, compute_only
from pipeline.language.tokens.tokenizer import offsets
from pipeline.language.windows import windows
from pipeline.schemas import TOKENS

if TYPE_CHECKING:
    from spacy.language import Language

# Long texts go through in windows: a spaCy Doc takes about 150 bytes a token.
WINDOW_CHARS = 500_000


class Tokenizer:
    """The stage as a function from documents to tokens."""

    def __init__(self) -> None:
        self._nlp: Language = language.blank()
        compute_only(self._nlp.vocab, ())
        self._memory = Memory(self._nlp)

    def __call__(self, documents: pa.Table) -> pa.Table:
        """Tokenize a shard.

        Args:
            documents: schemas.SHARD, of which doc_key, title_end and text are read.

        Returns:
            schemas.TOKENS, in the order of the documents.
        """
        columns: dict[str, list[object]] = {name: [] for name in TOKENS.schema.names}
        for row in documents.select(["doc_key", "title_end", "text"]).to_pylist():
            self._tokenize(row["doc_key"], row["text"], row["title_end"], columns)
        return TOKENS.from_columns(columns)

    def _tokenize(
        self, doc_key: str, text: str, title_end: int, columns: dict[str, list[object]]
    ) -> None:
        sentence = paragraph = -1
        n_tokens = 0
        for start, end in windows(text, WINDOW_CHARS):
            self._memory.renew()  # what was before is not used any more
            doc = language.read(self._nlp, text[start:end], title_end if start == 0 else -1)
            if not len(doc):
                continue
            here = np.cumsum(doc.to_array("SENT_START") == 1) - 1  # a document's first token is one
            paragraphs = np.array(doc._.paragraphs)[here] + paragraph + 1
            zones: list[str] = doc._.zones
            columns["doc_key"] += [doc_key] * len(doc)
            columns["token"] += range(n_tokens, n_tokens + len(doc))
            for name, column in zip(("start", "end"), zip(*offsets(doc), strict=True), strict=True):
                columns[name] += [start + offset for offset in column]
            columns["sentence"] += (here + sentence + 1).tolist()
            columns["paragraph"] += paragraphs.tolist()
            columns["zone"] += [zones[index] for index in here.tolist()]
            n_tokens += len(doc)
            sentence += int(here[-1]) + 1
            paragraph = int(paragraphs[-1])


def count_tokens(tokens: pa.Table, documents: pa.Table) -> list[int]:
    """Number of tokens that are not white space, one a document, in the documents' order."""
    counts: dict[str, int] = dict.fromkeys(documents["doc_key"].to_pylist(), 0)
    texts = dict(zip(counts, documents["text"].to_pylist(), strict=True))
    for key, start, end in zip(
        tokens["doc_key"].to_pylist(),
        tokens["start"].to_pylist(),
        tokens["end"].to_pylist(),
        strict=True,
    ):
        counts[key] += not texts[key][start:end].isspace()
    return list(counts.values())
