"""The encoder as a PyTorch module: a small transformer over words.

One position is one word (a spaCy token), not one piece: a word's vector is the sum of its pieces'.
That is a third fewer positions than pieces would take, and a label for each. Layers are those of
recent encoders: norm before each part (RMSNorm, Zhang & Sennrich 2019), rotary positions (Su et
al. 2021), SwiGLU (Shazeer 2020), no biases.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.language.encoder.words import Case


@dataclass(frozen=True)
class Size:
    """The measures of an encoder.

    Attributes:
        pieces: in the vocabulary.
        width: of a word's vector.
        layers: how many.
        heads: of attention, in every layer; `width` is a multiple of twice their number.
        hidden: of the feed-forward part.
    """

    pieces: int
    width: int
    layers: int
    heads: int
    hidden: int


def rotations(length: int, size: int, device: torch.device | None = None) -> tuple[Tensor, Tensor]:
    """Cosines and sines of the positions.

    Args:
        length: positions.
        size: of an attention head.
        device: to make them on.

    Returns:
        Two tensors of shape (length, size / 2).
    """
    half = size // 2
    steps = 10_000.0 ** (-torch.arange(half, device=device) / half)
    angles = torch.arange(length, device=device)[:, None] * steps
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn vectors by their positions; the shapes are as in `Layer.forward`."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)


class Layer(nn.Module):
    """Attention, then feed-forward.

    Args:
        size: of the encoder.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.norm_attention = nn.RMSNorm(size.width)
        self.norm_hidden = nn.RMSNorm(size.width)
        self.qkv = nn.Linear(size.width, 3 * size.width, bias=False)
        self.out = nn.Linear(size.width, size.width, bias=False)
        self.up = nn.Linear(size.width, 2 * size.hidden, bias=False)
        self.down = nn.Linear(size.hidden, size.width, bias=False)

    def forward(self, x: Tensor, bias: Tensor, cos: Tensor, sin: Tensor, drop: float) -> Tensor:
        """Run the layer.

        Args:
            x: (texts, words, width).
            bias: added to attention's scores: (texts, 1, 1, words), very low where there is no
                word.
            cos: see `rotations`.
            sin: likewise.
            drop: dropout on what each part adds.
        """
        texts, words, width = x.shape
        size = width // self.heads
        qkv = self.qkv(self.norm_attention(x)).view(texts, words, 3, self.heads, size)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        # Written out: PyTorch's own kernel is several times slower on a CPU in training.
        scores = (rotate(q, cos, sin) * size**-0.5) @ rotate(k, cos, sin).transpose(-1, -2)
        mixed = (scores + bias).softmax(dim=-1).to(v.dtype) @ v
        attended = self.out(mixed.transpose(1, 2).reshape(texts, words, width))
        x = x + functional.dropout(attended, drop, self.training)
        gate, up = self.up(self.norm_hidden(x)).chunk(2, dim=-1)
        return x + functional.dropout(self.down(functional.silu(gate) * up), drop, self.training)


class Embedding(nn.Module):
    """Words' pieces and cases to vectors: sums, so that it can be done without PyTorch.

    Args:
        size: of the encoder.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.pieces = nn.Embedding(size.pieces, size.width, padding_idx=0)
        self.cases = nn.Embedding(len(Case), size.width)
        nn.init.normal_(self.pieces.weight, std=0.5)
        nn.init.normal_(self.cases.weight, std=0.5)

    def forward(self, pieces: Tensor, cases: Tensor) -> Tensor:
        """Look up.

        Args:
            pieces: (texts, words, pieces a word), 0 where there is none.
            cases: (texts, words).

        Returns:
            (texts, words, width).
        """
        sums = functional.embedding_bag(
            pieces.flatten(0, 1), self.pieces.weight, mode="sum", padding_idx=0
        )
        return sums.view(*cases.shape, -1) + self.cases(cases)


class Encoder(nn.Module):
    """Word vectors to word vectors in context.

    Args:
        size: the measures.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.norm_in = nn.RMSNorm(size.width)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.norm_out = nn.RMSNorm(size.width)

    def forward(self, x: Tensor, lengths: Tensor, drop: float = 0.0) -> Tensor:
        """Run all layers.

        Args:
            x: (texts, words, width).
            lengths: words of each text.
            drop: see `Layer.forward`.
        """
        words = x.shape[1]
        cos, sin = rotations(words, self.size.width // self.size.heads, x.device)
        absent = torch.arange(words, device=x.device)[None, :] >= lengths[:, None]
        bias = absent[:, None, None, :].to(x.dtype) * -1e4
        x = functional.dropout(self.norm_in(x), drop, self.training)
        for layer in self.layers:
            x = layer(x, bias, cos, sin, drop)
        result: Tensor = self.norm_out(x)
        return result


class Pretrainer(nn.Module):
    """An encoder that guesses hidden words and hidden capitals.

    A hidden word's first and last piece are guessed from its place, by the same vectors that the
    pieces have at the way in. Guessing capitals (`Case`) where the spelling is in sight is close
    to finding names, and every text teaches it.

    Args:
        size: of the encoder.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.embedding = Embedding(size)
        self.encoder = Encoder(size)
        self.first = nn.Linear(size.width, size.width, bias=False)
        self.last = nn.Linear(size.width, size.width, bias=False)
        self.case = nn.Linear(size.width, len(Case))

    def forward(
        self, x: Tensor, words: Tensor, targets: Tensor, cased: Tensor, true_cases: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Compute the losses.

        Args:
            x: what `embedding` gives for texts in which words and cases are hidden.
            words: numbers, in the flattened texts, of the words to guess.
            targets: (words to guess, 2): their first and last piece.
            cased: numbers of the words whose case is to guess.
            true_cases: their cases.

        Returns:
            The losses for words and for cases.
        """
        hidden = self.encoder(x, x.new_full((x.shape[0],), x.shape[1])).flatten(0, 1)
        table = self.embedding.pieces.weight.T
        at = hidden[words]
        scale = table.shape[0] ** -0.5
        loss = functional.cross_entropy(self.first(at) @ table * scale, targets[:, 0])
        loss = loss + functional.cross_entropy(self.last(at) @ table * scale, targets[:, 1])
        return loss / 2, functional.cross_entropy(self.case(hidden[cased]), true_cases)
