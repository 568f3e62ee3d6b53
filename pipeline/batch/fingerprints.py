"""By what the results of a stage are known: digests of all that they depend on but the document."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from dataclasses import astuple
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.language.gazetteer.read import Alias
    from pipeline.models import Model
    from pipeline.readers import ReadOptions

# What computes the networks; another version may round otherwise. (spaCy is in `tokenization_key`.)
_ARITHMETIC = ("numpy", "onnxruntime", "thinc")


def digest(*parts: object) -> str:
    """A digest of values, by how Python writes them."""
    return hashlib.sha256(json.dumps([repr(part) for part in parts]).encode()).hexdigest()[:32]


@cache
def _version(package: str) -> str:
    """The version of a package, empty where it is not installed; without importing it."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


@cache
def reading_key(suffix: str | None, options: ReadOptions) -> str:
    """What the documents of a file depend on.

    Args:
        suffix: The format, as `readers.format_of` has it.
        options: How to read.
    """
    from pipeline.readers import libraries
    from pipeline.stages import ingest

    return digest(ingest.REVISION, astuple(options), *map(_version, libraries(suffix)))


def tokenization_key() -> str:
    """What tokens depend on."""
    from pipeline import language

    return digest(language.TOKENIZE_REVISION, _version("spacy"))


def extraction_key(model: Model, gazetteer: Path | None) -> str:
    """What names depend on.

    Args:
        model: What finds them.
        gazetteer: The user's CSV of names, or None.

    Raises:
        UserError: BAD_GAZETTEER.
    """
    from pipeline import knowledge, language
    from pipeline.language.gazetteer.read import read_gazetteer

    rows = read_gazetteer(gazetteer) if gazetteer else None
    parts = (language.EXTRACT_REVISION, knowledge.digest(), model.fingerprint, rows)
    return digest(*parts, tokenization_key(), *map(_version, _ARITHMETIC))


def resolution_key(found: object, types: Sequence[str], aliases: Sequence[Alias]) -> str:
    """What entities depend on.

    Args:
        found: By what the names are known.
        types: Types of entity that are wanted.
        aliases: The user's.
    """
    from pipeline import knowledge
    from pipeline.stages import resolve

    return digest(resolve.REVISION, knowledge.digest(), found, types, aliases)


def writing_key(resolved: str, formats: Sequence[str]) -> str:
    """What the published tables depend on.

    Args:
        resolved: By what the entities are known.
        formats: The kinds of file that each table is written as.
    """
    from pipeline import schemas
    from pipeline.stages import write

    return digest(resolved, formats, schemas.SCHEMA_VERSION, write.REVISION)
