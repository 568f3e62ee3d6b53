"""Finds people and organisations in credits, as a pure function over tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.language.credits.data import (
    BODY_ENDINGS,
    BODY_STARTS,
    BODY_WORDS,
    NO_NAMES,
    SEPARATORS,
)
from pipeline.language.known import FORENAMES, PLACES, SHARED
from pipeline.language.lexicon import AGENCIES, TITLES
from pipeline.language.segments.data import CREDIT_WORDS, TEXT_CREDIT_WORDS
from pipeline.language.segments.zones import is_agency, is_signature
from pipeline.language.spans import PARTICLES

Found = tuple[int, int, str]
Segment = tuple[int, int, str]

_LONGEST = 30
_STOPS = frozenset({")", ":", "(", "!", "?", "«", "»", "…", "..."})


def _is_part(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit() or word in PARTICLES or word == "scanpix"


def _end(words: Sequence[str], start: int) -> int:
    """Where the names of a credit that starts at `start` end."""
    at = start
    while at < min(len(words), start + _LONGEST):
        word = words[at]
        if word in _STOPS or word.isspace() or not (_is_part(word) or word in SEPARATORS):
            break
        if word.lower() in CREDIT_WORDS and words[at + 1 : at + 2] == [":"]:
            break
        if word.lower() in TITLES and at > start + 1:
            return at  # "Foto: Cornelius Poppe Politiadvokat Fredrik Kraby" is two people
        at += 1
        if word.lower() == "scanpix":
            break
    return _without_caption(words, start, at)


def _without_caption(words: Sequence[str], start: int, end: int) -> int:
    """`Foto: Olav Olsen Fredelig demonstrasjon i Oslo`: the caption's first word is no name."""
    runs_on = end < len(words) and words[end][:1].islower() and words[end - 1][:1].isupper()
    named = [word for word in words[max(start, end - 3) : end] if word not in SEPARATORS]
    # `Foto: Ole Tobias Olsen smiler i Oslo`
    return end - 1 if runs_on and len(named) == 3 and named[-1] not in SHARED else end


def _split_agency(words: Sequence[str], first: int, end: int) -> tuple[int, int]:
    """Where a known agency begins and ends at the edge of a segment; empty where there is none.

    `AP Karsten Warholm knuste` is AP and a caption, `Tor Richardsen NTB Scanpix` two names.
    """
    whole = words[first:end]
    if _is_known(whole) or any(word.lower() in BODY_WORDS for word in whole):
        return end, end
    for cut in range(min(end, first + 3), first, -1):
        if _is_known(words[first:cut]):
            return first, cut
    for cut in range(max(first + 1, end - 3), end):
        if _is_known(words[cut:end]):
            return cut, end
    return end, end


def _segments(words: Sequence[str], start: int, end: int) -> list[Segment]:
    """Names between separators, each with the separator before it."""
    found: list[Segment] = []
    first, separator = start, ""
    for at in range(start, end + 1):
        if at < end and words[at] not in SEPARATORS:
            continue
        begins, ends = _split_agency(words, first, at)
        if at > first and begins == first:  # an agency, then a caption
            return [*found, (first, ends, separator)]
        if begins > first:
            found.append((first, begins, separator))
        if ends > begins:
            found.append((begins, ends, "/"))
        first, separator = at + 1, words[at] if at < end else ""
    return found


def _is_known(words: Sequence[str]) -> bool:
    return " ".join(words).lower() in AGENCIES


def is_agency_name(words: Sequence[str]) -> bool:
    """Whether these words name an agency or another body that credits name."""
    lower = [word.lower() for word in words]
    if _is_known(words) or (len(lower) > 1 and lower[0] in BODY_STARTS):
        return True
    return any(word in BODY_WORDS or word.endswith(BODY_ENDINGS) for word in lower)


def _label(words: Sequence[str], separator: str, labels: Sequence[str]) -> str | None:
    """Label of a name in a credit, after those `labels` that came before it."""
    first = words[0]
    if not (first[:1].isupper() or first[:1].isdigit()) or first.lower() in NO_NAMES:
        return None
    short = first.isupper() and 2 <= len(first) <= 5 and len(words) == 1
    if short or is_agency_name(words):
        return "ORG"
    if 2 <= len(words) <= 5 and (separator in {"", "og", "&"} or "PER" not in labels):
        return "PER"
    # `Foto: Cornelius Poppe/NTB, Marit Hommedal/NTB`; but `Kari Moe, Statens vegvesen`.
    if separator == "," and 2 <= len(words) <= 4 and first in FORENAMES and words[-1][0].isupper():
        return "PER"
    # With nobody named before it, such as in "Foto: Skistar", it may be anything.
    dated = first[0].isdigit() and not first.isalnum()  # `VG, 12. mai 1987`
    named = labels and separator in {"/", ",", "|"} and not (dated or first.isdigit())
    where = separator == "," and " ".join(words) in PLACES  # `Av Kari Moe, Washington`
    return ("GPE_LOC" if where else "ORG") if named else None


def _inverted(words: Sequence[str], segments: Sequence[Segment]) -> bool:
    """`Meek, Tore / NTB scanpix`: surname first."""
    if len(segments) < 2:
        return False
    (first, first_end, _), (second, second_end, separator) = segments[:2]
    if separator != "," or first_end - first > 2 or second_end - second > 2:
        return False
    both = (words[first:first_end], words[second:second_end])
    ends = words[second_end : second_end + 1] == ["/"] and len(both[0]) == 1
    return ends and not any(is_agency_name(name) for name in both)


def _without_year(words: Sequence[str], first: int, end: int) -> int:
    """`Foto: Kari Berg 2019`: the end of the name."""
    return end - 1 if end - first > 2 and words[end - 1].isdigit() else end


def _names(words: Sequence[str], start: int) -> Iterator[Found]:
    segments = _segments(words, start, _end(words, start))
    labels: list[str] = []
    if _inverted(words, segments):
        yield segments[0][0], segments[1][1], "PER"
        segments, labels = segments[2:], ["PER"]
    for first, end, separator in segments:
        label = _label(words[first:end], separator, labels)
        if label == "PER":
            end = _without_year(words, first, end)  # noqa: PLW2901 - what is not part of the name
        if label is not None:
            yield first, end, label
            labels.append(label)


def find_credits(words: Sequence[str]) -> list[Found]:
    """Names in the credits of one sentence.

    Args:
        words: The tokens of the sentence, white space too.

    Returns:
        First token, one past the last, and label (PER, ORG or GPE_LOC) of each name.
    """
    found: list[Found] = []
    words = list(words)
    for at in range(len(words) - 1):
        known = words[at].lower() in CREDIT_WORDS or words[at].lower() in TEXT_CREDIT_WORDS
        opens = at == 0 or words[at][:1].isupper()
        if known and opens and words[at + 1] == ":":
            found.extend(_names(words, at + 2))
    visible = [word for word in words if not word.isspace()]
    if is_signature(visible):
        found.extend(
            _names(words, next(i for i, w in enumerate(words) if w in {"Av", "AV", "By"}) + 1)
        )
    elif is_agency(visible):
        found.extend(
            (at, at + 1, "ORG") for at, word in enumerate(words) if word.lower() in AGENCIES
        )
    return found
