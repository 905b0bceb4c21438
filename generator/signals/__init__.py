"""The signals that make up a score: one module each.

To add a signal, write a module with a `SIGNAL` descriptor in this folder and add its name to `MODULES`.
It then appears in judgements, in people.json, on profiles, on the method page and under `scoring.weights`.
"""

from __future__ import annotations

from importlib import import_module

from generator.signals.descriptor import SignalDescriptor
from generator.signals.view import Cascades, ScoringArrays, Trust, WeightedView

__all__ = ["SIGNALS", "Cascades", "ScoringArrays", "SignalDescriptor", "Trust", "WeightedView"]

# In the order in which signals of equal weight are shown.
MODULES = (
    "reach",
    "resonance",
    "devotion",
    "trust",
    "relevance",
    "originality",
    "consistency",
    "depth",
    "generosity",
    "brokerage",
)

SIGNALS: tuple[SignalDescriptor, ...] = tuple(import_module(f"{__name__}.{module}").SIGNAL for module in MODULES)
