"""The input of the signals under post weights: ties, trust and the shares of near-duplicate citers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.score.trust import measure_trust
from generator.signals import ScoringArrays, WeightedView

Floats = NDArray[np.float64]

MIN_DUPLICATE_SIMILARITY = 0.7  # Jaccard similarity of the people two citers cite, above which they are near-copies
MIN_OTHERS_CITED = 3.0  # other people that two citers must cite together before they are compared


def weight_view(
    arrays: ScoringArrays, citer_shares: sparse.csr_array, weights: Floats | None = None, start: Floats | None = None
) -> WeightedView:
    """The view of the arrays under post weights.

    Under weights each tie is scaled by the change of its strength. This is a first-order approximation: summing
    the ties again would change their saturation and their discount for reciprocity too.

    Args:
        arrays: n people and m posts.
        citer_shares: n × n, as `near_duplicate_citers` returns it.
        weights: m weights of posts, at least 0; None: 1 each.
        start: n shares from which the iteration of trust starts; None: the seeds. The result does not depend on it.

    Raises:
        ConvergenceError: trust does not converge.
    """
    ties = arrays.ties
    if weights is None:
        weights = np.ones(len(arrays.posts))
    else:
        citing, cited, post, weight = arrays.citations
        redrawn = sparse.csr_array((weight * weights[post], (citing, cited)), shape=ties.shape)
        inverse = arrays.strength.copy()
        inverse.data = 1.0 / inverse.data
        ties = sparse.csr_array(redrawn * inverse * arrays.ties)
        ties.eliminate_zeros()
    return WeightedView(arrays, weights, ties, measure_trust(ties, arrays.seeds, start=start), citer_shares)


def near_duplicate_citers(arrays: ScoringArrays) -> sparse.csr_array:
    """The share of a citer's attention that counts, given other citers of the same person who cite alike.

    1 / c_uv with c_uv = 1 + Σ over the other citers w of v of max(0, J(u, w) − 0.7). J is the Jaccard similarity
    of the sets of people that u and w cite, without v. Pairs that cite fewer than three others are not compared.

    Returns:
        n × n, row citing, column cited; values in (0, 1] where there is a tie.

    Source: the method page, "resonance".
    """
    cites = sparse.csr_array((arrays.ties > 0).astype(float))
    size = np.asarray(cites.sum(axis=1)).ravel()
    common = sparse.coo_array(cites @ cites.T)
    both = common.data - 1.0
    either = size[common.row] + size[common.col] - common.data - 1.0
    similarity = np.divide(both, either, out=np.zeros_like(both), where=either >= MIN_OTHERS_CITED)
    excess = np.where(common.row != common.col, np.maximum(0.0, similarity - MIN_DUPLICATE_SIMILARITY), 0.0)
    pairs = sparse.csr_array((excess, (common.row, common.col)), shape=common.shape)
    shares = sparse.csr_array(cites + (pairs @ cites).multiply(cites))
    shares.data = 1.0 / shares.data
    return shares
