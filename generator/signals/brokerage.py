"""Brokerage: how much a person connects circles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView


def brokerage(view: WeightedView) -> NDArray[np.float64]:
    """Betweenness of each person in the whole citation network, in [0, 1]; independent of post weights.

    Source: Brandes (2001).
    """
    return view.arrays.betweenness


SIGNAL = SignalDescriptor(
    name="brokerage",
    unit="share of shortest paths",
    default_weight=0.0,
    measure=brokerage,
    summary="How much they connect circles.",
    label="how much they connect circles",
    cause="how much they connect circles",
    sentence="they stand on {value:.1%} of the shortest paths between others",
    formula="The share of the shortest paths of citations between two others that run through them.",
    reference="Freeman (1977); Brandes (2001)",
    limits="Its 80 % range is too narrow: redrawing posts does not change the paths.",
)
