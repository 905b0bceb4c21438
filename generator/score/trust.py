"""Trust: personalised PageRank from the seeds along citations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.errors import ConvergenceError
from generator.signals import Trust

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAMPING = 0.85
GATE_QUANTILE = 2 / 3  # of the positive shares; swept 0.5 to 0.9 on simulated and archived blogs, flat from 0.6 on
TOLERANCE = 1e-12  # mean absolute change of a share in one round
MAX_ROUNDS = 1_000


def pagerank(
    ties: sparse.csr_array, seeds: Ints, *, damping: float = DAMPING, start: Floats | None = None
) -> tuple[Floats, Floats]:
    """Share of attention each person holds, and the part of it that came through citations.

    The teleport and the mass of people who cite no one go to the seeds alone; without seeds they go to all
    people in equal parts. A person without a path of citations from a seed holds 0.

    Args:
        ties: n × n weights, row citing.
        seeds: positions of the trusted people; may be empty.
        damping: probability of following a citation, in [0, 1).
        start: n shares to start the iteration from; the result does not depend on it. None: the teleport.

    Returns:
        n shares summing to 1 ± 1e-9, and n parts of them; empty for an empty graph.

    Raises:
        ConvergenceError: no fixed point within 1,000 rounds.

    Source: Brin and Page (1998), section 2.1; Gyöngyi et al. (2004), TrustRank, for the teleport to seeds.
    """
    n = ties.shape[0]
    if n == 0:
        return np.zeros(0), np.zeros(0)
    teleport = np.zeros(n)
    teleport[seeds if seeds.size else slice(None)] = 1.0
    teleport /= teleport.sum()
    out = np.asarray(ties.sum(axis=1)).ravel()
    follow = sparse.csr_array(sparse.diags_array(np.divide(1.0, out, out=np.zeros(n), where=out > 0)) @ ties).T.tocsr()
    share = teleport if start is None else start
    for _ in range(MAX_ROUNDS):
        earned = damping * np.asarray(follow @ share).ravel()
        new = earned + (1.0 - earned.sum()) * teleport
        if np.abs(new - share).sum() < TOLERANCE * n:
            return new, damping * np.asarray(follow @ new).ravel()
        share = new
    raise ConvergenceError(f"trust found no fixed point in {MAX_ROUNDS} rounds ({(out <= 0).sum()} cite nobody)")


def measure_trust(ties: sparse.csr_array, seeds: Ints, *, start: Floats | None = None) -> Trust:
    """Trust of all people, with its level and its gate.

    t* is the mass median: the share at and above which half of all trust is held. Unlike the plain median it does
    not fall when a crowd of accounts without trust joins.

    Args:
        ties: n × n weights, row citing.
        seeds: positions of the trusted people; may be empty.
        start: as for `pagerank`.

    Raises:
        ConvergenceError: no fixed point within 1,000 rounds.
    """
    share, earned = pagerank(ties, seeds, start=start)
    if not share.size:
        return Trust(share, earned, share, share)
    ordered = np.sort(share)[::-1]
    mass_median = ordered[min(int(np.searchsorted(np.cumsum(ordered), 0.5 - 1e-12)), len(ordered) - 1)]
    gate = float(np.quantile(share[share > 0], GATE_QUANTILE))
    return Trust(share, earned, np.minimum(1.0, share / mass_median), np.minimum(1.0, share / gate))
