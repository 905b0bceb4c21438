"""Stretches in which a term is used well beyond its habit.

Source: Kleinberg (2002), Bursty and hierarchical structure in streams, section 4, two states over batches.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from generator.insight.phrases import Floats
from generator.insight.terms import Ids, TermTable, subsume
from generator.records import Burst

LONGEST_MONTHS, LONGEST_SHARE = 6, 0.2  # a stretch longer than both is an age, no burst
SCALING = 2.5  # s: the burst state's rate over the habitual one
GAMMA = 1.0  # cost of entering a burst, in units of ln(number of batches)
BURSTS = 24
FEWEST_POSTS, FEWEST_PEOPLE = 4, 2
SHOWN_POSTS = 12
TERMS = 1_500  # candidates looked at


def find_bursts(
    table: TermTable, chosen: Sequence[int], months: Sequence[date], month_of_post: Ids
) -> tuple[Burst, ...]:
    """The strongest bursts of the chosen terms, latest first, one for each term.

    Args:
        table: the topical posts' terms.
        chosen: terms to look at, best first.
        months: first days of the batches.
        month_of_post: the batch of each post, -1 outside.
    """
    inside = month_of_post[month_of_post >= 0]
    totals = np.bincount(inside, minlength=len(months)).astype(np.float64)
    found: list[tuple[float, str, Burst]] = []
    for term in chosen[:TERMS]:
        posts = table.posts_with(term)
        at = month_of_post[posts]
        counts = np.bincount(at[at >= 0], minlength=len(months)).astype(np.float64)
        for start, end, weight in burst_stretches(counts, totals):
            if end - start + 1 > max(LONGEST_MONTHS, LONGEST_SHARE * len(months)):
                continue
            burst = _burst(table, term, posts, at, months, start, end, weight)
            if burst is not None:
                found.append((weight, burst.term, burst))
    found.sort(key=lambda entry: (-entry[0], entry[1], entry[2].start))
    kept = set(subsume([(spelled, len(burst.posts)) for _, spelled, burst in found], BURSTS, share=0.5))
    best: dict[str, Burst] = {}
    for _, spelled, burst in found:
        if spelled in kept:
            best.setdefault(spelled, burst)
    return tuple(sorted(best.values(), key=lambda burst: (-burst.end.toordinal(), -burst.weight, burst.term)))


def burst_stretches(counts: Floats, totals: Floats) -> list[tuple[int, int, float]]:
    """Stretches in the burst state, as first and last batch and the cost saved by it.

    Args:
        counts: relevant posts per batch.
        totals: all posts per batch.

    Returns:
        Empty where nothing bursts; weights are positive.
    """
    batches, relevant, everything = len(counts), float(counts.sum()), float(totals.sum())
    if batches < 2 or relevant < 1 or everything <= relevant:
        return []
    habit = relevant / everything
    rates = (habit, min(habit * SCALING, 0.9999))
    costs = np.stack([-(counts * np.log(rate) + (totals - counts) * np.log1p(-rate)) for rate in rates])
    enter = GAMMA * np.log(batches)
    best = np.array([costs[0, 0], costs[1, 0] + enter])
    came_from = np.zeros((batches, 2), dtype=np.int64)
    for batch in range(1, batches):
        up, down = best[0] + enter, best[1]
        came_from[batch] = (0 if best[0] <= down else 1, 0 if up < best[1] else 1)
        best = np.array([min(best[0], down) + costs[0, batch], min(up, best[1]) + costs[1, batch]])
    states = [int(best[1] < best[0])]
    for batch in range(batches - 1, 0, -1):
        states.append(int(came_from[batch, states[-1]]))
    states.reverse()
    return _stretches(states, costs[0] - costs[1])


def _stretches(states: Sequence[int], saved: Floats) -> list[tuple[int, int, float]]:
    """Runs of state 1 with what they save."""
    found: list[tuple[int, int, float]] = []
    start: int | None = None
    for batch, state in enumerate([*states, 0]):
        if state and start is None:
            start = batch
        elif not state and start is not None:
            weight = float(saved[start:batch].sum())
            if weight > 0:
                found.append((start, batch - 1, weight))
            start = None
    return found


def _burst(
    table: TermTable, term: int, posts: Ids, at: Ids, months: Sequence[date], start: int, end: int, weight: float
) -> Burst | None:
    """A burst with its posts, oldest first; None where too few posts or people carry it."""
    inside = [table.posts[index] for index in posts[(at >= start) & (at <= end)]]
    if len(inside) < FEWEST_POSTS or len({post.author for post in inside}) < FEWEST_PEOPLE:
        return None
    inside.sort(key=lambda post: (post.published_on or date.min, post.url))
    last = (months[end] + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    shown = tuple(post.url for post in inside[:SHOWN_POSTS])
    return Burst(table.shown[term], months[start], last, round(weight, 2), shown)
