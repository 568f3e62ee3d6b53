"""What spaCy remembers of the words it has seen, in bounded memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MOST = 50_000  # words; some 20 MB


class Memory:
    """Memory zones of spaCy, each of which lasts until it holds too many words.

    Most words of a shard were in those before it, and looking up one anew takes long. The first
    words are kept for good: only outside of a zone does the tokenizer remember how it split them.

    Args:
        nlp: Whose words they are.
        most: How many new words are too many.
    """

    def __init__(self, nlp: Language, most: int = MOST) -> None:
        self._nlp, self._most = nlp, most
        self._zone = ExitStack()
        self._begun: int | None = None

    def renew(self) -> None:
        """Forget the words if there are too many; no `Doc` of before may be used any more."""
        words = len(self._nlp.vocab)
        if self._begun is None:
            self._begun = words
        if words - self._begun > self._most:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._begun = words
