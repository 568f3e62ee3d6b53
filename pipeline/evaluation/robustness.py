"""Gold with its texts spoilt as texts are in practice, the names still where they stand.

- ``capitals``: all in capitals;
- ``lower_case``: all in lower case;
- ``spelling``: one letter of every tenth word of four letters or more is dropped, doubled or
  changes places with the next (never the first one);
- ``diacritics``: æ, ø, å become ae, o, a, and other letters lose their accents;
- ``spacing``: every second space after a mark is lost (``Oslo.Det``, ``Hansen,Moen``);
- ``wrapped``: lines are broken at 72 characters, as in mails and text taken from PDF files.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.evaluation.scoring import score_headline

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.evaluation.counts import Score
    from pipeline.evaluation.gold import GoldText
    from pipeline.evaluation.scoring import Predictor

MISSPELT = 0.1
SPACES_LOST = 0.5
LINE = 72

_WORD = re.compile(r"[^\W\d_]{4,}")
_SPACE_AFTER_MARK = re.compile(r"(?<=[.,:;?!»)]) (?=\w)")
_LETTERS = {"æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O"}

# What takes the place of one character: nothing, itself changed, or several.
Edit = tuple[int, str]


def _capitals(text: str, _rng: random.Random) -> Iterator[Edit]:
    return ((i, letter.upper()) for i, letter in enumerate(text))


def _lower_case(text: str, _rng: random.Random) -> Iterator[Edit]:
    return ((i, letter.lower()) for i, letter in enumerate(text))


def _spelling(text: str, rng: random.Random) -> Iterator[Edit]:
    for word in _WORD.finditer(text):
        if rng.random() >= MISSPELT:
            continue
        at = rng.randrange(word.start() + 1, word.end() - 1)
        fault = rng.choice(("drop", "double", "swap"))
        if fault == "drop":
            yield at, ""
        elif fault == "double":
            yield at, text[at] * 2
        else:
            yield at, text[at + 1]
            yield at + 1, text[at]


def _diacritics(text: str, _rng: random.Random) -> Iterator[Edit]:
    for i, letter in enumerate(text):
        if letter.isalpha() and not letter.isascii():
            yield i, _LETTERS.get(letter) or unicodedata.normalize("NFD", letter)[0]


def _spacing(text: str, rng: random.Random) -> Iterator[Edit]:
    for space in _SPACE_AFTER_MARK.finditer(text):
        if rng.random() < SPACES_LOST:
            yield space.start(), ""


def _wrapped(text: str, _rng: random.Random) -> Iterator[Edit]:
    begin, space = 0, -1
    for i, letter in enumerate(text):
        if i - begin >= LINE and space > begin:
            yield space, "\n"
            begin, space = space + 1, -1
        if letter == "\n":
            begin = i + 1
        elif letter == " ":
            space = i


PERTURBATIONS: dict[str, Callable[[str, random.Random], Iterable[Edit]]] = {
    "capitals": _capitals,
    "lower_case": _lower_case,
    "spelling": _spelling,
    "diacritics": _diacritics,
    "spacing": _spacing,
    "wrapped": _wrapped,
}


def perturb(item: GoldText, kind: str, *, seed: int = 0) -> GoldText:
    """Spoil one text and move its names and units along.

    Args:
        item: the text.
        kind: one of `PERTURBATIONS`.
        seed: of what is drawn by chance; the text's own id goes in too.

    Returns:
        The same gold over the spoilt text.
    """
    rng = random.Random(f"{seed} {kind} {item.name}")  # noqa: S311
    letters = list(item.text)
    for at, new in PERTURBATIONS[kind](item.text, rng):
        letters[at] = new
    # Edits replace single characters, so that every old offset has just one new one.
    moved = list(accumulate(map(len, letters), initial=0))
    return replace(
        item,
        text="".join(letters),
        spans=tuple(replace(s, start=moved[s.start], end=moved[s.end]) for s in item.spans),
        units=tuple((moved[start], moved[end]) for start, end in item.units),
    )


def measure_robustness(
    gold: Sequence[GoldText], predictor: Predictor, *, samples: int = 1000, seed: int = 0
) -> dict[str, Score]:
    """Score the headline view on the texts spoilt in every way.

    Args:
        gold: texts with names.
        predictor: gives each text's names.
        samples: of the bootstrap, see `evaluate`.
        seed: of what is drawn by chance.

    Returns:
        A score for each of `PERTURBATIONS`.
    """
    return {
        kind: score_headline(
            [perturb(item, kind, seed=seed) for item in gold],
            predictor,
            samples=samples,
            seed=seed,
        )
        for kind in PERTURBATIONS
    }
