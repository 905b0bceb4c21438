"""Generosity: how many people a person cites, little-known ones counting most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import WeightedView


def generosity(view: WeightedView) -> NDArray[np.float64]:
    """Sum of 1 / √(number of citers) over the distinct people that a person cites.

    Source: the method page.
    """
    cites = sparse.csr_array((view.ties > 0).astype(float))
    citers = np.asarray(cites.sum(axis=0)).ravel()
    return np.asarray(cites @ np.divide(1.0, np.sqrt(citers), out=np.zeros_like(citers), where=citers > 0)).ravel()


SIGNAL = SignalDescriptor(
    name="generosity",
    unit="people cited",
    default_weight=0.0,
    measure=generosity,
    summary="How many people they cite, little-known ones counting most.",
    label="how many people they cite",
    cause="how many people they cite",
    sentence="the people they cite, little-known ones counting most, add up to {value:.1f}",
    formula="The people they cite, each counting less the more others cite them.",
    reference="",
    limits="Criticism counts as much as praise.",
)
