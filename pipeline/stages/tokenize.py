"""Tokenize: documents to tokens, with sentences, paragraphs and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline import language
from pipeline.language.segments.windows import windows
from pipeline.schemas import TOKENS

if TYPE_CHECKING:
    from spacy.language import Language

# Long texts go through in windows: a spaCy Doc takes about 150 bytes a token.
WINDOW_CHARS = 500_000


class Tokenizer:
    """The stage as a function from documents to tokens."""

    def __init__(self) -> None:
        self._nlp: Language = language.blank()

    def __call__(self, documents: pa.Table) -> pa.Table:
        """Tokenize a shard.

        Args:
            documents: doc_key, title_end (code points) and text, one row a document.

        Returns:
            schemas.TOKENS, in the order of the documents.
        """
        columns: dict[str, list[object]] = {name: [] for name in TOKENS.schema.names}
        with self._nlp.memory_zone():  # the words of one shard do not stay for the next
            for row in documents.select(["doc_key", "title_end", "text"]).to_pylist():
                self._tokenize(row["doc_key"], row["text"], row["title_end"], columns)
        return TOKENS.from_columns(columns)

    def _tokenize(
        self, doc_key: str, text: str, title_end: int, columns: dict[str, list[object]]
    ) -> None:
        sentence = paragraph = -1
        n_tokens = 0
        for start, end in windows(text, WINDOW_CHARS):
            doc = language.read(self._nlp, text[start:end], title_end if start == 0 else -1)
            zones, paragraphs = doc._.zones, doc._.paragraphs
            first_sentence, first_paragraph = sentence + 1, paragraph + 1
            here = -1
            for token in doc:
                here += bool(token.is_sent_start)
                columns["doc_key"].append(doc_key)
                columns["token"].append(n_tokens)
                columns["start"].append(start + token.idx)
                columns["end"].append(start + token.idx + len(token))
                columns["sentence"].append(first_sentence + here)
                columns["paragraph"].append(first_paragraph + paragraphs[here])
                columns["zone"].append(zones[here])
                n_tokens += 1
            if len(doc):
                sentence, paragraph = first_sentence + here, first_paragraph + paragraphs[-1]


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
