"""Oil fields by the names that they have from people and gods: `Johan Castberg`, `Heidrun`.

A model sees the people, and bodies; but who writes of oil means the field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.known import FIELDS, MAYBE_PLACES
from pipeline.language.lexicon import TITLES
from pipeline.language.spans import before, overrule

_FIELD = "-feltet"
# Who drills, and what is of oil alone; `vår energi` is not.
_OIL = re.compile(
    r"""\b(?:Vår\ Energi|DNO|BP|(?i:
    Equinor|Statoil|Petoro|OKEA|ConocoPhillips|Harbour\ Energy|Lundin\ (?:Energy|Norway|Petroleum)
    |(?:Sokkel|Olje)direktoratet|(?:Havindustri|Petroleums)tilsynet|sokkelen|produksjonsstart
    |(?:olje|gass)(?:felt|produksjon|plattform)\w*|reservoaret|letebrønn\w*|boreriggen|Brent-oljen
    ))\b""",
    re.VERBOSE,
)
# Words of other things, too, of which a text about oil has one as well, and how they begin.
_ALSO = frozenset("fat fatet rør rørene borer bore boret boring".split())
_BEGIN = ("olje", "gass", "felt", "brønn", "plattform", "rigg", "produksjon", "produser")
# What stands before the name of a field, and of nothing else that is called so.
_CLASS = ("oljefeltet", "gassfeltet", "feltet", "plattformen")
_LIFE = frozenset("var skrev døde".split())  # of people: `Edvard Grieg skrev`
_BECOME = frozenset("ble er".split())  # ... born or something; fields are opened
_ROLES = ("eren", "isten", "ist")  # `komponisten Edvard Grieg`


def mark_fields(doc: Doc) -> None:
    """Takes names of oil fields for places in a text about oil, but not after titles and roles."""
    named = [ent for ent in doc.ents if _field(ent) in FIELDS]
    told = [ent for ent in named if _is_told(ent)]
    if not told and not (named and _is_of_oil(extensions.words(doc), named)):
        return
    people = {word for ent in doc.ents if ent.label_ == "PER" for word in _part(ent.text)}
    found = [
        Span(doc, ent.start, ent.end, label="LOC")
        for ent in named
        if ent in told or not (_field(ent) in people or _is_somebody(ent))
    ]
    overrule(doc, found)


def _field(ent: Span) -> str:
    return ent.text.removesuffix("s").removesuffix(_FIELD)


def _part(name: str) -> set[str]:
    """Words by which somebody goes who is named with several."""
    words = name.split()
    return {words[0], words[-1]} if len(words) > 1 else set()


def _is_told(ent: Span) -> bool:
    """Whether it says that it is a field: `Edvard Grieg-feltet`, `gassfeltet Martin Linge`."""
    return _FIELD in ent.text or before(ent).lower().endswith(_CLASS)


def _is_somebody(ent: Span) -> bool:
    """Whether it is somebody, or a town, by the words around it."""
    if before(ent) == "i" and ent.text in MAYBE_PLACES:  # `i Grane`; at sea they are `på Grane`
        return True
    if ent.label_ != "PER":
        return False
    verb, *what = [*extensions.words(ent.doc)[ent.end : ent.end + 4], ""]
    told = verb in _LIFE or (verb == "(" and what[0].isdigit())
    became = verb in _BECOME and any(word == "født" or _is_role(word) for word in what)
    return _is_role(before(ent)) or told or became


def _is_role(word: str) -> bool:
    return word.lower() in TITLES or word.lower().endswith(_ROLES)


def _is_of_oil(words: Sequence[str], named: Sequence[Span]) -> bool:
    lower = {word.lower() for word in words}
    also = not _ALSO.isdisjoint(lower) or any(word.startswith(_BEGIN) for word in lower)
    there = any(before(ent) == "på" for ent in named)
    return (also or there) and _OIL.search(" ".join(words)) is not None
