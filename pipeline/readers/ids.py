"""Ids for the rows of one file: each once, whatever the file says."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MAX_KEY = 500  # characters; an id column of whole articles must not make ids of them


def safe_key(key: str) -> str:
    """A row's id without line breaks and other control characters, of bounded length."""
    return " ".join(_CONTROLS.sub(" ", key).split())[:_MAX_KEY]


class RowIds:
    """Gives every row of a file an id of its own.

    The ids are held in a temporary database, which spills to disk: memory stays flat, however many
    rows there are.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen: sqlite3.Connection | None = None

    def id_for(self, key: str, sha256: str) -> tuple[str, bool]:
        """The id of the next row, and whether its key was there before.

        Args:
            key: The row's own id; "" to use its content's hash.
            sha256: Hash of its content, hexadecimal.

        Returns:
            `name#key`; for a key seen before with another content `name#key~` and eight digits of
            the hash; for a copy of an earlier row that row's id with `~2`, `~3` and so on.
        """
        doc_id = f"{self._name}#{safe_key(key) or sha256[:12]}"
        content = self._note(doc_id, sha256)
        if content is None:
            return doc_id, False
        if content != sha256:
            doc_id = f"{doc_id}~{sha256[:8]}"
            if self._note(doc_id, sha256) is None:
                return doc_id, True
        return self._copy(doc_id, sha256), True

    def close(self) -> None:
        """Drops the temporary database."""
        if self._seen:
            self._seen.close()

    def _note(self, doc_id: str, sha256: str) -> str | None:
        """Remembers an id; the content of the row that had it before, if one had."""
        if self._seen is None:
            self._seen = sqlite3.connect("", isolation_level=None)  # "": a temporary file
            self._seen.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;"
                "CREATE TABLE seen (id TEXT PRIMARY KEY, content TEXT, copies INT) WITHOUT ROWID"
            )
        with closing(self._seen.cursor()) as cursor:
            cursor.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, 1)", (doc_id, sha256))
            if cursor.rowcount:
                return None
            cursor.execute("SELECT content FROM seen WHERE id = ?", (doc_id,))
            return str(cursor.fetchone()[0])

    def _copy(self, doc_id: str, sha256: str) -> str:
        """The next free `~2`, `~3`, ... of an id that is taken."""
        assert self._seen  # noqa: S101 - `_note` was called
        with closing(self._seen.cursor()) as cursor:
            while True:
                cursor.execute(
                    "UPDATE seen SET copies = copies + 1 WHERE id = ? RETURNING copies", (doc_id,)
                )
                candidate = f"{doc_id}~{cursor.fetchone()[0]}"
                if self._note(candidate, sha256) is None:
                    return candidate
