"""Measures language identification on NorNE's Bokmål and Nynorsk development texts.

    python -m pipeline.language.identify.measure DATA

DATA is the folder that holds `norne/`. Where py3langid is installed it is measured beside ours.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.language.identify import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FILES = {
    "nb": "norne/ud/nob/no_bokmaal-ud-dev.conllu",
    "nn": "norne/ud/nno/no_nynorsk-ud-dev.conllu",
}
_HEADER = """\
| language | unit | texts | right | of those decided | ms a text | mistaken for |
|---|---|---|---|---|---|---|"""
UNITS = {"sentence": 1, "paragraph": 4, "document": 20}  # sentences


def read_sentences(path: Path) -> list[str]:
    """The sentences of a CoNLL-U file, in order."""
    lines = path.read_text("utf-8").splitlines()
    return [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a classifier answered for the texts of one language and unit."""

    language: str
    unit: str
    answers: Counter[str]
    milliseconds: float  # a text

    def row(self) -> str:
        """The row of the Markdown table."""
        n, right = self.answers.total(), self.answers[self.language]
        decided = n - self.answers["unknown"]
        wrong = ", ".join(f"{k} {v}" for k, v in self.answers.most_common() if k != self.language)
        return (
            f"| {self.language} | {self.unit} | {n} | {right / n:.1%} | {right / decided:.1%} "
            f"| {self.milliseconds:.2f} | {wrong} |"
        )


def measure(classify: Callable[[str], str], data: Path) -> Iterator[Measured]:
    """The answers for each language and unit."""
    for language, file in FILES.items():
        sentences = read_sentences(data / file)
        for unit, size in UNITS.items():
            texts = [" ".join(sentences[i : i + size]) for i in range(0, len(sentences), size)]
            start = time.perf_counter()
            answers = Counter(map(classify, texts))
            seconds = time.perf_counter() - start
            yield Measured(language, unit, answers, seconds * 1000 / len(texts))


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a Markdown table for each classifier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args(arguments).data
    lines = []
    for name, classify in _classifiers().items():
        lines += ["", name, "", _HEADER]
        lines += [measured.row() for measured in measure(classify, data)]
    sys.stdout.write("\n".join(lines) + "\n")


def _classifiers() -> dict[str, Callable[[str], str]]:
    found: dict[str, Callable[[str], str]] = {"identify": identify}
    try:
        py3langid = importlib.import_module("py3langid")
    except ImportError:
        return found
    py3langid.set_languages(["no", "nn", "da", "sv", "en", "de", "fr", "es", "fi", "nl", "is"])

    def by_py3langid(text: str) -> str:
        language = str(py3langid.classify(text)[0])
        return "nb" if language == "no" else language

    return found | {"py3langid": by_py3langid}


if __name__ == "__main__":
    main(sys.argv[1:])
