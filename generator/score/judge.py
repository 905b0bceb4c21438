"""The judgement: signals, score, ranges, evidence and short list put together.

Knows the order of steps; each step is a function elsewhere in this folder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.config import Scoring, ShortlistSection
from generator.records import (
    Circles,
    Citation,
    CitationGraph,
    Corpus,
    Dropped,
    Judgement,
    PersonId,
    Post,
    PublisherKind,
    Shortlist,
    Signal,
    Standing,
)
from generator.score.evidence import choose_evidence, counted_citations
from generator.score.matrices import ScoringArrays, build_arrays
from generator.score.normalise import find_silent, normal_weights, silence_penalty, standing
from generator.score.scores import Scores, rank_by, ranks, score_people
from generator.score.shortlist import CANDIDATES, Candidates, choose_shortlist, reach_chances, reciprocal_cliques
from generator.score.signals import SIGNALS, WeightedView, near_duplicate_citers, weight_view
from generator.score.uncertainty import BootstrapRanges, bootstrap_ranges, tiers

RECENT_DAYS = 180
LEAST_SUPPORT = 1.5  # citations, each counted by the gate of trust of whoever cites, below which nobody is short-listed
FEW_TRUSTED = 0.5  # share of the scored below which trust says little, and the report says so
BROKERAGE = "brokerage"
SENTENCES = {rule.name: rule.sentence for rule in SIGNALS} | {
    BROKERAGE: "they stand on {value:.1%} of the shortest paths between others"
}


def judge(
    corpus: Corpus,
    graph: CitationGraph,
    circles: Circles,
    *,
    scoring: Scoring,
    shortlist: ShortlistSection,
    trusted_seeds: tuple[PersonId, ...],
    excluded: frozenset[PersonId],
    closed: frozenset[PersonId],
    as_of: date,
    seed: int = 0,
) -> Judgement:
    """Who matters, how sure that is, on what it rests, and whom to talk to first.

    Args:
        corpus: people and posts; those without an on-topic post in the window are dropped.
        graph: who cites whom, weighed.
        circles: a circle that no seed's trust reaches is warned of.
        scoring: weights; the half-life is the graph's.
        shortlist: size, and whether closed doors are skipped.
        trusted_seeds: whom trust flows from; those not scored are passed over.
        excluded: never short-listed, still ranked.
        closed: people who say they do not want to be approached.
        as_of: the day all ages are counted from.
        seed: of the redraws behind the ranges.

    Returns:
        Standings in rank order, persons before organisations and aggregators; kept + dropped = received.
    """
    arrays, without = build_arrays(corpus, graph, trusted_seeds=trusted_seeds, as_of=as_of)
    dropped = tuple(Dropped(person, "no on-topic post inside the window") for person in without)
    weights = normal_weights(scoring.weights.model_dump())
    pairs = tuple(sorted(weights.items()))
    if not arrays.size:
        nobody = Shortlist((), (), 0.0, 0.0, ())
        return Judgement((), nobody, pairs, graph.half_life_days, 0.0, ("Nobody wrote on topic.",), dropped)
    copies = near_duplicate_citers(arrays)
    view = weight_view(arrays, copies)
    silent = find_silent(*arrays.heard, arrays.size, as_of.toordinal())
    silence = silence_penalty(silent, arrays.window_days)
    shown = weights | {rule.name: weights.get(rule.name, 0.0) for rule in SIGNALS}
    scores = score_people(view, shown, silence, {BROKERAGE: _brokerage(arrays, graph)})
    ranges = bootstrap_ranges(arrays, copies, scores, weights, silence, seed=seed, start=view.trust.share)
    standings = _standings(corpus, graph, view, scores, ranges, weights, silent, silence, as_of)
    field = _field(view, graph, scores, silent, excluded, closed if shortlist.skip_closed_doors else frozenset())
    trusted = float(np.mean(view.trust.share > 0))
    return Judgement(
        standings=standings,
        shortlist=choose_shortlist(arrays, graph, field, shortlist.size),
        weights=pairs,
        half_life_days=graph.half_life_days,
        trusted_share=trusted,
        warnings=_warnings(arrays, view, circles, trusted),
        dropped=dropped,
    )


def _brokerage(arrays: ScoringArrays, graph: CitationGraph) -> NDArray[np.float64]:
    """Betweenness of the scored, by position."""
    between = {one.person: one.betweenness for one in graph.centrality}
    return np.array([between.get(person, 0.0) for person in arrays.people])


def _field(
    view: WeightedView,
    graph: CitationGraph,
    scores: Scores,
    silent: NDArray[np.bool_],
    excluded: frozenset[PersonId],
    closed: frozenset[PersonId],
) -> Candidates:
    """Who may be short-listed: the first 120 trusted persons who are neither excluded nor closed."""
    arrays = view.arrays
    active: list[int] = []
    reserve: list[int] = []
    barred: dict[int, str] = {}
    ringed = reciprocal_cliques(graph)
    # One link can be bought or talked into a post, and a farm's own links bear no trust of the upper third.
    citing, cited, _, _ = arrays.cites
    support = np.bincount(cited, weights=view.trust.gate[citing], minlength=arrays.size)
    supported = bool((support >= LEAST_SUPPORT).any())  # in a circle that hardly cites, one citation is all there is
    for i in scores.order.tolist():
        person = arrays.people[i]
        if not arrays.is_person[i]:
            continue
        if person in excluded:  # the analyst's reasons are not for the person's eyes: no near miss either
            continue
        if person in closed:
            barred[i] = "they say that they do not want to be approached"
        elif view.trust.share[i] <= 0:
            barred[i] = "no path of citations leads to them from the seeds"
        elif person in ringed:
            barred[i] = "they are taken up almost only by people they take up themselves"
        elif supported and support[i] < LEAST_SUPPORT:
            barred[i] = "people the circle trusts cite them once at most"
        elif len(active) + len(reserve) < CANDIDATES:
            (reserve if silent[i] else active).append(i)
    return Candidates(
        chance=reach_chances(arrays, view.trust.level, scores.raw["reach"]),
        audience=view.trust.level * arrays.is_person,
        rank=ranks(scores.order),
        candidates=tuple(active),
        reserve=tuple(reserve),
        barred=barred,
    )


def _warnings(arrays: ScoringArrays, view: WeightedView, circles: Circles, trusted: float) -> tuple[str, ...]:
    """What the reader must know before believing the ranks."""
    said = []
    if not arrays.seeds.size:
        said.append(
            "No seed wrote on topic: trust starts from everybody alike, so a farm of links could buy its way up."
        )
    elif trusted < FEW_TRUSTED:
        said.append(
            f"Only {trusted:.0%} of those who write on topic are reached by citations from the seeds; "
            "more or better connected seeds would make the ranks surer."
        )
    held = {arrays.people[i] for i in np.flatnonzero(view.trust.share > 0).tolist()}
    scored = set(arrays.people)
    for circle in circles.circles:
        members = {member.person for member in circle.members} & scored
        if circle.id != "others" and members and not members & held:
            said.append(
                f"No seed leads into the circle “{circle.name}”; a seed from it would let its people be judged."
            )
    return tuple(said)


def _standings(
    corpus: Corpus,
    graph: CitationGraph,
    view: WeightedView,
    scores: Scores,
    ranges: BootstrapRanges,
    weights: Mapping[str, float],
    silent: NDArray[np.bool_],
    silence: NDArray[np.float64],
    as_of: date,
) -> tuple[Standing, ...]:
    """Everybody's standing in rank order, with signals, plain counts and evidence."""
    arrays = view.arrays
    level = {person: float(view.trust.level[i]) for i, person in enumerate(arrays.people)}
    cited, besides = counted_citations(graph.citations), counted_citations(graph.secondary_citations)
    persons = frozenset(one.id for one in corpus.people if one.kind == PublisherKind.PERSON)
    without = _ranks_without(view, scores, weights, silence)
    places, tier, here = ranks(scores.order), tiers(scores.order, ranges), standing(scores.score)
    written: dict[PersonId, list[Post]] = defaultdict(list)
    for post in corpus.posts:
        written[post.author].append(post)
    return tuple(
        Standing(
            person=person,
            rank=int(places[i]),
            tier=int(tier[i]),
            score=float(scores.score[i]),
            standing=float(here[i]),
            interval=(float(ranges.low[i]), float(ranges.high[i])),
            rank_interval=(int(ranges.best[i]), int(ranges.worst[i])),
            signals=_signals(i, scores, weights, without),
            trusted=bool(view.trust.share[i] > 0),
            silent=bool(silent[i]),
            citers=_citers(cited.get(person, ()), persons),
            citers_180d=_citers(cited.get(person, ()), persons, since=as_of - timedelta(days=RECENT_DAYS)),
            evidence=choose_evidence(
                (*cited.get(person, ()), *besides.get(person, ())),
                level,
                persons=persons,
                half_life_days=graph.half_life_days,
                as_of=as_of,
            ),
            silence_penalty=float(silence[i]),
            distance_penalty=float(scores.distance[i]),
            **_plain_facts(written[person]),
        )
        for i, person in ((i, arrays.people[i]) for i in scores.order.tolist())
    )


def _plain_facts(posts: list[Post]) -> dict[str, Any]:
    """What anybody can recount: posts inside the window, on topic, and the first and last of all their days."""
    days = sorted(post.published_on for post in posts if post.published_on)
    return {
        "posts_total": len(posts),
        "posts_on_topic": sum(post.on_topic and post.in_window for post in posts),
        "first_on": days[0] if days else None,
        "last_on": days[-1] if days else None,
    }


def _ranks_without(
    view: WeightedView, scores: Scores, weights: Mapping[str, float], silence: NDArray[np.float64]
) -> dict[str, NDArray[np.int64]]:
    """Everybody's rank were one counted signal left out, by signal."""
    counted = {name: weight for name, weight in weights.items() if weight > 0}
    return {
        name: ranks(
            rank_by(view, scores.levels, {other: counted[other] for other in counted if other != name}, silence)[2]
        )
        for name in counted
    }


def _signals(
    i: int, scores: Scores, weights: Mapping[str, float], without: Mapping[str, NDArray[np.int64]]
) -> tuple[Signal, ...]:
    """One person's signals, the counted ones first."""
    rows = [
        Signal(
            name=name,
            value=float(values[i]),
            level=float(scores.levels[name][i]),
            weight=weights.get(name, 0.0),
            rank_without=int(without[name][i]) if name in without else None,
            explanation=SENTENCES[name].format(value=float(values[i])),
        )
        for name, values in scores.raw.items()
    ]
    return tuple(sorted(rows, key=lambda signal: -signal.weight))


def _citers(
    citations: tuple[Citation, ...], persons: frozenset[PersonId], *, since: date | None = None
) -> tuple[PersonId, ...]:
    """Distinct persons who cite, by name; since a day where one is given, undated citations then left out."""
    return tuple(
        sorted(
            {
                one.citing
                for one in citations
                if one.citing in persons
                and (since is None or (one.published_on is not None and one.published_on > since))
            }
        )
    )
