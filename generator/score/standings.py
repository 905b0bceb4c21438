"""Standings: the rank, range, signals, counts and evidence of each scored person as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from generator.records import (
    Corpus,
    Evidence,
    LabelledCitation,
    LabelledGraph,
    PersonId,
    Post,
    PublisherKind,
    Signal,
    Standing,
)
from generator.score.evidence import choose_evidence, counted_citations
from generator.score.normalise import standing
from generator.score.scores import Scores, rank_by, ranks
from generator.score.uncertainty import BootstrapRanges, tiers
from generator.signals import SIGNALS, WeightedView

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

RECENT_DAYS = 180


@dataclass(frozen=True, slots=True)
class ScoredPeople:
    """Everything computed of n people, by position."""

    view: WeightedView
    scores: Scores
    ranges: BootstrapRanges
    weights: Mapping[str, float]  # share of each signal, summing to 1
    silent: Bools  # n
    silence: Floats  # n; the penalty for silence


def build_standings(corpus: Corpus, graph: LabelledGraph, scored: ScoredPeople, *, as_of: date) -> tuple[Standing, ...]:
    """The standings of all scored people in rank order."""
    people, scores, ranges = scored.view.arrays.people, scored.scores, scored.ranges
    sources = _Citers(corpus, graph, scored.view, as_of)
    without = _ranks_without(scored)
    rank, tier, values = ranks(scores.order), tiers(scores.order, ranges), standing(scores.score)
    posts: dict[PersonId, list[Post]] = defaultdict(list)
    for post in corpus.posts:
        posts[post.author].append(post)
    standings = []
    for i in scores.order.tolist():
        own_posts = posts[people[i]]
        days = sorted(post.published_on for post in own_posts if post.published_on)
        standings.append(
            Standing(
                person=people[i],
                rank=int(rank[i]),
                tier=int(tier[i]),
                score=float(scores.score[i]),
                standing=float(values[i]),
                interval=(float(ranges.low[i]), float(ranges.high[i])),
                rank_interval=(int(ranges.best[i]), int(ranges.worst[i])),
                signals=_signals(i, scored, without),
                trusted=bool(scored.view.trust.share[i] > 0),
                silent=bool(scored.silent[i]),
                citers=sources.citers(people[i]),
                citers_180d=sources.citers(people[i], since=as_of - timedelta(days=RECENT_DAYS)),
                evidence=sources.evidence(people[i]),
                posts_total=len(own_posts),
                posts_on_topic=sum(post.on_topic and post.in_window for post in own_posts),
                first_on=days[0] if days else None,
                last_on=days[-1] if days else None,
                silence_penalty=float(scored.silence[i]),
                distance_penalty=float(scores.distance[i]),
            )
        )
    return tuple(standings)


class _Citers:
    """The citations of each person, as distinct citers and as evidence."""

    def __init__(self, corpus: Corpus, graph: LabelledGraph, view: WeightedView, as_of: date) -> None:
        self._cited = counted_citations(graph.citations)
        self._secondary = counted_citations(graph.secondary_citations)
        self._persons = frozenset(one.id for one in corpus.people if one.kind == PublisherKind.PERSON)
        self._level = {person: float(view.trust.level[i]) for i, person in enumerate(view.arrays.people)}
        self._half_life_days = graph.half_life_days
        self._as_of = as_of

    def citers(self, person: PersonId, *, since: date | None = None) -> tuple[PersonId, ...]:
        """Distinct persons who cite, in order of id; with `since`, those with a citation dated after that day."""
        return tuple(
            sorted({one.citing for one in self._cited.get(person, ()) if self._is_counted(one, since)}),
        )

    def _is_counted(self, citation: LabelledCitation, since: date | None) -> bool:
        if citation.citing not in self._persons:
            return False
        return since is None or (citation.published_on is not None and citation.published_on > since)

    def evidence(self, person: PersonId) -> tuple[Evidence, ...]:
        """The best citations of a person, secondary ones included."""
        return choose_evidence(
            (*self._cited.get(person, ()), *self._secondary.get(person, ())),
            self._level,
            persons=self._persons,
            half_life_days=self._half_life_days,
            as_of=self._as_of,
        )


def _ranks_without(scored: ScoredPeople) -> dict[str, Ints]:
    """For each signal of positive weight, the ranks of all people if it is left out."""
    counted = {name: weight for name, weight in scored.weights.items() if weight > 0}
    without = {}
    for name in counted:
        rest = {other: weight for other, weight in counted.items() if other != name}
        without[name] = ranks(rank_by(scored.view, scored.scores.levels, rest, scored.silence)[2])
    return without


def _signals(i: int, scored: ScoredPeople, without: Mapping[str, Ints]) -> tuple[Signal, ...]:
    """The signals of the person at position `i`, the largest weight first."""
    rows = [
        Signal(
            name=signal.name,
            value=float(scored.scores.raw[signal.name][i]),
            level=float(scored.scores.levels[signal.name][i]),
            weight=scored.weights[signal.name],
            rank_without=int(without[signal.name][i]) if signal.name in without else None,
            explanation=signal.sentence.format(value=float(scored.scores.raw[signal.name][i])),
        )
        for signal in SIGNALS
    ]
    return tuple(sorted(rows, key=lambda row: -row.weight))
