"""What spaCy remembers of the words it has seen: what is needed, in bounded memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from spacy.attrs import IDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.language import Language

MOST = 50_000  # words; some 20 MB


def compute_only(vocab: Any, features: Collection[str]) -> None:
    """Let new words have some features alone; all take longer than what else is done with a word.

    Args:
        vocab: A `spacy.vocab.Vocab`, of a pipeline that nobody else uses.
        features: Names such as `SHAPE`; what is not among them is 0 for each new word.
    """
    wanted = {IDS[name] for name in features}
    getters = vocab.lex_attr_getters
    vocab.lex_attr_getters = {key: getters[key] for key in getters if key in wanted}


class Memory:
    """Bounds the words that spaCy keeps: the first ones for good, later ones for some time.

    For good, since only outside of a memory zone spaCy's tokenizer remembers how it split a word;
    for some time, since most words of a text were in those before it, and looking up one anew
    takes long.

    Args:
        nlp: Whose words they are.
        most: How many new words are too many, for good and again in each zone.
    """

    def __init__(self, nlp: Language, most: int = MOST) -> None:
        self._nlp, self._most = nlp, most
        self._zone = ExitStack()
        self._begun = len(nlp.vocab)

    def renew(self) -> None:
        """Begin a zone if there are too many words; no `Doc` of before may be used any more.

        To be called between texts, and between the parts of one that has very many words.
        """
        if len(self._nlp.vocab) - self._begun > self._most:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._begun = len(self._nlp.vocab)
