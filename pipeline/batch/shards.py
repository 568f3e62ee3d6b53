"""What is left to do, cut into shards.

A document is pending in a stage when the key of its result is not in the store yet. Documents
with the same text are worked on once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from pipeline import schemas
from pipeline.batch.store import MAX_ATTEMPTS, ShardStageName, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

SHARD_CHARS = 100_000  # some seconds' work: enough to hide the cost of a task, little to lose
_SMALL = 20_000  # none is smaller where there is more to do
_OF_REST = 8  # a shard is at most so large a part of what is left


@dataclass(frozen=True, slots=True)
class Shard:
    """A few documents for one stage to work on.

    Attributes:
        documents: schemas.SHARD.
        tokens: The documents' tokens (schemas.TOKENS without its schema's dictionaries); None for
            tokenize, which makes them.
    """

    documents: pa.Table
    tokens: pa.Table | None

    @property
    def n_chars(self) -> int:
        """Size of the shard in code points."""
        return sum(self.documents["n_chars"].to_pylist())

    def singles(self) -> list[Shard]:
        """The shard as one shard a document."""
        shards = []
        for row in range(self.documents.num_rows):
            document = self.documents.slice(row, 1)
            tokens = self.tokens
            if tokens is not None:
                tokens = tokens.filter(pc.equal(tokens["doc_key"], document["tokens_key"][0]))
            shards.append(Shard(document, tokens))
        return shards


@dataclass(frozen=True, slots=True)
class Work:
    """What a stage has to do.

    Attributes:
        stage: tokenize or extract.
        fingerprint: Digest of all that its results depend on besides the document.
        tokenize: Fingerprint of the tokenization that extract reads; None for tokenize.
        retry_failed: Whether documents that failed terminally are tried again.
    """

    stage: ShardStageName
    fingerprint: str
    tokenize: str | None = None
    retry_failed: bool = False

    def missing(self, store: Store) -> bool:
        """Whether any document has neither a result nor a failure, so that tables would lie."""
        n = store.one(
            """
            SELECT count(*) FROM state_of($stage, $fingerprint)
            WHERE NOT is_done AND code IS NULL
              AND key_of(sha256, title, $tokenize) NOT IN (
                  SELECT doc_key FROM failures WHERE stage = 'tokenize')
            """,
            stage=self.stage,
            fingerprint=self.fingerprint,
            tokenize=self.tokenize or self.fingerprint,
        )
        return bool(n)


class Pending:
    """The documents that a stage has to do: a temporary table, of which a stage has one at a time.

    Args:
        store: Where they are pending.
        work: What the stage has to do.
    """

    def __init__(self, store: Store, work: Work) -> None:
        self.store = store
        self.work = work
        self._table = f"pending_{work.stage}"
        # terminal is that of the failure before, if there was one. read_part is the part of the
        # rows the stage reads: the documents' or the tokens'. By their place, which DuckDB has
        # zone maps for, the rows of a shard are found at once. The keys are left out: DuckDB would
        # hold them in memory, and they are quickly computed.
        tokenized, part = "", "d.part"
        parameters: dict[str, object] = {"fingerprint": work.fingerprint, "stage": work.stage}
        if work.tokenize is not None:
            tokenized = (
                "JOIN done t ON t.stage = 'tokenize'"
                " AND t.doc_key = key_of(d.sha256, d.title, $tokenize)"
            )
            part = "t.part"
            parameters["tokenize"] = work.tokenize
        given_up = f"d.terminal OR d.attempts >= {MAX_ATTEMPTS}"
        store.connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE {self._table} AS
            SELECT row_number() OVER (ORDER BY {part}, d.doc_id) AS place,
                   {part} AS read_part, d.part AS document_part, d.doc_id, d.n_chars, d.terminal
            FROM state_of($stage, $fingerprint) d {tokenized}
            WHERE NOT d.is_done
              AND (d.code IS NULL OR NOT ({"false" if work.retry_failed else given_up}))
            ORDER BY place
            """,
            parameters,
        )

    def count(self) -> int:
        """Number of documents."""
        return int(self.store.one(f"SELECT count(*) FROM {self._table}"))

    def has_retried(self) -> bool:
        """Whether one of them failed before as if it took its worker with it."""
        return bool(self.store.one(f"SELECT count(*) FROM {self._table} WHERE NOT terminal"))

    def reasons(self, before: str | None) -> dict[str, int]:
        """Number of documents by the reason why they are pending.

        Args:
            before: The stage's fingerprint when it last finished; None where it never did.
        """
        failed = self.store.one(f"SELECT count(terminal) FROM {self._table}")
        redone = self.store.one(
            f"""
            SELECT count(*) FROM {self._table} p JOIN documents d USING (doc_id)
            WHERE p.terminal IS NULL
              AND key_of(d.sha256, d.title, $before) IN (
                  SELECT doc_key FROM done WHERE stage = $stage)
            """,
            before=before,
            stage=self.work.stage,
        )
        counts = {
            "new or changed": self.count() - redone - failed,
            "the model, the rules or a setting changed": redone,
            "failed before": failed,
        }
        return {reason: n for reason, n in counts.items() if n}

    def shards(self) -> Iterator[Shard]:
        """Cut it into shards; results may be stored while iterating.

        The last ones are smaller and smaller, so that no worker waits long for another at the end
        ("guided self-scheduling", Polychronopoulos and Kuck 1987).
        """
        sizes = self.store.table(f"SELECT n_chars FROM {self._table} ORDER BY place")["n_chars"]
        left = pc.sum(sizes).as_py() or 0
        several = left > SHARD_CHARS
        first, size, place = 1, 0, 0
        for place, chars in enumerate(chain.from_iterable(c.to_pylist() for c in sizes.chunks), 1):
            largest = min(SHARD_CHARS, max(left // _OF_REST, _SMALL)) if several else SHARD_CHARS
            if place > first and size + chars > largest:
                yield self._load(first, place - 1)
                left -= size
                first, size = place, 0
            size += chars
        if place:
            yield self._load(first, place)

    def _load(self, first: int, last: int) -> Shard:
        """The shard of the documents from one place to another."""
        ((first_part, last_part, first_read, last_read),) = self.store.rows(
            "SELECT min(document_part), max(document_part), min(read_part), max(read_part)"
            f" FROM {self._table} WHERE place BETWEEN {first} AND {last}"
        )
        tokenize = self.work.tokenize
        rows = self.store.table(
            f"""
            WITH wanted AS (
                SELECT key_of(d.sha256, d.title, $fingerprint) AS doc_key,
                       key_of(d.sha256, d.title, $tokenize) AS tokens_key,
                       d.doc_id, d.source, d.n_chars, coalesce(length(d.title), 0) AS title_end
                FROM documents d JOIN {self._table} p USING (doc_id)
                WHERE p.place BETWEEN {first} AND {last}
                  AND d.part BETWEEN {first_part} AND {last_part}
            )
            SELECT w.*, t.text
            FROM wanted w JOIN (
                SELECT doc_id, string_agg(text, '' ORDER BY piece) AS text FROM texts
                WHERE part BETWEEN {first_part} AND {last_part}
                  AND doc_id IN (SELECT doc_id FROM wanted)
                GROUP BY doc_id
            ) t USING (doc_id)
            ORDER BY w.doc_id
            """,
            fingerprint=self.work.fingerprint,
            tokenize=tokenize,
        )
        documents = schemas.SHARD.cast(rows)
        if tokenize is None:
            return Shard(documents, None)
        tokens = self.store.table(
            f"""
            SELECT doc_key, token, "start", "end", sentence, paragraph, zone FROM tokens
            WHERE part BETWEEN {first_read} AND {last_read}
              AND doc_key IN (SELECT unnest($keys))
            ORDER BY doc_key, token
            """,
            keys=documents["tokens_key"].to_pylist(),
        )
        return Shard(documents, tokens)
