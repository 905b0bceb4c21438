"""Uncertainty of ranks: the bootstrap over posts, and tiers of people whose ranges overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.score.normalise import standing
from generator.score.scores import Scores, ranks, score_people
from generator.score.weighted_view import weight_view
from generator.signals import ScoringArrays

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 100
QUANTILES = (0.05, 0.95)  # of the draws; in simulation they covered 80 % of repeated worlds, hence "80 % range"


@dataclass(frozen=True, slots=True)
class BootstrapRanges:
    """80 % ranges of standing (`low`, `high`, in [0, 1]) and rank (`best`, `worst`); n each.

    Every range contains the point estimate.
    """

    low: Floats
    high: Floats
    best: Ints
    worst: Ints


def bootstrap_ranges(
    arrays: ScoringArrays,
    citer_shares: sparse.csr_array,
    estimate: Scores,
    weights: Mapping[str, float],
    silence: Floats,
    *,
    seed: int,
    start: Floats,
) -> BootstrapRanges:
    """Ranges from 100 draws of the m posts with replacement, each scored like the estimate.

    Args:
        arrays: n people and m posts.
        citer_shares: n × n; the same in every draw.
        estimate: the scores with each post counted once.
        weights: share of each signal; signals of weight 0 are not measured.
        silence: n penalties; the same in every draw.
        seed: of the draws; the only source of chance.
        start: n shares of trust from which every draw starts the iteration, to save rounds.

    Source: Efron (1979).
    """
    n, m = arrays.size, len(arrays.posts)
    rng = np.random.default_rng(seed)
    counted = {name: weight for name, weight in weights.items() if weight > 0}
    standings, places = np.empty((DRAWS, n)), np.empty((DRAWS, n))
    for draw in range(DRAWS):
        drawn = np.bincount(rng.integers(0, m, size=m), minlength=m).astype(float)
        scores = score_people(weight_view(arrays, citer_shares, drawn, start), counted, silence)
        standings[draw], places[draw] = standing(scores.score), ranks(scores.order)
    here, rank = standing(estimate.score), ranks(estimate.order)
    return BootstrapRanges(
        low=np.minimum(here, np.quantile(standings, QUANTILES[0], axis=0)),
        high=np.maximum(here, np.quantile(standings, QUANTILES[1], axis=0)),
        best=np.minimum(rank, np.floor(np.quantile(places, QUANTILES[0], axis=0)).astype(np.int64)),
        worst=np.maximum(rank, np.ceil(np.quantile(places, QUANTILES[1], axis=0)).astype(np.int64)),
    )


def tiers(order: Ints, ranges: BootstrapRanges) -> Ints:
    """Tier of each position, 1 at the top: people whose range overlaps that of the first of a tier share it.

    Args:
        order: positions in rank order.
        ranges: of the n people.
    """
    tier = np.ones(len(order), dtype=np.int64)
    number, floor = 0, np.inf
    for i in order:
        if ranges.high[i] < floor:
            number, floor = number + 1, ranges.low[i]
        tier[i] = number
    return tier
