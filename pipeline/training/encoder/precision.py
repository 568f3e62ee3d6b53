"""In how many bits a device multiplies."""

from __future__ import annotations

import time
from functools import cache

import torch

_SIZE = 512  # of the matrices that are multiplied to see; a few milliseconds


def autocast(device: str) -> torch.autocast:
    """Let products be of bfloat16 where the device is made for them.

    A CPU that is not works them out number by number: a hundredth of the speed of its own products.

    Args:
        device: ``"cpu"`` or ``"cuda"``.
    """
    return torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu" or _halves_fast())


@cache
def _halves_fast() -> bool:
    """Whether this CPU multiplies halves faster than wholes: not all that can are asked alike."""
    return _seconds(torch.bfloat16) < _seconds(torch.float32)


def _seconds(kind: torch.dtype) -> float:
    matrix = torch.ones(_SIZE, _SIZE, dtype=kind)
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        torch.mm(matrix, matrix)
        times.append(time.perf_counter() - begun)
    return min(times)
