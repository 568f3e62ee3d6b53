"""Oil fields by the names that they have from people and gods: `Johan Castberg`, `Heidrun`.

A model sees the people, and bodies; but who writes of oil means the field.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.boundaries.data import TITLES
from pipeline.language.known import PLACES
from pipeline.language.spans import after, before, overrule

_FIELD = "-feltet"
# Names of fields to their full ones.
FIELDS = {name.removesuffix(_FIELD): name for name in PLACES if name.endswith(_FIELD)}
_OIL = frozenset(
    """
    Equinor Statoil Petoro OKEA Okea ConocoPhillips Sokkeldirektoratet Oljedirektoratet
    Havindustritilsynet Petroleumstilsynet sokkelen oljefeltet gassfeltet oljeproduksjonen
    gassproduksjonen produksjonsstart reservoaret letebrønn letebrønnen boreriggen
    """.split()
)
# Words of other things, too, of which a text about oil has one as well, and how they begin.
_ALSO = frozenset("fat rør rørene borer bore boret boring".split())
_BEGIN = ("olje", "gass", "felt", "brønn", "plattform", "rigg")
_LIFE = frozenset("ble var er født skrev døde".split())  # of people: `Edvard Grieg ble født`
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
        if ent.text.removesuffix("s") in FIELDS and not _is_somebody(ent)
    ]
    overrule(doc, found)


def _is_somebody(ent: Span) -> bool:
    """Whether it is somebody by the words around it."""
    role, told = before(ent).lower(), after(ent) in _LIFE
    return ent.label_ == "PER" and (role in TITLES or role.endswith(_ROLES) or told)


def _is_of_oil(words: Collection[str]) -> bool:
    lower = {word.lower() for word in words}
    also = not _ALSO.isdisjoint(lower) or any(word.startswith(_BEGIN) for word in lower)
    return also and not _OIL.isdisjoint(words)
