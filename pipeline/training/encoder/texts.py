"""Raw texts as arrays of words, for pretraining.

A text is a row of word numbers; a word's pieces stand once in a table. Thirty million words and
their table take 200 MB.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from pipeline.language.encoder.words import (
    CONTINUES,
    MOST_PIECES,
    SPECIAL,
    Vocabulary,
    case_of,
    normalise,
)
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.language import Language

log = logging.getLogger(__name__)

BREAK_WORD = "\n"
_MOST_LETTERS = 300


@dataclass(frozen=True)
class Texts:
    """Texts as the encoder is pretrained on them.

    Attributes:
        words: word numbers, int32, the texts one after another with breaks between lines.
        pieces: int32, one row a word number: its pieces, filled up with 0.
        cases: uint8, how each word number is cased.
    """

    words: NDArray[np.int32]
    pieces: NDArray[np.int32]
    cases: NDArray[np.uint8]

    def save(self, path: Path) -> None:
        """Write to a file: the three bytes of the numbers apart, which packs better.

        Args:
            path: ends in ``.npz``.
        """
        planes = [(self.words >> 8 * i).astype(np.uint8) for i in range(3)]
        with replacing(path) as new, new.open("wb") as file:
            np.savez(
                file,
                words0=planes[0],
                words1=planes[1],
                words2=planes[2],
                pieces=self.pieces.astype(np.uint16),
                cases=self.cases,
            )

    @classmethod
    def load(cls, path: Path) -> Texts:
        """Read what `save` wrote.

        Args:
            path: the file.
        """
        with np.load(path) as arrays:
            words = sum(arrays[f"words{i}"].astype(np.int32) << 8 * i for i in range(3))
            return cls(np.asarray(words), arrays["pieces"].astype(np.int32), arrays["cases"])


def tokenise(lines: Iterable[str], nlp: Language, *, at_once: int = 200) -> Iterator[list[str]]:
    """Tokenise lines as the product does.

    Args:
        lines: of raw text.
        nlp: gives the tokenizer.
        at_once: lines for which the vocabulary's memory is kept.

    Yields:
        The words of each line.
    """
    lines = iter(lines)
    while part := list(islice(lines, at_once)):
        with nlp.memory_zone():
            split = [[token.text for token in nlp.tokenizer(line)] for line in part]
        yield from split


def count_words(lines: Iterable[list[str]]) -> tuple[list[str], NDArray[np.int32]]:
    """Number the words of texts, the commonest first but for the break.

    Args:
        lines: the words of each.

    Returns:
        The words by number, and the texts as numbers, with a break behind every line.
    """
    numbers: dict[str, int] = {BREAK_WORD: 0}
    flat: list[NDArray[np.int32]] = []
    for line in lines:
        found = [numbers.setdefault(word, len(numbers)) for word in line]
        flat.append(np.array([*found, 0], dtype=np.int32))
    words = np.concatenate(flat)
    counts = np.bincount(words, minlength=len(numbers))
    counts[0] = len(words) + 1  # the break stays first
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    known = list(numbers)
    return [known[at] for at in order], rank[words]


def learn_vocabulary(words: list[str], texts: NDArray[np.int32], size: int) -> list[str]:
    """Learn pieces that are common in texts (WordPiece, by Hugging Face's tokenizers).

    Args:
        words: by number.
        texts: as numbers.
        size: pieces, the special ones included.

    Returns:
        The vocabulary.
    """
    counts: Counter[str] = Counter()
    for word, count in zip(words, np.bincount(texts, minlength=len(words)).tolist(), strict=True):
        if word.strip():
            counts[normalise(word)] += count
    # Rare words, names among them, weigh more than their tokens would.
    repeated = (
        " ".join([word] * max(1, round(count**0.75))) for word, count in sorted(counts.items())
    )
    letters: Counter[str] = Counter()
    for word, count in counts.items():
        for letter in word:
            letters[letter] += count
    common = sorted(letters, key=lambda letter: (-letters[letter], letter))[:_MOST_LETTERS]
    # Given in this order, letters have the same numbers every time, and what is made of them.
    given = [*SPECIAL, *common, *(CONTINUES + letter for letter in common)]
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token=SPECIAL[1]))
    tokenizer.normalizer = normalizers.Sequence([])
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        special_tokens=given,
        continuing_subword_prefix=CONTINUES,
        limit_alphabet=_MOST_LETTERS,
        show_progress=False,
    )
    tokenizer.train_from_iterator(repeated, trainer)
    ids = tokenizer.get_vocab()
    return sorted(ids, key=ids.__getitem__)


def encode(words: list[str], texts: NDArray[np.int32], vocabulary: Vocabulary) -> Texts:
    """Split every word into its pieces.

    Args:
        words: by number.
        texts: as numbers.
        vocabulary: the pieces.
    """
    pieces = np.zeros((len(words), MOST_PIECES), dtype=np.int32)
    for number, word in enumerate(words):
        found = vocabulary.split(word)
        pieces[number, : len(found)] = found
    cases = np.array([case_of(word) for word in words], dtype=np.uint8)
    return Texts(texts, pieces, cases)
