"""Publishing: readers see all tables of one run or all of another, never a mixture.

A run's files go to `.runs/<run_id>/`; `.current` is a link to that folder, turned by one atomic
rename, and `mentions.parquet` and the others are links through it. The run before is kept.

Where the file system has no links, as on a memory stick, `.current` is a file that names the
folder, and the tables are copies of the run's. Each is replaced in one step, but one after
another: who needs all of one run reads them in the folder that `.current` names.

A backup may bring links back as files, or leave them out; see `pipeline.batch.restore`.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from pipeline import errors
from pipeline.batch import stop
from pipeline.layout import CURRENT, RUNS
from pipeline.whole import beside, fsync, replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

MANIFEST = "manifest.json"
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)


_Name = Annotated[str, Field(pattern=r"^\w[\w.-]*$")]  # of what is in a folder, and no path


class _File(BaseModel):
    name: _Name
    rows: int
    size: int
    sha256: str


class _Manifest(BaseModel):
    """What is read of a manifest again."""

    run_id: _Name
    model: str | None
    documents: dict[str, int]
    failures: dict[str, int]
    tables: dict[str, Annotated[list[_File], Field(min_length=1)]]


def new_folder(out: Path, run_id: str) -> Path:
    """Make the folder that a run writes its files to."""
    folder = out / RUNS / run_id
    folder.mkdir(parents=True)
    return folder


def see_free(out: Path, names: Iterable[str]) -> None:
    """See that no file of the user's stands where a table would go.

    Raises:
        UserError: IN_THE_WAY.
    """
    written = _written(out)
    for name in names:
        if os.path.lexists(out / name) and not _is_ours(out / name, written):
            raise errors.UserError(errors.IN_THE_WAY, path=out / name)


def _is_ours(path: Path, written: Mapping[str, set[str]]) -> bool:
    """Whether a run may replace a path, knowing what runs `_written`."""
    if path.is_symlink():
        return path.readlink().parts[:1] == (CURRENT,)
    out, now = path.parent, current(path.parent)
    if now is None or is_linked(out):  # it was a link, unless it is the user's
        return path.name in written and path.is_file() and sha256(path) in written[path.name]
    runs = [run for run in (out / RUNS).iterdir() if run.name <= now.name]
    return any((run / path.name).is_file() for run in runs)


def _written(out: Path) -> dict[str, set[str]]:
    """Names and SHA-256s of the files that runs wrote, as the manifests that are there tell."""
    written: dict[str, set[str]] = {}
    for path in (out / MANIFEST, out / CURRENT / MANIFEST, *(out / RUNS).glob(f"*/{MANIFEST}")):
        with contextlib.suppress(OSError, ValueError):
            for name, digest in digests(parse_manifest(path.read_bytes())).items():
                written.setdefault(name, set()).add(digest)
            written.setdefault(MANIFEST, set()).add(sha256(path))
    return written


def publish(
    out: Path,
    folder: Path,
    manifest: dict[str, Any],
    remember: Callable[[], None] = lambda: None,
) -> None:
    """Make a finished run the current one.

    Args:
        out: The output folder.
        folder: What `new_folder` gave, all tables in it.
        manifest: What the run was; written beside the tables.
        remember: What else belongs to it. Where it fails, the run before is the current one again.

    Raises:
        UserError: IN_THE_WAY.
        OSError: The disk is full or read-only; the outputs are as before.
    """
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, "utf-8")
    for path in (*folder.iterdir(), folder, folder.parent):
        fsync(path)
    see_free(out, {path.name for path in folder.iterdir()})
    stop.publishing(done=False)
    before = current(out)
    try:
        show(out, folder)
        remember()
    except BaseException:
        with contextlib.suppress(OSError):
            show(out, before)
        raise
    stop.publishing(done=True)
    _remove_old(out, keep={folder.name} | ({before.name} if before else set()))


def show(out: Path, folder: Path | None) -> None:
    """Let the output folder show the tables of a run, or none.

    Raises:
        OSError: The disk is full or read-only.
    """
    names = {path.name for path in folder.iterdir()} if folder else set()
    written = _written(out)
    stale = [p for p in out.iterdir() if p.name not in names and _is_ours(p, written)]
    if folder is None:
        (out / CURRENT).unlink(missing_ok=True)
    elif _switch(out, folder):
        for name in sorted(names):
            if not _leads(out / name, f"{CURRENT}/{name}"):
                _link(out / name, f"{CURRENT}/{name}")
    else:
        for name in sorted(names):
            copy(folder / name, out / name)
    for path in stale:  # tables in a format that is no longer written
        path.unlink(missing_ok=True)
    fsync(out)


def unshown(out: Path) -> list[str]:
    """Names of the published files that the output folder does not show (any more)."""
    folder = current(out)
    names = sorted(path.name for path in folder.iterdir()) if folder else []
    if is_linked(out):
        return [name for name in names if not _leads(out / name, f"{CURRENT}/{name}")]
    return [name for name in names if not (out / name).is_file()]


def show_again(out: Path) -> None:
    """Let the output folder show the published files whose links were removed.

    Raises:
        UserError: IN_THE_WAY.
        OSError: The disk is full or read-only.
    """
    if missing := unshown(out):
        see_free(out, missing)
        show(out, current(out))


def discard(out: Path) -> None:
    """Remove what unfinished runs left behind."""
    now = current(out)
    if now is None or not (out / RUNS).is_dir():
        return
    finished = sorted(path.name for path in (out / RUNS).iterdir() if (path / MANIFEST).is_file())
    before = [name for name in finished if name < now.name][-1:]
    _remove_old(out, keep={now.name, *before})


def current(out: Path) -> Path | None:
    """The folder of the published run, or None where there is none.

    Raises:
        UserError: CANNOT_READ where that cannot be seen.
    """
    pointer = out / CURRENT
    with looking(out):
        try:
            linked = is_linked(out)
            target = str(pointer.readlink()) if linked else pointer.read_text("utf-8").strip()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
            return None
        return out / target if target and (out / target).is_dir() else None


@contextlib.contextmanager
def looking(out: Path) -> Iterator[None]:
    """Say in one line that an output folder cannot be looked at, where `Path.exists` raises.

    Raises:
        UserError: CANNOT_READ.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise errors.UserError(errors.CANNOT_READ, path=out, reason=reason) from None


def is_current(out: Path, run_id: str | None) -> bool:
    """Whether the published run is this one."""
    folder = current(out)
    return folder is not None and folder.name == run_id


def is_linked(out: Path) -> bool:
    """Whether the tables are links, and not copies where there are no links."""
    return (out / CURRENT).is_symlink()


def read_manifest(out: Path, folder: Path | None = None) -> dict[str, Any]:
    """The manifest of the published run.

    Args:
        out: The output folder.
        folder: What `current` gave, where another run may publish meanwhile.

    Raises:
        UserError: NOTHING_THERE, CANNOT_READ; VERIFY_FAILED where the manifest cannot be read.
    """
    folder = folder or current(out)
    if folder is None:
        raise errors.UserError(errors.NOTHING_THERE, path=out)
    try:
        return parse_manifest((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise errors.UserError(errors.VERIFY_FAILED, path=out, reason=error) from None


def parse_manifest(text: bytes) -> dict[str, Any]:
    """The manifest that a file holds.

    Raises:
        ValueError: It is none.
    """
    try:
        manifest: dict[str, Any] = json.loads(text)
        _Manifest.model_validate(manifest)
    except RecursionError:
        raise ValueError(f"{MANIFEST} is nested too deeply") from None
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "it"
        raise ValueError(f"{MANIFEST}: {where} is not what a run writes") from None
    return manifest


def digests(manifest: dict[str, Any]) -> dict[str, str]:
    """Names and SHA-256s of the files with a run's tables."""
    return {file["name"]: file["sha256"] for files in manifest["tables"].values() for file in files}


def _switch(out: Path, folder: Path) -> bool:
    """Make a run's folder the current one; whether the file system has links."""
    try:
        _link(out / CURRENT, f"{RUNS}/{folder.name}")
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with replacing(out / CURRENT) as new:
            new.write_text(f"{RUNS}/{folder.name}\n", "utf-8")
        return False
    return True


def _link(link: Path, target: str) -> None:
    """Point a link at a target, in one step for whoever follows it meanwhile."""
    new = beside(link)
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def _leads(link: Path, target: str) -> bool:
    """Whether there is a link, and to this."""
    return link.is_symlink() and str(link.readlink()) == target


def copy(source: Path, target: Path) -> None:
    """Copy a file, in one step for whoever reads it meanwhile."""
    with replacing(target) as new:
        shutil.copyfile(source, new)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _remove_old(out: Path, keep: set[str]) -> None:
    for folder in (out / RUNS).iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
