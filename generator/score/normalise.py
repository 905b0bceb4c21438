"""Signals to one score: each brought to the same scale, weighed, and marked down for silence and distance.

Knows raw values only; refuses to know where they came from.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NOTHING = 1e-12  # a raw value not above this is none: below it ratios of values leave the range of floats
NORMAL_MAD = 1.4826  # a normal distribution's deviation in median absolute deviations
NORMAL_MEAN = 1.2533  # and in mean absolute deviations
APART = 0.5  # by how much the best of the untrusted is put below the last of the trusted
SILENT_DAYS = 91
SILENT_INTERVALS = 4.0
LONG_WINDOW_DAYS = 731
SILENCE = (2.0, 0.5)  # taken off the score in windows up to two years, and in longer ones


def robust_level(values: Floats, among: Bools) -> Floats:
    """How far each value stands above the middle, in deviations; never clipped, so the top never ties.

    y = log1p(x / median of the positives), z = (y − median) / deviation, with median and deviation taken
    among the given people. The deviation is the larger of the scaled median and the scaled mean absolute
    deviation: where most people have nothing, the median one is zero or all but zero and would let a
    single signal drown the rest. All equal gives zeros.

    Source: Hampel (1974) for the median absolute deviation.
    """
    basis = values[among] if among.any() else values
    positive = basis[basis > NOTHING]
    if not positive.size:
        return np.zeros_like(values)
    y = np.log1p(values / np.median(positive))
    middle = y[among] if among.any() else y
    away = np.abs(middle - np.median(middle))
    spread = max(NORMAL_MAD * float(np.median(away)), NORMAL_MEAN * float(np.mean(away)))
    return np.zeros_like(values) if spread < 1e-12 else np.asarray((y - np.median(middle)) / spread)


def normal_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights divided by their sum; all zero where nothing is weighed."""
    total = sum(weights.values())
    return {name: weight / total if total > 0 else 0.0 for name, weight in weights.items()}


def combine_levels(levels: Mapping[str, Floats], weights: Mapping[str, float], size: int) -> Floats:
    """Σ weight × level; a signal left out is made up for by the others, in proportion."""
    shares = normal_weights({name: weight for name, weight in weights.items() if name in levels})
    score = np.zeros(size)
    for name in sorted(shares):
        score += shares[name] * levels[name]
    return score


def find_silent(days: Floats, author: NDArray[np.int64], size: int, today: int) -> Bools:
    """Who has been silent for longer than 13 weeks and four of their own median intervals.

    Somebody with fewer than three dated posts has no habit: 13 weeks alone decide. Somebody with no dated
    post at all is not called silent.
    """
    silent = np.zeros(size, dtype=bool)
    dated = np.flatnonzero(~np.isnan(days))
    order = dated[np.lexsort((days[dated], author[dated]))]
    bounds = np.searchsorted(author[order], np.arange(size + 1))
    for i in range(size):
        mine = days[order[bounds[i] : bounds[i + 1]]]
        if mine.size:
            habit = float(np.median(np.diff(mine))) if mine.size > 2 else 0.0
            silent[i] = today - mine[-1] > max(SILENT_DAYS, SILENT_INTERVALS * habit)
    return silent


def silence_penalty(silent: Bools, window_days: int) -> Floats:
    """What silence takes off: 2 in windows up to two years, 0.5 in longer ones, where silence is common."""
    return np.where(silent, SILENCE[1] if window_days > LONG_WINDOW_DAYS else SILENCE[0], 0.0)


def distance_penalty(score: Floats, trusted: Bools) -> Floats:
    """What is taken off the untrusted so that they stand below every trusted person, in their own order."""
    if trusted.all() or not trusted.any():
        return np.zeros_like(score)
    gap = float(score[~trusted].max() - score[trusted].min()) + APART
    return np.where(trusted, 0.0, max(gap, 0.0))


def standing(score: Floats) -> Floats:
    """The score on [0, 1]: 1 / (1 + e^(−score / 2)). The person in the middle of every signal stands at 0.5."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -500, 500) / 2)))


def rank_order(score: Floats, is_person: Bools) -> NDArray[np.int64]:
    """Positions in rank order: persons first, then organisations and aggregators; ties by position."""
    return np.asarray(np.lexsort((np.arange(len(score)), -np.round(score, 12), ~is_person)))
