"""Whom the circle trusts: attention flowing from the seeds along citations, and nowhere else.

Knows the tie matrix and the seeds. What trust is worth is decided by the signals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.errors import ConvergenceError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAMPING = 0.85
GATE = 2 / 3  # of the trusted stand before the gate; swept 0.5 to 0.9 on simulated and archived blogs, flat from 0.6 on
TOLERANCE, MAX_ROUNDS = 1e-12, 1_000


@dataclass(frozen=True, slots=True)
class Trust:
    """`share` of all attention a person holds (sums to 1), the part of it `earned` through citations,
    `level` = min(1, share / t*): how far somebody's attention counts, and `gate` = min(1, share / what the
    upper third of those who hold any begins at): how far what they write counts as the circle's own.
    """

    share: Floats
    earned: Floats
    level: Floats
    gate: Floats


def pagerank(
    ties: sparse.csr_array, seeds: Ints, *, damping: float = DAMPING, start: Floats | None = None
) -> tuple[Floats, Floats]:
    """Share of attention each person holds, and the part of it that came through citations.

    Teleport and the mass of those who cite nobody go to the seeds alone; to everybody where there is no
    seed. Whom no path of citations reaches from a seed holds 0.

    Args:
        ties: n × n weights, row citing.
        seeds: positions of the trusted; may be empty.
        damping: chance of following a citation, in [0, 1).
        start: where to begin; the answer does not depend on it.

    Returns:
        n shares summing to 1 ± 1e-9, and n parts of them; empty for an empty graph.

    Raises:
        ConvergenceError: no fixed point within 1,000 rounds.

    Source: Brin and Page (1998), section 2.1; teleport after Gyöngyi et al. (2004), TrustRank.
    """
    n = ties.shape[0]
    if n == 0:
        return np.zeros(0), np.zeros(0)
    home = np.zeros(n)
    home[seeds if seeds.size else slice(None)] = 1.0
    home /= home.sum()
    out = np.asarray(ties.sum(axis=1)).ravel()
    follow = sparse.csr_array(sparse.diags_array(np.divide(1.0, out, out=np.zeros(n), where=out > 0)) @ ties).T.tocsr()
    dangling = out <= 0
    share = home if start is None else start
    for _ in range(MAX_ROUNDS):
        earned = damping * np.asarray(follow @ share).ravel()
        new = earned + (1.0 - earned.sum()) * home
        if np.abs(new - share).sum() < TOLERANCE * n:
            return new, damping * np.asarray(follow @ new).ravel()
        share = new
    raise ConvergenceError(f"trust found no fixed point in {MAX_ROUNDS} rounds ({dangling.sum()} cite nobody)")


def measure_trust(ties: sparse.csr_array, seeds: Ints, *, start: Floats | None = None) -> Trust:
    """Trust of everybody; `level` is 1 for those who together hold half of all trust.

    t* is the mass median, the level at and above which half of all trust sits: a crowd of worthless
    accounts moves the plain median, but not this one.
    """
    share, earned = pagerank(ties, seeds, start=start)
    if not share.size:
        return Trust(share, earned, share, share)
    ordered = np.sort(share)[::-1]
    middle = ordered[min(int(np.searchsorted(np.cumsum(ordered), 0.5 - 1e-12)), len(ordered) - 1)]
    usual = float(np.quantile(share[share > 0], GATE))
    return Trust(share, earned, np.minimum(1.0, share / middle), np.minimum(1.0, share / usual))
