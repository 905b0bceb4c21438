"""Scores of all people under given post weights: the same steps for the estimate and for each bootstrap draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.score.normalise import combine_levels, distance_penalty, rank_order, robust_level
from generator.signals import SIGNALS, WeightedView

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of n people: raw values and levels by signal, the score after both penalties, and the rank order."""

    raw: Mapping[str, Floats]
    levels: Mapping[str, Floats]
    distance: Floats  # n; the penalty for distance, at least 0
    score: Floats
    order: Ints  # positions of people, the first in rank first


def score_people(view: WeightedView, weights: Mapping[str, float], silence: Floats) -> Scores:
    """Measure, normalise and combine the signals named in `weights`.

    Args:
        view: the arrays under post weights.
        weights: share of each signal; signals without an entry are not measured.
        silence: n penalties for silence, at least 0.
    """
    arrays = view.arrays
    raw = {signal.name: signal.measure(view) for signal in SIGNALS if signal.name in weights}
    levels = {name: robust_level(values, arrays.is_person) for name, values in raw.items()}
    return Scores(raw, levels, *rank_by(view, levels, weights, silence))


def rank_by(
    view: WeightedView, levels: Mapping[str, Floats], weights: Mapping[str, float], silence: Floats
) -> tuple[Floats, Floats, Ints]:
    """Penalty for distance, score and rank order from levels, for any subset of the signals."""
    score = combine_levels(levels, weights, view.arrays.size) - silence
    distance = distance_penalty(score, view.trust.share > 0)
    return distance, score - distance, rank_order(score - distance, view.arrays.is_person)


def ranks(order: Ints) -> Ints:
    """Rank of each position, from 1."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    return rank
