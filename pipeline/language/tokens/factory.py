"""The spaCy component `nb_token_mender`, and the tokenizer of pipelines that need none."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry

from pipeline.language import extensions
from pipeline.language.tokens.mend import mend
from pipeline.language.tokens.tokenizer import build, offsets

extensions.register()


def mend_doc(doc: Doc) -> Doc:
    """The document with mended tokens; entities keep their characters.

    A new document is built rather than spaCy's retokenizer used, whose splits take time quadratic
    in the length of the document.
    """
    before = offsets(doc)
    text = extensions.text(doc)
    after = mend(text, before)
    if after == before:
        return doc
    mended = build(doc.vocab, text, after)
    mended.user_data.update(doc.user_data)
    mended.cats = doc.cats
    extensions.forget(mended)
    spans = (
        mended.char_span(ent.start_char, ent.end_char, ent.label, alignment_mode="contract")
        for ent in doc.ents
    )
    mended.ents = tuple(span for span in spans if isinstance(span, Span))
    return mended


@Language.factory("nb_token_mender", assigns=["token.idx", "token.text"], retokenizes=True)
def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Mends the faults of spaCy's Norwegian tokenizer; the first component of a pipeline."""
    return mend_doc


def create_none() -> Callable[[Language], Callable[[str], Doc]]:
    """For a pipeline that is given documents: a tokenizer is a third of what it takes to load."""

    def create(nlp: Language) -> Callable[[str], Doc]:
        def refuse(text: str) -> Doc:
            raise ValueError("this pipeline was loaded to be given documents")

        return refuse

    return create


registry.tokenizers.register("nb_tokens_given", func=create_none)
