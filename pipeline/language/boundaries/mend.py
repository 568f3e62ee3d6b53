"""Names mended one by one: cut, widened, parted or dropped, by the rules of `edges`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.boundaries.data import JOINT, LOCAL, PLAYING, SOMEBODY
from pipeline.language.boundaries.edges import (
    is_demonym,
    is_of_a_kind,
    is_of_country,
    is_party,
    is_role,
    is_somebody,
    is_term,
    is_title,
    is_told,
    is_unnamed,
    site_or_craft,
    trim,
    widened,
)
from pipeline.language.boundaries.parted import LabelOf, glued, owner_alone
from pipeline.language.known import COMPANY_FORMS, MAYBE_PLACES, ORGANISATIONS, PLACES, PUBLIC
from pipeline.language.names.data import CALLED
from pipeline.language.spans import (
    BEGIN_SURNAMES,
    PARTICLES,
    after,
    before,
    is_sure,
    like,
    words_between,
    words_of,
)

_PLACE_LABELS = frozenset({"GPE_LOC", "GPE_ORG", "LOC"})
_SURNAMES = 2  # words after a nickname
_BETWEEN = frozenset({"i", "på", "og"})
_APART = 2  # words between the parts of one name: `de la`
_BESIDE = 3  # words that tell what a name is
_LONGEST = 4  # words before the last of a known name


def _label_of(doc: Doc) -> LabelOf:
    """A function that gives the label of a name that may own somebody, the document's own first.

    Not of a known one that with an -s is what people are called.
    """
    own = {
        ent.text: ent.label_
        for ent in doc.ents
        if len(ent) == 1 and (ent.label_ in _PLACE_LABELS or ent.label_ == "ORG")
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
    ents = _joined(doc)
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
        label = _told_label(ent, words[start:end], verb)
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


def _told_label(ent: Span, kept: list[str], role: str) -> str:
    """The label of a name by what stands beside it, else its own.

    Args:
        ent: The name.
        kept: Those of its words that are not cut off.
        role: The word before it, empty where something is cut off before.
    """
    tokens, label = extensions.words(ent.doc), ent.label_
    behind, ahead = (
        tokens[max(ent.start - _BESIDE, 0) : ent.start],
        tokens[ent.end : ent.end + _BESIDE],
    )
    somebody = is_somebody(kept, label, role.lower(), sure=is_sure(ent))
    if somebody or is_told(kept, label, behind, ahead):
        return "PER"
    return site_or_craft(kept, label, behind, after(ent)) or label


def _joined(doc: Doc) -> list[Span]:
    """Names, of which those are one that stand in one."""
    tokens = extensions.words(doc)
    joined: list[Span] = []
    for ent in doc.ents:
        if (start := _begins(ent, tokens)) < ent.start:
            while joined and joined[-1].end > start:
                joined.pop()
            joined.append(like(ent, start - ent.start, len(ent), "DRV"))
        elif joined and ent.start < joined[-1].end:
            continue  # in a name that goes on behind a nickname
        elif (end := _with_branch(ent, tokens)) > ent.end:
            joined.append(like(ent, 0, end - ent.start, "ORG"))
        elif (end := _closes(ent, tokens)) > ent.end:
            joined.append(like(ent, 0, end - ent.start, ent.label_))
        elif (both := _with_last(joined, ent)) is not None:
            joined[-1] = both
        else:
            joined.append(ent)
    return joined


def _begins(ent: Span, tokens: Sequence[str]) -> int:
    """Where a compound begins whose inner name is known, and longer than the model sees.

    `Human Rights Watch-leder`, of which it may see `Watch-leder` alone.
    """
    inner, hyphen, head = tokens[ent.end - 1].rpartition("-")
    if not (hyphen and inner[:1].isalnum() and head.islower()):
        return ent.start
    for length in range(_LONGEST, 0, -1):
        first = max(0, ent.end - 1 - length)
        if first < ent.start and " ".join([*tokens[first : ent.end - 1], inner]) in ORGANISATIONS:
            return first
    return ent.start


def _closes(ent: Span, tokens: Sequence[str]) -> int:
    """Where somebody's name ends that a model ends inside a nickname: `Lee «Faker» Sang-hyeok`."""
    end = ent.end
    opened = ent.label_ == "PER" and "«" in tokens[ent.start + 1 : end]
    if not opened or "»" in tokens[ent.start : end] or tokens[end : end + 1] != ["»"]:
        return end
    last = end + 1
    while last < len(tokens) and last < end + 1 + _SURNAMES and tokens[last][0].isupper():
        last += 1
    return last if last > end + 1 else end


def _with_branch(ent: Span, tokens: Sequence[str]) -> int:
    """Where a company's name ends that says in brackets of which country: `OMV (Norge) AS`."""
    end = ent.end
    if tokens[end : end + 1] != ["("]:
        return end
    country, closed, form = (*tokens[end + 1 : end + 4], "", "", "")[:3]
    bracketed = closed == ")" and country[0].isupper()
    return end + 4 if bracketed and form.rstrip("s'’") in COMPANY_FORMS else end


def _with_last(joined: list[Span], ent: Span) -> Span | None:
    """A name and the one before it, where they are one: a council and its town, two of a person."""
    if not joined or ent.start - joined[-1].end > _APART:
        return None
    label = _label_with(joined[-1], ent)
    return like(joined[-1], 0, ent.end - joined[-1].start, label) if label else None


def _label_with(last: Span, ent: Span) -> str | None:
    """The label of two names that are one, None where they are two."""
    between, unsure = words_between(last, ent), _are_unsure(last, ent)
    if (last.text.endswith(LOCAL) and between == ["i"]) or _is_joint(last, ent, between):
        return "ORG"
    particles = between or words_of(last)[1:][-1:]
    if unsure and last.label_ == "PER" and particles and set(particles) <= BEGIN_SURNAMES:
        return "PER"  # `Lula da Silvas`
    if between:
        return None
    if unsure and _is_called(last, ent):
        return "DRV"
    if unsure and f"{last.text} {ent.text}" in ORGANISATIONS:
        return "ORG"  # `Manchester City`
    return "PER" if _is_forename(last, ent) else None


def _is_joint(last: Span, ent: Span, between: list[str]) -> bool:
    """Whether two bodies are one, of two places: `Trysil og Engerdal Turlag`."""
    bodies = last.label_ == ent.label_ == "ORG" and ent.text.endswith(JOINT)
    if not bodies or ent.text.lower().endswith(PLAYING) or before(last) == ",":
        return False
    if not between:
        return last.text.endswith(" og omegn")
    places = (last.text, ent[0].text)
    owned = all(place.endswith("s") for place in places)  # `Drammens og Oplands Turistforening`
    known = [place in MAYBE_PLACES or place[:-1] in MAYBE_PLACES for place in places]
    return between == ["og"] and len(ent) > 1 and known[0] and (known[1] or owned)


def _are_unsure(*ents: Span) -> bool:
    """Whether a model found all of these names, and is sure of none."""
    return all(ent._.score is not None and not is_sure(ent) for ent in ents)


def _is_called(first: Span, ent: Span) -> bool:
    """Whether what follows a first name is called after somebody, as `Wallenberg-instituttet`."""
    inner, _, head = ent.text.rpartition("-")
    return len(first) == len(ent) == 1 and inner[:1].isupper() and head in CALLED


def _is_no_name(ent: Span, kept: list[str], adjacent: str, told: Collection[str]) -> bool:
    """Whether a name is none: a title before somebody, who is told by the age, a term, a pronoun.

    Args:
        ent: The name.
        kept: Those of its words that are not cut off.
        adjacent: Label of the name that follows without anything between, else empty.
        told: What stands in brackets in the document.
    """
    words, label = words_of(ent), ent.label_
    if len(kept) == 1 and kept[0] in PARTICLES:  # `de` in `Så møtte de Silje`
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


def _is_forename(first: Span, ent: Span) -> bool:
    """Whether a model that is sure of neither takes one name for two: `Émilien Jacquelin`."""
    capitals = first.text[0].isupper() and ent.text[0].isupper()
    people = capitals and first.label_ == ent.label_ == "PER"
    owns = first.text.endswith("s")  # `Solbergs Kasper Vik`
    title = is_title(words_of(first), first.label_, ent.label_)
    return people and len(first) == 1 and _are_unsure(first, ent) and not (owns or title)
