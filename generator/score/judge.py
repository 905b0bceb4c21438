"""The judgement: the steps of scoring in order, each a function of another module of this package."""

from __future__ import annotations

from datetime import date

import numpy as np

from generator.config import Scoring, ShortlistSection
from generator.records import (
    Circles,
    Corpus,
    Door,
    DoorState,
    Dropped,
    Judgement,
    LabelledGraph,
    PersonId,
    Shortlist,
)
from generator.score.candidates import find_candidates
from generator.score.matrices import build_arrays
from generator.score.normalise import find_silent, normal_weights, silence_penalty
from generator.score.scores import score_people
from generator.score.shortlist import choose_shortlist
from generator.score.standings import ScoredPeople, build_standings
from generator.score.uncertainty import bootstrap_ranges
from generator.score.weighted_view import near_duplicate_citers, weight_view
from generator.signals import ScoringArrays, WeightedView

MIN_TRUSTED_SHARE = 0.5  # of the scored people; below, trust says little, and the report warns


def judge(
    corpus: Corpus,
    graph: LabelledGraph,
    circles: Circles,
    doors: tuple[tuple[PersonId, Door], ...],
    *,
    scoring: Scoring,
    shortlist: ShortlistSection,
    trusted_seeds: tuple[PersonId, ...],
    excluded: frozenset[PersonId],
    as_of: date,
    seed: int = 0,
) -> Judgement:
    """Rank all people who wrote on topic, with ranges and evidence, and choose the short list.

    Args:
        corpus: people and posts; people without an on-topic post inside the window are dropped.
        graph: the citations with their functions, as `label_citation_functions` returns them.
        circles: a circle without a trusted member is warned about.
        doors: the contact policy of each person, as `read_contact_policies` returns them.
        scoring: weights of the signals; the half-life is the graph's.
        shortlist: size of the short list, and whether people with a closed door are left out.
        trusted_seeds: people that trust starts from; those who are not scored are ignored.
        excluded: people who are ranked but never on the short list.
        as_of: the day ages are counted from.
        seed: of the bootstrap draws.

    Returns:
        Standings in rank order, persons before organisations and aggregators. Each person of the corpus is either
        in a standing or dropped.

    Raises:
        ConvergenceError: trust does not converge.
    """
    arrays, without_posts = build_arrays(corpus, graph, trusted_seeds=trusted_seeds, as_of=as_of)
    dropped = tuple(Dropped(person, "no on-topic post inside the window") for person in without_posts)
    weights = normal_weights(scoring.weights.model_dump())
    sorted_weights = tuple(sorted(weights.items()))
    if not arrays.size:
        empty = Shortlist((), (), 0.0, 0.0, ())
        return Judgement((), empty, sorted_weights, graph.half_life_days, 0.0, ("Nobody wrote on topic.",), dropped)
    scored = _score(arrays, weights, as_of=as_of, seed=seed)
    closed = frozenset(person for person, door in doors if door.state is DoorState.CLOSED)
    candidates = find_candidates(
        scored.view,
        graph,
        scored.scores,
        silent=scored.silent,
        excluded=excluded,
        closed=closed if shortlist.skip_closed_doors else frozenset(),
    )
    return Judgement(
        standings=build_standings(corpus, graph, scored, as_of=as_of),
        shortlist=choose_shortlist(arrays, graph, candidates, shortlist.size),
        weights=sorted_weights,
        half_life_days=graph.half_life_days,
        trusted_share=_trusted_share(scored.view),
        warnings=_warnings(scored.view, circles),
        dropped=dropped,
    )


def _score(arrays: ScoringArrays, weights: dict[str, float], *, as_of: date, seed: int) -> ScoredPeople:
    """Signals, scores and ranges of all people in the arrays."""
    citer_shares = near_duplicate_citers(arrays)
    view = weight_view(arrays, citer_shares)
    silent = find_silent(*arrays.activity_days, arrays.size, as_of.toordinal())
    silence = silence_penalty(silent, arrays.window_days)
    scores = score_people(view, weights, silence)
    ranges = bootstrap_ranges(arrays, citer_shares, scores, weights, silence, seed=seed, start=view.trust.share)
    return ScoredPeople(view, scores, ranges, weights, silent, silence)


def _trusted_share(view: WeightedView) -> float:
    """Share of the scored people with any trust, in [0, 1]."""
    return float(np.mean(view.trust.share > 0))


def _warnings(view: WeightedView, circles: Circles) -> tuple[str, ...]:
    """Sentences on what makes the ranks unsure, shown above them."""
    arrays, trusted_share = view.arrays, _trusted_share(view)
    warnings = []
    if not arrays.seeds.size:
        warnings.append(
            "No seed wrote on topic: trust starts from everybody alike, so a farm of links could buy its way up."
        )
    elif trusted_share < MIN_TRUSTED_SHARE:
        warnings.append(
            f"Only {trusted_share:.0%} of those who write on topic are reached by citations from the seeds; "
            "more or better connected seeds would make the ranks surer."
        )
    trusted = {arrays.people[i] for i in np.flatnonzero(view.trust.share > 0).tolist()}
    scored = set(arrays.people)
    for circle in circles.circles:
        members = {member.person for member in circle.members} & scored
        if circle.id != "others" and members and not members & trusted:
            warnings.append(
                f"No seed leads into the circle “{circle.name}”; a seed from it would let its people be judged."
            )
    return tuple(warnings)
