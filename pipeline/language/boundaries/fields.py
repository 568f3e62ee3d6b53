"""Oil fields by the names that they have from people and gods: `Johan Castberg`, `Heidrun`.

A model sees the people, and bodies; but who writes of oil means the field.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.boundaries.data import TITLES
from pipeline.language.known import PLACES
from pipeline.language.spans import before, overrule

_FIELD = "-feltet"
# Names of fields to their full ones.
FIELDS = {name.removesuffix(_FIELD): name for name in PLACES if name.endswith(_FIELD)}
_OIL = frozenset(
    """
    Equinor Statoil Petoro OKEA Okea ConocoPhillips Sokkeldirektoratet Oljedirektoratet
    Havindustritilsynet Petroleumstilsynet felt feltet Feltet feltene fat brønn brønnen brønner
    boring borer sokkel sokkelen plattform plattformen rigg riggen
    """.split()
)
_OILY = ("olje", "gass", "petroleum", "reservoar")
_ENOUGH = 2  # different words about oil
_ROLES = ("eren", "isten", "ist")  # `komponisten Edvard Grieg`


def mark_fields(doc: Doc) -> None:
    """Takes names of oil fields for places in a text about oil, but not after titles and roles."""
    if not any(ent.text.removesuffix("s") in FIELDS for ent in doc.ents):
        return
    if not _is_of_oil(set(extensions.words(doc))):
        return
    found = [
        Span(doc, ent.start, ent.end, label="LOC")
        for ent in doc.ents
        if ent.text.removesuffix("s") in FIELDS and not _is_role(before(ent).lower())
    ]
    overrule(doc, found)


def _is_role(word: str) -> bool:
    return word in TITLES or word.endswith(_ROLES)


def _is_of_oil(words: Collection[str]) -> bool:
    oily = {word for word in words if word in _OIL or word.lower().startswith(_OILY)}
    return len(oily) >= _ENOUGH
