"""By what the results of a stage are known: digests of all that they depend on but the document."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models import Model


def digest(*parts: object) -> str:
    """A digest of values, by how Python writes them."""
    return hashlib.sha256(json.dumps([repr(part) for part in parts]).encode()).hexdigest()[:32]


def tokenization() -> str:
    """What tokens depend on."""
    from pipeline import language

    # Not from spaCy itself, which takes long to import and is needed in the workers alone.
    return digest(language.TOKENIZE_REVISION, importlib.metadata.version("spacy"))


def extraction(model: Model, gazetteer: Path | None) -> str:
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
    return digest(*parts, tokenization())
