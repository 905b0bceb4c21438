"""Candidates for the short list: who may be chosen, who may not and why, and whom each is likely to reach."""

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
    """The people among whom the short list is chosen, by position; n scored people.

    `active` and `silent` are in rank order; silent candidates fill only places that active ones leave free.
    `rejected` maps people who may not be chosen to the reason shown. People excluded by the topic file are in
    none of the three.
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
    active: list[int] = []
    waiting: list[int] = []
    rejected: dict[int, str] = {}
    cliques = reciprocal_cliques(graph)
    # Citations from a link farm hardly count: its accounts have no trust gate.
    citing, cited, _, _ = arrays.citations
    support = np.bincount(cited, weights=view.trust.gate[citing], minlength=arrays.size)
    need_support = bool((support >= MIN_SUPPORT).any())  # in a circle that hardly cites, no one reaches the minimum
    for i in scores.order.tolist():
        person = arrays.people[i]
        if not arrays.is_person[i] or person in excluded:
            continue
        if person in closed:
            rejected[i] = "they say that they do not want to be approached"
        elif view.trust.share[i] <= 0:
            rejected[i] = "no path of citations leads to them from the seeds"
        elif person in cliques:
            rejected[i] = "they are taken up almost only by people they take up themselves"
        elif need_support and support[i] < MIN_SUPPORT:
            rejected[i] = "people the circle trusts cite them once at most"
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
