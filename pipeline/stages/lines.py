"""Wrapped lines, as in mails and in text taken from PDF files, read as if they were one."""

from __future__ import annotations

from pipeline.language.known import MAYBE_PLACES, type_of

Token = tuple[int, int, int, str]  # start, end, sentence, zone

# How nouns that follow names end: `Nato-landet`, `Ap-leder`.
_NOUNS = (
    "en",
    "et",
    "ene",
    "a",
    "leder",
    "sjef",
    "topp",
    "nestleder",
    "politiker",
    "velger",
    "fan",
)
# `barne-` before them, at the end of a line, is half of `barne- og ungdomsarbeid`.
_BETWEEN = frozenset({"og", "eller", "samt", "til", "kontra"})


def on_one_line(tokens: list[Token], text: str) -> list[Token]:
    """Take out the white space inside sentences, and put together what a line's end parted.

    Args:
        tokens: Of a document, or some of a long one.
        text: The document's.

    Returns:
        The tokens in which names are sought; one that was parted holds its line break.
    """
    found: list[Token] = []
    for at, (start, end, sentence, zone) in enumerate(tokens):
        inside = at + 1 < len(tokens) and tokens[at + 1][2] == sentence
        if inside and found and text[start:end].isspace():
            continue
        if found and found[-1][2] == sentence and _parted(text, found[-1], start, end):
            found[-1] = (found[-1][0], end, sentence, zone)
        else:
            found.append((start, end, sentence, zone))
    return found


def word(written: str) -> str:
    """A token as it would stand within a line.

    `Sikkerhets-⏎rådet` is Sikkerhetsrådet, `Nes-⏎odden` is Nesodden; `Nato-⏎landet` and `Sør-⏎Øst`
    keep their hyphens.
    """
    first, hyphen, second = written.partition("-\n")
    if not hyphen:
        return written
    second = second.lstrip()
    keeps = second[0].isupper() or first.isupper() or _is_compound(first, second)
    return f"{first}-{second}" if keeps else first + second


def _is_compound(first: str, second: str) -> bool:
    """Whether a hyphen stands between a known name and a noun, and not within a name."""
    joined = first + second
    if type_of(first) is None or not second.endswith(_NOUNS):
        return False
    return not any(type_of(name) or name in MAYBE_PLACES for name in (joined, joined.rstrip("s")))


def _parted(text: str, before: Token, start: int, end: int) -> bool:
    """Whether a hyphen at the end of a line parts two tokens."""
    if text[before[1] - 1] != "-":
        return False
    gap = text[before[1] : start]
    return (
        gap[:1] == "\n"
        and gap.count("\n") == 1
        and before[1] - before[0] > 2
        and text[before[1] - 2].isalpha()
        and text[start].isalpha()
        and text[start:end] not in _BETWEEN
    )
