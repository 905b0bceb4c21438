"""Depth: how long a person's posts about the topic are."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView


def depth(view: WeightedView) -> NDArray[np.float64]:
    """Median number of words of a person's on-topic posts.

    Source: the method page.
    """
    arrays = view.arrays
    words = np.array([post.words for post in arrays.posts], dtype=float)
    order = np.lexsort((words, arrays.author))
    bounds = np.searchsorted(arrays.author[order], np.arange(arrays.size + 1))
    return np.array([np.median(words[order[a:b]]) for a, b in itertools.pairwise(bounds)])


SIGNAL = SignalDescriptor(
    name="depth",
    unit="words",
    default_weight=0.0,
    measure=depth,
    summary="How long their posts about the topic are.",
    label="how long their posts are",
    cause="how long their posts are",
    sentence="{value:,.0f} words in the middle one of their on-topic posts",
    formula="The number of words in the middle one of their posts about the topic.",
    reference="",
    limits="Measures length, and a feed that holds excerpts shortens posts.",
)
