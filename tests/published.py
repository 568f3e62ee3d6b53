"""Output folders as a run leaves them, made from texts and the names in them without a model."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from pipeline import schemas
from pipeline.batch import publish


@dataclass(frozen=True)
class Article:
    doc_id: str
    text: str
    published: datetime | None = None
    title: str | None = None
    status: str = "ok"
    repairs: tuple[str, ...] = ()


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def publish_tables(
    out: Path,
    articles: Iterable[Article],
    names: Mapping[str, tuple[str, str]],
    failures: Iterable[tuple[str, str, str]] = (),
    run_id: str = "20240101T000000.000000Z-000000",
) -> Path:
    """Publish the tables of some articles.

    Args:
        out: The output folder.
        articles: The documents.
        names: What stands in the texts, to the type and the name of the entity.
        failures: Document, code and message of each.
        run_id: Name of the run.
    """
    articles = list(articles)
    folder = publish.new_folder(out, run_id)
    mentions = [row for article in articles for row in _mentions(article, names)]
    tables = {
        schemas.DOCUMENTS: [_document(article) for article in articles],
        schemas.MENTIONS: mentions,
        schemas.ENTITIES: _entities(mentions, names),
        schemas.COOCCURRENCES: [],
        schemas.FAILURES: [
            {"doc_id": doc_id, "source": doc_id, "stage": "ingest", "code": code,
             "message": message, "attempts": 1}
            for doc_id, code, message in failures
        ],
        schemas.ENTITY_CHANGES: [],
    }  # fmt: skip
    for table, rows in tables.items():
        columns = {name: [row[name] for row in rows] for name in table.schema.names}
        pq.write_table(table.from_columns(columns), folder / f"{table.name}.parquet")
    manifest = {
        "run_id": folder.name,
        "finished": "2024-01-01T12:00:00+00:00",
        "schema_version": schemas.SCHEMA_VERSION,
        "versions": {"nb-entities": "0.1.0", "spacy": "3.8.15"},
        "model": "none 1.0",
        "documents": {},
        "failures": {},
        "tables": {},
    }
    publish.publish(out, folder, manifest)
    return out


def _document(article: Article) -> dict[str, object]:
    return {
        "doc_id": article.doc_id,
        "source": article.doc_id.partition("#")[0],
        "title": article.title,
        "published": article.published,
        "language": "nb",
        "status": article.status,
        "duplicate_of": None,
        "text": article.text,
        "n_chars": len(article.text),
        "n_tokens": len(article.text.split()),
        "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "encoding": "utf-8",
        "repairs": list(article.repairs),
    }


def _mentions(
    article: Article, names: Mapping[str, tuple[str, str]]
) -> Iterable[dict[str, object]]:
    anything = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    for match in re.finditer(anything, article.text) if names else ():
        kind, name = names[match[0]]
        yield {
            "mention_id": _hash(article.doc_id, match.start()),
            "doc_id": article.doc_id,
            "sentence": 0,
            "start": match.start(),
            "end": match.end(),
            "surface": match[0],
            "name": match[0],
            "entity_id": _hash(kind, name),
            "type": kind,
            "label": "MISC",
            "derived": False,
            "zone": "body",
            "method": "gazetteer",
            "score": None,
            "context": match[0],
            "title": article.title,
            "published": article.published,
        }


def _entities(
    mentions: list[dict[str, object]], names: Mapping[str, tuple[str, str]]
) -> list[dict[str, object]]:
    of_entity = defaultdict[object, list[dict[str, object]]](list)
    for mention in mentions:
        of_entity[mention["entity_id"]].append(mention)
    rows = []
    for kind, name in sorted(set(names.values())):
        if not (own := of_entity[_hash(kind, name)]):
            continue
        dates = [row["published"] for row in own if row["published"]]
        rows.append(
            {
                "entity_id": _hash(kind, name),
                "name": name,
                "type": kind,
                "aliases": sorted({row["surface"] for row in own} - {name}),
                "n_mentions": len(own),
                "n_documents": len({row["doc_id"] for row in own}),
                "first_published": min(dates, default=None),
                "last_published": max(dates, default=None),
                **dict.fromkeys(("country", "region", "wikidata", "latitude", "longitude")),
            }
        )
    return rows


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]
