"""Circles: who talks with one another, found without being told how many there are.

Knows ties; names come from naming.py. Nothing here is left to chance: nodes and edges are sorted and
every seed derives from the one given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.graph.centrality import tie_matrix
from generator.graph.circle_names import name_circles
from generator.records import Circle, CircleId, CircleMember, Circles, CitationGraph, Corpus, PersonId

Labels = NDArray[np.int64]

RESOLUTIONS = (0.3, 0.5, 0.7, 1.0, 1.4, 2.0)
RUNS = 10  # seeds a resolution
SMALLEST = 3  # members; smaller ones gather in `others`
CORE_SHARE, CORE_LEAST = 0.2, 3  # the most cited fifth of a circle, but at least three, are its core
LEAST_WORTH = 0.05  # stability × modularity under which a partition tells nobody apart
CENTRAL = 3  # people a circle is shown by
OTHERS = CircleId("others")


@dataclass(frozen=True, slots=True)
class Partition:
    """The chosen labels of the connected people, with all runs at its resolution."""

    labels: Labels
    runs: tuple[Labels, ...]
    resolution: float
    stability: float


def find_circles(graph: CitationGraph, corpus: Corpus, *, seed: int = 0) -> Circles:
    """The circles of the graph, largest first, `others` last; everybody is in exactly one.

    Leiden at six resolutions and ten seeds each. The resolution of the greatest stability × modularity is
    taken (stability: mean adjusted Rand index between its runs; the finer one of equals), and at it the
    run of highest quality. Stability alone favours splitting off one clique and leaving everybody else
    together, which is reproducible and says nothing. Where no resolution parts people any better than
    chance would, the coarsest stands: they are one circle.

    Args:
        graph: ties as `build_graph` weighs them.
        corpus: its on-topic posts name the circles.
        seed: every run's seed derives from it.

    Returns:
        Circles of three or more; those without ties and in smaller groups are in the circle `others`,
        which is absent where nobody is left over. Without any tie the stability is 1 and modularity 0.

    Source: Traag, Waltman and van Eck (2019) for Leiden; the resolution is chosen by stability between seeds.
    """
    matrix = tie_matrix(graph.people, graph.ties)
    mutual = sparse.csr_array(matrix + matrix.T)
    connected = np.flatnonzero(np.asarray(mutual.sum(axis=1)).ravel() > 0)
    if not connected.size:
        everybody = _others(range(len(graph.people)), graph)
        return Circles((everybody,) if graph.people else (), RESOLUTIONS[0], 1.0, 0.0)
    inner = sparse.csr_array(mutual[connected][:, connected])
    partition = choose_partition(inner, seed=seed)
    groups = _groups(partition.labels)
    labels = np.full(len(graph.people), -1)
    for number, members in enumerate(groups):
        labels[connected[members]] = number
    stability = np.zeros(len(graph.people))
    stability[connected] = _member_stability(
        partition, groups, np.asarray(matrix[connected][:, connected].todense(), dtype=np.float64)
    )
    circles = _describe(labels, len(groups), graph, corpus, matrix, stability)
    return Circles(circles, partition.resolution, partition.stability, modularity(inner, partition.labels))


def choose_partition(mutual: sparse.csr_array, *, seed: int) -> Partition:
    """The most stable partition of an undirected graph without isolated nodes."""
    upper = sparse.coo_array(sparse.triu(mutual, k=1))
    width = len(str(mutual.shape[0]))
    edges = sorted(
        (f"{a:0{width}d}", f"{b:0{width}d}", float(weight))
        for a, b, weight in zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True)
    )
    best: tuple[tuple[float, float], Partition] | None = None
    for resolution in RESOLUTIONS:
        qualities, runs = [], []
        for run in range(RUNS):
            quality, found = graspologic_native.leiden(
                edges, resolution=resolution, seed=(seed * 1_000 + run) % 2**63, iterations=2
            )
            labels = np.array([found[f"{i:0{width}d}"] for i in range(mutual.shape[0])], dtype=np.int64)
            qualities.append(quality)
            runs.append(_canonical(labels))
        stability = _mean_agreement(runs)
        top = max(range(RUNS), key=lambda run: (round(qualities[run], 9), -run))
        worth = round(stability * modularity(mutual, runs[top]), 6)
        merit = (worth, resolution) if worth >= LEAST_WORTH else (0.0, -resolution)
        if best is None or merit > best[0]:
            best = merit, Partition(runs[top], tuple(runs), resolution, stability)
    assert best is not None
    return best[1]


def _canonical(labels: Labels) -> Labels:
    """The same partition with labels numbered by first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    return np.asarray(order[inverse], dtype=np.int64)


def _groups(labels: Labels) -> list[Labels]:
    """Members of each group of at least three, largest first, then by first member."""
    groups = [np.flatnonzero(labels == label) for label in range(int(labels.max()) + 1)]
    return sorted((group for group in groups if group.size >= SMALLEST), key=lambda group: (-group.size, group[0]))


def _mean_agreement(runs: Sequence[Labels]) -> float:
    """Mean adjusted Rand index over all pairs of runs."""
    pairs = [(a, b) for i, a in enumerate(runs) for b in runs[i + 1 :]]
    return float(np.mean([rand_index(a, b) for a, b in pairs]))


def rand_index(a: Labels, b: Labels) -> float:
    """Adjusted Rand index of two partitions: 1 for equal ones, about 0 for chance.

    Source: Hubert and Arabie (1985).
    """
    table = np.zeros((int(a.max()) + 1, int(b.max()) + 1))
    np.add.at(table, (a, b), 1)

    def pairs(counts: NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = rows * columns / max(pairs(np.array([float(a.size)])), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def modularity(mutual: sparse.csr_array, labels: Labels) -> float:
    """Weight inside the groups beyond what degrees alone would put there, at resolution 1; −0.5 to 1.

    Source: Newman (2004).
    """
    links = sparse.coo_array(mutual)
    total = float(links.data.sum())
    inside = float(links.data[labels[links.row] == labels[links.col]].sum())
    degree = np.bincount(labels, weights=np.asarray(mutual.sum(axis=1)).ravel())
    return inside / total - float((degree**2).sum()) / total**2


def _core(members: Labels, received: NDArray[np.float64]) -> Labels:
    """The members most cited inside the circle, most cited first."""
    size = min(len(members), max(CORE_LEAST, round(CORE_SHARE * len(members))))
    return members[np.lexsort((members, -received))][:size]


def _member_stability(partition: Partition, groups: list[Labels], ties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of runs that keep each person with most of their circle's core; 0 for those in no circle."""
    stability = np.zeros(len(partition.labels))
    for members in groups:
        core = _core(members, ties[np.ix_(members, members)].sum(axis=0))
        for run in partition.runs:
            home = np.bincount(run[core]).argmax()
            stability[members] += run[members] == home
    return stability / len(partition.runs)


def _describe(
    labels: Labels,
    count: int,
    graph: CitationGraph,
    corpus: Corpus,
    matrix: sparse.csr_array,
    stability: NDArray[np.float64],
) -> tuple[Circle, ...]:
    """The records of the circles, named, with `others` at the end."""
    people = graph.people
    of_person = {people[i]: int(labels[i]) for i in range(len(people)) if labels[i] >= 0}
    groups = [np.flatnonzero(labels == number) for number in range(count)]
    cores = [_core(members, np.asarray(matrix[members][:, members].todense()).sum(axis=0)) for members in groups]
    central = [tuple(people[i] for i in core[:CENTRAL]) for core in cores]
    names = name_circles(of_person, central, corpus)
    crossing = _crossing(labels, count, matrix)
    circles = []
    for number, members in enumerate(groups):
        core = {people[i] for i in cores[number]}
        total = crossing[number].sum()
        away = sorted(
            ((names[other].id, float(crossing[number, other] / total)) for other in range(count) if other != number),
            key=lambda bridge: (-bridge[1], bridge[0]),
        )
        circles.append(
            Circle(
                id=names[number].id,
                name=names[number].name,
                terms=names[number].terms,
                members=tuple(CircleMember(people[i], float(stability[i]), people[i] in core) for i in members),
                bridges=tuple(bridge for bridge in away if bridge[1] > 0),
                central=central[number],
            )
        )
    rest = np.flatnonzero(labels < 0)
    return (*circles, _others(rest.tolist(), graph)) if rest.size else tuple(circles)


def _crossing(labels: Labels, count: int, matrix: sparse.csr_array) -> NDArray[np.float64]:
    """Tie weight between circles, both directions; the last row and column are the others."""
    links = sparse.coo_array(matrix)
    table = np.zeros((count + 1, count + 1))
    a, b = labels[links.row] % (count + 1), labels[links.col] % (count + 1)
    np.add.at(table, (a, b), links.data)
    return np.asarray(table + table.T)


def _others(members: Sequence[int], graph: CitationGraph) -> Circle:
    """Those in no circle of three or more."""
    held = tuple(CircleMember(graph.people[i], 0.0, core=False) for i in members)
    received: dict[PersonId, float] = defaultdict(float)
    for tie in graph.ties:
        received[tie.cited] += tie.weight
    ids = {member.person for member in held}
    central = sorted((person for person in received if person in ids), key=lambda person: (-received[person], person))
    return Circle(OTHERS, "Others", (), held, (), tuple(central[:CENTRAL]))
