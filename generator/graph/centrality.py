"""Who stands between others: betweenness and Burt's constraint, computed on sparse matrices.

Knows the ties only. Trust (PageRank from the seeds) needs to know whom the analyst trusts and lives in score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.records import Centrality, PersonId, Tie

Floats = NDArray[np.float64]
BATCH = 128  # sources walked at once; bounds memory to a few batches of n numbers
MAX_SOURCES = 1_024  # beyond as many people betweenness is estimated from an even sample of sources


def measure_centrality(people: Sequence[PersonId], ties: Sequence[Tie]) -> tuple[Centrality, ...]:
    """Betweenness and constraint of everybody, in the order of `people`."""
    if not people:
        return ()
    matrix = tie_matrix(people, ties)
    between, constraint = betweenness(matrix), burt_constraint(matrix)
    return tuple(
        Centrality(person, float(between[i]), None if np.isnan(constraint[i]) else float(constraint[i]))
        for i, person in enumerate(people)
    )


def tie_matrix(people: Sequence[PersonId], ties: Sequence[Tie]) -> sparse.csr_array:
    """Tie weights as an n × n matrix, row citing, column cited."""
    index = {person: i for i, person in enumerate(people)}
    rows = [index[tie.citing] for tie in ties]
    columns = [index[tie.cited] for tie in ties]
    weights = np.array([tie.weight for tie in ties], dtype=float)
    return sparse.csr_array((weights, (rows, columns)), shape=(len(people), len(people)))


def betweenness(matrix: sparse.csr_array) -> Floats:
    """Share of shortest directed paths between two others that run through each, in [0, 1].

    Every tie is one step whatever its weight. Exact up to 1,024 people; above, estimated from that many
    sources spread evenly over the sorted people, so the answer never depends on chance.

    Source: Brandes (2001), the dependency recursion, here for a batch of sources at once.
    """
    n = matrix.shape[0]
    total = np.zeros(n)
    if n < 3:
        return total
    step = (matrix > 0).astype(float)
    back = step.T.tocsr()
    sources = np.unique(np.linspace(0, n - 1, min(n, MAX_SOURCES)).round().astype(int))
    for start in range(0, len(sources), BATCH):
        total += _dependencies(step, back, sources[start : start + BATCH])
    return total * (n / len(sources)) / ((n - 1) * (n - 2))


def _dependencies(step: sparse.csr_array, back: sparse.csr_array, sources: NDArray[np.int64]) -> Floats:
    """Sum over the sources of each person's dependency."""
    rows = np.arange(len(sources))
    paths = np.zeros((len(sources), step.shape[0]))
    paths[rows, sources] = 1.0
    seen = paths > 0
    levels = [paths.copy()]
    while True:
        reached = np.where(seen, 0.0, np.asarray(levels[-1] @ step))
        if not reached.any():
            break
        seen |= reached > 0
        paths += reached
        levels.append(reached)
    owed = np.zeros_like(paths)
    for depth in range(len(levels) - 1, 0, -1):
        share = np.divide(1.0 + owed, paths, out=np.zeros_like(paths), where=levels[depth] > 0)
        owed += np.asarray(share @ back) * levels[depth - 1]
    owed[rows, sources] = 0.0
    return np.asarray(owed.sum(axis=0))


def burt_constraint(matrix: sparse.csr_array) -> Floats:
    """Burt's constraint: how far somebody's ties lead back to one another; NaN where there is no tie.

    Source: Burt (2004), summed over direct neighbours, on tie weights of both directions.
    """
    mutual = (matrix + matrix.T).tocsr()
    size = np.asarray(mutual.sum(axis=1)).ravel()
    shares = sparse.diags_array(np.divide(1.0, size, out=np.zeros_like(size), where=size > 0)) @ mutual
    through = (shares + shares @ shares).multiply(mutual > 0)
    constraint = np.asarray(through.multiply(through).sum(axis=1)).ravel()
    return np.where(size > 0, constraint, np.nan)
