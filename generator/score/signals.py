"""The signals, one function each: raw values of everybody under given post weights.

Each takes a `WeightedView` (the ledger, post weights, trust) and returns n raw values. Knows no other signal, no
normalisation and no rank. To add one: write it here, name it in SIGNALS with its sentence.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.score.matrices import ScoringArrays
from generator.score.trust import Trust, measure_trust

Floats = NDArray[np.float64]

SHRINK_POSTS = 4.0  # posts of average reach that everybody's own are weighed against
COPY_LIKENESS = 0.7  # Jaccard likeness of what two people cite from which they count as copies
COPY_EVIDENCE = 3.0  # other people they must cite before likeness says anything
FIRST_PRIOR = (1.0, 10.0)  # pseudo-counts of originality: one first post in ten
QUARTER_DAYS = 91


@dataclass(frozen=True, slots=True)
class WeightedView:
    """What a signal may see: the ledger under m post weights (1 each for the point estimate)."""

    arrays: ScoringArrays
    weights: Floats
    ties: sparse.csr_array
    trust: Trust
    copies: sparse.csr_array

    def per_author(self, values: Floats) -> Floats:
        """Weighted sums over each person's posts."""
        return np.asarray(
            np.bincount(self.arrays.author, weights=self.weights * values, minlength=self.arrays.size), dtype=np.float64
        )


def weight_view(
    arrays: ScoringArrays, copies: sparse.csr_array, weights: Floats | None = None, start: Floats | None = None
) -> WeightedView:
    """The view under post weights; without, each post counts once.

    Under weights a tie is scaled by how its strength changes, a first-order stand-in for adding it up anew.
    """
    ties = arrays.ties
    if weights is None:
        weights = np.ones(len(arrays.posts))
    else:
        citing, cited, post, counts = arrays.cites
        redrawn = sparse.csr_array((counts * weights[post], (citing, cited)), shape=ties.shape)
        inverse = arrays.strength.copy()
        inverse.data = 1.0 / inverse.data
        ties = sparse.csr_array(redrawn * inverse * arrays.ties)
        ties.eliminate_zeros()
    return WeightedView(arrays, weights, ties, measure_trust(ties, arrays.seeds, start=start), copies)


def near_duplicate_citers(arrays: ScoringArrays) -> sparse.csr_array:
    """For each pair of citers and what both cite, how far one merely repeats the other: n × n, row citing.

    1 / c_u, c_u = 1 + Σ over other citers w of v of max(0, J(u, w) − 0.7) with J the Jaccard likeness of
    whom else they cite; pairs that cite fewer than three others between them are not compared.

    Source: the method page, "resonance".
    """
    cites = sparse.csr_array((arrays.ties > 0).astype(float))
    size = np.asarray(cites.sum(axis=1)).ravel()
    common = sparse.coo_array(cites @ cites.T)
    both = common.data - 1.0
    either = size[common.row] + size[common.col] - common.data - 1.0
    alike = np.divide(both, either, out=np.zeros_like(both), where=either >= COPY_EVIDENCE)
    excess = np.where(common.row != common.col, np.maximum(0.0, alike - COPY_LIKENESS), 0.0)
    pairs = sparse.csr_array((excess, (common.row, common.col)), shape=common.shape)
    crowd = cites + (pairs @ cites).multiply(cites)
    shares = sparse.csr_array(crowd)
    shares.data = 1.0 / shares.data
    return shares


def reach(view: WeightedView) -> Floats:
    """Trusted people a post of theirs reaches on average: decayed mean per on-topic post of Σ τ over the
    distinct people who took it up, or took it up from those; shrunk by four posts towards everybody's mean.
    """
    arrays = view.arrays
    taken = arrays.taken_up
    per_post = np.bincount(
        taken.post,
        weights=taken.sure * view.trust.level[taken.person] * view.weights[taken.via],
        minlength=len(arrays.posts),
    ).astype(float)
    total, number = view.per_author(arrays.decay * per_post), view.per_author(arrays.decay)
    mean = total.sum() / number.sum() if number.sum() > 0 else 0.0
    return np.asarray((total + SHRINK_POSTS * mean) / (number + SHRINK_POSTS))


def resonance(view: WeightedView) -> Floats:
    """Attention of trusted people: Σ over citers of tie weight × their trust level, near-copies sharing one voice."""
    heard = sparse.csr_array(view.ties.multiply(view.copies))
    return np.asarray(heard.T @ view.trust.level).ravel()


def devotion(view: WeightedView) -> Floats:
    """On-topic posts, the older the less, through the gate of trust: Σ decay × relevance × gate.

    The gate is open in full for the upper third of those whom the circle trusts: to weigh by τ as well would count
    fame twice (NDCG@10 over five simulated worlds 0.937 against 0.929).
    """
    return view.per_author(view.arrays.decay * view.arrays.relevance) * view.trust.gate


def trust(view: WeightedView) -> Floats:
    """Share of the circle's trust that came to them through citations; being a seed is no merit."""
    return view.trust.earned


def relevance(view: WeightedView) -> Floats:
    """How far what they write lately is about the topic: decayed mean relevance of all their posts."""
    return view.arrays.topical


def originality(view: WeightedView) -> Floats:
    """Share of their on-topic posts that cite nobody and are then cited, smoothed: (first + 1) / (posts + 10)."""
    arrays = view.arrays
    first, posts = view.per_author(arrays.decay * arrays.first_mover), view.per_author(arrays.decay)
    return np.asarray((first + FIRST_PRIOR[0]) / (posts + FIRST_PRIOR[1]))


def consistency(view: WeightedView) -> Floats:
    """Share of the quarters of the window in which they wrote on topic."""
    arrays = view.arrays
    dated = np.flatnonzero(~np.isnan(arrays.day))
    quarters = np.unique(np.stack([arrays.author[dated], arrays.day[dated].astype(np.int64) // QUARTER_DAYS]), axis=1)[
        0
    ]
    whole = max(1, -(-arrays.window_days // QUARTER_DAYS))
    return np.minimum(1.0, np.bincount(quarters, minlength=arrays.size) / whole)


def depth(view: WeightedView) -> Floats:
    """Median number of words of their on-topic posts."""
    arrays = view.arrays
    words = np.array([post.words for post in arrays.posts], dtype=float)
    order = np.lexsort((words, arrays.author))
    bounds = np.searchsorted(arrays.author[order], np.arange(arrays.size + 1))
    return np.array([np.median(words[order[a:b]]) for a, b in itertools.pairwise(bounds)])


def newcomers_cited(view: WeightedView) -> Floats:
    """Distinct people they cite, each counting more the fewer others cite them: Σ 1 / √citers."""
    cites = sparse.csr_array((view.ties > 0).astype(float))
    citers = np.asarray(cites.sum(axis=0)).ravel()
    return np.asarray(cites @ np.divide(1.0, np.sqrt(citers), out=np.zeros_like(citers), where=citers > 0)).ravel()


@dataclass(frozen=True, slots=True)
class SignalRule:
    """A signal by name: its measure, and the sentence that says a raw value in words."""

    name: str
    measure: Callable[[WeightedView], Floats]
    sentence: str


SIGNALS = (
    SignalRule(
        "reach",
        reach,
        "a post of theirs may be expected to reach {value:.2f} trusted people; of few posts the average is expected",
    ),
    SignalRule(
        "resonance", resonance, "those who cite them, each as far as the circle trusts them, add up to {value:.2f}"
    ),
    SignalRule(
        "devotion",
        devotion,
        "their on-topic posts, fading with age and counted as far as the circle trusts them, add up to {value:.1f}",
    ),
    SignalRule("trust", trust, "{value:.2%} of the circle's trust comes to them through citations"),
    SignalRule("relevance", relevance, "what they write is {value:.0%} about the topic, recent posts counting most"),
    SignalRule(
        "originality",
        originality,
        "about {value:.0%} of their posts are expected to be first with what others then cite (of few, one in ten)",
    ),
    SignalRule("consistency", consistency, "on topic in {value:.0%} of the quarters of the window"),
    SignalRule("depth", depth, "{value:,.0f} words in the middle one of their on-topic posts"),
    SignalRule(
        "generosity", newcomers_cited, "the people they cite, little-known ones counting most, add up to {value:.1f}"
    ),
)
