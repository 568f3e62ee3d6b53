"""Files that are there whole, or as they were before."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Let a file be written beside the one whose place it takes at the end.

    Whoever reads meanwhile, and whoever looks after a crash or a loss of power, has the one or the
    other. After an exception the new one is removed.

    Args:
        path: The file.

    Yields:
        Where to write the new one.

    Raises:
        OSError: If it cannot take the place.
    """
    new = beside(path)
    try:
        yield new
        fsync(new)
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # a disk that is read-only has nothing to remove
            new.unlink()
        raise


def beside(path: Path) -> Path:
    """Where a file or a link is made that is to take the place of another."""
    return path.with_name(f".{path.name.removeprefix('.')}.new")


def fsync(path: Path) -> None:
    """Wait until a file, or what a folder holds, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
