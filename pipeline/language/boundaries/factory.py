"""The spaCy component `nb_entity_mender`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import extensions
from pipeline.language.boundaries.blobs import drop_blobs
from pipeline.language.boundaries.fields import mark_fields
from pipeline.language.boundaries.figures import cut_figures
from pipeline.language.boundaries.lineups import mark_lineups
from pipeline.language.boundaries.mend import mend_edges
from pipeline.language.boundaries.ordinary import drop_ordinary
from pipeline.language.boundaries.particles import mend_particles
from pipeline.language.boundaries.recall import recall
from pipeline.language.boundaries.repeats import echo_names, echo_surnames, hear_capitals
from pipeline.language.boundaries.results import mark_results
from pipeline.language.boundaries.storms import mark_storms
from pipeline.language.boundaries.vessels import mark_vessels

extensions.register()


class EntityMender:
    """Mends the names of a statistical model.

    Args:
        echoes: Whether to add mentions that the model missed: of names it found elsewhere, and of
            well-known ones.
    """

    def __init__(self, *, echoes: bool) -> None:
        self.echoes = echoes

    def __call__(self, doc: Doc) -> Doc:
        """Mends `doc.ents`."""
        drop_blobs(doc)
        cut_figures(doc)
        mend_edges(doc)
        hear_capitals(doc)
        mend_particles(doc)
        mark_vessels(doc)
        mark_storms(doc)
        mark_fields(doc)
        mark_results(doc)
        mark_lineups(doc)
        drop_ordinary(doc)
        if self.echoes:
            recall(doc)
            echo_names(doc)
            echo_surnames(doc)
        return doc


@Language.factory(
    "nb_entity_mender",
    requires=["doc.ents"],
    assigns=["doc.ents", "span._.method"],
    default_config={"echoes": True},
)
def create(nlp: Language, name: str, echoes: bool) -> EntityMender:
    """Mends systematic faults in the names of a statistical model.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        echoes: Whether to add mentions that the model missed: of names it found elsewhere, and of
            well-known ones.
    """
    return EntityMender(echoes=echoes)
