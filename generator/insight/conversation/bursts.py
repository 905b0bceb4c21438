"""Stretches in which a term is used, a link shared or a person cited well beyond habit.

Source: Kleinberg (2002), Bursty and hierarchical structure in streams, section 4, two states over batches.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.insight.conversation.periods import PeriodCalendar, index_of
from generator.insight.conversation.series import Series
from generator.insight.conversation.trends import counts_by_bin
from generator.insight.terms.keyness import Floats
from generator.insight.terms.term_counts import merge_contained_terms
from generator.records import Burst, ItemKind

LONGEST_BATCHES, LONGEST_SHARE = 6, 0.2  # a stretch longer than both is an age, no burst
SCALING = 2.5  # s: the burst state's rate over the habitual one
GAMMA = 1.0  # cost of entering a burst, in units of ln(number of batches)
BURSTS, BURSTS_FEW = 16, 6  # terms; links and people
FEWEST_POSTS, FEWEST_PEOPLE = 4, 2
SHOWN_POSTS = 12
LOOKED_AT = 1_500  # terms


def find_bursts(all_series: Sequence[Series], calendar: PeriodCalendar, per_fine: Floats) -> tuple[Burst, ...]:
    """The strongest bursts of all_series of one kind, latest first, one for each series.

    Args:
        all_series: of one kind; terms best first.
        calendar: its fine periods are the batches.
        per_fine: all topical posts in each of them.
    """
    longest = max(LONGEST_BATCHES, LONGEST_SHARE * len(calendar.fine))
    found: list[tuple[float, str, Burst]] = []
    for series in all_series[:LOOKED_AT]:
        counts = np.array(counts_by_bin(series, calendar), dtype=np.float64)
        for start, end, weight in burst_stretches(counts, per_fine):
            if end - start + 1 <= longest and (burst := _burst(series, calendar, start, end, weight)):
                found.append((weight, series.key, burst))
    found.sort(key=lambda entry: (-entry[0], entry[1], entry[2].start))
    terms = bool(all_series) and all_series[0].kind is ItemKind.TERM
    kept = (
        set(
            merge_contained_terms(
                [(key, burst.count) for _, key, burst in found], BURSTS, code=all_series[0].code, share=0.5
            )
        )
        if terms
        else None
    )
    best: dict[str, Burst] = {}
    for _, key, burst in found:
        if kept is None or key in kept:
            best.setdefault(key, burst)
    strongest = list(best.values())[: BURSTS if terms else BURSTS_FEW]
    return tuple(sorted(strongest, key=lambda burst: (-burst.end.toordinal(), -burst.weight, burst.term)))


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


def _burst(series: Series, calendar: PeriodCalendar, start: int, end: int, weight: float) -> Burst | None:
    """A burst with its posts, oldest first; None where too few posts or people carry it."""
    at = index_of(calendar.fine, (post.published_on for post in series.posts))
    inside = [post for post, place in zip(series.posts, at, strict=True) if start <= place <= end]
    people = len({post.author for post in inside})
    if len(inside) < FEWEST_POSTS or people < FEWEST_PEOPLE:
        return None
    shown = tuple(post.url for post in inside[:SHOWN_POSTS])
    return Burst(
        series.label,
        calendar.fine[start],
        calendar.end_of(end),
        round(weight, 2),
        shown,
        series.kind,
        series.ref,
        len(inside),
        people,
    )
