"""The spaCy component `nb_name_finder`."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import extensions
from pipeline.language.finders.bulletins import mark_bulletins
from pipeline.language.finders.fields import mark_fields
from pipeline.language.finders.lineups import mark_lineups
from pipeline.language.finders.ordinary import drop_ordinary
from pipeline.language.finders.recall import recall
from pipeline.language.finders.repeats import echo_names, echo_surnames
from pipeline.language.finders.results import mark_results
from pipeline.language.finders.storms import mark_storms
from pipeline.language.finders.vessels import mark_vessels

extensions.register()

Finder = Callable[[Doc], None]

# What stands around a name tells what it is, or that it is none.
MARKERS: tuple[Finder, ...] = (
    mark_vessels,
    mark_storms,
    mark_fields,
    mark_results,
    mark_lineups,
    mark_bulletins,
    drop_ordinary,
)
# What is known, or named elsewhere in the document.
ECHOES: tuple[Finder, ...] = (recall, echo_names, echo_surnames)


class NameFinder:
    """Finds and relabels names by what stands around them.

    Args:
        echoes: Whether to add mentions that the model missed: of names it found elsewhere, and of
            well-known ones.
    """

    def __init__(self, *, echoes: bool) -> None:
        self.finders = (*MARKERS, *ECHOES) if echoes else MARKERS

    def __call__(self, doc: Doc) -> Doc:
        """Changes `doc.ents`."""
        for find in self.finders:
            find(doc)
        return doc


@Language.factory(
    "nb_name_finder",
    requires=["doc.ents"],
    assigns=["doc.ents", "span._.method", "span._.score"],
    default_config={"echoes": True},
)
def create(nlp: Language, name: str, echoes: bool) -> NameFinder:
    """Finds names, and says what others are, by the words around them and the document's names.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        echoes: Whether to add mentions that the model missed: of names it found elsewhere, and of
            well-known ones.
    """
    return NameFinder(echoes=echoes)
