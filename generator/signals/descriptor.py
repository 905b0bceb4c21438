"""The descriptor of a signal: what it measures, how its value is put into words, and its default weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.signals.view import WeightedView

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SignalDescriptor:
    """Everything the program needs to know about one signal.

    `name` is the key under `scoring.weights` of a topic file and under `signals` in people.json.
    `measure` takes a view of n scored people and returns n finite raw values of at least 0, in `unit`.
    It must depend on the view alone: the bootstrap calls it again under other post weights.
    """

    name: str
    unit: str  # of a raw value
    default_weight: float  # in [0, 1]; 0: shown and not counted until a topic file weighs it
    measure: Callable[[WeightedView], Floats]
    summary: str  # a sentence: the key's description in the schema and the table of keys
    label: str  # a phrase without a full stop, shown beside the name on a profile
    cause: str  # a noun phrase that names the signal as the cause of a move in the list of changes
    sentence: str  # explains one raw value; a format string with the field `value`
    formula: str  # one or two sentences for the method page
    reference: str  # publications, separated by semicolons; empty: none
    limits: str  # a sentence: what the signal does not see
