"""The controlled vocabularies of the tables: the only values of the fields that have one.

Imports nothing of weight, so that what starts quickly can read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

EntityType = Literal["person", "place", "organisation", "product", "event", "other"]

TYPES: tuple[EntityType, ...] = get_args(EntityType)
DEFAULT_TYPES = TYPES[:3]
LABELS = ("PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT", "DRV", "MISC")
ZONES = ("headline", "lead", "body", "caption", "byline", "quote")
METHODS = ("model", "rule", "gazetteer")
LANGUAGES = ("nb", "nn", "da", "sv", "en", "other", "unknown")
STATUSES = ("ok", "duplicate", "empty", "failed")
STAGES = ("ingest", "tokenize", "extract", "resolve", "write")

# Which fields have them; the order of the values is how they are best shown.
CLOSED_SETS = {
    "type": TYPES,
    "label": LABELS,
    "zone": ZONES,
    "method": METHODS,
    "language": LANGUAGES,
    "status": STATUSES,
    "stage": STAGES,
}

# What a label means to a user. DRV, a derivation such as "Nato-landet", has the type of the name
# inside it instead (see pipeline.language.names).
TYPE_OF_LABEL = {
    "PER": "person",
    "LOC": "place",
    "GPE_LOC": "place",
    "GPE_ORG": "place",
    "ORG": "organisation",
    "PROD": "product",
    "EVT": "event",
    "MISC": "other",
}
PLACE_LABELS = frozenset(label for label, kind in TYPE_OF_LABEL.items() if kind == "place")

# The label of what is known by its type alone; most places with a name are towns and countries.
LABEL_OF_TYPE = {
    "person": "PER",
    "place": "GPE_LOC",
    "organisation": "ORG",
    "product": "PROD",
    "event": "EVT",
    "other": "MISC",
}


def read_types(wanted: str | Sequence[str]) -> tuple[str, ...]:
    """Types as users give them.

    Args:
        wanted: A list, or one string with commas; "all" for all.

    Returns:
        What was given, which need not be of `TYPES`.
    """
    parts = [part.strip() for part in wanted.split(",")] if isinstance(wanted, str) else wanted
    return TYPES if "all" in parts else tuple(parts)
