"""Stopping a run between two pieces of work: what the first signal asks for."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import errors

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class _State:
    heeded: bool = False
    requested: bool = False
    published: bool = False


_state = _State()  # a process has one set of signal handlers


def request() -> bool:
    """Ask the run to end after what it has in hand.

    Returns:
        Whether something is at work that will; else whoever asks has to stop it otherwise.
    """
    _state.requested = _state.heeded
    return _state.requested


def requested() -> bool:
    """Whether to begin nothing new."""
    return _state.requested


def check() -> None:
    """Stop here, if that was asked for.

    Raises:
        Interrupted: It was.
    """
    if _state.requested:
        raise errors.Interrupted


def publishing(*, done: bool) -> None:
    """Say that a run is about to publish its tables, or has: for who tells that it was stopped."""
    _state.published = done


def published() -> bool:
    """Whether the tables of the run are there, whatever it was still at."""
    return _state.published


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """What is inside looks at `requested` between two pieces of work.

    Raises:
        Interrupted: At the end, where a stop was asked for.
    """
    _state.heeded = True
    try:
        yield
        check()
    finally:
        _state.heeded = _state.requested = False
