"""How a run tells how far it is."""

from __future__ import annotations


class Progress:
    """Is told how far a run has come; this one keeps it to itself."""

    def stage(self, name: str, documents: int | None) -> None:
        """A stage begins, with this many documents to do (None: not known)."""

    def advance(self, documents: int, chars: int) -> None:
        """So many documents of the stage, of so many code points in all, were done."""

    def note(self, text: str) -> None:
        """Something that a user should know and that is no failure."""
