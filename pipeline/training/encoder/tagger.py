"""Fine-tuning: the encoder learns to tag names, from gold texts or from other models' opinions."""

from __future__ import annotations

import logging
import time
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.language.encoder.decode import TAGS
from pipeline.training.encoder.examples import Batch, Packer, Window
from pipeline.training.encoder.network import Embedding, Encoder, Size
from pipeline.training.encoder.precision import autocast
from pipeline.training.encoder.prefetch import ahead
from pipeline.training.encoder.pretrain import schedule, see_finite
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.language.encoder.words import Vocabulary

log = logging.getLogger(__name__)

T = TypeVar("T", bound=nn.Module)
_TELL_EVERY = 200  # steps


class Tagger(nn.Module):
    """The encoder with one linear layer on top.

    Args:
        size: of the encoder.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.embedding = Embedding(size)
        self.encoder = Encoder(size)
        self.head = nn.Linear(size.width, len(TAGS))

    def forward(self, x: Tensor, lengths: Tensor, drop: float = 0.0) -> Tensor:
        """Score the tags.

        Args:
            x: what `embedding` gives.
            lengths: words of each text.
            drop: dropout, in training.

        Returns:
            (texts, words, tags), logarithms up to a constant.
        """
        hidden = self.encoder(x, lengths, drop)
        scores: Tensor = self.head(nn.functional.dropout(hidden, drop, self.training))
        return scores


@dataclass(frozen=True)
class Tuning:
    """How a tagger is trained.

    Attributes:
        steps: of the optimizer.
        rate: highest learning rate (AdamW), reached after a tenth of the steps.
        drop: dropout.
        decay: weight decay.
        average: how slowly the averaged weights follow.
        seed: of everything drawn by chance.
    """

    steps: int
    rate: float = 5e-4
    drop: float = 0.1
    decay: float = 0.05
    average: float = 0.998
    seed: int = 0


def load_encoder(path: Path, layers: int = 0) -> Tagger:
    """Load a pretrained encoder with a new layer on top, or a tagger to go on with.

    The pieces' vectors stay as they are: the gold texts would move those of the names they have,
    away from names like them that they do not have.

    Args:
        path: what `pretrain` or `save` wrote.
        layers: how many it is to have; see `deepen`.
    """
    state = torch.load(path, map_location="cpu", weights_only=True)
    size = Size(**state["size"])
    weights = {
        name: value
        for name, value in state["model"].items()
        if name.startswith(("embedding.", "encoder.", "head."))
    }
    if layers > size.layers:
        weights = deepen(weights, size.layers, layers)
        size = replace(size, layers=layers)
    tagger = Tagger(size)
    tagger.load_state_dict(weights, strict=False)
    tagger.embedding.pieces.weight.requires_grad_(False)
    return tagger


def deepen(weights: Mapping[str, Tensor], before: int, after: int) -> dict[str, Tensor]:
    """Put copies between the layers of an encoder that at first add nothing to what passes.

    So a larger network begins where a smaller one ended ("block expansion", Wu et al. 2024, "LLaMA
    Pro").

    Args:
        weights: of a tagger.
        before: its layers.
        after: how many it is to have, more than before.

    Returns:
        The weights of a tagger that says the same.
    """
    layer = "encoder.layers."
    deeper = {name: value for name, value in weights.items() if not name.startswith(layer)}
    number = 0
    for at in range(before):
        own = {name.removeprefix(f"{layer}{at}."): value for name, value in weights.items()
               if name.startswith(f"{layer}{at}.")}  # fmt: skip
        copies = (at + 1) * (after - before) // before - at * (after - before) // before
        for copy in range(1 + copies):
            for name, value in own.items():
                adds = name in ("out.weight", "down.weight")
                deeper[f"{layer}{number}.{name}"] = value * 0 if copy and adds else value.clone()
            number += 1
    return deeper


def save(tagger: Tagger, path: Path) -> None:
    """Write a tagger's weights, so that any machine can read them.

    Args:
        tagger: on any device.
        path: the file.
    """
    weights = {name: value.cpu() for name, value in tagger.state_dict().items()}
    with replacing(path) as new:
        torch.save({"size": asdict(tagger.size), "model": weights}, new)


def load(path: Path) -> Tagger:
    """Read what `save` wrote.

    Args:
        path: the file.
    """
    state = torch.load(path, map_location="cpu", weights_only=True)
    tagger = Tagger(Size(**state["size"]))
    tagger.load_state_dict(state["model"])
    tagger.eval()
    return tagger


class FineTuning(Generic[T]):
    """AdamW with a rate that rises and falls; only matrices decay, and averaged weights follow.

    Args:
        tagger: what is trained, in place.
        settings: how.

    Attributes:
        averaged: the tagger with averaged weights, for use.
    """

    def __init__(self, tagger: T, settings: Tuning) -> None:
        self.averaged: T = deepcopy(tagger)
        self.averaged.eval()
        self._tagger, self._settings = tagger, settings
        self._learning = [p for p in tagger.parameters() if p.requires_grad]
        matrices = [p for p in self._learning if p.ndim > 1]
        vectors = [p for p in self._learning if p.ndim <= 1]
        groups = [{"params": matrices, "weight_decay": settings.decay},
                  {"params": vectors, "weight_decay": 0.0}]  # fmt: skip
        self._optimizer = torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98))
        self._done = 0

    def step(self, scores: Tensor, target: Tensor) -> float:
        """Learn from a batch.

        Args:
            scores: what the tagger says, (texts, words, tags).
            target: the wanted distributions; nothing where there is no word.

        Returns:
            The loss a word.

        Raises:
            FloatingPointError: see `see_finite`.
        """
        loss = -(target * scores.float().log_softmax(dim=-1)).sum() / target.sum()
        see_finite(loss, self._done + 1)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._learning, 1.0)
        share = schedule(self._done, self._settings.steps, 0.1, 0.9)
        for group in self._optimizer.param_groups:
            group["lr"] = self._settings.rate * share
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._done += 1
        keep = min(self._settings.average, self._done / (self._done + 9))
        with torch.no_grad():
            pairs = zip(self.averaged.parameters(), self._tagger.parameters(), strict=True)
            for mean, now in pairs:
                mean.lerp_(now, 1 - keep)
        return float(loss.item())


def tune(
    tagger: Tagger,
    batches: Iterator[Batch],
    settings: Tuning,
    *,
    device: str = "cpu",
) -> Tagger:
    """Train a tagger.

    Args:
        tagger: where to begin.
        batches: as many as there are steps, at least.
        settings: how.
        device: to train on.

    Returns:
        The tagger with averaged weights.
    """
    torch.manual_seed(settings.seed)
    tagger.to(device)
    tagger.train()
    tuning = FineTuning(tagger, settings)
    # As in `pretrain`; on a CPU it is no faster.
    compiled = tagger if device == "cpu" else torch.compile(tagger, dynamic=False)
    started, total = time.monotonic(), 0.0
    for step, drawn in enumerate(ahead(islice(batches, settings.steps)), 1):
        batch = drawn.to(device)
        with autocast(device):
            x = tagger.embedding(batch.pieces, batch.cases)
            scores = compiled(x, batch.lengths, settings.drop)
        total += tuning.step(scores, batch.target)
        if step % _TELL_EVERY == 0:
            seconds = time.monotonic() - started
            log.info("step %d loss %.4f %.0f s", step, total / _TELL_EVERY, seconds)
            total = 0.0
    return tuning.averaged


class TorchScorer:
    """A tagger, or the mean opinion of several, where the component wants a network.

    Args:
        taggers: of one vocabulary.
        vocabulary: the pieces.
        device: to compute on.
    """

    def __init__(
        self, taggers: Sequence[Tagger], vocabulary: Vocabulary, device: str = "cpu"
    ) -> None:
        self.taggers = [tagger.to(device) for tagger in taggers]
        self.device = device
        self.packer = Packer(vocabulary, 0)

    def __call__(self, windows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Score the tags of all words; see `pipeline.language.encoder.network.Network`."""
        empty = [
            Window(list(words), np.zeros((len(words), len(TAGS)), np.float32)) for words in windows
        ]
        batch = self.packer.pack(empty, max(map(len, windows)))
        return np.asarray(self.probabilities(batch).log())

    @torch.no_grad()
    def probabilities(self, batch: Batch) -> Tensor:
        """The mean distribution over tags.

        Args:
            batch: its target is not looked at.
        """
        batch = batch.to(self.device)
        total = torch.zeros(*batch.cases.shape, len(TAGS), device=self.device)
        for tagger in self.taggers:
            with autocast(self.device):
                scores = tagger(tagger.embedding(batch.pieces, batch.cases), batch.lengths)
            total += scores.float().softmax(dim=-1)
        return (total / len(self.taggers)).clamp_min(1e-8).cpu()
