"""From sources to documents: finds the files, reads them, gives every row an id and a status."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from pipeline import errors, schemas
from pipeline.language.identify import identify
from pipeline.layout import RUNS
from pipeline.readers import (
    COMPRESSIONS,
    READERS,
    RawFailure,
    ReadOptions,
    format_of,
    is_broken,
    read_file,
    read_stream,
)
from pipeline.readers.dates import date_in_name
from pipeline.readers.ids import RowIds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    import pyarrow as pa

    from pipeline.readers.raw import Raw

REVISION = 2  # raise it when the same bytes come out as another text

STDIN = "-"
CHUNK = 4 * 2**20  # characters of text in one pair of tables
CHUNK_ROWS = 4096


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


def find_sources(sources: Sequence[str], without: Collection[Path] = ()) -> list[Source]:
    """The files of files, folders and "-"; see `survey`.

    Raises:
        UserError: As `survey`, and SOURCE_EMPTY.
    """
    found = survey(sources, without)
    if not found.sources:
        raise nothing_to_read(sources, found)
    return found.sources


def survey(sources: Sequence[str], without: Collection[Path] = ()) -> Survey:
    """Looks for files to read, in folders at any depth.

    Links are followed, each folder being read once. A file that is named itself is a source
    whatever its format; ingesting one of unknown format is a failure that says so.

    Args:
        sources: Files, folders and "-" for standard input, as the user gave them.
        without: Folders to leave out, such as the one that the outputs go to.

    Raises:
        UserError: SOURCE_MISSING, SOURCE_CLASH.
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
            name = f"{name}~{_sha256(str(source.path))[:8]}"
        taken.add(name)
        distinct.append(replace(source, name=name))
    return distinct


def ingest(source: Source, options: ReadOptions) -> Iterator[tuple[pa.Table, pa.Table]]:
    """The documents of one source, and the failures among them.

    Bad input never raises: every row of the source is a document with a status (ok, empty or
    failed; which are duplicates only the whole corpus shows), and a file that cannot be read is
    one failed document named as the source.

    Args:
        source: From `find_sources`.
        options: What the user says about the sources.

    Yields:
        Tables of `schemas.DOCUMENTS` and `schemas.FAILURES`, in the order of the rows, about
        `CHUNK` characters of text at a time.
    """
    if source.path is None:
        raws = read_stream(sys.stdin.buffer, options)
    else:
        raws = read_file(source.path, options)
    yield from to_tables(source.name, raws)


def to_tables(name: str, raws: Iterable[Raw]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """What a reader found in a source of this name, as `ingest` gives it."""
    with closing(RowIds(name)) as ids:
        chunk = _Chunk()
        for raw in raws:
            chunk.add(name, ids, raw)
            if chunk.n_chars >= CHUNK or len(chunk.documents) >= CHUNK_ROWS:
                yield chunk.tables()
                chunk = _Chunk()
        if chunk.documents:
            yield chunk.tables()


class _Chunk:
    """Rows of both tables, until there are enough of them."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.failures: list[dict[str, Any]] = []
        self.n_chars = 0

    def add(self, source: str, ids: RowIds, raw: Raw) -> None:
        """Adds one document, or one failed document and its failure."""
        text = "" if isinstance(raw, RawFailure) else join(raw.title, raw.body)
        sha256 = _sha256(text)
        repeated = False
        if raw.key is None:
            doc_id = source
        else:
            content = _sha256(raw.message) if isinstance(raw, RawFailure) else sha256
            doc_id, repeated = ids.id_for(raw.key, content)
        if isinstance(raw, RawFailure):
            self._add_failed(source, doc_id, raw)
            return
        repairs = {*raw.repairs, "repeated id"} if repeated and raw.key else raw.repairs
        self._add(
            doc_id=doc_id,
            source=source,
            title=raw.title,
            published=raw.published or date_in_name(source),
            language=identify(text),
            status="ok" if text else "empty",
            text=text,
            n_chars=len(text),
            sha256=sha256,
            encoding=raw.encoding,
            repairs=sorted(repairs),
        )
        self.n_chars += len(text)

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Both tables."""
        return _table(schemas.DOCUMENTS, self.documents), _table(schemas.FAILURES, self.failures)

    def _add_failed(self, source: str, doc_id: str, raw: RawFailure) -> None:
        self._add(doc_id=doc_id, source=source, published=None, status="failed", sha256=_sha256(""))
        self.failures.append(
            {
                "doc_id": doc_id,
                "source": source,
                "stage": "ingest",
                "code": raw.problem.code,
                "message": raw.message,
                "attempts": 1,
            }
        )

    def _add(self, **fields: str | int | datetime | list[str] | None) -> None:
        defaults: dict[str, Any] = {
            "title": None,
            "language": "unknown",
            "duplicate_of": None,
            "text": "",
            "n_chars": 0,
            "n_tokens": 0,
            "encoding": None,
            "repairs": [],
        }
        self.documents.append(defaults | fields)


def join(title: str | None, body: str) -> str:
    """The text of a document: title, blank line, body; the title once, if the body begins with it.

    Every offset refers to this text, which begins and ends with a visible character.
    """
    body = body.strip()
    if not title:
        return body
    first, _, rest = body.partition("\n")
    if " ".join(first.split()) == title:
        body = rest.strip()
    return f"{title}\n\n{body}".strip()


def _table(table: schemas.Table, rows: list[dict[str, Any]]) -> pa.Table:
    return table.from_columns({name: [row[name] for row in rows] for name in table.schema.names})


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
