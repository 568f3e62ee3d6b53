"""Takes a large run to a machine with a GPU and back, in files of bounded size.

python -m pipeline.training.encoder.carry pack WORK INPUTS.tar.xz    # what `learn` needs
python -m pipeline.training.encoder.carry unpack INPUTS.tar.xz WORK  # on the other machine
python -m pipeline.training.encoder.carry split WORK FOLDER          # what it made, in pieces
python -m pipeline.training.encoder.carry join FOLDER WORK           # back here
"""

from __future__ import annotations

import argparse
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import torch

from pipeline.training.encoder.learn import GOLD, RAW, STUDENT, TEXTS, VOCABULARY
from pipeline.whole import replacing

INPUTS = (VOCABULARY, TEXTS, GOLD, RAW)
MOST_INPUT = 60_000_000  # bytes, together
PIECE = 15_000_000  # bytes
_PIECES = "student.[0-9]*of[0-9]*"


def pack(work: Path, archive: Path) -> None:
    """Pack what `learn` needs.

    Args:
        work: where `build.prepare` was.
        archive: the file to write, a tar archive packed by xz.

    Raises:
        ValueError: if it has more than `MOST_INPUT` bytes.
    """
    with tarfile.open(archive, "w:xz") as packed:
        for name in INPUTS:
            packed.add(work / name, name)
    size = archive.stat().st_size
    if size > MOST_INPUT:
        raise ValueError(f"the inputs have {size:,} bytes, more than {MOST_INPUT:,}")


def unpack(archive: Path, work: Path) -> None:
    """Unpack what `pack` packed.

    Args:
        archive: the file.
        work: folder to put the inputs in.
    """
    work.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as packed:
        packed.extractall(work, filter="data")


def split(work: Path, folder: Path, largest: int = PIECE) -> list[Path]:
    """Write the student in half precision, in pieces; those of another are removed.

    Args:
        work: where `learn` was.
        folder: to write to.
        largest: bytes of a piece.

    Returns:
        The files.
    """
    state = torch.load(work / STUDENT, map_location="cpu", weights_only=True)
    state["model"] = {name: value.half() for name, value in state["model"].items()}
    buffer = io.BytesIO()
    torch.save(state, buffer)
    packed = buffer.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(_PIECES):
        old.unlink()
    files = []
    starts = range(0, len(packed), largest)
    for number, start in enumerate(starts, 1):
        files.append(folder / f"student.{number:02d}of{len(starts):02d}")
        files[-1].write_bytes(packed[start : start + largest])
    return files


def join(folder: Path, work: Path) -> None:
    """Put pieces together again.

    Args:
        folder: what `split` wrote.
        work: gets the student in full precision.

    Raises:
        ValueError: if a piece is missing.
    """
    files = sorted(folder.glob(_PIECES))
    if not files or len(files) != int(files[0].name.rpartition("of")[2]):
        raise ValueError(f"pieces are missing in {folder}: {[file.name for file in files]}")
    packed = b"".join(file.read_bytes() for file in files)
    state = torch.load(io.BytesIO(packed), map_location="cpu", weights_only=True)
    state["model"] = {name: value.float() for name, value in state["model"].items()}
    with replacing(work / STUDENT) as new:
        torch.save(state, new)


_VERBS: dict[str, Callable[[Path, Path], object]] = {
    "pack": pack,
    "unpack": unpack,
    "split": split,
    "join": join,
}


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("do", choices=sorted(_VERBS))
    parser.add_argument("source", type=Path)
    parser.add_argument("to", type=Path)
    arguments = parser.parse_args()
    _VERBS[arguments.do](arguments.source, arguments.to)


if __name__ == "__main__":
    main()
