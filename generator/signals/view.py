"""The input of every signal: the corpus and the graph as arrays, under given post weights.

`score` builds these arrays. They are defined here so that a signal depends on nothing in `score`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.records import PersonId, Post

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cascades:
    """Adoptions of posts: one row for each post and each person it reached, at most one row a pair.

    `post` is the position of the post, `adopter` the position of the person it reached, and `via` the position
    of the adopter's post. `confidence`, in [0, 1], is 1 where all links on the way name a post.
    """

    post: Ints
    adopter: Ints
    via: Ints
    confidence: Floats


@dataclass(frozen=True, slots=True)
class ScoringArrays:
    """n scored people and m on-topic posts inside the window, addressed by position.

    People are in order of id, posts in order of address.
    """

    people: tuple[PersonId, ...]
    is_person: Bools  # n; False for organisations and aggregators
    seeds: Ints  # positions of the people that trust starts from
    posts: tuple[Post, ...]
    author: Ints  # m; position of the author
    relevance: Floats  # m
    decay: Floats  # m; 2^(−age / half-life)
    day: Floats  # m; proleptic ordinal, NaN for undated posts
    activity_days: tuple[Floats, Ints]  # ordinals of dated posts, and who wrote or signed them
    first_mover: Bools  # m; cites no one and is cited
    topical_share: Floats  # n; decayed mean relevance of all posts inside the window
    ties: sparse.csr_array  # n × n; tie weights, row citing, column cited
    strength: sparse.csr_array  # n × n; tie strengths
    citations: tuple[Ints, Ints, Ints, Floats]  # citing, cited, citing post, weight: the terms of `strength`
    cascades: Cascades
    betweenness: Floats  # n
    window_days: int

    @property
    def size(self) -> int:
        """Number of scored people, n."""
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Trust:
    """Trust of n people.

    `share` is the share of all attention a person holds; the shares sum to 1. `earned` is the part of it that
    came through citations. `level` = min(1, share / t*) with t* the mass median: how much a person's attention
    counts. `gate` = min(1, share / q) with q the 2/3 quantile of the positive shares: how much of what a person
    writes counts.
    """

    share: Floats
    earned: Floats
    level: Floats
    gate: Floats


@dataclass(frozen=True, slots=True)
class WeightedView:
    """The arrays under m post weights: all 1 for the point estimate, drawn counts for the bootstrap.

    `ties` and `trust` are computed under these weights. `citer_shares` (n × n, row citing, column cited) divides
    the attention of citers who cite nearly the same people.
    """

    arrays: ScoringArrays
    weights: Floats
    ties: sparse.csr_array
    trust: Trust
    citer_shares: sparse.csr_array

    def per_author(self, values: Floats) -> Floats:
        """Sum m values over each author's posts, each times the weight of its post; n sums."""
        return np.asarray(
            np.bincount(self.arrays.author, weights=self.weights * values, minlength=self.arrays.size), dtype=np.float64
        )
