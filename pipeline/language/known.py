"""What is known of names, for the rules that have nothing else to go by.

The facts are those of `pipeline.knowledge`; what the document itself says always comes first.
"""

from __future__ import annotations

from typing import Any

from pipeline import knowledge


def _rows(name: str, *columns: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = knowledge.read(name).select(columns).to_pylist()
    return rows


_ALIASES = _rows("aliases", "name", "canonical", "type")

# Other names of a thing to its usual one: `WHO` is Verdens helseorganisasjon.
CANONICAL: dict[str, str] = {row["name"]: row["canonical"] for row in _ALIASES}

_COUNTRIES = frozenset(row["name"] for row in _rows("countries", "name"))
COUNTRIES = _COUNTRIES | {name for name, usual in CANONICAL.items() if usual in _COUNTRIES}

_PLACES = {row["name"]: row["sure"] for row in _rows("places", "name", "sure")}

# Names that are places and nothing else; short ones are too much like other words.
PLACES = (
    COUNTRIES
    | {name for name, sure in _PLACES.items() if sure != "no" and len(name) > 2}
    | {row["name"] for row in _ALIASES if row["type"] == "place"}
)

# Names of places, also those that may be somebody's, or an ordinary word.
MAYBE_PLACES = frozenset(_PLACES)

ORGANISATIONS = frozenset(row["name"] for row in _rows("organisations", "name")) | {
    row["name"] for row in _ALIASES if row["type"] == "organisation"
}

_OTHERS = {
    row["name"]: row["type"]
    for row in (*_rows("products_and_events", "name", "type"), *_ALIASES)
    if row["type"] in ("product", "event")
}

# Surnames by which somebody is in the news.
PEOPLE = frozenset(row["surname"] for row in _rows("people", "surname") if row["surname"])

# Words that several people are called by.
SHARED = frozenset(row["name"] for row in _rows("shared_names", "name"))

# One spelling for names that papers spell in several ways: `NATO` is Nato.
SPELLINGS = {
    name: canonical for name, canonical in CANONICAL.items() if name.lower() == canonical.lower()
}

COMPANY_FORMS = frozenset(row["name"] for row in _rows("company_forms", "name"))


def type_of(name: str) -> str | None:
    """The type of a well-known name, out of `pipeline.schemas.TYPES`, else None."""
    if name in COUNTRIES:
        return "place"
    if name in ORGANISATIONS:
        return "organisation"
    if name in PLACES:
        return "place"
    return "person" if name in PEOPLE else _OTHERS.get(name)
