"""Relevance: how much of a person's recent writing is about the topic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView


def relevance(view: WeightedView) -> NDArray[np.float64]:
    """Decayed mean relevance of all posts of a person inside the window, in [0, 1].

    Source: Salton and Buckley (1988) for the relevance of one post.
    """
    return view.arrays.topical_share


SIGNAL = SignalDescriptor(
    name="relevance",
    unit="mean relevance",
    default_weight=0.10,
    measure=relevance,
    summary="How much of what they write is about the topic.",
    label="how much of their writing is about the topic",
    cause="how much of it is on topic",
    sentence="what they write is {value:.0%} about the topic, recent posts counting most",
    formula="Similarity of their posts to the topic’s words (TF-IDF cosine).",
    reference="Salton and Buckley (1988)",
    limits="Measures words: a post about the topic in other words has little of it.",
)
