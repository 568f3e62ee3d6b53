"""What is Norwegian: one folder a spaCy component, each with data, logic and factory.

    nlp = pipeline.language.blank()          # tokenizer, token mender, segmenter
    doc = pipeline.language.read(nlp, text)  # any length, any content

`RULES` names the components that follow the statistical model, in order.
What several of them go by stands beside the folders: facts in `known`, words in `lexicon`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A number that changes whenever the logic or data behind it gives other results: stored work of
# an older number is done again.
TOKENIZE_REVISION = 10
EXTRACT_REVISION = 26

READERS: tuple[str, ...] = ("nb_token_mender", "nb_segmenter")
RULES: tuple[str, ...] = (
    "nb_entity_mender",
    "nb_name_finder",
    "nb_road_ruler",
    "nb_credit_ruler",
    "nb_gazetteer",
    "nb_base_namer",
    "nb_name_joiner",
    "nb_relabeler",
)


def register() -> None:
    """Makes every component and attribute known to spaCy, also where nothing is installed."""
    from pipeline.language import extensions
    from pipeline.language.boundaries import factory as _boundaries  # noqa: F401
    from pipeline.language.credits import factory as _credits  # noqa: F401
    from pipeline.language.encoder import factory as _encoder  # noqa: F401
    from pipeline.language.finders import factory as _finders  # noqa: F401
    from pipeline.language.gazetteer import factory as _gazetteer  # noqa: F401
    from pipeline.language.joins import factory as _joins  # noqa: F401
    from pipeline.language.names import factory as _names  # noqa: F401
    from pipeline.language.names import labels as _labels  # noqa: F401
    from pipeline.language.roads import factory as _roads  # noqa: F401
    from pipeline.language.segments import factory as _segments  # noqa: F401
    from pipeline.language.tokens import factory as _tokens  # noqa: F401

    extensions.register()


def blank() -> Language:
    """A pipeline that reads Norwegian: spaCy's tokenizer, its faults mended, and the segmenter."""
    import spacy

    register()
    nlp = spacy.blank("nb")
    # The limit guards models that need memory by text length; nothing here does.
    nlp.max_length = 2**30
    for name in READERS:
        nlp.add_pipe(name)
    return nlp


def read(nlp: Language, text: str, title_end: int = 0) -> Doc:
    """Tokenizes and segments one text of any length in linear time.

    Args:
        nlp: A pipeline such as `blank()` gives; its components are applied in order.
        text: Any text, also an empty one.
        title_end: Offset one past the title, 0 where there is none, negative for a later part of a
            text, which has neither headline nor lead.

    Returns:
        A document whose text is `text`, with sentences, zones and paragraphs.
    """
    from pipeline.language.tokens.tokenizer import tokenize

    doc = tokenize(nlp.tokenizer, text)
    doc._.title_end = title_end
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc
