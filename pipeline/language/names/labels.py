"""The spaCy component `nb_relabeler`: labels that agree with the types that the article shows."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.known import FIELDS, municipalities
from pipeline.language.names.data import LAND
from pipeline.language.spans import overrule
from pipeline.vocabulary import DEFAULT_TYPES, LABEL_OF_TYPE, TYPE_OF_LABEL

extensions.register()

# How many were right by the label of a type, of those that the article had shown to be of it:
# 69, 9, 3 and 26 names, in texts that no model had learnt from.
_RIGHT = {"person": 0.86, "organisation": 0.78, "product": 0.8, "place": 0.5}


def _differs(ent: Span) -> bool:
    """Whether a name's label stands for another type than its own.

    Products and events keep theirs: a newspaper may be a product by what is said of it.
    """
    kind = TYPE_OF_LABEL.get(ent.label_)
    surname = ent.label_ == "DRV" and ent._.type == "person" and "-" not in ent.text
    differs = kind in DEFAULT_TYPES and kind != ent._.type
    return (differs or surname) and not ent._.derived


def _label(ent: Span) -> str:
    """The label of a name's own type; a mountain, say, is no town."""
    name: str = ent._.name
    nature = name.lower().endswith(LAND) and name not in municipalities()
    land = ent._.type == "place" and (nature or name in FIELDS)
    return "LOC" if land else LABEL_OF_TYPE[ent._.type]


def relabel(doc: Doc) -> Doc:
    """Gives names whose type is not the model's (see `nb_base_namer`) the label of that type."""
    ents = [ent for ent in doc.ents if _differs(ent)]
    for kind, right in _RIGHT.items():
        found = [Span(doc, e.start, e.end, label=_label(e)) for e in ents if e._.type == kind]
        overrule(doc, found, score=right)
    return doc


@Language.factory("nb_relabeler", requires=["doc.ents", "span._.type"], assigns=["doc.ents"])
def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Gives each name a label that agrees with its type: `Moss` is PER where Kari Moss is named."""
    return relabel
