"""Devotion: how much a trusted person writes about the topic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView


def devotion(view: WeightedView) -> NDArray[np.float64]:
    """Sum over a person's on-topic posts of decay × relevance, times the person's trust gate.

    The gate is 1 for the upper third of the trusted people. Multiplying by the trust level instead counts
    fame twice (NDCG@10 over five simulated worlds 0.929 against 0.937).

    Source: the method page.
    """
    return view.per_author(view.arrays.decay * view.arrays.relevance) * view.trust.gate


SIGNAL = SignalDescriptor(
    name="devotion",
    unit="decayed on-topic posts",
    default_weight=0.25,
    measure=devotion,
    summary="How much they write about the topic, once trusted.",
    label="how much they write about the topic",
    cause="how much they write on the topic",
    sentence=(
        "their on-topic posts, fading with age and counted as far as the circle trusts them, add up to {value:.1f}"
    ),
    formula=(
        "Posts about the topic; older posts count less. People in the upper third of trust get the full value, people "
        "below it less. Without trust, the number of posts counts for nothing."
    ),
    reference="Watts and Dodds (2007)",
    limits="Rewards output: a rare writer of long posts has little of it.",
)
