"""Candidates for the short list: who may be chosen, who may not and why, and the people each is likely to reach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.records import CitationFunction, LabelledGraph, PersonId
from generator.score.scores import Scores, ranks
from generator.signals import ScoringArrays, WeightedView

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MAX_CANDIDATES = 120
MAX_CHANCE = 0.9  # no post reaches a person with certainty
MIN_SUPPORT = 1.5  # citations, each times the trust gate of its citer: a single link can be bought
MIN_CLIQUE = 3  # people who all cite one another back; two are a conversation
MAX_OUTSIDE_SHARE = 0.1  # share of the citations of a clique that come from outside it


@dataclass(frozen=True, slots=True)
class Candidates:
    """The people from which the short list is chosen, by position; n scored people.

    `active` and `silent` are in rank order; silent candidates fill only places that active ones leave free.
    `rejected` maps people who may not be chosen to the reason shown. People excluded by the topic
    file are left out of all three.
    """

    chance: Floats  # n × n; probability that a post of the row reaches the column
    audience: Floats  # n; trust level of persons, 0 for organisations and aggregators
    rank: Ints  # n; from 1
    active: tuple[int, ...]
    silent: tuple[int, ...]
    rejected: Mapping[int, str]


def find_candidates(
    view: WeightedView,
    graph: LabelledGraph,
    scores: Scores,
    *,
    silent: Bools,
    excluded: frozenset[PersonId],
    closed: frozenset[PersonId],
) -> Candidates:
    """The 120 highest-ranked persons who may be short-listed, and the reasons against the others.

    Args:
        view: the arrays with each post counted once.
        graph: the citations, for cliques of mutual citation.
        scores: raw signals and rank order.
        silent: n; whether each person is silent on the topic.
        excluded: people left out without a reason, which is the analyst's own.
        closed: people who do not want to be approached.
    """
    arrays = view.arrays
    reasons = _Rejection(view, graph, closed)
    active: list[int] = []
    waiting: list[int] = []
    rejected: dict[int, str] = {}
    for i in scores.order.tolist():
        if not arrays.is_person[i] or arrays.people[i] in excluded:
            continue
        if reason := reasons.of(i):
            rejected[i] = reason
        elif len(active) + len(waiting) < MAX_CANDIDATES:
            (waiting if silent[i] else active).append(i)
    return Candidates(
        chance=reach_chances(arrays, view.trust.level, scores.raw["reach"]),
        audience=view.trust.level * arrays.is_person,
        rank=ranks(scores.order),
        active=tuple(active),
        silent=tuple(waiting),
        rejected=rejected,
    )


class _Rejection:
    """The reasons for which a person may not be short-listed."""

    def __init__(self, view: WeightedView, graph: LabelledGraph, closed: frozenset[PersonId]) -> None:
        self._people, self._trust, self._closed = view.arrays.people, view.trust.share, closed
        self._cliques = reciprocal_cliques(graph)
        # Citations from a link farm hardly count, because its accounts have a low trust gate.
        citing, cited, _, _ = view.arrays.citations
        support = np.bincount(cited, weights=view.trust.gate[citing], minlength=view.arrays.size)
        # In a circle that hardly cites, all people are below the minimum, and it is not applied.
        self._unsupported = (support < MIN_SUPPORT) & bool((support >= MIN_SUPPORT).any())

    def of(self, i: int) -> str:
        """The first reason that applies to the person at position `i`; empty: the person may be chosen."""
        if self._people[i] in self._closed:
            return "they say that they do not want to be approached"
        if self._trust[i] <= 0:
            return "no path of citations leads to them from the seeds"
        if self._people[i] in self._cliques:
            return "they are taken up almost only by people they take up themselves"
        return "people the circle trusts cite them once at most" if self._unsupported[i] else ""


def reach_chances(arrays: ScoringArrays, level: Floats, reach: Floats) -> Floats:
    """Probability that a post of v reaches u: q_vu = min(0.9, h_vu, reach_v · a_vu / Σ_u a_vu τ_u).

    h_vu = 1 − e^(−C_vu) is the habit of u to cite v, with C_vu the strength of the tie from u to v, and
    a_vu = h_vu · τ_u. The bound h_vu keeps one passing mention from carrying the whole average reach of v.
    Where no one has any reach, q_vu = min(0.9, h_vu).

    Args:
        arrays: tie strengths of n people.
        level: n trust levels τ, in [0, 1].
        reach: n raw values of the signal `reach`.

    Returns:
        n × n probabilities in [0, 0.9], row v, column u.

    Source: the method page, "short list".
    """
    habit = -np.expm1(-np.asarray(arrays.strength.T.todense()))
    if not reach.any():
        return np.asarray(np.minimum(MAX_CHANCE, habit))
    affinity = habit * level[None, :]
    total = affinity @ level
    scale = np.divide(reach, total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(np.minimum(MAX_CHANCE, np.minimum(habit, scale[:, None] * affinity)))


def reciprocal_cliques(graph: LabelledGraph) -> frozenset[PersonId]:
    """People who are cited almost only by people they cite themselves.

    The clique of a person is the person with all citers who are cited back. A person is returned if the clique has
    at least three members and at most a tenth of the citations of its members come from outside.
    Disagreements are not counted, as they are not praise.
    """
    citers: dict[PersonId, Counter[PersonId]] = defaultdict(Counter)
    for one in graph.citations:
        if one.function != CitationFunction.DISAGREES:
            citers[one.cited][one.citing] += 1
    found = set()
    for person in sorted(citers):
        clique = {person, *(other for other in citers[person] if person in citers[other])}
        received = [(citing in clique, count) for member in clique for citing, count in citers[member].items()]
        total = sum(count for _, count in received)
        outside = sum(count for inside, count in received if not inside)
        if len(clique) >= MIN_CLIQUE and outside <= MAX_OUTSIDE_SHARE * total:
            found.add(person)
    return frozenset(found)
