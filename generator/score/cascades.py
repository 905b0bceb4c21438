"""How posts travel: who took a post up, and who took it up from them.

Knows citations and positions in the ledger; refuses to know what being reached is worth.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.records import CitationGraph, PersonId, Url

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DEPTH = 2  # hands a post is followed through: who took it up, and who took it up from them

Takers = Mapping[int, Sequence[tuple[bool, int]]]


@dataclass(frozen=True, slots=True)
class Cascades:
    """One row for each post and person it reached: `via` is the post by which it did, `sure` how surely.

    `sure` is 1 where links name the post. A link that names no post we know (the site itself, or a post
    never crawled) is taken to mean the latest post of theirs at the time, as surely as this circle's
    links go without naming posts: where nearly all name one, the rest mention people in passing; where
    hardly any does, it is how this circle cites.
    """

    post: Ints
    person: Ints
    via: Ints
    sure: Floats


def trace_cascades(
    graph: CitationGraph, index: Mapping[PersonId, int], at: Mapping[Url, int], author: Ints, day: Floats
) -> Cascades:
    """Whom each post reached, each person once a post, by the surest first link on the way.

    Args:
        graph: citations.
        index: position of each scored person.
        at: position of each on-topic post in the window.
        author: who wrote the post at a position.
        day: ordinal day of the post at a position, NaN where undated.
    """
    takers, vague = _find_takers(graph, index, at, author, day)
    rows: list[tuple[int, int, int]] = []
    sure: list[float] = []
    for post in sorted(takers):
        reached, edge = {int(author[post])}, [(post, 1.0)]
        for _ in range(DEPTH):
            following = []
            for one, so_far in edge:
                for unnamed, taker in takers.get(one, ()):
                    who = int(author[taker])
                    if who not in reached:
                        reached.add(who)
                        rows.append((post, who, taker))
                        sure.append(so_far * (vague if unnamed else 1.0))
                        following.append((taker, sure[-1]))
            edge = following
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Cascades(table[:, 0], table[:, 1], table[:, 2], np.array(sure, dtype=float))


def _find_takers(
    graph: CitationGraph, index: Mapping[PersonId, int], at: Mapping[Url, int], author: Ints, day: Floats
) -> tuple[Takers, float]:
    """Which posts took up each post, named links first; and the share of links that name none."""
    mine: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i in np.flatnonzero(~np.isnan(day)).tolist():
        mine[int(author[i])].append((float(day[i]), i))
    for dated in mine.values():
        dated.sort()
    takers: dict[int, set[tuple[bool, int]]] = defaultdict(set)
    named = unnamed = 0
    for citation in graph.citations:
        if citation.post not in at or citation.citing not in index or citation.cited not in index:
            continue
        if citation.target_post is not None and citation.target_post in at:
            named += 1
            takers[at[citation.target_post]].add((False, at[citation.post]))
        elif citation.target_post is None:
            unnamed += 1
            theirs = mine[index[citation.cited]]
            on = citation.published_on
            before = bisect_right(theirs, (float(on.toordinal()), len(day))) if on else 0
            if before:
                takers[theirs[before - 1][1]].add((True, at[citation.post]))
    return {post: sorted(some) for post, some in takers.items()}, unnamed / max(1, named + unnamed)
