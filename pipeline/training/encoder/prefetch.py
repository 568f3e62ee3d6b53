"""Batches made while the step before is computed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


def ahead(items: Iterable[T]) -> Iterator[T]:
    """Yield items in their order, of which a thread makes the next one meanwhile.

    A GPU does not wait for them then; two cores that are busy anyway lose nothing.

    Args:
        items: of which one more may be made than is taken.
    """
    left = iter(items)
    end = object()
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, left, end)
        while (item := coming.result()) is not end:
            coming = thread.submit(next, left, end)
            yield item  # type: ignore[misc]
