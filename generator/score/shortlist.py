"""The short list: a set of people chosen together, so that each reaches people that the others do not reach.

Numbers of citations have no part in the choice. The most linked people are only the set it is compared with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.records import LabelledGraph, NearMiss, PersonId, Shortlist, ShortlistEntry
from generator.score.candidates import Candidates
from generator.signals import ScoringArrays

Floats = NDArray[np.float64]

MIN_GAIN = 0.01  # of the trust already covered; a smaller gain is not worth a conversation
MIN_REACHED_CHANCE = 0.05  # probability from which a person is listed as reached
MAX_NEAR_MISSES = 8
MIN_OVERLAP = 0.05  # share of a person's audience that the list covers, from which the reason names it
MIN_SHOWN_SHARE = 0.0005  # of all trust; smaller shares would be printed as 0.0 %
TIE_TOLERANCE = 1e-12  # gains closer than this are equal, and the higher rank wins


def choose_shortlist(arrays: ScoringArrays, graph: LabelledGraph, candidates: Candidates, size: int) -> Shortlist:
    """The greedy set of at most `size` people, listed by rank, with near misses and the most-linked set beside it.

    Maximises f(S) = Σ_u τ_u · (1 − Π_{v∈S} (1 − q_vu)) and stops when a person adds less than a hundredth of what
    the set covers. Silent candidates are added only after the active ones. If no candidate reaches a person,
    the list is the first candidates by rank. Coverages are shares of all trust, f(S) / Σ τ, in [0, 1]. The gain of an
    entry is measured against the entries above it.

    Args:
        arrays: names of the n people.
        graph: the citations, for the most-linked people.
        candidates: who may be chosen, and which people each reaches.
        size: maximum length of the list.

    Source: Nemhauser, Wolsey and Fisher (1978): the greedy set reaches at least 1 − 1/e of the optimum.
    """
    chosen = _choose_greedily(candidates, size)
    entries, missed = _entries(arrays, candidates, chosen)
    most_linked = most_linked_people(graph, len(entries))
    index = {person: i for i, person in enumerate(arrays.people)}
    return Shortlist(
        entries=entries,
        near_misses=_near_misses(arrays, candidates, missed, chosen, size),
        coverage=coverage(candidates, chosen),
        most_linked_coverage=coverage(candidates, [index[person] for person in most_linked if person in index]),
        most_linked=most_linked,
    )


def coverage(candidates: Candidates, chosen: Sequence[int]) -> float:
    """Share of all trust that a set of people reaches, in [0, 1]."""
    total = float(candidates.audience.sum())
    if not chosen or total <= 0:
        return 0.0
    missed = np.prod(1 - candidates.chance[list(chosen)], axis=0)
    return float((candidates.audience * (1 - missed)).sum() / total)


def most_linked_people(graph: LabelledGraph, size: int) -> tuple[PersonId, ...]:
    """The `size` people with the most distinct citers, on any subject and at any time."""
    citers: dict[PersonId, set[PersonId]] = defaultdict(set)
    for citation in graph.citations:
        citers[citation.cited].add(citation.citing)
    return tuple(sorted(citers, key=lambda person: (-len(citers[person]), person))[:size])


def _choose_greedily(candidates: Candidates, size: int) -> list[int]:
    """Positions of the chosen people, the highest rank first."""
    missed = np.ones(len(candidates.audience))
    chosen: list[int] = []
    covered = 0.0
    for pool in (candidates.active, candidates.silent):
        while len(chosen) < size:
            best, gain = _best_addition(candidates, pool, missed, chosen)
            if best is None or gain <= 0 or gain < MIN_GAIN * covered:
                break
            missed = missed * (1 - candidates.chance[best])
            covered += gain
            chosen.append(best)
    return sorted(chosen or [*candidates.active, *candidates.silent][:size], key=lambda i: int(candidates.rank[i]))


def _best_addition(
    candidates: Candidates, pool: Sequence[int], missed: Floats, chosen: Sequence[int]
) -> tuple[int | None, float]:
    """The candidate with the largest gain, and the gain; `missed` is the chance that the set misses each person."""
    best, best_gain = None, 0.0
    for i in pool:
        if i not in chosen:
            gain = float((candidates.audience * missed * candidates.chance[i]).sum())
            if best is None or gain > best_gain + TIE_TOLERANCE:
                best, best_gain = i, gain
    return best, best_gain


def _entries(
    arrays: ScoringArrays, candidates: Candidates, chosen: Sequence[int]
) -> tuple[tuple[ShortlistEntry, ...], Floats]:
    """The entries in order of place, and the chance that the list misses each person; n."""
    total = float(candidates.audience.sum())
    missed = np.ones(arrays.size)
    covered = 0.0
    entries: list[ShortlistEntry] = []
    for place, i in enumerate(chosen, 1):
        newly_reached = missed * candidates.chance[i]
        worth = candidates.audience * newly_reached
        missed = missed * (1 - candidates.chance[i])
        covered += float(worth.sum())
        reached = np.flatnonzero((newly_reached >= MIN_REACHED_CHANCE) & (worth > 0))
        entries.append(
            ShortlistEntry(
                person=arrays.people[i],
                place=place,
                adds=float(worth.sum()) / total if total > 0 else 0.0,
                covered=min(1.0, covered / total) if total > 0 else 0.0,
                reaches=tuple(arrays.people[u] for u in reached[np.argsort(-worth[reached], kind="stable")]),
            )
        )
    return tuple(entries), missed


def _near_misses(
    arrays: ScoringArrays, candidates: Candidates, missed: Floats, chosen: Sequence[int], size: int
) -> tuple[NearMiss, ...]:
    """The highest-ranked people who are not on the list, each with the reason."""
    total = float(candidates.audience.sum())
    others = {*candidates.active, *candidates.silent, *candidates.rejected} - set(chosen)
    full = len(chosen) >= size
    full_of_active = full and not set(chosen) & set(candidates.silent)
    misses = []
    for i in sorted(others, key=lambda i: candidates.rank[i])[:MAX_NEAR_MISSES]:
        reason = candidates.rejected.get(i)
        if reason is None and full_of_active and i in candidates.silent:
            reason = "they are silent on the topic, and the list is full of people who still write"
        misses.append(NearMiss(arrays.people[i], reason or _why_not_chosen(candidates, i, missed, total, full=full)))
    return tuple(misses)


def _why_not_chosen(candidates: Candidates, i: int, missed: Floats, total: float, *, full: bool) -> str:
    """Why a candidate is not on the list: what they would add, and how much of their audience the list reaches."""
    alone = float((candidates.audience * candidates.chance[i]).sum())
    gain = float((candidates.audience * missed * candidates.chance[i]).sum())
    if alone <= 0:
        return "nobody the circle trusts takes up what they write"
    overlap = 1 - gain / alone
    share = f"{gain / total * 100:.1f}\u00a0%" if gain >= MIN_SHOWN_SHARE * total else "under 0.1\u00a0%"
    list_is = "the list is full" if full else ""
    if overlap >= MIN_OVERLAP:
        list_is = (
            f"{list_is or 'the list'}{' and' if full else ''} reaches {overlap * 100:.0f}\u00a0% of those they reach"
        )
    return f"{list_is}{'; ' if list_is else ''}they would add {share} of the circle"
