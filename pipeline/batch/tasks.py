"""What a worker process does with a shard.

A task is a small picklable description; `load()` turns it into the function, which the worker
does once. The same tasks run in-process when there is only one shard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.batch.shards import Shard


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a shard.

    Attributes:
        keys: doc_key and n_tokens (0 unless the stage counts them), one row a document done.
        rows: The stage's table for them.
    """

    keys: pa.Table
    rows: pa.Table


class Task(Protocol):
    """A picklable description of a stage's work."""

    @property
    def stage(self) -> str:
        """Name of the stage."""
        ...

    def load(self) -> Callable[[Shard], Result]:
        """Make the function; may load a model, so once a process."""
        ...


@dataclass(frozen=True, slots=True)
class TokenizeTask:
    """Documents to tokens."""

    stage: str = "tokenize"

    def load(self) -> Callable[[Shard], Result]:
        """Load the tokenizer."""
        from pipeline.stages.tokenize import Tokenizer, count_tokens

        tokenizer = Tokenizer()

        def tokenize(shard: Shard) -> Result:
            tokens = tokenizer(shard.documents)
            return Result(_keys(shard, count_tokens(tokens, shard.documents)), tokens)

        return tokenize


@dataclass(frozen=True, slots=True)
class ExtractTask:
    """Documents and tokens to spans."""

    model: str
    gazetteer: Path | None
    stage: str = "extract"

    def load(self) -> Callable[[Shard], Result]:
        """Load the model and the rules."""
        from pipeline.stages.extract import Extractor

        extractor = Extractor.load(self.model, self.gazetteer)

        def extract(shard: Shard) -> Result:
            spans = extractor(shard.documents, shard.tokens)
            return Result(_keys(shard, [0] * shard.documents.num_rows), spans)

        return extract


def _keys(shard: Shard, n_tokens: list[int]) -> pa.Table:
    return pa.table(
        {"doc_key": shard.documents["doc_key"], "n_tokens": pa.array(n_tokens, pa.int32())}
    )
