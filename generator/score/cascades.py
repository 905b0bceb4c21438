"""Cascades: which people adopted a post, directly or through another person."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.records import CitationGraph, PersonId, Url
from generator.signals import Cascades

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_DEPTH = 2  # links from a post to its adopter

Adoptions = Mapping[int, Sequence[tuple[bool, int]]]  # post → whether the link is vague, and the adopting post


def trace_cascades(
    graph: CitationGraph, index: Mapping[PersonId, int], at: Mapping[Url, int], author: Ints, day: Floats
) -> Cascades:
    """The people each post reached within two links, each person at most once for a post.

    A vague link names no post of the corpus: it leads to a site, or to a post that was not crawled. It is
    attributed to the latest post of the cited person at the time, with a confidence equal to the share of vague
    links among all links of the circle. Where nearly all links name a post, vague links mention people in passing.

    Args:
        graph: the citations.
        index: position of each scored person.
        at: position of each on-topic post inside the window.
        author: m positions of authors.
        day: m ordinals of days, NaN for undated posts.

    Returns:
        One row for each post and adopter; links that name the post are followed first.

    Source: Bakshy et al. (2011) for cascades of adoption.
    """
    adoptions, vague_confidence = _find_adoptions(graph, index, at, author, day)
    rows: list[tuple[int, int, int]] = []
    confidences: list[float] = []
    for post in sorted(adoptions):
        reached, edge = {int(author[post])}, [(post, 1.0)]
        for _ in range(MAX_DEPTH):
            following = []
            for cited_post, so_far in edge:
                for vague, citing_post in adoptions.get(cited_post, ()):
                    adopter = int(author[citing_post])
                    if adopter not in reached:
                        reached.add(adopter)
                        rows.append((post, adopter, citing_post))
                        confidences.append(so_far * (vague_confidence if vague else 1.0))
                        following.append((citing_post, confidences[-1]))
            edge = following
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Cascades(table[:, 0], table[:, 1], table[:, 2], np.array(confidences, dtype=float))


def _find_adoptions(
    graph: CitationGraph, index: Mapping[PersonId, int], at: Mapping[Url, int], author: Ints, day: Floats
) -> tuple[Adoptions, float]:
    """The posts that cite each post, named links first, and the share of vague links."""
    dated_posts: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i in np.flatnonzero(~np.isnan(day)).tolist():
        dated_posts[int(author[i])].append((float(day[i]), i))
    for dated in dated_posts.values():
        dated.sort()
    adoptions: dict[int, set[tuple[bool, int]]] = defaultdict(set)
    named = vague = 0
    for citation in graph.citations:
        if citation.post not in at or citation.citing not in index or citation.cited not in index:
            continue
        if citation.target_post is not None and citation.target_post in at:
            named += 1
            adoptions[at[citation.target_post]].add((False, at[citation.post]))
        elif citation.target_post is None:
            vague += 1
            candidates = dated_posts[index[citation.cited]]
            on = citation.published_on
            before = bisect_right(candidates, (float(on.toordinal()), len(day))) if on else 0
            if before:
                adoptions[candidates[before - 1][1]].add((True, at[citation.post]))
    return {post: sorted(citing) for post, citing in adoptions.items()}, vague / max(1, named + vague)
