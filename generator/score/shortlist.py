"""The short list: people chosen as a set, so that each reaches those whom the others do not.

Knows trust, reach and citations. Fame is no argument here: it is only what the list is compared with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.records import CitationFunction, CitationGraph, NearMiss, PersonId, Shortlist, ShortlistEntry
from generator.score.matrices import ScoringArrays

Floats = NDArray[np.float64]

CANDIDATES = 120
MOST_LIKELY = 0.9  # nobody reaches anybody for certain
LEAST_GAIN = 0.01  # of what the list already reaches; below, another name is not worth a conversation
REACHED = 0.05  # chance from which somebody is named among those a person reaches
NEAR_MISSES = 8
SHARED = 0.05  # share of whom they reach from which it is worth a word that the list reaches them too
LEAST_SHOWN = 0.0005  # of all trust; less would be printed as 0.0 %
RING = 3  # so many people who all cite one another back make a ring of mutual praise; two are a conversation
HEARD_BEYOND = 0.1  # share of what cites the ring that comes from outside it, up to which the ring is all there is


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be chosen and what each would reach. `chance` is n × n: row chosen, column reached."""

    chance: Floats
    audience: Floats  # n: trust level of each, what reaching them is worth
    rank: NDArray[np.int64]  # n
    candidates: tuple[int, ...]  # the active, in rank order
    reserve: tuple[int, ...]  # the silent, in rank order: only for places the active leave free
    barred: Mapping[int, str]  # who may not be chosen, and why


def reach_chances(arrays: ScoringArrays, level: Floats, reach: Floats) -> Floats:
    """q_vu, the chance that a post of v reaches u: min(0.9, 1 − e^(−C_vu), reach_v · a_vu / Σ_u a_vu τ_u).

    a_vu = (1 − e^(−C_vu)) · τ_u with C_vu the decayed citations of v by u. Nobody is more likely to be
    reached than their habit of citing v says: without this bound a name dropped once in passing would
    carry the whole of an average reach. Where nothing is known of reach the habit stands for q_vu itself.

    Source: Nemhauser, Wolsey and Fisher (1978) for the greedy choice.
    """
    habit = -np.expm1(-np.asarray(arrays.strength.T.todense()))
    if not reach.any():
        return np.asarray(np.minimum(MOST_LIKELY, habit))
    affinity = habit * level[None, :]
    total = affinity @ level
    scale = np.divide(reach, total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(np.minimum(MOST_LIKELY, np.minimum(habit, scale[:, None] * affinity)))


def reciprocal_cliques(graph: CitationGraph) -> frozenset[PersonId]:
    """People in a ring of mutual praise: whom they cite back, and hardly anybody else, cites them and these.

    A person's ring is the person with everybody who cites them and is cited back. Rebuttals are no praise.
    """
    citing: dict[PersonId, Counter[PersonId]] = defaultdict(Counter)
    for one in graph.citations:
        if one.function != CitationFunction.DISAGREES:
            citing[one.cited][one.citing] += 1
    found = set()
    for person in sorted(citing):
        ring = {person, *(other for other in citing[person] if person in citing[other])}
        received = [(giver in ring, count) for member in ring for giver, count in citing[member].items()]
        total = sum(count for _, count in received)
        beyond = sum(count for inside, count in received if not inside)
        if len(ring) >= RING and beyond <= HEARD_BEYOND * total:
            found.add(person)
    return frozenset(found)


def choose_shortlist(arrays: ScoringArrays, graph: CitationGraph, field: Candidates, size: int) -> Shortlist:
    """The greedy set of at most `size` people, with near misses and what as many of the most linked reach.

    The set is chosen for what it reaches together and listed by rank; what each adds is told against those above.
    Maximises f(S) = Σ_u τ_u · (1 − Π_{v∈S}(1 − q_vu)); stops when a name adds less than a hundredth of what
    the list reaches. The silent fill places only where the active leave any. Where nobody reaches anybody
    the list is the first by rank. Coverages are shares of all trust, f / Σ τ.

    Source: Nemhauser, Wolsey and Fisher (1978): within 1 − 1/e of the best set.
    """
    chosen = _greedy(arrays, field, size)
    total = float(field.audience.sum())
    missed = np.ones(arrays.size)
    covered = 0.0
    entries: list[ShortlistEntry] = []
    for place, i in enumerate(chosen, 1):
        fresh = missed * field.chance[i]
        gain = float((field.audience * fresh).sum())
        missed = missed * (1 - field.chance[i])
        covered += gain
        shares = (gain / total, covered / total) if total > 0 else (0.0, 0.0)
        entries.append(_entry(arrays, field, i, place, shares, fresh))
    most_linked = find_most_linked(graph, len(entries))
    index = {person: i for i, person in enumerate(arrays.people)}
    return Shortlist(
        entries=tuple(entries),
        near_misses=_near_misses(arrays, field, missed, chosen, size),
        coverage=coverage(field, chosen),
        most_linked_coverage=coverage(field, [index[person] for person in most_linked if person in index]),
        most_linked=most_linked,
    )


def _greedy(arrays: ScoringArrays, field: Candidates, size: int) -> list[int]:
    """The people of the set, the highest ranked first; the silent only in places the active leave free."""
    missed = np.ones(arrays.size)
    chosen: list[int] = []
    covered = 0.0
    for pool in (field.candidates, field.reserve):
        while len(chosen) < size:
            best, gain = _best(field, pool, missed, chosen)
            if best is None or gain <= 0 or gain < LEAST_GAIN * covered:
                break
            missed = missed * (1 - field.chance[best])
            covered += gain
            chosen.append(best)
    return sorted(chosen or [*field.candidates, *field.reserve][:size], key=lambda i: int(field.rank[i]))


def coverage(field: Candidates, chosen: Sequence[int]) -> float:
    """Share of all trust a set reaches, in [0, 1]."""
    total = float(field.audience.sum())
    if not chosen or total <= 0:
        return 0.0
    missed = np.prod(1 - field.chance[list(chosen)], axis=0)
    return float((field.audience * (1 - missed)).sum() / total)


def _best(field: Candidates, pool: Sequence[int], missed: Floats, chosen: Sequence[int]) -> tuple[int | None, float]:
    """The candidate who adds most, the higher ranked of equals."""
    best, gain = None, 0.0
    for i in pool:
        if i not in chosen:
            adds = float((field.audience * missed * field.chance[i]).sum())
            if best is None or adds > gain + 1e-12:
                best, gain = i, adds
    return best, gain


def _entry(
    arrays: ScoringArrays, field: Candidates, i: int, place: int, shares: tuple[float, float], fresh: Floats
) -> ShortlistEntry:
    """A place, with those this person reaches and nobody above does, the surest first."""
    worth = field.audience * fresh
    reached = [u for u in np.argsort(-worth, kind="stable") if fresh[u] >= REACHED and worth[u] > 0]
    return ShortlistEntry(
        person=arrays.people[i],
        place=place,
        adds=shares[0],
        covered=min(1.0, shares[1]),
        reaches=tuple(arrays.people[u] for u in reached),
    )


def find_most_linked(graph: CitationGraph, size: int) -> tuple[PersonId, ...]:
    """As many of the most linked, whoever they are: by distinct people citing them, on any subject, at any time."""
    citers: dict[PersonId, set[PersonId]] = defaultdict(set)
    for citation in graph.citations:
        citers[citation.cited].add(citation.citing)
    return tuple(sorted(citers, key=lambda person: (-len(citers[person]), person))[:size])


def _near_misses(
    arrays: ScoringArrays, field: Candidates, missed: Floats, chosen: Sequence[int], size: int
) -> tuple[NearMiss, ...]:
    """The highest ranked who are not on the list, and why not."""
    total = float(field.audience.sum())
    ordered = sorted({*field.candidates, *field.reserve, *field.barred} - set(chosen), key=lambda i: field.rank[i])
    full = len(chosen) >= size
    writing = full and not set(chosen) & set(field.reserve)  # the list is full of people who still write
    misses = []
    for i in ordered[:NEAR_MISSES]:
        spare = writing and i in field.reserve
        reason = field.barred.get(i) or _why_not(field, i, missed, total, full=full, spare=spare)
        misses.append(NearMiss(arrays.people[i], reason))
    return tuple(misses)


def _why_not(field: Candidates, i: int, missed: Floats, total: float, *, full: bool, spare: bool) -> str:
    """Why somebody who may be chosen is not: what they would add, and whom they reach that the list reaches too."""
    alone = float((field.audience * field.chance[i]).sum())
    adds = float((field.audience * missed * field.chance[i]).sum())
    if spare:
        return "they are silent on the topic, and the list is full of people who still write"
    if alone <= 0:
        return "nobody the circle trusts takes up what they write"
    already = 1 - adds / alone
    worth = f"{adds / total * 100:.1f}\u00a0%" if adds >= LEAST_SHOWN * total else "under 0.1\u00a0%"
    list_is = "the list is full" if full else ""
    if already >= SHARED:
        list_is = (
            f"{list_is or 'the list'}{' and' if full else ''} reaches {already * 100:.0f}\u00a0% of those they reach"
        )
    return f"{list_is}{'; ' if list_is else ''}they would add {worth} of the circle"
