"""How sure a rank is: posts drawn anew a hundred times, the same scoring each time.

Knows the ledger and the scoring; chance comes from the seed alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.score.matrices import ScoringArrays
from generator.score.normalise import standing
from generator.score.scores import Scores, ranks, score_people
from generator.score.signals import weight_view

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 100
BAND = (0.05, 0.95)  # of the draws; covered 80 % of repeated worlds in simulation, so it is called that


@dataclass(frozen=True, slots=True)
class BootstrapRanges:
    """80 % ranges of standing and rank, n each, always around the estimate itself."""

    low: Floats
    high: Floats
    best: Ints
    worst: Ints


def bootstrap_ranges(
    arrays: ScoringArrays,
    copies: sparse.csr_array,
    estimate: Scores,
    weights: Mapping[str, float],
    silence: Floats,
    *,
    seed: int,
    start: Floats,
) -> BootstrapRanges:
    """Ranges over 100 draws of the posts with replacement (multinomial weights of mean 1).

    Source: Efron (1979).
    """
    n, m = arrays.size, len(arrays.posts)
    chance = np.random.default_rng(seed)
    counted = {name: weight for name, weight in weights.items() if weight > 0}
    standings, places = np.empty((DRAWS, n)), np.empty((DRAWS, n))
    for draw in range(DRAWS):
        drawn = np.bincount(chance.integers(0, m, size=m), minlength=m).astype(float)
        one = score_people(weight_view(arrays, copies, drawn, start), counted, silence, {})
        standings[draw], places[draw] = standing(one.score), ranks(one.order)
    here, rank = standing(estimate.score), ranks(estimate.order)
    return BootstrapRanges(
        low=np.minimum(here, np.quantile(standings, BAND[0], axis=0)),
        high=np.maximum(here, np.quantile(standings, BAND[1], axis=0)),
        best=np.minimum(rank, np.floor(np.quantile(places, BAND[0], axis=0)).astype(np.int64)),
        worst=np.maximum(rank, np.ceil(np.quantile(places, BAND[1], axis=0)).astype(np.int64)),
    )


def tiers(order: Ints, ranges: BootstrapRanges) -> Ints:
    """Tier of each position, 1 at the top: who cannot be told apart from the first of a tier shares it."""
    tier = np.ones(len(order), dtype=np.int64)
    number, floor = 1, np.inf
    for place, i in enumerate(order):
        if place == 0:
            floor = ranges.low[i]
        elif ranges.high[i] < floor:
            number, floor = number + 1, ranges.low[i]
        tier[i] = number
    return tier
