"""Resonance: the attention of trusted people, near-copies counted once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView


def resonance(view: WeightedView) -> NDArray[np.float64]:
    """Sum over the citers of a person of tie weight × trust level ÷ number of near-copies.

    resonance_v = Σ_u W_uv · τ_u / c_uv, with W the tie weights, τ the trust levels and 1 / c the citer shares.

    Source: the method page.
    """
    attention = sparse.csr_array(view.ties.multiply(view.citer_shares))
    return np.asarray(attention.T @ view.trust.level).ravel()


SIGNAL = SignalDescriptor(
    name="resonance",
    unit="tie weight of trusted citers",
    default_weight=0.30,
    measure=resonance,
    summary="How many trusted people take them up, and how often.",
    label="how many trusted people take them up",
    cause="how much trusted people take them up",
    sentence="those who cite them, each as far as the circle trusts them, add up to {value:.2f}",
    formula=(
        "Citations by others, each weighted by how much the circle trusts its author. Near-copies count once, "
        "mutual citations half, and repeated citations by one person count less and less."
    ),
    reference="Kleinberg (1999); Burt (1992)",
    limits="Criticism counts as much as praise.",
)
