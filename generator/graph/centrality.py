"""Centrality from the ties alone: betweenness and Burt's constraint on sparse matrices.

Trust depends on the seeds too and is computed in `score`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.records import Centrality, PersonId, Tie

Floats = NDArray[np.float64]
BATCH_SOURCES = 128  # sources walked at once; memory is a few arrays of 128 × n numbers
MAX_SOURCES = 1_024  # with more people, betweenness is estimated from an even sample of sources


def measure_centrality(people: Sequence[PersonId], ties: Sequence[Tie]) -> tuple[Centrality, ...]:
    """Betweenness and constraint of all people, in the order of `people`.

    Args:
        people: all people, with and without ties.
        ties: among them.
    """
    if not people:
        return ()
    matrix = tie_matrix(people, ties)
    between, constraint = betweenness(matrix), burt_constraint(matrix)
    return tuple(
        Centrality(person, float(between[i]), None if np.isnan(constraint[i]) else float(constraint[i]))
        for i, person in enumerate(people)
    )


def tie_matrix(people: Sequence[PersonId], ties: Sequence[Tie]) -> sparse.csr_array:
    """Tie weights as an n × n matrix, row citing, column cited, in the order of `people`."""
    index = {person: i for i, person in enumerate(people)}
    rows = [index[tie.citing] for tie in ties]
    columns = [index[tie.cited] for tie in ties]
    weights = np.array([tie.weight for tie in ties], dtype=float)
    return sparse.csr_array((weights, (rows, columns)), shape=(len(people), len(people)))


def betweenness(matrix: sparse.csr_array) -> Floats:
    """Share of the shortest directed paths between two others that pass through each person, in [0, 1]; n.

    Every tie is one step; its weight does not matter. The result is exact for up to 1,024 people. For more it is
    estimated from 1,024 sources at even distances in the order of people, so it does not depend on chance.

    Args:
        matrix: n × n, row citing; entries above 0 are ties.

    Source: Brandes (2001), the accumulation of dependencies, here for a batch of sources at once.
    """
    n = matrix.shape[0]
    total = np.zeros(n)
    if n < 3:
        return total
    step = (matrix > 0).astype(float)
    back = step.T.tocsr()
    sources = np.unique(np.linspace(0, n - 1, min(n, MAX_SOURCES)).round().astype(int))
    for start in range(0, len(sources), BATCH_SOURCES):
        total += _dependencies(step, back, sources[start : start + BATCH_SOURCES])
    return total * (n / len(sources)) / ((n - 1) * (n - 2))


def _dependencies(step: sparse.csr_array, back: sparse.csr_array, sources: NDArray[np.int64]) -> Floats:
    """Sum over the sources of the dependency of each source on each person; n."""
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
    dependency = np.zeros_like(paths)
    for depth in range(len(levels) - 1, 0, -1):
        share = np.divide(1.0 + dependency, paths, out=np.zeros_like(paths), where=levels[depth] > 0)
        dependency += np.asarray(share @ back) * levels[depth - 1]
    dependency[rows, sources] = 0.0
    return np.asarray(dependency.sum(axis=0))


def burt_constraint(matrix: sparse.csr_array) -> Floats:
    """Burt's constraint of each person, NaN for people without ties; n.

    c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over direct neighbours j, with p the shares of a person's tie weight in both
    directions. It is low for a person whose contacts are not tied to one another.

    Args:
        matrix: n × n tie weights, row citing.

    Source: Burt (2004).
    """
    mutual = (matrix + matrix.T).tocsr()
    size = np.asarray(mutual.sum(axis=1)).ravel()
    shares = sparse.diags_array(np.divide(1.0, size, out=np.zeros_like(size), where=size > 0)) @ mutual
    through = (shares + shares @ shares).multiply(mutual > 0)
    constraint = np.asarray(through.multiply(through).sum(axis=1)).ravel()
    return np.where(size > 0, constraint, np.nan)
