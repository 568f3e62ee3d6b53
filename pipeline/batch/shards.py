"""What is left to do, cut into shards.

A document is pending in a stage when the key of its result is not in the store yet. Documents
with the same text are worked on once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.batch.store import KEY, MAX_ATTEMPTS, ShardStageName, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

SHARD_CHARS = 100_000  # some seconds' work: enough to hide the cost of a task, little to lose


@dataclass(frozen=True, slots=True)
class Shard:
    """A few documents for one stage to work on.

    Attributes:
        documents: doc_key, doc_id, source, title_end, text and, for extract, the tokens' key
            (tokens_key), one row a document.
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
        import pyarrow.compute as pc

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

    def count(self, store: Store) -> int:
        """Number of pending documents."""
        self._select(store)
        return int(store.one("SELECT count(*) FROM pending"))

    def reasons(self, store: Store, before: str | None) -> dict[str, int]:
        """Number of pending documents by the reason why.

        Args:
            store: Where they are pending.
            before: The stage's fingerprint when it last finished; None where it never did.
        """
        pending = self.count(store)
        old_key = KEY.replace("$fingerprint", "$before")
        redone = store.one(
            f"""
            SELECT count(*) FROM pending p JOIN documents d USING (doc_id)
            WHERE $before <> $fingerprint
              AND {old_key} IN (SELECT doc_key FROM done WHERE stage = $stage)
            """,
            before=before or self.fingerprint,
            fingerprint=self.fingerprint,
            stage=self.stage,
        )
        failed = store.one(
            "SELECT count(*) FROM pending WHERE doc_key IN"
            " (SELECT doc_key FROM failures WHERE stage = $stage)",
            stage=self.stage,
        )
        counts = {
            "new or changed": pending - redone - failed,
            "the model, the rules or a setting changed": redone,
            "failed before": failed,
        }
        return {reason: n for reason, n in counts.items() if n}

    def missing(self, store: Store) -> bool:
        """Whether any document has neither a result nor a failure, so that tables would lie."""
        tokens_key = KEY.replace("$fingerprint", "$tokenize")
        n = store.one(
            f"""
            SELECT count(*) FROM unique_documents d
            WHERE d.status = 'ok' AND d.doc_id = d.first_id
              AND {KEY} NOT IN (SELECT doc_key FROM done WHERE stage = $stage)
              AND {KEY} NOT IN (SELECT doc_key FROM failures WHERE stage = $stage)
              AND {tokens_key} NOT IN (SELECT doc_key FROM failures WHERE stage = 'tokenize')
            """,
            fingerprint=self.fingerprint,
            tokenize=self.tokenize or self.fingerprint,
            stage=self.stage,
        )
        return bool(n)

    def shards(self, store: Store) -> Iterator[Shard]:
        """Cut what is pending into shards; results may be stored while iterating."""
        self._select(store)
        parts = [row[0] for row in store.rows("SELECT DISTINCT read_part FROM pending ORDER BY 1")]
        batch: list[str] = []
        size, first, last = 0, 0, 0
        for part in parts:
            for key, chars in store.rows(
                "SELECT doc_key, n_chars FROM pending WHERE read_part = $part ORDER BY doc_id",
                part=part,
            ):
                if batch and size + chars > SHARD_CHARS:
                    yield self._load(store, batch, first, last)
                    batch, size = [], 0
                if not batch:
                    first = part
                batch.append(key)
                size += chars
                last = part
        if batch:
            yield self._load(store, batch, first, last)

    def _select(self, store: Store) -> None:
        """Make the temporary table of what is pending, once for all queries about it."""
        # read_part is the part of the rows the stage reads: the documents' or the tokens'.
        tokenized, part = "", "d.part"
        parameters: dict[str, object] = {"fingerprint": self.fingerprint, "stage": self.stage}
        tokens_key = "NULL"
        if self.tokenize is not None:
            tokens_key = KEY.replace("$fingerprint", "$tokenize")
            tokenized = f"JOIN done t ON t.stage = 'tokenize' AND t.doc_key = {tokens_key}"
            part = "t.part"
            parameters["tokenize"] = self.tokenize
        given_up = f"terminal OR attempts >= {MAX_ATTEMPTS}"
        store.connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE pending AS
            SELECT {KEY} AS doc_key, {tokens_key} AS tokens_key, {part} AS read_part,
                   d.part AS document_part, d.doc_id, d.n_chars
            FROM unique_documents d {tokenized}
            WHERE d.status = 'ok' AND d.doc_id = d.first_id
              AND {KEY} NOT IN (SELECT doc_key FROM done WHERE stage = $stage)
              AND {KEY} NOT IN (
                  SELECT doc_key FROM failures WHERE stage = $stage
                  AND ({"false" if self.retry_failed else given_up}))
            """,
            parameters,
        )

    def _load(self, store: Store, keys: list[str], first: int, last: int) -> Shard:
        parameters = {"keys": keys}
        documents = store.table(
            """
            SELECT p.doc_key, p.tokens_key, d.doc_id, d.source, d.n_chars,
                   coalesce(length(d.title), 0) AS title_end, d.text
            FROM documents d JOIN pending p USING (doc_id)
            WHERE p.doc_key IN (SELECT unnest($keys))
              AND d.part BETWEEN
                  (SELECT min(document_part) FROM pending WHERE doc_key IN (SELECT unnest($keys)))
              AND (SELECT max(document_part) FROM pending WHERE doc_key IN (SELECT unnest($keys)))
            ORDER BY d.doc_id
            """,
            **parameters,
        )
        if self.tokenize is None:
            return Shard(documents, None)
        tokens = store.table(
            f"""
            SELECT doc_key, token, "start", "end", sentence, paragraph, zone FROM tokens
            WHERE part BETWEEN {first} AND {last}
              AND doc_key IN (
                  SELECT tokens_key FROM pending WHERE doc_key IN (SELECT unnest($keys)))
            ORDER BY doc_key, token
            """,
            **parameters,
        )
        return Shard(documents, tokens)
