"""Courses over time side by side: a chart of three that stands without scripts, and all of them for the script."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from generator.formatting import label_step, number, period, short_period
from generator.records import Conversation, Trend
from generator.render.view_models import Tick

COMPARED = 3
WIDTH, HEIGHT, LEFT, RIGHT = 720.0, 220.0, 34.0, 170.0
TOP, BOTTOM = 12.0, 32.0
LABEL_GAP = 15.0  # between two names at the end of their lines
NAME_LENGTH = 20  # characters
TICKS = 7


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One course: its points, and where its name stands."""

    name: str
    short: str
    points: str
    label_y: float
    hue: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A chart of up to three courses with its table. `feed` is the same for all courses, for the script."""

    width: float
    height: float
    left: float
    right: float  # end of the lines
    base: float
    top_y: float
    top: str
    lines: tuple[CompareLine, ...]
    ticks: tuple[Tick, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]  # period, one figure a course and all posts heard; latest first
    feed: dict[str, object]


def compare_view(talk: Conversation) -> Compare | None:
    """The three first terms, and everything to choose from; None where there are too few periods to compare."""
    chosen = talk.trends[:COMPARED]
    if len(talk.periods) < 2 or not chosen:
        return None
    top = max(1, *(max(trend.counts) for trend in chosen))
    base, right = HEIGHT - BOTTOM, WIDTH - RIGHT

    def x(at: int) -> float:
        return round(LEFT + at * (right - LEFT) / (len(talk.periods) - 1), 1)

    def y(count: int) -> float:
        return round(TOP + (base - TOP) * (1 - count / top), 1)

    heights = _apart([y(trend.counts[-1]) for trend in chosen], base)
    every = label_step(len(talk.periods), TICKS, talk.unit)
    return Compare(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=right,
        base=base,
        top_y=TOP,
        top=number(top),
        lines=tuple(
            CompareLine(
                trend.term,
                _short(trend.term),
                " ".join(f"{x(i)},{y(n)}" for i, n in enumerate(trend.counts)),
                heights[at],
                str(at),
            )
            for at, trend in enumerate(chosen)
        ),
        ticks=tuple(
            Tick(x(at), short_period(start, talk.unit)) for at, start in enumerate(talk.periods) if at % every == 0
        ),
        names=tuple(trend.term for trend in chosen),
        rows=tuple(
            (
                period(talk.periods[at], talk.unit),
                (*(number(trend.counts[at]) for trend in chosen), number(_heard(talk, at))),
            )
            for at in range(len(talk.periods) - 1, -1, -1)
        ),
        feed={
            "periods": [short_period(start, talk.unit) for start in talk.periods],
            "names": [period(start, talk.unit) for start in talk.periods],
            "every": every,
            "heard": [_heard(talk, at) for at in range(len(talk.periods))],
            "courses": [
                {"kind": trend.kind, "name": trend.term, "counts": list(trend.counts)} for trend in talk.trends
            ],
        },
    )


def _heard(talk: Conversation, at: int) -> int:
    return talk.posts_per_period[at] if at < len(talk.posts_per_period) else 0


def _apart(heights: Sequence[float], base: float) -> list[float]:
    """Heights of the names, none nearer to another than a line of text, none under the chart."""
    order = sorted(range(len(heights)), key=lambda at: (heights[at], at))
    placed = list(heights)
    for before, at in itertools.pairwise(order):
        placed[at] = max(placed[at], placed[before] + LABEL_GAP)
    over = max(0.0, placed[order[-1]] - base)
    return [round(height - over + 4, 1) for height in placed]


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def trends_table(talk: Conversation) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """data/trends.csv: a row for each term, link and person, a column for each week or month."""
    head = ("kind", "name", "ref", "posts", "people", "change_log2", *(start.isoformat() for start in talk.fine))
    return head, [(*_first_cells(trend), *trend.fine) for trend in talk.trends]


def _first_cells(trend: Trend) -> tuple[object, ...]:
    return trend.kind, trend.term, trend.ref, trend.total, len(trend.people), f"{trend.change:.2f}"
