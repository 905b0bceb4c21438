"""Originality: the share of posts that come first and are then cited."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView

PRIOR_FIRST, PRIOR_POSTS = 1.0, 10.0  # pseudo-counts: one first post in ten


def originality(view: WeightedView) -> NDArray[np.float64]:
    """Decayed share of on-topic posts that cite no one and are cited: (first + 1) / (posts + 10).

    Source: Leskovec et al. (2009) for who comes first.
    """
    arrays = view.arrays
    first, posts = view.per_author(arrays.decay * arrays.first_mover), view.per_author(arrays.decay)
    return np.asarray((first + PRIOR_FIRST) / (posts + PRIOR_POSTS))


SIGNAL = SignalDescriptor(
    name="originality",
    unit="share of on-topic posts",
    default_weight=0.0,
    measure=originality,
    summary="How often they say it first and others follow.",
    label="how often they say it first and others follow",
    cause="how often they say it first",
    sentence=(
        "about {value:.0%} of their posts are expected to be first with what others then cite (of few, one in ten)"
    ),
    formula="Share of their posts that cite no one and are cited by others.",
    reference="Leskovec et al. (2009)",
    limits="A post without links is taken for a first one, whatever it is based on.",
)
