"""One scoring of everybody, under given post weights: the same steps for the estimate and for each redraw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.score.normalise import combine_levels, distance_penalty, rank_order, robust_level
from generator.score.signals import SIGNALS, WeightedView

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Raw values and levels by signal, the score after both penalties, and the order it ranks people in."""

    raw: Mapping[str, Floats]
    levels: Mapping[str, Floats]
    distance: Floats
    score: Floats
    order: NDArray[np.int64]


def score_people(
    view: WeightedView, weights: Mapping[str, float], silence: Floats, extra: Mapping[str, Floats]
) -> Scores:
    """Everybody's score as this view shows it.

    Args:
        view: the ledger under post weights.
        weights: share of each counted signal; signals not named weigh nothing and are not measured.
        silence: n penalties.
        extra: raw values of signals that do not depend on post weights.
    """
    arrays = view.arrays
    raw = {rule.name: rule.measure(view) for rule in SIGNALS if rule.name in weights} | dict(extra)
    among = arrays.is_person if arrays.is_person.any() else np.ones(arrays.size, dtype=bool)
    levels = {name: robust_level(values, among) for name, values in raw.items()}
    return Scores(raw, levels, *rank_by(view, levels, weights, silence))


def rank_by(
    view: WeightedView, levels: Mapping[str, Floats], weights: Mapping[str, float], silence: Floats
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Distance penalty, score and rank order from levels: also how a signal left out is answered."""
    score = combine_levels(levels, weights, view.arrays.size) - silence
    distance = distance_penalty(score, view.trust.share > 0)
    return distance, score - distance, rank_order(score - distance, view.arrays.is_person)


def ranks(order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rank of each position, from 1."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    return rank
