"""Circles: communities of the undirected tie graph by the Leiden algorithm; their number is not given.

Names come from `circle_names`. The result is deterministic: nodes and edges are sorted, and all seeds derive from
the one given.
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
RUNS = 10  # Leiden runs with different seeds at each resolution
MIN_MEMBERS = 3  # smaller groups are merged into `others`
CORE_SHARE, MIN_CORE = 0.2, 3  # the core is the most cited fifth of a circle, at least three people
MIN_MERIT = 0.05  # stability × modularity; a partition below it is as good as chance
MAX_CENTRAL = 3  # people shown with a circle
OTHERS = CircleId("others")


@dataclass(frozen=True, slots=True)
class Partition:
    """The chosen labels of the people with ties, and the labels of all runs at the same resolution."""

    labels: Labels
    runs: tuple[Labels, ...]
    resolution: float
    stability: float


def find_circles(graph: CitationGraph, corpus: Corpus, *, seed: int = 0) -> Circles:
    """The circles of the graph, largest first, `others` last; every person is in exactly one.

    Leiden runs at six resolutions with ten seeds each. The resolution with the highest stability × modularity is
    chosen, the finer of two equal ones, and at this resolution the run of highest quality. Stability is the mean
    adjusted Rand index between runs. Stability alone prefers a partition that only splits off one clique. Where no
    resolution is better than chance, the coarsest one is chosen.

    Args:
        graph: citations with or without functions; only the ties are used.
        corpus: its on-topic posts name the circles.
        seed: the seeds of all runs derive from it.

    Returns:
        Circles of three or more people. People without ties and in smaller groups are in the circle `others`, which
        is absent where it would be empty. Without any tie the stability is 1 and the modularity 0.

    Source: Traag, Waltman and van Eck (2019) for Leiden; the method page, "circles", for the resolution.
    """
    matrix = tie_matrix(graph.people, graph.ties)
    mutual = sparse.csr_array(matrix + matrix.T)
    connected = np.flatnonzero(np.asarray(mutual.sum(axis=1)).ravel() > 0)
    if not connected.size:
        others = _others(range(len(graph.people)), graph)
        return Circles((others,) if graph.people else (), RESOLUTIONS[0], 1.0, 0.0)
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
    """The partition with the highest stability × modularity.

    Args:
        mutual: symmetric n × n weights; every node has an edge.
        seed: the seeds of all runs derive from it.
    """
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
        score = round(stability * modularity(mutual, runs[top]), 6)
        merit = (score, resolution) if score >= MIN_MERIT else (0.0, -resolution)
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
    return sorted((group for group in groups if group.size >= MIN_MEMBERS), key=lambda group: (-group.size, group[0]))


def _mean_agreement(runs: Sequence[Labels]) -> float:
    """Mean adjusted Rand index over all pairs of runs."""
    pairs = [(a, b) for i, a in enumerate(runs) for b in runs[i + 1 :]]
    return float(np.mean([rand_index(a, b) for a, b in pairs]))


def rand_index(a: Labels, b: Labels) -> float:
    """Adjusted Rand index of two partitions: 1 for equal partitions, 0 expected by chance.

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
    """Share of weight inside the groups minus the share expected from degrees alone, in [−0.5, 1].

    Source: Newman (2004).
    """
    links = sparse.coo_array(mutual)
    total = float(links.data.sum())
    inside = float(links.data[labels[links.row] == labels[links.col]].sum())
    degree = np.bincount(labels, weights=np.asarray(mutual.sum(axis=1)).ravel())
    return inside / total - float((degree**2).sum()) / total**2


def _core(members: Labels, received: NDArray[np.float64]) -> Labels:
    """The members most cited inside the circle, most cited first.

    Args:
        members: positions of the members.
        received: tie weight that each member receives inside the circle.
    """
    size = min(len(members), max(MIN_CORE, round(CORE_SHARE * len(members))))
    return members[np.lexsort((members, -received))][:size]


def _member_stability(partition: Partition, groups: list[Labels], ties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of runs that put each person in one group with most of the circle's core; 0 for people in no circle."""
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
    """The records of the circles with names, `others` last."""
    people = graph.people
    circle_of = {people[i]: int(labels[i]) for i in range(len(people)) if labels[i] >= 0}
    groups = [np.flatnonzero(labels == number) for number in range(count)]
    cores = [_core(members, np.asarray(matrix[members][:, members].todense()).sum(axis=0)) for members in groups]
    central = [tuple(people[i] for i in core[:MAX_CENTRAL]) for core in cores]
    names = name_circles(circle_of, central, corpus)
    crossing = _weight_between(labels, count, matrix)
    circles = []
    for number, members in enumerate(groups):
        core = {people[i] for i in cores[number]}
        total = crossing[number].sum()
        bridges = sorted(
            ((names[other].id, float(crossing[number, other] / total)) for other in range(count) if other != number),
            key=lambda bridge: (-bridge[1], bridge[0]),
        )
        circles.append(
            Circle(
                id=names[number].id,
                name=names[number].name,
                terms=names[number].terms,
                members=tuple(CircleMember(people[i], float(stability[i]), people[i] in core) for i in members),
                bridges=tuple(bridge for bridge in bridges if bridge[1] > 0),
                central=central[number],
            )
        )
    rest = np.flatnonzero(labels < 0)
    return (*circles, _others(rest.tolist(), graph)) if rest.size else tuple(circles)


def _weight_between(labels: Labels, count: int, matrix: sparse.csr_array) -> NDArray[np.float64]:
    """Tie weight between circles in both directions, (count + 1)²; the last row and column are `others`."""
    links = sparse.coo_array(matrix)
    table = np.zeros((count + 1, count + 1))
    a, b = labels[links.row] % (count + 1), labels[links.col] % (count + 1)
    np.add.at(table, (a, b), links.data)
    return np.asarray(table + table.T)


def _others(members: Sequence[int], graph: CitationGraph) -> Circle:
    """The circle of the people who are in no circle of three or more."""
    people = tuple(CircleMember(graph.people[i], 0.0, core=False) for i in members)
    received: dict[PersonId, float] = defaultdict(float)
    for tie in graph.ties:
        received[tie.cited] += tie.weight
    ids = {member.person for member in people}
    central = sorted((person for person in received if person in ids), key=lambda person: (-received[person], person))
    return Circle(OTHERS, "Others", (), people, (), tuple(central[:MAX_CENTRAL]))
