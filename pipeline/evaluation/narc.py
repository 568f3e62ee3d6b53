"""Reads NARC's texts with NorNE's names: which names in a text stand for the same thing.

NARC (Norwegian Anaphora Resolution Corpus) marks noun phrases and clusters of them, NorNE the names
in the same texts. A name belongs to the cluster whose noun phrase it heads:

1. A phrase's head is its first token whose governor lies outside it, by the treebank's own syntax;
   so is a name's. The name heads the phrase if both have the same head: ``statsminister Jens
   Stoltenberg`` and ``den nordkoreanske lederen, Kim Jong-il`` are headed by their names,
   ``Norges statsminister`` is not headed by ``Norges``.
2. A coordination has no single head: ``USA og Nord-Korea`` belongs to neither name.
3. Of several phrases with the same head, the shortest decides.
4. A name that heads no phrase, but stands in apposition to the head of one that holds it, goes with
   that: ``WHO`` in ``Verdens helseorganisasjon (WHO)``. Derivations do not (``Ap-leder``).

A name without such a phrase is a cluster of its own.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.evaluation.gold import GoldError, read_lines
from pipeline.evaluation.norne import (
    FIRST_DEVELOPMENT_FILE,
    HEADING_MARK,
    detokenise,
    entity_spans,
    is_training_file,
)

if TYPE_CHECKING:
    from pathlib import Path

_NO_WORDS = frozenset([HEADING_MARK, "<N>"])
_COORDINATED = frozenset(["KOORD", "conj"])  # in NorNE's ndt/ and in its ud/
_APPOSITION = frozenset(["APP", "appos"])
_FIELDS = {"doc_key", "sentences", "tokens", "clusters"}
_GAP = "\n\n"  # behind a heading


@dataclass(frozen=True)
class Name:
    """A name in a text.

    Attributes:
        start: first code point.
        end: the code point after the last.
        label: NorNE's.
        cluster: names of one text with the same cluster stand for the same thing.
    """

    start: int
    end: int
    label: str
    cluster: int


@dataclass(frozen=True)
class NamesText:
    """A text of which is known which names stand for the same thing.

    Attributes:
        name: NARC's key.
        part: ``train``, ``dev`` or another part of NorNE that its sentences stand in; ``train``
            also where only some of them do.
        text: raw text; a heading has a blank line after it.
        tokens: (start, end, number of the sentence) of each token of the treebank, and of the white
            space after a heading.
        names: its names in order.
    """

    name: str
    part: str
    text: str
    tokens: tuple[tuple[int, int, int], ...]
    names: tuple[Name, ...]


@dataclass(frozen=True)
class _Token:
    """A token of the treebank; `governor` is its index in the sentence, -1 for none."""

    word: str
    tag: str
    governor: int
    relation: str


@dataclass(frozen=True)
class _Sentence:
    part: str
    tokens: tuple[_Token, ...]


class Treebank:
    """NorNE's sentences, found by their words.

    Args:
        files: CoNLL files with ``name=`` in the last column; of a sentence that stands in several
            the first counts.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._sentences: list[_Sentence] = []
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for path in files:
            for sentence in _read_treebank(path):
                self._places[_key(t.word for t in sentence.tokens)].append(len(self._sentences))
                self._sentences.append(sentence)

    def align(self, sentences: Iterable[Sequence[str]]) -> list[_Sentence] | None:
        """Find the sentences of one text, which stand one after the other.

        Args:
            sentences: the tokens of each.

        Returns:
            The treebank's sentences; None where one is missing.
        """
        places = [self._places.get(_key(words), []) for words in sentences]
        if not all(places):
            return None
        # The rarest sentence tells where the text begins; of the others the nearest one is meant.
        rarest = min(range(len(places)), key=lambda number: len(places[number]))
        expected = places[rarest][0] - rarest
        found = []
        for candidates in places:
            place = min(candidates, key=lambda place: abs(place - expected))
            found.append(self._sentences[place])
            expected = place + 1
        return found


def read_names(folder: Path) -> tuple[list[NamesText], int]:
    """Read NARC's texts with NorNE's names.

    Args:
        folder: holds ``narc/`` and ``norne/``, or NARC's files, with ``norne/`` in it or beside it.

    Returns:
        The texts, and how many are left out since NorNE does not have all their sentences or NARC
        has lost count of their tokens.

    Raises:
        GoldError: if there is no text of which both are there.
    """
    if not folder.is_dir():
        raise GoldError("there is no such folder")
    narc = folder / "narc" if (folder / "narc").is_dir() else folder
    norne = next((p for p in (folder / "norne", folder.parent / "norne") if p.is_dir()), folder)
    documents = [d for path in sorted(narc.glob("*.json*")) for d in _read_narc(path)]
    if not documents:
        raise GoldError("no NARC text in it (*.jsonl with sentences and clusters)")
    files = (p for p in sorted(norne.rglob("*.conll*")) if "nno" not in p.parts)
    treebank = Treebank(files)
    texts = [text for document in documents if (text := _make_text(document, treebank))]
    if not texts:
        raise GoldError(f"none of its {len(documents)} texts stands in NorNE's files in {norne}")
    return texts, len(documents) - len(texts)


def _read_narc(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise GoldError(f"{path.name}:{number}: not JSON ({error})") from error
        if isinstance(document, dict) and document.keys() >= _FIELDS:
            yield document


def _read_treebank(path: Path) -> Iterator[_Sentence]:
    tokens: list[_Token] = []
    for number, line in enumerate([*read_lines(path), ""], start=1):
        cells = line.split("\t")
        if cells[0].isdigit():
            tag = next((c[5:] for c in cells[-1].split("|") if c.startswith("name=")), "O")
            try:
                tokens.append(_Token(cells[1], tag, int(cells[6]) - 1, cells[7]))
            except (IndexError, ValueError) as error:
                raise GoldError(f"{path.name}:{number}: no token with its governor") from error
        elif not line.strip() and tokens:
            yield _Sentence(_part(path.stem), tuple(tokens))
            tokens = []


def _part(stem: str) -> str:
    """The part of NorNE that a file is in."""
    if "-ud-" in stem:
        return stem.rsplit("-", 1)[-1]
    source = re.split(r"\d", stem, maxsplit=1)[0]
    return "train" if source in FIRST_DEVELOPMENT_FILE and is_training_file(stem) else "dev"


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _NO_WORDS)


def _make_text(document: dict[str, Any], treebank: Treebank) -> NamesText | None:
    """Lay the sentences out as an article, with its names."""
    sentences = [words for words in document["sentences"] if words]
    # In the two texts that begin with blank lines the phrases lie some tokens off.
    if not sentences or sentences[0][0] == "<N>":
        return None
    aligned = treebank.align(sentences)
    if aligned is None:
        return None
    parts = {sentence.part for sentence in aligned}
    words = _flatten(sentences, aligned)
    text, places, tokens = _lay_out(sentences)
    # Spans of tokens here; the end of the last token is the end of the name.
    spans = entity_spans([w.tag for w in words], [(i, i + 1) for i in range(len(words))])
    phrases = _Phrases(words, document["clusters"])
    names = []
    for number, (first, end, label) in enumerate(spans):
        cluster = phrases.cluster_of(first, end - 1, derived=label == "DRV")
        alone = len(document["clusters"]) + number
        start, stop = places[first][0], places[end - 1][1]
        names.append(Name(start, stop, label, alone if cluster is None else cluster))
    part = "train" if "train" in parts else min(parts)
    return NamesText(document["doc_key"], part, text, tuple(tokens), tuple(names))


def _flatten(sentences: Sequence[Sequence[str]], aligned: Iterable[_Sentence]) -> list[_Token]:
    """NARC's tokens one after the other, with tags and syntax; governors count from the first."""
    flat: list[_Token] = []
    for words, sentence in zip(sentences, aligned, strict=True):
        rows = (row for row, token in enumerate(sentence.tokens) if token.word not in _NO_WORDS)
        places = (len(flat) + i for i, word in enumerate(words) if word not in _NO_WORDS)
        place_of = dict(zip(rows, places, strict=True))
        row_at = {place: row for row, place in place_of.items()}
        for word in words:
            row = row_at.get(len(flat))
            token = _Token(word, "O", -1, "") if row is None else sentence.tokens[row]
            flat.append(replace(token, governor=place_of.get(token.governor, -1)))
    return flat


def _lay_out(
    sentences: Iterable[Sequence[str]],
) -> tuple[str, list[tuple[int, int]], list[tuple[int, int, int]]]:
    """Join sentences to an article.

    Returns:
        The text, the (start, end) of each of NARC's tokens, and `NamesText.tokens`.
    """
    text = ""
    places: list[tuple[int, int]] = []
    tokens: list[tuple[int, int, int]] = []
    for number, words in enumerate(sentences):
        begin = len(text)
        sentence, offsets = detokenise(list(_key(words)))
        real = iter([(begin + start, begin + end) for start, end in offsets])
        text += sentence
        for word in words:
            marks_nothing = word in _NO_WORDS
            places.append((len(text), len(text)) if marks_nothing else next(real))
            if not marks_nothing:
                tokens.append((*places[-1], number))
        if HEADING_MARK in words:
            tokens.append((len(text), len(text) + len(_GAP), number))
        text += _GAP if HEADING_MARK in words else " "
    return text, places, tokens


class _Phrases:
    """The noun phrases of a text, by their heads.

    Args:
        words: all tokens of the text.
        clusters: of phrases, each as its first and last token.
    """

    def __init__(
        self, words: Sequence[_Token], clusters: Iterable[Iterable[Sequence[int]]]
    ) -> None:
        self._words = words
        self._by_head: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            for first, last in cluster:
                self._by_head[self._head(first, last)].append((first, last, number))

    def cluster_of(self, first: int, last: int, *, derived: bool) -> int | None:
        """The cluster of the phrase that a name heads, None where it heads none."""
        head = self._head(first, last)
        heads = [head]
        if self._words[head].relation in _APPOSITION and not derived:
            heads.append(self._words[head].governor)
        for place in heads:
            found = [
                (end - begin, number)
                for begin, end, number in self._by_head[place]
                if (place == head or begin <= first <= last <= end)
                and not self._coordinates(place, begin, end, first, last)
            ]
            if found:
                return min(found)[1]
        return None

    def _head(self, first: int, last: int) -> int:
        span = range(first, last + 1)
        return next((i for i in span if self._words[i].governor not in span), first)

    def _coordinates(self, head: int, begin: int, end: int, first: int, last: int) -> bool:
        """Whether something else than a part of the name is coordinated with the phrase's head."""
        return any(
            self._words[i].relation in _COORDINATED
            and self._words[i].governor == head
            and not first <= i <= last
            for i in range(begin, end + 1)
        )
