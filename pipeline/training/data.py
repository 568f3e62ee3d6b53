"""What models are built from: the data folder, unpacked, and its raw texts line by line."""

from __future__ import annotations

import lzma
import re
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from pipeline.training.work import BuildError, digest_of
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


def unpack(data: Path, work: Path) -> str:
    """Unpack all that models are built from, unless it is there unpacked.

    Args:
        data: a folder with ``norne.tar.xz``, ``text/*.txt.xz`` and ``gazetteers/``.
        work: gets ``norne/`` and ``*.txt``.

    Returns:
        A digest of it all.

    Raises:
        BuildError: if a file is missing.
    """
    norne = data / "norne.tar.xz"
    gazetteers = (data / f"gazetteers/{name}.csv" for name in GAZETTEERS)
    needed = [norne, *(_packed(data, name) for name in TEXTS), *gazetteers]
    _check(needed)
    if not (work / "norne").exists():
        with tarfile.open(norne) as archive:
            archive.extractall(work / "norne.partial", filter="data")
        (work / "norne.partial/norne").rename(work / "norne")
        (work / "norne.partial").rmdir()
    unpack_texts(data, work, TEXTS)
    return digest_of(needed)


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
