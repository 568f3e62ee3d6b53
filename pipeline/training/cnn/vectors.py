"""Word vectors: floret tables trained on raw Norwegian text.

A floret table gives every string a vector, also one never seen: the mean of the rows
that its character n-grams hash to (floret 0.10, github.com/explosion/floret). Names are
mostly unseen words, so this is where a small model gets its knowledge of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy import blank
from spacy.training.initialize import convert_vectors

from pipeline.whole import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.training.data import Tokenizer


@dataclass(frozen=True)
class VectorSettings:
    """How a floret table is trained.

    Attributes:
        mode: ``"cbow"`` or ``"skipgram"``.
        rows: number of rows of the table (buckets).
        dim: length of a vector.
        minn: length of the shortest character n-gram.
        maxn: length of the longest one.
        hashes: rows that one n-gram is spread over.
        epochs: passes over the text.
        min_count: words rarer than this are not trained on.
        lr: learning rate at the start; it decays to nothing.
        window: words of context on each side.
        negatives: noise words a word is told from.
        threads: threads; above one, the result is not reproducible.
    """

    mode: str = "cbow"
    rows: int = 50_000
    dim: int = 64
    minn: int = 3
    maxn: int = 5
    hashes: int = 2
    epochs: int = 5
    min_count: int = 5
    lr: float = 0.05
    window: int = 5
    negatives: int = 5
    threads: int = 1


def write_tokens(lines: Iterable[str], out: Path, tokenizer: Tokenizer) -> int:
    """Write texts as floret wants them: tokens between single spaces.

    Args:
        lines: texts.
        out: the file to write, one text a line.
        tokenizer: the tokenizer that the model will use.

    Returns:
        The number of tokens written.
    """
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for line in lines:
            tokens = [token.text for token in tokenizer(line) if not token.is_space]
            count += len(tokens)
            file.write(" ".join(tokens) + "\n")
    return count


def train_vectors(tokens: Path, out: Path, settings: VectorSettings) -> None:
    """Train a floret table.

    Args:
        tokens: a file as `write_tokens` leaves it.
        out: the ``.floret`` file to write, which ``spacy.cli.init_vectors`` reads.
        settings: the shape of the table and the training.
    """
    import floret

    model = floret.train_unsupervised(
        str(tokens),
        model=settings.mode,
        mode="floret",
        hashCount=settings.hashes,
        bucket=settings.rows,
        dim=settings.dim,
        minn=settings.minn,
        maxn=settings.maxn,
        epoch=settings.epochs,
        minCount=settings.min_count,
        lr=settings.lr,
        ws=settings.window,
        neg=settings.negatives,
        thread=settings.threads,
        verbose=1,
    )
    with replacing(out) as new:
        model.save_floret_vectors(str(new))


def package_vectors(table: Path, out: Path) -> None:
    """Write a floret table as an empty pipeline that holds it, as training wants it.

    Args:
        table: what `train_vectors` wrote.
        out: the folder to write.
    """
    nlp = blank("nb")
    convert_vectors(nlp, table, truncate=0, prune=-1, name="nb_floret", mode="floret")
    nlp.to_disk(out)
