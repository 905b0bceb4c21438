"""Consistency: how regularly a person writes about the topic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView

QUARTER_DAYS = 91


def consistency(view: WeightedView) -> NDArray[np.float64]:
    """Share of the quarters of the window with a dated on-topic post of the person, in [0, 1].

    Source: the method page.
    """
    arrays = view.arrays
    dated = np.flatnonzero(~np.isnan(arrays.day))
    active = np.stack([arrays.author[dated], arrays.day[dated].astype(np.int64) // QUARTER_DAYS])
    author_of_quarter = np.unique(active, axis=1)[0]
    quarters = max(1, -(-arrays.window_days // QUARTER_DAYS))
    return np.minimum(1.0, np.bincount(author_of_quarter, minlength=arrays.size) / quarters)


SIGNAL = SignalDescriptor(
    name="consistency",
    unit="share of quarters",
    default_weight=0.0,
    measure=consistency,
    summary="How regularly they write about the topic.",
    label="how regularly they write about the topic",
    cause="how regularly they write about the topic",
    sentence="on topic in {value:.0%} of the quarters of the window",
    formula="The share of the quarters of the window in which they wrote about the topic.",
    reference="",
    limits="Undated posts are not counted.",
)
