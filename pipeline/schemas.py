"""Every table as an explicit Arrow schema, each field described.

Closed sets (type, label, zone, ...) are `dictionary<int32, string>`, everything else is plain.
Offsets count Unicode code points from the start of `documents.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.vocabulary import LABELS, LANGUAGES, METHODS, STAGES, STATUSES, TYPES, ZONES

SCHEMA_VERSION = 1
VERSION_KEY = b"nb_entities.schema_version"

_TEXT = pa.string()
_SET = pa.dictionary(pa.int32(), pa.string())
_COUNT = pa.int32()
_LIST = pa.list_(pa.field("element", pa.string()))  # Parquet's own name for it
_TIME = pa.timestamp("s", tz="UTC")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows of one kind.

    Attributes:
        name: Its name, also of its files.
        row: What a row is.
        schema: Its fields.
        keys: The fields that its rows are sorted by; no two rows have all the same.
        csv_without: Fields that its CSV file leaves out.
        group: Rows in a row group of its Parquet file, some tens of megabytes.
    """

    name: str
    row: str
    schema: pa.Schema
    keys: tuple[str, ...]
    csv_without: tuple[str, ...] = ()
    group: int = 50_000

    def empty(self) -> pa.Table:
        """The table without rows."""
        return self.schema.empty_table()

    def from_columns(self, columns: dict[str, list[object]]) -> pa.Table:
        """A table from one Python list a field, in any order.

        Args:
            columns: Field name to values; every field of the schema, all of one length.
        """
        return pa.table([pa.array(columns[f.name], f.type) for f in self.schema], self.schema)

    def cast(self, rows: pa.Table) -> pa.Table:
        """Rows with plain columns of the same names as this table; dictionaries by appearance."""
        columns = []
        for field in self.schema:
            column = rows[field.name].combine_chunks()
            if pa.types.is_dictionary(field.type):
                column = column.cast(field.type.value_type).dictionary_encode()
            columns.append(column.cast(field.type))
        return pa.table(columns, schema=self.schema)


def plain(rows: pa.Table) -> pa.Table:
    """The rows with dictionaries decoded: DuckDB would make an enum type of each."""
    for index, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type):
            decoded = rows.column(index).cast(field.type.value_type)
            rows = rows.set_column(index, field.name, decoded)
    return rows.replace_schema_metadata(None)


def _field(name: str, kind: pa.DataType, doc: str, *, null: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=null, metadata={"description": doc})


def _table(
    name: str,
    row: str,
    keys: tuple[str, ...],
    *fields: pa.Field,
    csv_without: tuple[str, ...] = (),
    group: int = 50_000,
) -> Table:
    metadata = {VERSION_KEY: str(SCHEMA_VERSION).encode(), b"nb_entities.table": name.encode()}
    return Table(name, row, pa.schema(fields, metadata=metadata), keys, csv_without, group)


DOCUMENTS = _table(
    "documents",
    "one source document, whatever became of it",
    ("doc_id",),
    _field("doc_id", _TEXT, "path from the source root; for table rows '#' and the row's id"),
    _field("source", _TEXT, "the file it came from, from the source root on"),
    _field("title", _TEXT, "title or headline; the text starts with it", null=True),
    _field("published", _TIME, "when it was published, where the source says so", null=True),
    _field("language", _SET, f"language of the text: {', '.join(LANGUAGES)}"),
    _field("status", _SET, f"what became of it: {', '.join(STATUSES)}"),
    _field("duplicate_of", _TEXT, "doc_id of the first document with the same text", null=True),
    _field("text", _TEXT, "title, blank line, body: what every offset refers to; Parquet only"),
    _field("n_chars", _COUNT, "length of the text in code points"),
    _field("n_tokens", _COUNT, "tokens, without white space; 0 where not tokenized"),
    _field("sha256", _TEXT, "SHA-256 of the text in UTF-8, hexadecimal"),
    _field("encoding", _SET, "encoding the bytes were read with", null=True),
    _field("repairs", _LIST, "what was repaired on reading: bom, nul, mojibake, ..."),
    csv_without=("text",),
    group=5_000,
)

SHARD = _table(
    "shard",
    "one document for a stage to work on",
    ("doc_id",),
    _field("doc_key", _TEXT, "key of what becomes of it in the store"),
    _field("tokens_key", _TEXT, "key of its tokens, where extract reads them", null=True),
    _field("doc_id", _TEXT, "the document"),
    _field("source", _TEXT, "the file it came from"),
    _field("n_chars", _COUNT, "length of the text in code points"),
    _field("title_end", _COUNT, "one past the last character of the title, 0 without one"),
    _field("text", _TEXT, "title, blank line, body"),
)

TOKENS = _table(
    "tokens",
    "one token of one document; white space other than one blank is a token too",
    ("doc_key", "token"),
    _field("doc_key", _TEXT, "key of the document's tokenization in the store"),
    _field("token", _COUNT, "index in the document, from 0"),
    _field("start", _COUNT, "first character"),
    _field("end", _COUNT, "one past the last character"),
    _field("sentence", _COUNT, "index of the sentence in the document, from 0"),
    _field("paragraph", _COUNT, "index of the paragraph in the document, from 0"),
    _field("zone", _SET, f"part of the article: {', '.join(ZONES)}"),
)

EXPORTED_TOKENS = _table(
    "tokens",
    "one token of one document, as `nb-entities tokenize --export` writes them; white "
    "space other than one blank is a token too",
    ("doc_id", "token"),
    _field("doc_id", _TEXT, "the document; of several with the same text only the first is here"),
    *(field for field in TOKENS.schema if field.name != "doc_key"),
    group=500_000,
)

SPANS = _table(
    "spans",
    "one name found in one document, before names are resolved over the whole corpus",
    ("doc_key", "start", "end"),
    _field("doc_key", _TEXT, "key of the document's extraction in the store"),
    _field("sentence", _COUNT, "index of the sentence in the document, from 0"),
    _field("start", _COUNT, "first character"),
    _field("end", _COUNT, "one past the last character"),
    _field("surface", _TEXT, "text[start:end]"),
    _field("name", _TEXT, "base form of this mention"),
    _field("full_name", _TEXT, "fullest name for the same thing in the same document"),
    _field("type", _SET, "type of the mention by itself"),
    _field("label", _SET, "NorNE label by context"),
    _field("derived", pa.bool_(), "a derivation of a name, such as Nato-landet"),
    _field("zone", _SET, "part of the article"),
    _field("method", _SET, "what found it"),
    _field("score", pa.float32(), "probability that it is right", null=True),
    _field("canonical", _TEXT, "canonical name from the user's gazetteer", null=True),
    _field("canonical_id", _TEXT, "id from the user's gazetteer", null=True),
    _field("context", _TEXT, "the sentence"),
)

MENTIONS = _table(
    "mentions",
    "one name in one document",
    ("doc_id", "start", "end"),
    _field("mention_id", _TEXT, "hash of doc_id, start, end and label"),
    _field("doc_id", _TEXT, "the document"),
    _field("sentence", _COUNT, "index of the sentence in the document, from 0"),
    _field("start", _COUNT, "first character of the mention in documents.text"),
    _field("end", _COUNT, "one past its last character"),
    _field("surface", _TEXT, "text[start:end], as the article spells it"),
    _field("name", _TEXT, "base form: Tyrkias -> Tyrkia, Nato-landet -> Nato"),
    _field("entity_id", _TEXT, "the entity it names"),
    _field("type", _SET, f"type of the entity: {', '.join(TYPES)}"),
    _field("label", _SET, f"NorNE label by context: {', '.join(LABELS)}"),
    _field("derived", pa.bool_(), "a derivation of a name, such as Nato-landet or Høyre-leder"),
    _field("zone", _SET, f"part of the article: {', '.join(ZONES)}"),
    _field("method", _SET, f"what found it: {', '.join(METHODS)}"),
    _field(
        "score", pa.float32(), "calibrated probability; null where the method has none", null=True
    ),
    _field("context", _TEXT, "the sentence it stands in"),
    _field("title", _TEXT, "title of the document", null=True),
    _field("published", _TIME, "when the document was published", null=True),
)

ENTITIES = _table(
    "entities",
    "one person, place or organisation",
    ("entity_id",),
    _field("entity_id", _TEXT, "hash of the type and the canonical key"),
    _field("name", _TEXT, "its usual name where it is well known, else its fullest"),
    _field("type", _SET, f"{', '.join(TYPES)}"),
    _field("aliases", _LIST, "its other base names, sorted; in CSV joined with ' | '"),
    _field("n_mentions", pa.int64(), "mentions in the corpus"),
    _field("n_documents", pa.int64(), "documents that mention it"),
    _field("first_published", _TIME, "earliest dated document", null=True),
    _field("last_published", _TIME, "latest dated document", null=True),
    _field("country", _TEXT, "ISO 3166-1 alpha-3 code, where certain", null=True),
    _field(
        "region", _TEXT, "ISO 3166-2-like code of 2020: NO-0301, NO-03, where certain", null=True
    ),
    _field("wikidata", _TEXT, "Wikidata id, where certain", null=True),
    _field("latitude", pa.float64(), "degrees north", null=True),
    _field("longitude", pa.float64(), "degrees east", null=True),
)

COOCCURRENCES = _table(
    "cooccurrences",
    "two entities named in the same document; one that names more than 200 counts by sentence "
    "only, and such a sentence not at all",
    ("entity_a", "entity_b"),
    _field("entity_a", _TEXT, "the smaller entity_id"),
    _field("entity_b", _TEXT, "the larger entity_id"),
    _field("n_documents", pa.int64(), "documents that name both, and no more than 200 in all"),
    _field("n_sentences", pa.int64(), "sentences that name both, and no more than 200 in all"),
)

FAILURES = _table(
    "failures",
    "one document, or source, that a stage could not do",
    ("doc_id", "stage"),
    _field("doc_id", _TEXT, "the document"),
    _field("source", _TEXT, "the file it came from"),
    _field("stage", _SET, f"{', '.join(STAGES)}"),
    _field("code", _SET, "what kind of failure"),
    _field("message", _TEXT, "what happened and what to do"),
    _field("attempts", _COUNT, "runs that tried"),
)

ENTITY_CHANGES = _table(
    "entity_changes",
    "one entity_id of the tables before, some or all of whose mentions have another now; a run that"
    " has nothing to write leaves it as it was",
    ("old_id", "new_id"),
    _field("old_id", _TEXT, "entity_id in the tables before"),
    _field("new_id", _TEXT, "the entity that has its mentions now", null=True),
    _field("reason", _TEXT, "merged, split or gone"),
)

PUBLISHED = (DOCUMENTS, MENTIONS, ENTITIES, COOCCURRENCES, FAILURES, ENTITY_CHANGES)
BY_NAME = {table.name: table for table in (*PUBLISHED, EXPORTED_TOKENS)}


def shard(
    ids: Sequence[str],
    texts: Sequence[str],
    title_ends: Sequence[int],
    sources: Sequence[str] | None = None,
) -> pa.Table:
    """`SHARD` of documents that no store knows: their ids are the keys.

    Args:
        ids: The doc_id of each.
        texts: What each says.
        title_ends: Where the title of each ends.
        sources: The file that each came from; its id where not given.
    """
    columns: dict[str, list[object]] = {
        "doc_key": [*ids],
        "tokens_key": [*ids],
        "doc_id": [*ids],
        "source": [*(sources or ids)],
        "n_chars": [len(text) for text in texts],
        "title_end": [*title_ends],
        "text": [*texts],
    }
    return SHARD.from_columns(columns)
