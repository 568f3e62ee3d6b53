"""Names in capital headlines that the document has in normal spelling elsewhere."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pipeline.language.heard import Index, listen
from pipeline.language.spans import is_capital_sentence, overrule, sentences, words_of


def hear_capitals(doc: Doc) -> None:
    """Names in a capital headline take the label they have in normal spelling elsewhere.

    `FLERE DREPT I KHARKIV`: a model trained on normal spelling is lost there.
    """
    capital = [(start, words) for start, words in sentences(doc) if is_capital_sentence(words)]
    if not capital:
        return
    inside = {start + at for start, words in capital for at in range(len(words))}
    normal = [(tuple(words_of(e)), e.label_) for e in doc.ents if e.start not in inside]
    known = [heard for heard in listen(normal) if heard.share > 0.5]
    index = Index(known, str.lower)
    found = [
        Span(doc, start + first, start + last, label=heard.label)
        for start, words in capital
        for (first, last), heard in index.find(words)
        if words[first][:1].isupper()
    ]
    overrule(doc, found, keeps=_covers)


def _covers(existing: Span, new: Span) -> bool:
    """Whether the model found the same here, or a longer name: `OSLO INNOVATION WEEK`."""
    wider = existing.start <= new.start and existing.end >= new.end
    return wider and (existing.label == new.label or len(existing) > len(new))
