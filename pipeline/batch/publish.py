"""Publishing: readers see all tables of one run or all of another, never a mixture.

A run's files go to `.runs/<run_id>/`; `.current` is a link to that folder, turned by one atomic
rename, and `mentions.parquet` and the others are links through it. The run before is kept.
"""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

from pipeline import errors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST = "manifest.json"
_CURRENT, _RUNS = ".current", ".runs"


def new_folder(out: Path, run_id: str) -> Path:
    """Make the folder that a run writes its files to."""
    folder = out / _RUNS / run_id
    folder.mkdir(parents=True)
    return folder


def make_way(out: Path, names: Iterable[str]) -> None:
    """See that no file of the user's stands where a table would go.

    Raises:
        UserError: IN_THE_WAY.
    """
    for name in names:
        if os.path.lexists(out / name) and not _is_ours(out / name):
            raise errors.UserError(errors.IN_THE_WAY, path=out / name)


def _is_ours(path: Path) -> bool:
    return path.is_symlink() and path.readlink().parts[:1] == (_CURRENT,)


def publish(out: Path, folder: Path, manifest: dict[str, Any]) -> None:
    """Make a finished run the current one.

    Args:
        out: The output folder.
        folder: What `new_folder` gave, all tables in it.
        manifest: What the run was; written beside the tables.

    Raises:
        UserError: IN_THE_WAY.
        OSError: The disk is full or read-only; the outputs are as before.
    """
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, "utf-8")
    for path in (*folder.iterdir(), folder, folder.parent):
        _fsync(path)
    names = {path.name for path in folder.iterdir()}
    make_way(out, names)
    before = current(out)
    _link(out / _CURRENT, f"{_RUNS}/{folder.name}")
    for name in sorted(names):
        if not (out / name).is_symlink():
            _link(out / name, f"{_CURRENT}/{name}")
    for path in out.iterdir():  # tables in a format that is no longer written
        if _is_ours(path) and path.name not in names:
            path.unlink()
    _fsync(out)
    _remove_old(out, keep={folder.name} | ({before.name} if before else set()))


def discard(out: Path) -> None:
    """Remove what unfinished runs left behind."""
    now = current(out)
    if now is None or not (out / _RUNS).is_dir():
        return
    finished = sorted(path.name for path in (out / _RUNS).iterdir() if (path / MANIFEST).is_file())
    before = [name for name in finished if name < now.name][-1:]
    _remove_old(out, keep={now.name, *before})


def current(out: Path) -> Path | None:
    """The folder of the published run, or None where there is none."""
    try:
        folder = out / (out / _CURRENT).readlink()
    except OSError:
        return None
    return folder if folder.is_dir() else None


def read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of the published run.

    Raises:
        UserError: NOTHING_THERE; VERIFY_FAILED where the manifest cannot be read.
    """
    folder = current(out)
    if folder is None:
        raise errors.UserError(errors.NOTHING_THERE, path=out)
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=error) from None
    return manifest


def _link(link: Path, target: str) -> None:
    """Point a link at a target, in one step for whoever follows it meanwhile."""
    temporary = link.with_name(f".{link.name.lstrip('.')}.new")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_old(out: Path, keep: set[str]) -> None:
    for folder in (out / _RUNS).iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
