"""This run beside the runs kept: its verdict, what changed since earlier ones, and from each to the next."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from generator.insight.history.changes import DISTANCE, SILENCE, RunComparison
from generator.insight.terms.post_index import PostIndex
from generator.records import Changes, CircleId, Circles, Judgement, LabelledGraph, PastPerson, PastRun

LATEST_RUNS = 14  # that can all be compared with; of those before them the last of each month
STEPS_DAYS = 92  # how far back changes from run to run are listed


def run_record(judgement: Judgement, circles: Circles, graph: LabelledGraph, post_index: PostIndex) -> PastRun:
    """What history keeps of this run."""
    place = {entry.person: entry.place for entry in judgement.shortlist.entries}
    circle = circles.circle_of()
    people = tuple(
        PastPerson(
            s.person,
            post_index.name(s.person),
            s.rank,
            s.standing,
            circle.get(s.person, CircleId("others")),
            place.get(s.person),
            s.last_on,
            (
                *((x.name, round(x.level * x.weight, 4)) for x in s.signals),
                (SILENCE, -round(s.silence_penalty, 4)),
                (DISTANCE, -round(s.distance_penalty, 4)),
            ),
            tuple((x.name, float(f"{x.value:.4g}")) for x in s.signals),
            post_index.people[s.person].sites if s.person in post_index.people else (),
        )
        for s in judgement.standings
    )
    listed = {(c.citing, c.cited, c.post) for c in graph.citations if c.citing in place and c.cited in place}
    return PastRun(post_index.as_of, people, tuple(sorted(listed)))


@dataclass(frozen=True, slots=True)
class RunHistory:
    """Changes since the run before, since runs before that one, and from run to run."""

    last: Changes
    earlier: tuple[Changes, ...]
    steps: tuple[Changes, ...]


def compare_with_history(past: Sequence[PastRun], now: PastRun, post_index: PostIndex) -> RunHistory:
    """Compare this run with every kept run; there is nothing to compare on a first run.

    Args:
        past: finished runs, in any order.
        now: this run's verdict.
        post_index: who and what is known now.
    """
    runs = sorted(past, key=lambda run: run.as_of)
    if not runs:
        return RunHistory(Changes(None, (), now.as_of), (), ())
    told = RunComparison(post_index)
    recent = [run for run in runs if (now.as_of - run.as_of).days <= STEPS_DAYS]
    return RunHistory(
        last=told.between(runs[-1], now),
        earlier=tuple(told.between(run, now) for run in comparable(runs[:-1])),
        steps=tuple(told.between(old, new) for old, new in itertools.pairwise(recent))[::-1],
    )


def comparable(runs: Sequence[PastRun]) -> tuple[PastRun, ...]:
    """The runs a reader may compare with, latest first: the latest ones, then the last of each month."""
    near, far = runs[-LATEST_RUNS:], runs[:-LATEST_RUNS]
    last_of_month = {(run.as_of.year, run.as_of.month): run for run in far}
    return tuple(sorted((*last_of_month.values(), *near), key=lambda run: run.as_of, reverse=True))
