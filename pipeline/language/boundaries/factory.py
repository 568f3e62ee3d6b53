"""The spaCy component `nb_entity_mender`."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import extensions
from pipeline.language.boundaries.blobs import drop_blobs
from pipeline.language.boundaries.capitals import hear_capitals
from pipeline.language.boundaries.figures import cut_figures
from pipeline.language.boundaries.mend import mend_edges
from pipeline.language.boundaries.particles import mend_particles

extensions.register()

MENDERS: tuple[Callable[[Doc], None], ...] = (
    drop_blobs,
    cut_figures,
    mend_edges,
    hear_capitals,
    mend_particles,
)


def mend_all(doc: Doc) -> Doc:
    """Mends `doc.ents`."""
    for mend in MENDERS:
        mend(doc)
    return doc


@Language.factory("nb_entity_mender", requires=["doc.ents"], assigns=["doc.ents", "span._.method"])
def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Mends systematic faults in the names of a statistical model."""
    return mend_all
