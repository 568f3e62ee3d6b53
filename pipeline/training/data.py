"""What models are built from: the data folder, unpacked, and its raw texts line by line."""

from __future__ import annotations

import hashlib
import lzma
import re
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from pipeline.whole import replacing

if TYPE_CHECKING:
    from pathlib import Path

Tokenizer = Callable[[str], Doc]

DEVELOPMENT = "ud/nob/no_bokmaal-ud-dev.conllu"
# Raw texts, and whether to leave out lines that are no prose (tables, OCR noise).
TEXTS = {"norquad": False, "norec": False, "giella": True, "laws": True}
# Lists of names for `augment.collect_names`.
GAZETTEERS = (
    "politicians_norway",
    "municipalities_2020",
    "places_norway",
    "organisations_wikidata",
)

_BEGINNING = "beginning.txt"
_WORD = re.compile(r"[^\W\d_]+")
_NOISE = re.compile(r"[a-zæøå][A-ZÆØÅ]|\d[a-zæøå]|[a-zæøå]\d|[\\|~^{}<>_=]|\.{4,}")
# Of the hundred most frequent words of Norwegian.
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "og i er det på som en et for til av at med den de har ikke om fra å ved kan skal var men "
        "seg eller ble vi jeg han hun blir etter også",
    )
)


class BuildError(RuntimeError):
    """A build that cannot go on; the message says what is missing."""


def claim(work: Path, *inputs: object) -> None:
    """See that a work folder is of one build: each step is skipped that has left its file there.

    Args:
        work: the folder; remembers the inputs' digest.
        inputs: all that makes the build differ from others, by how Python writes it.

    Raises:
        BuildError: if the folder is another build's.
    """
    digest = hashlib.sha256(repr(inputs).encode()).hexdigest()
    mark = work / "inputs.sha256"
    if mark.exists() and mark.read_text("utf-8") != digest:
        raise BuildError(
            f"{work} is of a build with another recipe, seed or gold, or from another model; "
            "remove it, or give --work"
        )
    mark.write_text(digest, "utf-8")


def remember_beginning(work: Path, look: Callable[[], str]) -> str:
    """What a build begins from, also once it has put its own model there and is stopped then.

    Args:
        work: the folder; remembers the first answer until `forget_beginning`.
        look: gives the fingerprints of the models that a build would begin from now.
    """
    mark = work / _BEGINNING
    if not mark.exists():
        mark.write_text(look(), "utf-8")
    return mark.read_text("utf-8")


def forget_beginning(work: Path) -> None:
    """At the end of a build: the next one in the folder begins from what is there then.

    Args:
        work: see `remember_beginning`.
    """
    (work / _BEGINNING).unlink(missing_ok=True)


def unpack(data: Path, work: Path) -> None:
    """Unpack all that models are built from, unless it is there unpacked.

    Args:
        data: a folder with ``norne.tar.xz``, ``text/*.txt.xz`` and ``gazetteers/``.
        work: gets ``norne/`` and ``*.txt``.

    Raises:
        BuildError: if a file is missing.
    """
    norne = data / "norne.tar.xz"
    gazetteers = (data / f"gazetteers/{name}.csv" for name in GAZETTEERS)
    _check([norne, *(_packed(data, name) for name in TEXTS), *gazetteers])
    if not (work / "norne").exists():
        with tarfile.open(norne) as archive:
            archive.extractall(work / "norne.partial", filter="data")
        (work / "norne.partial/norne").rename(work / "norne")
        (work / "norne.partial").rmdir()
    unpack_texts(data, work, TEXTS)


def unpack_texts(data: Path, work: Path, names: Iterable[str]) -> None:
    """Unpack raw texts, unless they are there unpacked.

    Args:
        data: a folder with ``text/*.txt.xz``.
        work: gets ``*.txt``.
        names: of `TEXTS`, those that are needed.

    Raises:
        BuildError: if a file is missing.
    """
    names = list(names)
    _check([_packed(data, name) for name in names])
    for name in names:
        out = work / f"{name}.txt"
        if not out.exists():
            with (
                replacing(out) as new,
                lzma.open(_packed(data, name)) as packed,
                new.open("wb") as file,
            ):
                shutil.copyfileobj(packed, file)


def _packed(data: Path, name: str) -> Path:
    return data / f"text/{name}.txt.xz"


def _check(needed: Iterable[Path]) -> None:
    missing = [str(path) for path in needed if not path.exists()]
    if missing:
        raise BuildError(f"missing in the data folder: {', '.join(missing)}")


def is_running_text(line: str) -> bool:
    """Whether a line reads as Norwegian prose, and not as a table or as OCR noise.

    Args:
        line: one line of text.

    Returns:
        True if the line has at least five words, of which at least one in ten is a
        function word, at most one in seven a single letter, and few marks of bad OCR.
    """
    words = _WORD.findall(line)
    if len(words) < 5:
        return False
    function = sum(word.lower() in _FUNCTION_WORDS for word in words)
    single = sum(len(word) == 1 and word.lower() not in "iå" for word in words)
    noise = len(_NOISE.findall(line))
    return function * 10 >= len(words) and single * 7 <= len(words) and noise * 20 <= len(words)


def read_lines(path: Path, *, prose_only: bool = False) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, stripped, without empty ones and repetitions.

    Args:
        path: a text file, one sentence or paragraph a line.
        prose_only: leave out what `is_running_text` refuses.

    Yields:
        Lines with single spaces.
    """
    seen: set[int] = set()
    with path.open(encoding="utf-8", errors="replace") as file:
        for raw in file:
            line = " ".join(raw.split())
            if not line or hash(line) in seen:
                continue
            seen.add(hash(line))
            if not prose_only or is_running_text(line):
                yield line
