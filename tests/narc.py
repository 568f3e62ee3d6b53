"""NARC and NorNE in small: invented texts in the formats of both."""

from __future__ import annotations

import json
from pathlib import Path

# word, tag, governor from 1 (0: none), relation; a blank line ends a sentence.
TRAINING = """
Statsminister O 2 APP
Kari B-PER 4 SUBJ
Moen I-PER 2 FLAT
møter O 0 FINV
Verdens B-ORG 4 DOBJ
helseorganisasjon I-ORG 5 FLAT
( O 5 IP
WHO B-ORG 5 APP
) O 5 IP
| O 4 IP

Moen B-PER 2 SUBJ
kom O 0 FINV
til O 2 ADV
Oslo B-GPE_LOC 3 PUTFYLL
og O 6 KONJ
Bergen B-GPE_LOC 4 KOORD
. O 2 IP

WHOs B-ORG 2 DET
leder O 3 SUBJ
takket O 0 FINV
Ap-leder B-DRV 5 APP
Moen B-PER 3 DOBJ
. O 3 IP
"""
# Moen, WHO, both towns as one, the leader; phrases as first and last token.
TRAINING_CLUSTERS = [
    [[0, 2], [10, 10], [20, 21]],
    [[4, 8], [17, 17]],
    [[13, 15], [11, 11]],
    [[17, 18], [3, 3]],
]
DEVELOPMENT = """
Bergen B-GPE_LOC 2 SUBJ
venter O 0 FINV
. O 2 IP

Oslo B-GPE_LOC 4 DET
og O 3 KONJ
Bergens B-GPE_LOC 1 KOORD
folk O 0 FRAG
| O 4 IP
"""
DEVELOPMENT_CLUSTERS = [[[0, 0], [5, 5]]]


def _sentences(table: str) -> list[list[list[str]]]:
    return [[line.split() for line in block.splitlines()] for block in table.strip().split("\n\n")]


def _write_text(folder: Path, name: str, stem: str, table: str, clusters: object) -> None:
    sentences = _sentences(table)
    rows = [
        "\n".join(
            f"{i}\t{word}\t_\t_\t_\t_\t{governor}\t{relation}\t_\tname={tag}"
            for i, (word, tag, governor, relation) in enumerate(sentence, start=1)
        )
        for sentence in sentences
    ]
    treebank = folder / "norne/ndt/nob" / f"{stem}.conll"
    treebank.parent.mkdir(parents=True, exist_ok=True)
    treebank.write_text("\n\n".join(rows) + "\n\n", encoding="utf-8")
    words = [[row[0] for row in sentence] for sentence in sentences]
    document = {
        "doc_key": name,
        "sentences": [*words, []],
        "tokens": [word for sentence in words for word in sentence],
        "clusters": clusters,
    }
    (folder / "narc").mkdir(exist_ok=True)
    (folder / "narc" / f"{name}.jsonl").write_text(json.dumps(document), encoding="utf-8")


def write(folder: Path) -> Path:
    """Write one text of the training part and one of the development part.

    Args:
        folder: where narc/ and norne/ go.

    Returns:
        The folder.
    """
    _write_text(folder, "training", "ap001_0000", TRAINING, TRAINING_CLUSTERS)
    _write_text(folder, "development", "ap012_0003", DEVELOPMENT, DEVELOPMENT_CLUSTERS)
    return folder
