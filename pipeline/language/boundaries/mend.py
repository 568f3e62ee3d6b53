"""Names mended one by one: cut, widened, parted or dropped, by the rules beside."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.boundaries.edges import is_of_a_kind, trim, widened
from pipeline.language.boundaries.joined import joined
from pipeline.language.boundaries.parted import LabelOf, glued, owner_alone
from pipeline.language.boundaries.verdicts import (
    is_demonym,
    is_of_country,
    is_party,
    is_role,
    is_somebody,
    is_term,
    is_title,
    is_told,
    is_unnamed,
    site_or_craft,
)
from pipeline.language.known import ORGANISATIONS, PLACES, PUBLIC
from pipeline.language.lexicon import SOMEBODY
from pipeline.language.spans import (
    PARTICLES,
    after,
    before,
    is_sure,
    like,
    words_of,
)
from pipeline.vocabulary import PLACE_LABELS

_BETWEEN = frozenset({"i", "på", "og", "f."})
_BESIDE = 3  # words that tell what a name is


def _label_of(doc: Doc) -> LabelOf:
    """A function that gives the label of a name that may own somebody, the document's own first.

    Not of a known one that with an -s is what people are called.
    """
    own = {
        ent.text: ent.label_
        for ent in doc.ents
        if len(ent) == 1 and (ent.label_ in PLACE_LABELS or ent.label_ == "ORG")
    }

    def label_of(name: str) -> str | None:
        if name in own or f"{name}s" in SOMEBODY:
            return own.get(name)
        return "GPE_LOC" if name in PLACES else "ORG" if name in ORGANISATIONS else None

    return label_of


def _surnames(doc: Doc) -> frozenset[str]:
    people = [words_of(ent) for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1]
    last = {words[-1] for words in people}
    # `Netanyahus Likud` is nobody's name.
    return frozenset(words[-1] for words in people if words[0].removesuffix("s") not in last)


def mend_edges(doc: Doc) -> None:
    """Joins, cuts, widens, parts and drops names."""
    ents = joined(doc)
    label_of, surnames = _label_of(doc), _surnames(doc)
    people = PUBLIC | {ent.text for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1}
    following = {ent.start: ent.label_ for ent in ents}
    told = {ent.text for ent in ents if before(ent) == "(" and after(ent)[:1] == ")"}
    mended: list[Span] = []
    for ent in ents:
        words, label, adjacent = words_of(ent), ent.label_, following.get(ent.end, "")
        start, end = trim(words, label)
        if start == end or _is_no_name(ent, words[start:end], adjacent, told):
            continue
        verb = before(ent) if start == 0 else ""
        label = _told_label(ent, ent.start + start, words[start:end], verb)
        two = glued(words[start:end], label, label_of, surnames, verb, people)
        if two is not None:
            length, first, label = two
            if not is_of_a_kind(words[start]):
                mended.append(like(ent, start, start + length, first))
            start += length
            if words[start] in _BETWEEN:  # which is in neither
                start += 1
        if (alone := owner_alone(words[start:end], label, surnames)) is not None:
            end, label = start + alone[0], alone[1]
        elif end == len(words) and not adjacent:
            whole = widened(words[start:end], label, after(ent), label_of)
            end, label = (end, label) if whole is None else (end + 1, whole)
        same = (start, end, label) == (0, len(words), ent.label_)
        mended.append(ent if same else like(ent, start, end, label))
    doc.ents = tuple(mended)


def _told_label(ent: Span, first: int, kept: list[str], role: str) -> str:
    """The label of a name by what stands beside it, else its own.

    Args:
        ent: The name.
        first: The number of the first token that is not cut off.
        kept: Those of its words that are not cut off.
        role: The word before it, empty where something is cut off before.
    """
    tokens, label = extensions.words(ent.doc), ent.label_
    behind, ahead = (
        tokens[max(first - _BESIDE, 0) : first],
        tokens[ent.end : ent.end + _BESIDE],
    )
    somebody = is_somebody(kept, label, role.lower(), sure=is_sure(ent))
    if somebody or is_told(kept, label, behind, ahead):
        return "PER"
    return site_or_craft(kept, label, behind, after(ent)) or label


def _is_no_name(ent: Span, kept: list[str], adjacent: str, told: Collection[str]) -> bool:
    """Whether a name is none: a title before somebody, who is told by the age, a term, a pronoun.

    Nor is what shows nothing: control characters.

    Args:
        ent: The name.
        kept: Those of its words that are not cut off.
        adjacent: Label of the name that follows without anything between, else empty.
        told: What stands in brackets in the document.
    """
    words, label = words_of(ent), ent.label_
    if len(kept) == 1 and kept[0] in PARTICLES:  # `de` in `Så møtte de Silje`
        return True
    if not any(mark.isprintable() and not mark.isspace() for word in kept for mark in word):
        return True
    if is_title(words, label, adjacent) or is_unnamed(words, label, after(ent)):
        return True
    people = is_demonym(words, label, after(ent)) or is_of_country(words, label, after(ent))
    if people and _opens(ent):
        return True
    if is_party(kept, label, sure=is_sure(ent)):
        return True
    unsure = not is_sure(ent)
    term = is_term(kept, "ORG" if label == "PROD" and unsure else label, told)
    return term or (is_role(words, label) and unsure)


def _opens(ent: Span) -> bool:
    """Whether a name opens its sentence, or stands after a mark."""
    return ent[0].is_sent_start or not before(ent)[-1:].isalnum()
