"""How a run tells how far it is."""

from __future__ import annotations


class Progress:
    """Is told how far a run has come; this one keeps it to itself."""

    def begin(self, run_id: str) -> None:
        """A run begins; the tables that it publishes will have this id."""

    def stage(self, name: str, documents: int | None) -> None:
        """A stage begins, with this many documents to do (None: not known)."""

    def advance(self, documents: int, chars: int) -> None:
        """So many documents of the stage, of so many code points in all, were done."""

    def failed(self, stage: str, doc_id: str, code: str, message: str) -> None:
        """A document could not be done; the message says why, and what to do."""

    def note(self, text: str) -> None:
        """Something that a user should know and that is no failure."""
