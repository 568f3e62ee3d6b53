"""Scores of clusters of mentions: MUC, B³, CEAF-e and their mean, the CoNLL F.

As the reference scorer has them (Pradhan et al. 2014, *Scoring Coreference Partitions of Predicted
Mentions*): gold and found clusters need not hold the same mentions, and none is added to either
side. A mention that only gold has costs recall, one that was only found costs precision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Cluster = frozenset[Hashable]
Clustering = Mapping[Any, Hashable]  # cluster of each mention; a mention is what is equal to it


@dataclass(frozen=True)
class Share:
    """One score, each figure between 0 and 1.

    Attributes:
        f: harmonic mean of precision and recall.
        p: precision.
        r: recall.
    """

    f: float
    p: float
    r: float


@dataclass
class Ratio:
    """Precision and recall as sums over documents.

    Attributes:
        p: part and whole of precision.
        r: part and whole of recall.
    """

    p: tuple[float, float] = (0.0, 0.0)
    r: tuple[float, float] = (0.0, 0.0)

    def add(self, p: tuple[float, float], r: tuple[float, float]) -> None:
        """Add those of another document."""
        self.p = (self.p[0] + p[0], self.p[1] + p[1])
        self.r = (self.r[0] + r[0], self.r[1] + r[1])

    def share(self) -> Share:
        """Give the score; a share of nothing is 0."""
        p, r = (part / whole if whole else 0.0 for part, whole in (self.p, self.r))
        return Share(2 * p * r / (p + r) if p + r else 0.0, p, r)


@dataclass(frozen=True)
class ClusterScore:
    """All scores of one way to cluster.

    Attributes:
        b3: B³.
        muc: MUC.
        ceaf_e: CEAF by entities.
        conll: mean of the three F.
        gold: mentions in gold.
        found: mentions found.
    """

    b3: Share
    muc: Share
    ceaf_e: Share
    conll: float
    gold: int
    found: int


@dataclass
class ClusterScorer:
    """Scores documents one by one; sums are over all of them."""

    _b3: Ratio = field(default_factory=Ratio)
    _muc: Ratio = field(default_factory=Ratio)
    _ceaf_e: Ratio = field(default_factory=Ratio)
    _gold: int = 0
    _found: int = 0

    def add(self, gold: Clustering, found: Clustering) -> None:
        """Add one document.

        Args:
            gold: cluster of each gold mention.
            found: cluster of each mention found.
        """
        key, response = clusters(gold), clusters(found)
        self._b3.add(_b3(response, gold), _b3(key, found))
        self._muc.add(_muc(response, gold), _muc(key, found))
        similarity = _best_similarity(key, response)
        self._ceaf_e.add((similarity, len(response)), (similarity, len(key)))
        self._gold += len(gold)
        self._found += len(found)

    def score(self) -> ClusterScore:
        """Give the scores over all documents."""
        b3, muc, ceaf_e = (ratio.share() for ratio in (self._b3, self._muc, self._ceaf_e))
        conll = (b3.f + muc.f + ceaf_e.f) / 3
        return ClusterScore(b3, muc, ceaf_e, conll, self._gold, self._found)


def clusters(of: Clustering) -> frozenset[Cluster]:
    """Turn a cluster of each mention to the mentions of each cluster.

    Args:
        of: cluster of each mention.

    Returns:
        The clusters.
    """
    groups: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, cluster in of.items():
        groups[cluster].add(mention)
    return frozenset(frozenset(group) for group in groups.values())


def _split(cluster: Cluster, other: Clustering) -> tuple[list[int], int]:
    """How many mentions of a cluster each cluster of the other side has, and how many none has."""
    sizes: dict[Hashable, int] = defaultdict(int)
    alone = 0
    for mention in cluster:
        if mention in other:
            sizes[other[mention]] += 1
        else:
            alone += 1
    return list(sizes.values()), alone


def _b3(own: Iterable[Cluster], other: Clustering) -> tuple[float, float]:
    """Over the mentions of one side: share of its cluster that the other side's has too."""
    part = whole = 0.0
    for cluster in own:
        sizes, _ = _split(cluster, other)
        part += sum(size * size for size in sizes) / len(cluster)
        whole += len(cluster)
    return part, whole


def _muc(own: Iterable[Cluster], other: Clustering) -> tuple[float, float]:
    """Links that one side needs, and how many of them the other side has."""
    part = whole = 0
    for cluster in own:
        sizes, alone = _split(cluster, other)
        part += len(cluster) - len(sizes) - alone
        whole += len(cluster) - 1
    return part, whole


def _best_similarity(key: frozenset[Cluster], response: frozenset[Cluster]) -> float:
    """Sum of 2|K∩R|/(|K|+|R|) over the best pairing of clusters, each in one pair at most."""
    # Clusters that are the same on both sides share nothing with others: they are pairs.
    rows, columns = list(key - response), list(response - key)
    if len(rows) > len(columns):
        rows, columns = columns, rows
    cost = [[-2 * len(a & b) / (len(a) + len(b)) for b in columns] for a in rows]
    return len(key & response) - _cheapest(cost)


def _cheapest(cost: list[list[float]]) -> float:
    """Least sum of one cell a row, no two of one column (Kuhn and Munkres, with potentials).

    Args:
        cost: a matrix with at least as many columns as rows.
    """
    # Rows and columns count from 1; column 0 stands for none, and holds the row to be placed.
    n_columns = len(cost[0]) if cost else 0
    by_row, by_column = [0.0] * (len(cost) + 1), [0.0] * (n_columns + 1)
    row_of = [0] * (n_columns + 1)
    for new in range(1, len(cost) + 1):
        row_of[0] = new
        column, reached, free = 0, [0], set(range(1, n_columns + 1))
        slack, before = [float("inf")] * (n_columns + 1), [0] * (n_columns + 1)
        while row := row_of[column]:
            # From the row reached last, the cheapest way on to a column not reached yet.
            for j in free:
                reduced = cost[row - 1][j - 1] - by_row[row] - by_column[j]
                if reduced < slack[j]:
                    slack[j], before[j] = reduced, column
            column = min(free, key=slack.__getitem__)
            step = slack[column]
            for j in reached:
                by_row[row_of[j]] += step
                by_column[j] -= step
            for j in free:
                slack[j] -= step
            free.remove(column)
            reached.append(column)
        while column:
            row_of[column] = row_of[before[column]]
            column = before[column]
    return sum(cost[row - 1][j] for j, row in enumerate(row_of[1:]) if row)
