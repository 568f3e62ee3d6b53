"""What there is to read: the files of the files and folders that the user names."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from pipeline import errors
from pipeline.layout import RUNS
from pipeline.readers import COMPRESSIONS, READERS, format_of, is_broken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        name: Relative POSIX path that starts with the source root's name, of printable characters;
            "stdin" for standard input. It begins every doc_id.
        path: The file; None for standard input.
        size: Bytes; 0 for standard input and where the file cannot be looked at.
        mtime_ns: When it was last modified, nanoseconds since 1970; 0 as for `size`.
        root: Path, without links and of printable characters, of the file or folder that the user
            named; empty for standard input. Tells files of equal name, size and time apart.
    """

    name: str
    path: Path | None
    size: int = 0
    mtime_ns: int = 0
    root: str = ""

    @property
    def is_unseen(self) -> bool:
        """Whether it cannot be looked at, as a folder that cannot be opened or a broken link.

        What is in it now, or whether it is a file or a folder, is not known.
        """
        # Not `Path.is_file`, which raises where it may not look.
        return self.path is not None and not self.mtime_ns and not os.path.isfile(self.path)  # noqa: PTH113


@dataclass(slots=True)
class Survey:
    """What there is to read.

    Attributes:
        sources: Files to read, in the order of their names within each root.
        skipped: Names of files in folders that have no known format. Hidden and readme files are
            not told of.
        results: Names of folders that are left out, since they hold the results of a run.
    """

    sources: list[Source] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)


def survey(sources: Sequence[str], without: Collection[Path] = ()) -> Survey:
    """Looks for files to read, in folders at any depth.

    Links are followed, each folder being read once. A file that is named itself is a source
    whatever its format; ingesting one of unknown format is a failure that says so.

    Args:
        sources: Files, folders and "-" for standard input, as the user gave them.
        without: Folders to leave out, such as the one that the outputs go to.

    Raises:
        UserError: SOURCE_MISSING, SOURCE_CLASH; SOURCE_IS_OUT of one that is to be left out.
    """
    found = Survey()
    left_out = {os.path.realpath(folder) for folder in without}
    roots: dict[str, str] = {}
    for given in sources:
        name, key = root(given)
        path = Path(key)
        if roots.get(name) == key:
            continue
        if name in roots:
            raise clash(name, roots[name], key)
        roots[name] = key
        if given == STDIN:
            found.sources.append(Source(name, None))
        elif not given:  # a script's variable that is not set, which is no name for this folder
            raise errors.UserError(errors.SOURCE_MISSING, path=given)
        elif os.path.realpath(path) in left_out:
            raise errors.UserError(errors.SOURCE_IS_OUT, path=_printable(given))
        elif os.path.isdir(path):  # noqa: PTH112 - not `Path.is_dir`, which raises, as above
            _walk(path, found, left_out)
        elif _is_missing(path):
            raise errors.UserError(errors.SOURCE_MISSING, path=_printable(given))
        else:
            found.sources.append(_source(name, path, _real(path)))
    return replace(found, sources=_distinct(found.sources))


def clash(name: str, path: str, other: str) -> errors.UserError:
    """The error of two sources of the same name: SOURCE_CLASH."""
    fields = {"name": name, "path": path, "other": other}
    return errors.UserError(
        errors.SOURCE_CLASH, **{field: _printable(text) for field, text in fields.items()}
    )


def nothing_to_read(sources: Sequence[str], found: Survey) -> errors.UserError:
    """The error of sources that have nothing to read: SOURCE_EMPTY, with what there is instead."""
    return errors.UserError(
        errors.SOURCE_EMPTY,
        paths=", ".join(_printable(given) for given in sources) or "no source",
        instead=_instead(found),
        suffixes=" ".join(READERS),
        compressions=" and ".join(COMPRESSIONS),
    )


def _instead(found: Survey) -> str:
    """What there is where nothing can be read."""
    there = [count_formats(found.skipped)] if found.skipped else []
    there += [f"the results of a run ({name})" for name in found.results]
    return f", only {', '.join(there)}" if there else ""


def root(given: str) -> tuple[str, str]:
    """Printable name and path of what the user named; "stdin" and "-" for standard input."""
    if given == STDIN:
        return "stdin", STDIN
    path = os.path.abspath(given)  # noqa: PTH100 - not resolved: a link keeps its own name
    return _printable(os.path.basename(path)), path  # noqa: PTH119


def count_formats(names: Iterable[str]) -> str:
    """How many files of which formats, as `2 .pdf, 1 .zip`; of many formats the most frequent.

    Args:
        names: Names of files.
    """
    suffixes = Counter(PurePath(name).suffix.lower() or PurePath(name).name for name in names)
    some = ", ".join(f"{n} {suffix}" for suffix, n in suffixes.most_common(5))
    return some + ", ..." * (len(suffixes) > 5)


def _walk(root: Path, found: Survey, left_out: set[str]) -> None:
    visited = set(left_out)
    real_root = _real(root)

    def unreadable(error: OSError) -> None:
        folder = Path(error.filename)
        found.sources.append(Source(_name(root, folder), folder, root=real_root))

    for folder, folders, files in os.walk(root, onerror=unreadable, followlinks=True):
        here = os.path.realpath(folder)
        if here in visited:
            folders.clear()
            continue
        visited.add(here)
        # A store alone is none: a run that came to nothing may have left it among articles.
        if os.path.isdir(Path(folder) / RUNS):  # noqa: PTH112
            folders.clear()
            found.results.append(_name(root, Path(folder)))
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            path = Path(folder, file)
            if _is_about_folder(file):
                continue
            # A broken link may have led to a folder, whatever it is called.
            known = format_of(file)[0] is not None or is_broken(path)
            if not known or _is_special(path):
                found.skipped.append(_name(root, path))
            else:
                found.sources.append(_source(_name(root, path), path, real_root))


def _is_missing(path: Path) -> bool:
    """Whether there is nothing of this name, rather than something that cannot be looked at."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _is_about_folder(file: str) -> bool:
    """Whether a file in a folder is hidden or a readme: no article, and nothing to tell of."""
    return file.startswith(".") or file.lower().startswith("readme.")


def _is_special(path: Path) -> bool:
    """Whether a path in a folder is a pipe, a socket or a device, which could hang the run."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False  # a broken link: a failure that is told


def _source(name: str, path: Path, root: str) -> Source:
    try:
        facts = path.stat()
    except OSError:
        return Source(_printable(name), path, root=root)
    return Source(_printable(name), path, facts.st_size, facts.st_mtime_ns, root)


def _name(root: Path, path: Path) -> str:
    return _printable(Path(root.name, path.relative_to(root)).as_posix())


def _real(path: Path) -> str:
    """A path without links, as text."""
    return _printable(os.path.realpath(path))


def _printable(name: str) -> str:
    r"""A file name as text; bytes that are not UTF-8 and control characters become `\xe5`."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _distinct(sources: Iterable[Source]) -> list[Source]:
    """The sources, those told apart whose names came out alike or look like another's row."""
    taken: set[str] = set()
    distinct = []
    for source in sources:
        name = source.name
        parts = name.split("#")
        if name in taken or any("#".join(parts[:n]) in taken for n in range(1, len(parts))):
            path = str(source.path).encode("utf-8", "surrogatepass")
            name = f"{name}~{hashlib.sha256(path).hexdigest()[:8]}"
        taken.add(name)
        distinct.append(replace(source, name=name))
    return distinct
