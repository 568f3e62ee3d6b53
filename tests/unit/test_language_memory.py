from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pytest
import spacy

from pipeline.language.memory import Memory
from pipeline.stages import memory as in_memory
from pipeline.stages import tokenize
from pipeline.stages.tokenize import Tokenizer


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


def test_long_text_of_new_words_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    most, window = 5_000, 50_000
    monkeypatch.setattr(tokenize, "WINDOW_CHARS", window)
    tokenizer = Tokenizer()
    tokenizer._memory = Memory(tokenizer._nlp, most)
    strings = tokenizer._nlp.vocab.strings
    before = len(strings)
    text = " ".join(f"ord{number}" for number in range(28_000))
    table = pa.table({"doc_key": ["a"], "title_end": pa.array([0], pa.int32()), "text": [text]})
    assert tokenizer(table).num_rows == 28_000
    assert len(strings) - before < 2 * (most + window / len("ord1000 "))


def test_model_serves_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work = []

    def tokenize(documents: pa.Table) -> pa.Table:
        assert not at_work
        at_work.append(documents)
        time.sleep(0.1)
        at_work.clear()
        return documents

    monkeypatch.setattr(in_memory, "_stages", lambda *_: (tokenize, lambda _, tokens: tokens))
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(in_memory.find_spans, [["Oslo"], ["Bergen"]]))
    assert [table["text"].to_pylist() for table in found] == [["Oslo"], ["Bergen"]]
