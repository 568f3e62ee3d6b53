"""From what the report shows to one HTML file."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from pipeline import errors
from pipeline.batch import publish
from pipeline.batch.published import opened
from pipeline.report import entities, reading
from pipeline.vocabulary import DEFAULT_TYPES, TYPES
from pipeline.whole import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.report.entities import Entities, Entity
    from pipeline.report.reading import Reading
    from pipeline.report.timeline import Timeline

NAME = "report.html"
TOP = 10  # entities of each type at the head of the page
ROOTS = 3  # sources in its title


def write(out: Path) -> Path:
    """Write the report over an output folder into it.

    The same tables make the same page, byte for byte.

    Args:
        out: The output folder of a run.

    Returns:
        The file.

    Raises:
        UserError: NOTHING_THERE, ONLY_CSV, VERIFY_FAILED; CANNOT_WRITE, and then the file is as
            before.
    """
    run = publish.current(out)  # once: another may be published meanwhile
    manifest = publish.read_manifest(out, run)
    with opened(out, run) as connection:
        read, time = reading.read(connection)
        page = render(manifest, time, read, entities.read(connection, time))
    path = out / NAME
    try:
        with replacing(path) as new:
            new.write_text(page, "utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or error
        raise errors.UserError(errors.CANNOT_WRITE, path=path, reason=reason) from None
    return path


def render(manifest: dict[str, Any], time: Timeline, read: Reading, found: Entities) -> str:
    """Make the page.

    Args:
        manifest: Of the run.
        time: The periods of all lines.
        read: What was read.
        found: The entities.

    Returns:
        HTML, in which everything of the user's is escaped and only our own style and script work.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = _number
    # Without what HTML could take for its own: Jinja writes <, >, & and ' as \u003c and the like.
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False, "separators": (",", ":")
    }  # fmt: skip
    style, script = _part("style.css"), _part("script.js")
    return environment.from_string(_part("page.html")).render(
        style=style,
        script=script,
        policy=_policy(style, script),
        name=", ".join(read.roots[:ROOTS]) + " …" * (len(read.roots) > ROOTS) or "–",
        run=manifest,
        time=time,
        read=read,
        found=found,
        types=[kind for kind in TYPES if kind in DEFAULT_TYPES or kind in found.totals],
        top={kind: [e for e in found.shown if e.type == kind][:TOP] for kind in TYPES},
        data=_data(found),
    )


def _part(name: str) -> str:
    return resources.files("pipeline.report").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy that allows this style and this script, and nothing else."""
    allowed = {"style-src": style, "script-src": script}
    return "; ".join(
        [
            "default-src 'none'",
            *(f"{directive} '{_digest(text)}'" for directive, text in allowed.items()),
            "base-uri 'none'",
            "form-action 'none'",
            # No text can become markup, whatever the script does.
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _number(n: int) -> str:
    """A number as both languages can read it: 12 345, with narrow blanks that do not break."""
    return f"{n:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _data(found: Entities) -> dict[str, Any]:
    """What the script needs."""
    return {
        "documents": [
            [document.title, document.published, document.doc_id, document.language]
            for document in found.documents
        ],
        "entities": [_row(entity) for entity in found.shown],
    }


def _row(entity: Entity) -> dict[str, Any]:
    """An entity, without what it does not have."""
    values = {
        "id": entity.entity_id,
        "name": entity.name,
        "type": entity.type,
        "aliases": entity.aliases,
        "mentions": entity.n_mentions,
        "documents": entity.n_documents,
        "first": entity.first,
        "last": entity.last,
        "country": entity.country,
        "region": entity.region,
        "wikidata": entity.wikidata,
        "line": entity.line and entity.line.path,
        "peak": entity.line and entity.line.peak,
        "peak_documents": entity.line and entity.line.documents,
        "sample": entity.n_examples if entity.n_examples < entity.n_mentions else None,
        "examples": entity.examples,
    }
    return {key: value for key, value in values.items() if value}
