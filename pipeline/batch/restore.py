"""Results that a backup brought back as files, where there were links, or without them.

The tables are then in a folder that was the link `.current`, or in the output folder alone.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from pipeline import errors
from pipeline.batch import publish
from pipeline.layout import CURRENT, RUNS

if TYPE_CHECKING:
    from pathlib import Path


def restore(out: Path) -> None:
    """Publish a run again whose tables a backup brought back.

    Args:
        out: The output folder; nothing is done where it has a published run.

    Raises:
        UserError: IN_THE_WAY of what is not, to the byte, as its manifest says.
        OSError: The disk is full or read-only.
    """
    copied = out / CURRENT
    if publish.current(out) is not None:
        return
    place = found(out)
    manifest = _manifest(out, place) if place is not None else None
    if place is None or manifest is None:
        if copied.is_dir():  # no run's
            raise errors.UserError(errors.IN_THE_WAY, path=copied)
        return
    digests = publish.digests(manifest)
    digests[publish.MANIFEST] = publish.sha256(place / publish.MANIFEST)
    if place == copied:
        _see_untouched(copied, digests)
    folder = out / RUNS / manifest["run_id"]
    publish.see_free(out, digests.keys() | {path.name for path in folder.glob("*")})
    folder.mkdir(parents=True, exist_ok=True)
    for name, digest in digests.items():
        copies = (folder / name, place / name, out / name)
        whole = next((path for path in copies if _is(path, digest)), None)
        if whole is not None and whole != copies[0]:
            publish.copy(whole, copies[0])  # not moved: the disk may be full before all are
    if place == copied:
        shutil.rmtree(copied)
    publish.show(out, folder)


def found(out: Path) -> Path | None:
    """Where the published tables are, also where a backup brought them back.

    Args:
        out: The output folder.

    Returns:
        The current run's folder; else the folder that was a link to it, or the output folder,
        if that has a manifest; None where there is nothing of the kind.
    """
    place = out / CURRENT if (out / CURRENT).is_dir() else out
    return publish.current(out) or (place if (place / publish.MANIFEST).is_file() else None)


def _manifest(out: Path, place: Path) -> dict[str, Any] | None:
    """The manifest that is in a folder, if it is one of ours."""
    try:
        return publish.read_manifest(out, place)
    except errors.UserError:
        return None


def _see_untouched(folder: Path, digests: dict[str, str]) -> None:
    """See that a folder has nothing but what a run wrote: it is going to be removed.

    Raises:
        UserError: IN_THE_WAY.
    """
    for path in sorted(folder.iterdir()):
        if not _is(path, digests.get(path.name, "")):
            raise errors.UserError(errors.IN_THE_WAY, path=path)


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and publish.sha256(path) == digest
