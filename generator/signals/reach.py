"""Reach: the trust of the people that a post reaches, averaged over a person's posts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView

PRIOR_POSTS = 4.0  # posts of average reach that are added to everyone's own


def reach(view: WeightedView) -> NDArray[np.float64]:
    """Decayed mean over a person's posts of the trust that each post reaches, shrunk towards the mean of all.

    reach_v = (Σ_p d_p · r_p + 4 · mean) / (Σ_p d_p + 4), with d_p the decay of post p and r_p the sum of
    confidence × trust level over the people who took p up directly or through one other person.

    Source: Bakshy et al. (2011) for cascades of adoption.
    """
    arrays = view.arrays
    cascades = arrays.cascades
    per_post = np.bincount(
        cascades.post,
        weights=cascades.confidence * view.trust.level[cascades.adopter] * view.weights[cascades.via],
        minlength=len(arrays.posts),
    ).astype(float)
    total, number = view.per_author(arrays.decay * per_post), view.per_author(arrays.decay)
    mean = total.sum() / number.sum() if number.sum() > 0 else 0.0
    return np.asarray((total + PRIOR_POSTS * mean) / (number + PRIOR_POSTS))


SIGNAL = SignalDescriptor(
    name="reach",
    unit="trusted people per post",
    default_weight=0.25,
    measure=reach,
    summary="How far their posts travel through the circle.",
    label="how far their posts travel in the circle",
    cause="their reach in the circle",
    sentence=(
        "a post of theirs may be expected to reach {value:.2f} trusted people; of few posts the average is expected"
    ),
    formula=(
        "How far a post travels: the trust of all people who took it up, directly or through others, per post. "
        "Older posts count less; averages of few posts are shrunk towards the mean."
    ),
    reference="Bakshy et al. (2011)",
    limits="Needs links that name posts; readers who do not link are not seen.",
)
