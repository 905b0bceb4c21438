"""How much a post, and a site, is about the topic: TF-IDF against the topic's own words.

The similarity is the cosine of (1 + log tf)·idf vectors with a query of keywords (weight 1) and description (0.25).
Relevance is ρ = cos/(cos + c0), in [0, 1). c0 is a quarter of the median seed site's mean cosine, so that no labels
are needed. Two floors hold where the seeds hardly use the keywords.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from generator.config import TopicSection
from generator.corpus.disambiguation import off_sense_sites
from generator.corpus.term_rows import TermRow, TermVectoriser
from generator.languages.keywords import is_bare_sign
from generator.records import ON_TOPIC

DESCRIPTION_WEIGHT = 0.25  # of a keyword; half a keyword lets general words of the field in (swept 0.25, 0.5)
OTHER_SENSE = 0.5  # what is left of the relevance of a site that means something else by the keywords
FEW_WORDS = 25  # fewer, title included, say less, by the root of their number: three words are soon all topic
MIN_POSTS = 3  # posts like the median seed post, or about the topic at all, that let an occasional writer in
# Mean cosine of the median seed site, at least. Measured: 0.018 on an archive of Haskell blogs, 0.027 on one of Rust
# blogs, 0.055 on thirteen coffee blogs. Far below, c0 is so small that a word in passing makes a post topical.
MIN_LEVEL = 0.01
# ρ of the median seed post, at least: a post like the seeds' is itself on topic. Measured there: 0.73, 0.75 and
# 0.80. It is 0 where half of the seeds' posts name no keyword, and then every post of every site was like the seeds'.
MIN_SEED_LEVEL = ON_TOPIC
RECURRING = 0.2  # share of posts about the topic that makes it one of an author's subjects (swept 0.1 to 0.3)


@dataclass(frozen=True, slots=True)
class Relevance:
    """Relevance per post, in the order given, and the level of the median seed post."""

    posts: npt.NDArray[np.float64]
    seed_level: float  # ρ of the median post of the agreeing seeds, at least MIN_SEED_LEVEL
    warnings: tuple[str, ...] = ()  # the keywords do not fit the seeds


def measure_relevance(
    vectoriser: TermVectoriser,
    rows: Sequence[TermRow],
    sites: Sequence[str],
    seeds: frozenset[str],
    topic: TopicSection,
) -> Relevance:
    """Relevance ρ of each post in [0, 1).

    Args:
        vectoriser: where the rows were counted.
        rows: one per post.
        sites: the site of each post, same order.
        seeds: sites the analyst named; all sites where none of them has a post.
        topic: keywords, description and excluded phrases.
    """
    if not rows:
        return Relevance(np.empty(0), 1.0)
    cosine = _cosines(vectoriser, rows, topic)
    hits = np.array([sum(row.keyword_hits) for row in rows], dtype=float)
    excluded = np.array([row.exclude_hits for row in rows], dtype=float)
    length = np.array([int(row.counts.sum()) - sum(row.keyword_hits) for row in rows], dtype=float)
    cosine = cosine * np.sqrt(np.minimum(1.0, length / FEW_WORDS))
    # A post that speaks of the excluded sense as often as of the topic is half as relevant.
    cosine = cosine * np.where(excluded > 0, hits / np.maximum(hits + 2 * excluded, 1), 1.0)
    level, seed_cosine = _seed_level(cosine, hits > 0, sites, seeds)
    c0 = max(level, MIN_LEVEL) / 4
    relevance = cosine / (cosine + c0)
    measured = seed_cosine / (seed_cosine + c0)
    seed_level = max(measured, MIN_SEED_LEVEL)
    models = np.array([site in seeds for site in sites]) & (relevance >= seed_level)
    foreign = off_sense_sites(vectoriser, rows, sites, relevance, models)
    relevance = np.where([site in foreign for site in sites], OTHER_SENSE * relevance, relevance)
    misfit = (level < MIN_LEVEL or measured < MIN_SEED_LEVEL) and not seeds.isdisjoint(sites)
    warnings = _misfit_warnings(hits, sites, seeds) if misfit else ()
    return Relevance(np.round(relevance, 6), float(round(seed_level, 6)), warnings)


def _misfit_warnings(hits: npt.NDArray[np.float64], sites: Sequence[str], seeds: frozenset[str]) -> tuple[str, ...]:
    """The sentence that says how little the seeds use the keywords."""
    of_seeds = [count for count, site in zip(hits, sites, strict=True) if site in seeds]
    named = sum(count > 0 for count in of_seeds)
    sentence = (
        f"The keywords do not fit the seeds: {named} of {len(of_seeds)} posts of the seeds contain a keyword, and half "
        "of the posts or more have little to do with the keywords. Which sites belong to the topic is therefore "
        "uncertain. Add keywords that the seeds use, or name seeds that write about the topic."
    )
    return (sentence,)


def _cosines(vectoriser: TermVectoriser, rows: Sequence[TermRow], topic: TopicSection) -> npt.NDArray[np.float64]:
    """Cosine of each text with the topic's words."""
    query: dict[int, float] = {}
    for number in vectoriser.query_terms(topic.description):
        query[number] = DESCRIPTION_WEIGHT
    for word, number in zip(vectoriser.keywords, vectoriser.keyword_numbers, strict=True):
        query[number] = 1.0
        parts = vectoriser.query_terms(word) if not is_bare_sign(word) else []
        for part in parts if len(parts) == 1 else []:
            query.pop(part, None)  # a single word is counted as the keyword; twice would double it
    counts = vectoriser.matrix(list(rows))
    tf = counts.copy()
    tf.data = 1 + np.log(tf.data)
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log(len(rows) / np.maximum(df, 1))
    # Smoothed for keywords alone: one that every post uses still tells on-topic from off-topic by its count.
    keywords = list(vectoriser.keyword_numbers)
    idf[keywords] = np.log(1 + len(rows) / np.maximum(df[keywords], 1))
    weighted = sparse.csr_matrix(tf @ sparse.diags(idf))
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    vector = np.zeros(counts.shape[1])
    for number, weight in query.items():
        vector[number] = weight * idf[number] if df[number] else 0.0
    length = float(np.sqrt((vector**2).sum()))
    if length == 0:
        return np.zeros(len(rows))
    scores = np.asarray(weighted @ (vector / length), dtype=np.float64)
    cosines: npt.NDArray[np.float64] = np.divide(scores, norms, out=np.zeros_like(scores), where=norms > 0)
    return cosines


def _seed_level(
    cosine: npt.NDArray[np.float64], hit: npt.NDArray[np.bool_], sites: Sequence[str], seeds: frozenset[str]
) -> tuple[float, float]:
    """Median over agreeing seed sites of their mean cosine, and the cosine of their median post.

    A seed agrees when at least half as much of what it writes names a keyword as of the best seeds:
    off-topic sites in a saved list must not lower the bar.
    """
    by_site: dict[str, list[int]] = {}
    for i, site in enumerate(sites):
        by_site.setdefault(site, []).append(i)
    pool = sorted(site for site in by_site if site in seeds) or sorted(by_site)
    shares = {site: float(hit[by_site[site]].mean()) for site in pool}
    means = {site: float(cosine[by_site[site]].mean()) for site in pool}
    best = float(np.quantile(list(shares.values()), 0.9))
    agreeing = [site for site in pool if shares[site] > 0 and shares[site] >= best / 2] or pool
    level = float(np.median([means[site] for site in agreeing]))
    posts = [i for site in agreeing for i in by_site[site]]
    return level, float(np.median(cosine[posts]))


def site_verdict(relevance: npt.NDArray[np.float64], seed_level: float) -> tuple[bool, str]:
    """Whether a site with posts of these relevances is on topic, and the sentence that says why.

    A site is in by its mean relevance. An author who also writes about other things is in by three posts like the
    seeds', or by a fifth of the posts on topic.
    """
    if not len(relevance):
        return False, "no posts could be read"
    mean, like_seeds = float(relevance.mean()), int((relevance >= seed_level).sum())
    n, on_topic = len(relevance), int((relevance >= ON_TOPIC).sum())
    posts = f"{n} post" + ("s" if n != 1 else "")
    if mean >= ON_TOPIC:
        return True, f"mean relevance {mean:.2f} over {posts}"
    if like_seeds >= MIN_POSTS:
        return True, f"{like_seeds} of {posts} are as much about the topic as the median seed post"
    if on_topic >= RECURRING * n and (on_topic >= MIN_POSTS or like_seeds >= RECURRING * n):
        return True, f"{on_topic} of {posts} are about the topic"
    return (
        False,
        f"mean relevance {mean:.2f} over {posts}; {on_topic} about the topic, {like_seeds} as much as the seeds",
    )
