"""The stages over the whole corpus: its names to entities, and these to tables.

What the tables are made of was said before, by `tables.prepare`.
"""

from __future__ import annotations

import importlib.metadata
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline import schemas
from pipeline.batch import publish, tables
from pipeline.batch.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.batch.request import Report
    from pipeline.batch.store import Store
    from pipeline.models import Model
    from pipeline.settings import Settings


def new_run_id() -> str:
    """An id that sorts behind those of the runs before."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(3)}"


def resolve(store: Store, settings: Settings) -> None:
    """Names to entities.

    Args:
        store: Has the names; gets the entities, and keeps by what they are known.
        settings: Types and aliases are of interest.

    Raises:
        UserError: BAD_ALIASES.
    """
    from pipeline.stages import resolve as stage

    wanted = Wanted(settings, store)
    with store.transaction():
        store.connection.execute(f"CREATE OR REPLACE TEMP VIEW found AS {tables.FOUND}")
        store.connection.execute(f"CREATE OR REPLACE TEMP VIEW dates AS {tables.DATES}")
        stage.resolve(store.connection, settings.types, wanted.aliases())
        states = {
            "resolve": wanted.resolution_key(str(store.state("extract"))),
            "resolved": str(store.state("generation")),
            "types": " ".join(settings.types),
        }
        store.set_states(states | wanted.options("resolve"))


def write(store: Store, settings: Settings, run_id: str, about: Mapping[str, Any]) -> None:
    """Tables to files, published at once.

    Args:
        store: Has the entities; keeps what was published.
        settings: The output folder and the formats are of interest.
        run_id: Of the run that publishes them.
        about: What else the manifest says.

    Raises:
        UserError: IN_THE_WAY.
        OSError: The disk is full or read-only; the outputs are as before.
    """
    wanted = Wanted(settings, store)
    resolved = str(store.state("resolve"))
    states = {"write": wanted.writing_key(resolved), "written": resolved, "run": run_id}

    def remember() -> None:
        with store.transaction():
            store.remember_published()
            store.set_states(states | wanted.options("write"))

    folder = publish.new_folder(settings.out, run_id)
    written = _write_tables(store, folder, wanted.formats)
    manifest = {**_manifest(store, run_id), **about, "tables": written}
    publish.publish(settings.out, folder, manifest, remember)


def tell(report: Report, out: Path) -> None:
    """Let a report tell of the tables that are published."""
    manifest = publish.read_manifest(out)
    files = manifest["tables"]
    report.run_id = manifest["run_id"]
    report.documents = manifest["documents"]
    report.failures = manifest["failures"]
    report.files = [out / file["name"] for table in files.values() for file in table]
    report.rows = {name: table[0]["rows"] for name, table in files.items()}


def describe(model: Model) -> dict[str, str]:
    """What a manifest says of what found the names: name and version may be those of several."""
    return {"model": f"{model.name} {model.version}", "model_fingerprint": model.fingerprint}


def _write_tables(
    store: Store, folder: Path, formats: list[str]
) -> dict[str, list[dict[str, Any]]]:
    from pipeline.stages.write import write

    return {
        table.name: [
            asdict(written) for written in write(table, tables.read(store, table), folder, formats)
        ]
        for table in schemas.PUBLISHED
    }


def _manifest(store: Store, run_id: str) -> dict[str, Any]:
    from pipeline.stages.resolve import LARGEST_PAIRED

    return {
        "run_id": run_id,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "schema_version": schemas.SCHEMA_VERSION,
        "versions": {name: importlib.metadata.version(name) for name in ("nb-entities", "spacy")},
        "model": store.state("model"),
        "model_fingerprint": store.state("model_fingerprint"),
        "types": (store.state("types") or "").split(),
        "documents": dict(tables.count(store, "documents", "status")),
        "failures": dict(tables.count(store, "failures", "code")),
        "cooccurrences": f"documents with more than {LARGEST_PAIRED} entities count by sentence"
        " only, and such sentences not at all",
    }
