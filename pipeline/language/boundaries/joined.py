"""Names made whole that a model splits, or ends too soon."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from pipeline.language import extensions
from pipeline.language.boundaries.data import JOINT, LOCAL, PLAYING
from pipeline.language.boundaries.verdicts import is_title
from pipeline.language.known import COMPANY_FORMS, MAYBE_PLACES, ORGANISATIONS
from pipeline.language.lexicon import CALLED
from pipeline.language.spans import (
    BEGIN_SURNAMES,
    before,
    is_sure,
    like,
    words_between,
    words_of,
)

_SAMI_AND = "ja"
_SURNAMES = 2  # words after a nickname
_APART = 2  # words between the parts of one name: `de la`
_LONGEST = 4  # words before the last of a known name


def joined(doc: Doc) -> list[Span]:
    """Names, of which those are one that stand in one."""
    tokens = extensions.words(doc)
    names: list[Span] = []
    for ent in doc.ents:
        if (start := _begins(ent, tokens)) < ent.start:
            while names and names[-1].end > start:
                names.pop()
            names.append(like(ent, start - ent.start, len(ent), "DRV"))
        elif names and ent.start < names[-1].end:
            continue  # in a name that goes on behind a nickname
        elif (end := _with_branch(ent, tokens)) > ent.end:
            names.append(like(ent, 0, end - ent.start, "ORG"))
        elif (end := _closes(ent, tokens)) > ent.end:
            names.append(like(ent, 0, end - ent.start, ent.label_))
        elif (both := _with_last(names, ent)) is not None:
            names[-1] = both
        else:
            names.append(ent)
    return names


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


def _closes_nickname(last: Span, ent: Span) -> bool:
    """Whether a model takes who has a nickname for two: `Geir Ove` and `Gitar-Geir» Moe`."""
    people = last.label_ == ent.label_ == "PER" and words_between(last, ent) == ["«"]
    return people and "»" in words_of(ent)[1:-1]


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
    if _closes_nickname(joined[-1], ent):
        return like(joined[-1], 0, ent.end - joined[-1].start, "PER")
    label = _label_with(joined[-1], ent)
    return like(joined[-1], 0, ent.end - joined[-1].start, label) if label else None


def _label_with(last: Span, ent: Span) -> str | None:
    """The label of two names that are one, None where they are two."""
    between, unsure = words_between(last, ent), _are_unsure(last, ent)
    if _is_body(last, ent, between) or _is_joint(last, ent, between):
        return "ORG"
    particles = between or words_of(last)[1:][-1:]
    if unsure and last.label_ == "PER" and particles and set(particles) <= BEGIN_SURNAMES:
        return "PER"  # `Lula da Silvas`
    if between:
        return None
    if unsure and _is_called(last, ent):
        return "DRV"
    if _is_form_of(last, ent) or (unsure and f"{last.text} {ent.text}" in ORGANISATIONS):
        return "ORG"  # `Manchester City`
    return "PER" if _is_forename(last, ent) else None


def _is_body(last: Span, ent: Span, between: list[str]) -> bool:
    """Whether two names are one body's by the word between them.

    `Kirkelig fellesråd i Bodø`, `Siskkit Čorgaš ja Lágesduottar`.
    """
    if between == [_SAMI_AND]:
        return _are_unsure(last, ent) and "PER" not in (last.label_, ent.label_)
    return last.text.endswith(LOCAL) and between == ["i"]


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


def _is_form_of(last: Span, ent: Span) -> bool:
    """Whether a name is the form of the company before it: `Statoil ASAs logo`."""
    return last.label_ in ("ORG", "PER") and ent.text.rstrip("s'’") in COMPANY_FORMS


def _are_unsure(*ents: Span) -> bool:
    """Whether a model found all of these names, and is sure of none."""
    return all(ent._.score is not None and not is_sure(ent) for ent in ents)


def _is_called(first: Span, ent: Span) -> bool:
    """Whether what follows a first name is called after somebody, as `Wallenberg-instituttet`."""
    inner, _, head = ent.text.rpartition("-")
    return len(first) == len(ent) == 1 and inner[:1].isupper() and head in CALLED


def _is_forename(first: Span, ent: Span) -> bool:
    """Whether a model that is sure of neither takes one name for two: `Émilien Jacquelin`."""
    capitals = first.text[0].isupper() and ent.text[0].isupper()
    people = capitals and first.label_ == ent.label_ == "PER"
    owns = first.text.endswith("s")  # `Solbergs Kasper Vik`
    title = is_title(words_of(first), first.label_, ent.label_)
    return people and len(first) == 1 and _are_unsure(first, ent) and not (owns or title)
