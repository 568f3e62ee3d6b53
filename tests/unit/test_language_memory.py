from __future__ import annotations

import spacy

from pipeline.language.memory import Memory


def test_memory_keeps_words_until_there_are_too_many() -> None:
    nlp = spacy.blank("nb")
    memory = Memory(nlp, most=3)
    memory.renew()
    nlp("kjøtkaker")
    memory.renew()
    assert "kjøtkaker" in nlp.vocab.strings
    nlp("lefser lutefisk rømmegrøt")
    memory.renew()
    assert "kjøtkaker" not in nlp.vocab.strings
