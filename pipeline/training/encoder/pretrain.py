"""Pretraining: hidden words and hidden capitals, guessed from what stands around them."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import torch

from pipeline.language.encoder.words import BREAK, MASK, Case
from pipeline.training.encoder.network import Pretrainer, Size
from pipeline.training.encoder.precision import autocast
from pipeline.training.encoder.prefetch import ahead
from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.training.encoder.texts import Texts

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pretraining:
    """How an encoder is pretrained.

    Attributes:
        steps: of the optimizer.
        texts: in a batch.
        words: of a text.
        rate: highest learning rate, of Muon (Jordan et al. 2024) for the layers' matrices.
        rate_vectors: of AdamW for all else.
        warm: share of the steps in which the rates rise.
        cool: share of the steps, the last ones, in which they fall to nothing.
        hidden_words: share of the words to guess.
        hidden_cases: share of the other words whose case is to guess.
        uncased: share of the texts in which no case can be told: all lower, all capitals or
            hidden.
        seed: of everything drawn by chance.
    """

    steps: int
    texts: int = 64
    words: int = 128
    rate: float = 0.02
    rate_vectors: float = 2e-3
    warm: float = 0.03
    cool: float = 0.3
    hidden_words: float = 0.2
    hidden_cases: float = 0.1
    uncased: float = 0.06
    seed: int = 0


@dataclass(frozen=True)
class Batch:
    """What `Pretrainer` takes; the shapes stand there."""

    pieces: torch.Tensor
    cases: torch.Tensor
    words: torch.Tensor
    targets: torch.Tensor
    cased: torch.Tensor
    true_cases: torch.Tensor


class Batches:
    """Draws stretches of the texts and hides some of each.

    Args:
        texts: to draw from.
        settings: how.
    """

    def __init__(self, texts: Texts, settings: Pretraining) -> None:
        self.texts = texts
        self.settings = settings
        self.rng = np.random.default_rng(settings.seed)
        amounts = (texts.pieces > 0).sum(axis=1)
        self.last_pieces = texts.pieces[np.arange(len(amounts)), amounts - 1]

    def __iter__(self) -> Iterator[Batch]:
        """Yield batches for ever; every pass over the texts is cut elsewhere and shuffled."""
        settings, rng = self.settings, self.rng
        while True:
            offset = int(rng.integers(settings.words))
            starts = np.arange(offset, len(self.texts.words) - settings.words, settings.words)
            rng.shuffle(starts)
            for at in range(0, len(starts) - settings.texts + 1, settings.texts):
                chosen = starts[at : at + settings.texts, None] + np.arange(settings.words)
                yield self._hide(self.texts.words[chosen])

    def _hide(self, words: np.ndarray) -> Batch:
        settings, rng, texts = self.settings, self.rng, self.texts
        pieces = texts.pieces[words]
        true_cases = texts.cases[words].astype(np.int64)
        cases = true_cases.copy()
        content = pieces[..., 0] != BREAK
        # Every batch hides the same number of words, so that shapes stay the same.
        order = rng.random(words.shape) + ~content
        hidden = _smallest(order, int(words.size * settings.hidden_words))
        others = np.setdiff1d(np.arange(words.size), hidden)
        letters = (true_cases != Case.NONE) & content
        order = rng.random(words.shape) + ~letters
        order.flat[hidden] += 2
        cased = _smallest(order, int(len(others) * settings.hidden_cases))

        flat_pieces = pieces.reshape(-1, pieces.shape[-1])
        targets = np.stack([flat_pieces[hidden, 0], self.last_pieces[words.flat[hidden]]], axis=1)
        kind = rng.random(len(hidden))
        masked = hidden[kind < 0.85]
        flat_pieces[masked] = 0
        flat_pieces[masked, 0] = MASK
        random = hidden[kind > 0.93]
        flat_pieces[random] = texts.pieces[rng.choice(texts.words, len(random))]
        flat_cases = cases.reshape(-1)
        flat_cases[hidden[rng.random(len(hidden)) < 0.3]] = Case.HIDDEN
        flat_cases[cased] = Case.HIDDEN
        uncased = rng.random(len(words)) < settings.uncased
        looks = rng.choice([Case.LOWER, Case.UPPER, Case.HIDDEN], len(words))
        told = uncased[:, None] & letters
        cases = np.where(told, looks[:, None], cases)
        return Batch(
            torch.from_numpy(pieces),
            torch.from_numpy(cases),
            torch.from_numpy(hidden),
            torch.from_numpy(targets).long(),
            torch.from_numpy(cased),
            torch.from_numpy(true_cases.reshape(-1)[cased]),
        )


def _smallest(order: np.ndarray, count: int) -> np.ndarray:
    """Places of the `count` smallest values, in the flattened array."""
    return np.sort(np.argpartition(order.reshape(-1), count)[:count])


def make_optimizers(
    model: torch.nn.Module, rate: float, rate_vectors: float, decay: float
) -> list[torch.optim.Optimizer]:
    """Make Muon for the matrices of layers, and AdamW for all else.

    Args:
        model: with `encoder.layers`.
        rate: Muon's, in units that do not depend on a matrix's shape.
        rate_vectors: AdamW's.
        decay: weight decay of both.
    """
    matrices = [p for name, p in model.named_parameters() if "layers" in name and p.ndim == 2]
    chosen = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in chosen]
    return [
        torch.optim.Muon(matrices, lr=rate, weight_decay=decay, momentum=0.95),
        torch.optim.AdamW(others, lr=rate_vectors, weight_decay=0.0, betas=(0.9, 0.98)),
    ]


def schedule(step: int, steps: int, warm: float, cool: float) -> float:
    """Share of the highest rate at a step: up, level, down in a line (Hu et al. 2024).

    Args:
        step: from 0.
        steps: in all.
        warm: share of the steps on the way up.
        cool: share of the steps on the way down.
    """
    return min(1.0, (step + 1) / max(1.0, warm * steps), (steps - step) / max(1.0, cool * steps))


def pretrain(
    texts: Texts,
    size: Size,
    settings: Pretraining,
    out: Path,
    *,
    device: str = "cpu",
    save_every: int = 250,
) -> None:
    """Pretrain an encoder, going on from the last checkpoint where there is one.

    Args:
        texts: to learn from.
        size: of the encoder.
        settings: how.
        out: file for the weights (`Pretrainer`'s); beside it, ``.checkpoint`` while it is not
            done.
        device: to train on.
        save_every: steps between checkpoints.
    """
    if out.exists():
        return
    torch.manual_seed(settings.seed)
    model = Pretrainer(size).to(device)
    optimizers = make_optimizers(model, settings.rate, settings.rate_vectors, 0.05)
    rates = [group["lr"] for optimizer in optimizers for group in optimizer.param_groups]
    checkpoint = out.with_suffix(".checkpoint")
    begin = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
        begin = state["step"]
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
    batches = Batches(texts, settings)
    batches.rng = np.random.default_rng((settings.seed, begin))
    # Compiled for a CPU with AMX, PyTorch 2.14's gradients are no numbers.
    compiled = model if device == "cpu" else torch.compile(model, dynamic=False)
    started = time.monotonic()
    sums = np.zeros(2)
    for step, drawn in enumerate(ahead(islice(batches, settings.steps - begin)), begin):
        batch = Batch(*(tensor.to(device) for tensor in vars(drawn).values()))
        share = schedule(step, settings.steps, settings.warm, settings.cool)
        groups = [group for optimizer in optimizers for group in optimizer.param_groups]
        for group, rate in zip(groups, rates, strict=True):
            group["lr"] = rate * share
        with autocast(device):
            x = model.embedding(batch.pieces, batch.cases)
            words, cases = compiled(x, batch.words, batch.targets, batch.cased, batch.true_cases)
        see_finite(words + cases, step + 1)
        (words + cases).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        sums += words.detach().item(), cases.detach().item()
        done = step + 1
        if done % 10 == 0:
            speed = (done - begin) * batch.cases.numel() / (time.monotonic() - started)
            log.info("step %d words %.3f cases %.3f, %.0f words a second", done, *sums / 10, speed)
            sums[:] = 0
        if done % save_every == 0 and done < settings.steps:
            saved = [optimizer.state_dict() for optimizer in optimizers]
            state = {"step": done, "model": model.state_dict(), "optimizers": saved}
            with replacing(checkpoint) as new:
                torch.save(state, new)
    weights = {name: value.cpu() for name, value in model.state_dict().items()}
    with replacing(out) as new:
        torch.save({"size": asdict(size), "model": weights}, new)
    checkpoint.unlink(missing_ok=True)


def see_finite(loss: torch.Tensor, step: int) -> None:
    """See that a loss is a number: else nothing that is learnt from there on would be.

    Args:
        loss: of one step.
        step: its number.

    Raises:
        FloatingPointError: if it is none.
    """
    if not torch.isfinite(loss):
        raise FloatingPointError(f"the loss of step {step} is {loss.item()}")
