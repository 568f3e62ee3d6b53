"""The work folder of a build: each step leaves its result there, and is skipped where that is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_BEGINNING = "beginning.txt"


class BuildError(RuntimeError):
    """A build that cannot go on; the message says what is missing."""


def claim(work: Path, *inputs: object, mark: str = "inputs.sha256") -> None:
    """See that a work folder is of one build.

    Args:
        work: the folder; remembers the inputs' digest.
        inputs: all that makes the build differ from others, by how Python writes it.
        mark: the file that remembers.

    Raises:
        BuildError: if the folder is another build's.
    """
    digest = hashlib.sha256(repr(inputs).encode()).hexdigest()
    claimed = work / mark
    if not claimed.exists():
        _write(claimed, digest)
    elif claimed.read_text("utf-8") != digest:
        raise BuildError(
            f"{work} is of a build with another recipe, seed or gold, or from another model; "
            "remove it, or give another (--work)"
        )


def digest_of(files: Iterable[Path]) -> str:
    """Digest of what files hold, for `claim`.

    Args:
        files: in an order that does not change.
    """
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def remember_beginning(work: Path, look: Callable[[], str]) -> str:
    """What a build begins from, also once it has put its own model there and is stopped then.

    Args:
        work: the folder; remembers the first answer until `forget_beginning`.
        look: gives the fingerprints of the models that a build would begin from now.
    """
    mark = work / _BEGINNING
    if not mark.exists():
        _write(mark, look())
    return mark.read_text("utf-8")


def forget_beginning(work: Path) -> None:
    """At the end of a build: the next one in the folder begins from what is there then.

    Args:
        work: see `remember_beginning`.
    """
    (work / _BEGINNING).unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    with replacing(path) as new:
        new.write_text(text, "utf-8")
