from __future__ import annotations

import spacy

from pipeline.language.memory import Memory


def test_memory_keeps_the_first_words_and_later_ones_until_there_are_too_many() -> None:
    nlp = spacy.blank("nb")
    memory = Memory(nlp, most=3)
    memory.renew()
    nlp("brunost pølse vaffel lompe")
    memory.renew()
    nlp("kjøtkaker")
    memory.renew()
    assert "kjøtkaker" in nlp.vocab.strings
    nlp("lefser lutefisk rømmegrøt")
    memory.renew()
    assert "kjøtkaker" not in nlp.vocab.strings
    assert "brunost" in nlp.vocab.strings


def test_tokenizer_remembers_the_first_words() -> None:
    nlp = spacy.blank("nb")
    search, searched = nlp.tokenizer.prefix_search, []
    nlp.tokenizer.prefix_search = lambda word: searched.append(word) or search(word)
    memory = Memory(nlp, most=1)
    memory.renew()
    nlp("kjøtkaker, lefser")
    for _ in range(2):  # also when the first words are too many already
        memory.renew()
        searched.clear()
        nlp("kjøtkaker, lefser")
        assert not searched
