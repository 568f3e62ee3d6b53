"""The store's file: a DuckDB database with transactions, that remembers values and stays small.

Only the parent process opens it. Every change is a transaction, so that a kill at any moment
leaves the state after the last finished shard.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from importlib import resources
from typing import TYPE_CHECKING, Any, Self

import duckdb

from pipeline import errors
from pipeline.duck import attach, connect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

FILE = "store.duckdb"
PIECE = 2_048  # code points of a text that are one row
VERSION = "3"  # of store.sql; the published tables have their own
_WHOLE_TEXTS = "2"
_COMPACTED = "compacted.duckdb"
_HELD = "set lock"  # what DuckDB says where another process has the file open
# The disk's or its permissions' fault, whatever kind of error DuckDB makes of it.
_OF_DISK = tuple(
    os.strerror(code)
    for code in (
        errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO,
    )
)  # fmt: skip
_PATIENCE = 10.0  # seconds; looking at a store takes less
_CHEAP = 256 * 2**20  # bytes of a store that are copied in some seconds


class Database:
    """The file of one output folder.

    Args:
        folder: Where the store lives; made if missing.
        read_only: Only look: nothing is made or changed, and the folder need not be writable.

    Raises:
        UserError: STORE_BROKEN or OTHER_STORE where it cannot be used, CANNOT_WRITE where the
            disk or its permissions are in the way; LOCKED where a run is at work on what is only
            looked at, or where someone looks at it for long.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.path = folder / FILE
        try:
            if not read_only:
                folder.mkdir(parents=True, exist_ok=True)
            self._open(read_only=read_only)
        except OSError as error:
            raise errors.UserError(
                errors.CANNOT_WRITE, path=folder, reason=error.strerror or error
            ) from None
        except duckdb.Error as error:
            # Whoever only looks does not hold the lock, so that a run may be in the midst of it,
            # in another process or in this one.
            busy = any(words in str(error) for words in (_HELD, "already attached"))
            broken = errors.CANNOT_WRITE if is_of_disk(error) else errors.STORE_BROKEN
            problem = errors.LOCKED if busy else broken
            path = folder.parent if problem is errors.LOCKED else self.path
            raise errors.UserError(problem, path=path, reason=errors.first_line(error)) from None
        self._prepare(read_only=read_only)

    def _open(self, *, read_only: bool) -> None:
        spill = tempfile.gettempdir() if read_only else str(self.path.with_name("spill"))
        give_up = time.monotonic() + (0 if read_only else _PATIENCE)
        while True:
            try:
                self.connection = connect(self.path, spill=spill, read_only=read_only)
            except duckdb.IOException as error:
                # A run keeps other runs away before it opens the store: someone only looks at it.
                if _HELD not in str(error) or time.monotonic() > give_up:
                    raise
                time.sleep(0.1)
            else:
                return

    def _reopen(self) -> None:
        self._open(read_only=False)
        self.connection.execute(_sql("views"))

    def _prepare(self, *, read_only: bool) -> None:
        try:
            found = self.state("schema_version")
        except duckdb.CatalogException:  # no tables
            if read_only:  # killed before it came to anything
                self.close()
                raise errors.UserError(errors.NOTHING_THERE, path=self.path.parent.parent) from None
            with self.transaction():
                self.connection.execute(_sql("store"))
                self.set_state("schema_version", VERSION)
            found = VERSION
        if found == _WHOLE_TEXTS and not read_only:
            self._cut_texts()
        elif found != VERSION:
            self.close()
            raise errors.UserError(
                errors.OTHER_STORE,
                path=self.path,
                found=found,
                ours=VERSION,
                remedy=_remedy(found or ""),
            )
        self.connection.execute(_sql("views"))

    def _cut_texts(self) -> None:
        """Go on with a store of version 2, which had each text as one value."""
        with self.transaction():
            self.connection.execute("DROP VIEW IF EXISTS unique_documents")
            self.connection.execute(
                "CREATE TABLE texts AS"
                " SELECT part, doc_id, piece::INTEGER AS piece,"
                " substr(text, piece * $size + 1, $size) AS text"
                " FROM documents, unnest(range(0, (n_chars + $size - 1) // $size)) t(piece)",
                {"size": PIECE},
            )
            self.connection.execute("ALTER TABLE documents DROP COLUMN text")
            self.set_state("schema_version", VERSION)

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def limit(self, memory: str, *, every_core: bool) -> None:
        """Say what DuckDB may take from now on.

        Args:
            memory: Such as 1GB; it spills what is more.
            every_core: Whether it has a thread for each; else it has one, with which small queries
                are faster, and leaves the cores to the workers.
        """
        self.connection.execute(f"SET memory_limit = '{memory}'")
        self.connection.execute("RESET threads" if every_core else "SET threads = 1")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; not to be nested."""
        self.connection.begin()
        try:
            yield
        except BaseException:
            # What went wrong may have ended the transaction already; that is no second error.
            with contextlib.suppress(duckdb.Error):
                self.connection.rollback()
            raise
        self.connection.commit()

    def rows(self, query: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query with named parameters ($name)."""
        return self.connection.execute(query, parameters or None).fetchall()

    def one(self, query: str, **parameters: object) -> Any:
        """The first column of the only row of a query."""
        return self.rows(query, **parameters)[0][0]

    def table(self, query: str, **parameters: object) -> pa.Table:
        """A query's result as an Arrow table."""
        return self.connection.sql(query, params=parameters or None).to_arrow_table()

    def state(self, name: str) -> str | None:
        """A value kept between runs, or None."""
        found = self.rows("SELECT value FROM state WHERE name = $name", name=name)
        return found[0][0] if found else None

    def set_state(self, name: str, value: str) -> None:
        """Keep a value between runs."""
        self.set_states({name: value})

    def set_states(self, values: Mapping[str, str]) -> None:
        """Keep values between runs, all of them or none."""
        self.connection.execute(
            "INSERT OR REPLACE INTO state SELECT unnest($1), unnest($2)",
            [list(values), list(values.values())],
        )

    def insert(
        self, table: str, rows: pa.Table, *, part: int | None = None, replace: bool = False
    ) -> None:
        """Append an Arrow table to a table of the same column names.

        Args:
            table: The store's.
            rows: What is added.
            part: That of all rows, where the table has parts.
            replace: Whether they take the place of what has the same primary key.
        """
        values = "*" if part is None else f"{part} AS part, *"
        self.connection.register("incoming", rows)
        try:
            self.connection.execute(
                f"INSERT {'OR REPLACE ' * replace}INTO {table} BY NAME"
                f" SELECT {values} FROM incoming"
            )
        finally:
            self.connection.unregister("incoming")

    def next_part(self) -> int:
        """Begin a change: a number larger than that of every part before.

        It becomes the store's generation too, which says whether anything changed since.
        """
        part = int(self.one("SELECT nextval('parts')"))
        self.set_state("generation", str(part))
        return part

    def last_part(self) -> int:
        """The part of the last change."""
        return int(self.state("generation") or 0)

    def move(self, folder: Path) -> None:
        """Go on in another folder, in the place of its store, which need not be whole."""
        self.connection.execute("CHECKPOINT")
        self.close()
        for name in (f"{FILE}.wal", _COMPACTED):
            (folder / name).unlink(missing_ok=True)
        self.path = self.path.replace(folder / FILE)
        self._reopen()

    def compact(self) -> None:
        """Give the disk what was deleted: DuckDB keeps it in the file until it needs the place.

        Where texts were forgotten this is done at once as long as it costs little, and else when
        a quarter of the file is free.
        """
        if self.state("forgotten") != "yes":
            return
        self.connection.execute("CHECKPOINT")
        size, free = self.rows(
            "SELECT total_blocks * block_size, free_blocks * block_size"
            " FROM pragma_database_size() WHERE database_name = 'store'"
        )[0]
        if size > _CHEAP and free < size / 4:
            return
        copy = self.path.with_name(_COMPACTED)
        copy.unlink(missing_ok=True)
        attach(self.connection, copy, "compacted")
        self.connection.execute("COPY FROM DATABASE store TO compacted")
        self.connection.execute("DETACH compacted")
        self.close()
        copy.replace(self.path)
        self._reopen()
        self.set_state("forgotten", "")


def _remedy(version: str) -> str:
    """What to do about a store of another version."""
    if version == _WHOLE_TEXTS:
        return "The next run goes on with it."
    if int(version or 0) > int(VERSION):
        return "Install a newer nb-entities."
    return "Run again with --rebuild: it is made anew from the sources."


def _sql(name: str) -> str:
    return resources.files("pipeline.batch").joinpath(f"{name}.sql").read_text("utf-8")


def is_of_disk(error: duckdb.Error) -> bool:
    """Whether the disk or its permissions are in the way, and not what the store holds."""
    return any(reason in str(error) for reason in _OF_DISK)
