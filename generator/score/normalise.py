"""Normalisation: raw values to levels, levels to a score, and the penalties for silence and distance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MIN_POSITIVE = 1e-12  # raw values up to this count as zero: ratios of smaller ones overflow
MIN_SPREAD = 1e-12  # deviations below this are rounding errors of equal values
NORMAL_MAD = 1.4826  # standard deviation of a normal distribution in median absolute deviations
NORMAL_MEAN_DEVIATION = 1.2533  # and in mean absolute deviations
DISTANCE_GAP = 0.5  # difference of score between the last trusted and the first untrusted person
SILENT_DAYS = 91
SILENT_INTERVALS = 4.0  # median intervals between a person's own posts
LONG_WINDOW_DAYS = 731
SILENCE_PENALTY, SILENCE_PENALTY_LONG = 2.0, 0.5  # in windows of up to two years, and in longer ones


def robust_level(values: Floats, among: Bools) -> Floats:
    """Robust z-score of the logarithm of each value; not clipped, so that the highest values stay apart.

    y = log1p(x / median of the positive x), z = (y − median) / deviation, with the medians and the deviation taken
    over `among`. The deviation is the larger of 1.4826 × the median absolute deviation and 1.2533 × the mean
    absolute deviation. The median one is zero where most people have nothing, and one signal would then outweigh
    the others.

    Args:
        values: n raw values, at least 0.
        among: n; the people who set the scale. All people do if none is selected.

    Returns:
        n levels; all 0 where the values are equal or none is positive.

    Source: Hampel (1974) for the median absolute deviation.
    """
    basis = values[among] if among.any() else values
    positive = basis[basis > MIN_POSITIVE]
    if not positive.size:
        return np.zeros_like(values)
    y = np.log1p(values / np.median(positive))
    scale = y[among] if among.any() else y
    deviations = np.abs(scale - np.median(scale))
    spread = max(NORMAL_MAD * float(np.median(deviations)), NORMAL_MEAN_DEVIATION * float(np.mean(deviations)))
    return np.zeros_like(values) if spread < MIN_SPREAD else np.asarray((y - np.median(scale)) / spread)


def normal_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights divided by their sum; all zero where the sum is zero."""
    total = sum(weights.values())
    return {name: weight / total if total > 0 else 0.0 for name, weight in weights.items()}


def combine_levels(levels: Mapping[str, Floats], weights: Mapping[str, float], size: int) -> Floats:
    """Weighted mean of the levels, Σ weight × level / Σ weight, over the signals that have both; n = `size`."""
    shares = normal_weights({name: weight for name, weight in weights.items() if name in levels})
    score = np.zeros(size)
    for name in sorted(shares):
        score += shares[name] * levels[name]
    return score


def find_silent(days: Floats, author: NDArray[np.int64], size: int, today: int) -> Bools:
    """Whether each person has been silent for more than 91 days and more than four of their median intervals.

    With fewer than three dated posts the median interval is undefined, and 91 days decide alone. A person without a
    dated post is not silent.

    Args:
        days: ordinals of posts, NaN for undated ones, in any order.
        author: the person of each post, in [0, size).
        size: number of people, n.
        today: ordinal of the day of the report.
    """
    silent = np.zeros(size, dtype=bool)
    dated = np.flatnonzero(~np.isnan(days))
    order = dated[np.lexsort((days[dated], author[dated]))]
    bounds = np.searchsorted(author[order], np.arange(size + 1))
    for i in range(size):
        own_days = days[order[bounds[i] : bounds[i + 1]]]
        if own_days.size:
            interval = float(np.median(np.diff(own_days))) if own_days.size > 2 else 0.0
            silent[i] = today - own_days[-1] > max(SILENT_DAYS, SILENT_INTERVALS * interval)
    return silent


def silence_penalty(silent: Bools, window_days: int) -> Floats:
    """Penalty on the score for silence: 2 in windows of up to two years, 0.5 in longer ones; n.

    In a long window silence is common, and says less about a person.
    """
    return np.where(silent, SILENCE_PENALTY_LONG if window_days > LONG_WINDOW_DAYS else SILENCE_PENALTY, 0.0)


def distance_penalty(score: Floats, trusted: Bools) -> Floats:
    """Penalty on the score that moves every untrusted person below every trusted one and keeps their order; n."""
    if trusted.all() or not trusted.any():
        return np.zeros_like(score)
    gap = float(score[~trusted].max() - score[trusted].min()) + DISTANCE_GAP
    return np.where(trusted, 0.0, max(gap, 0.0))


def standing(score: Floats) -> Floats:
    """The score mapped to [0, 1]: 1 / (1 + e^(−score / 2)); the median of every signal gives 0.5."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -500, 500) / 2)))


def rank_order(score: Floats, is_person: Bools) -> NDArray[np.int64]:
    """Positions in rank order: persons before organisations and aggregators, then by score, then by position."""
    return np.asarray(np.lexsort((np.arange(len(score)), -np.round(score, 12), ~is_person)))
