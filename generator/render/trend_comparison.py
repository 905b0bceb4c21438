"""Compare the trends of up to three terms, links or people in one line chart.

The page shows the three first terms without scripts. With scripts a reader chooses any three: the script redraws
the lines into the same chart, with the geometry that this module computes (`ComparisonChart.data`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from generator.formatting import label_step, number, period, short_period
from generator.records import Conversation, Trend
from generator.render.view_models import TickView

MAX_COMPARED = 3
WIDTH, HEIGHT, LEFT, RIGHT = 720.0, 220.0, 34.0, 170.0  # size and side margins of the chart, in SVG units
TOP, BOTTOM = 12.0, 32.0  # upper and lower margins
LABEL_GAP = 15.0  # smallest vertical distance between two labels at the ends of their lines
LABEL_X = 8.0  # from the end of a line to its label
LABEL_DROP = 4.0  # from the end of a line down to the baseline of its label
MAX_LABEL_LENGTH = 20  # characters
MAX_TICKS = 7


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """The line of one trend: its SVG points and the baseline of its label."""

    name: str
    label: str
    points: str
    label_y: float
    hue: str


@dataclass(frozen=True, slots=True)
class ComparisonChart:
    """A chart of up to three trends with its table; `data` holds the geometry and all trends for the script."""

    width: float
    height: float
    left: float
    right: float  # end of the lines
    label_x: float
    base: float  # y of a count of 0
    top_y: float  # y of the highest count
    highest: str
    lines: tuple[ComparisonLine, ...]
    ticks: tuple[TickView, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]  # period; one figure per trend, then all posts; latest first
    data: dict[str, object]


def comparison_chart(talk: Conversation) -> ComparisonChart | None:
    """Return the chart of the three first terms; None where there are fewer than two periods or no trends."""
    chosen = talk.trends[:MAX_COMPARED]
    if len(talk.periods) < 2 or not chosen:
        return None
    highest = max(1, *(max(trend.counts) for trend in chosen))
    base, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    xs = [round(LEFT + at * (right - LEFT) / (len(talk.periods) - 1), 1) for at in range(len(talk.periods))]

    def y(count: int) -> float:
        return round(TOP + (base - TOP) * (1 - count / highest), 1)

    label_ys = _label_ys([y(trend.counts[-1]) for trend in chosen], base)
    every = label_step(len(talk.periods), MAX_TICKS, talk.unit)
    return ComparisonChart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=right,
        label_x=right + LABEL_X,
        base=base,
        top_y=TOP,
        highest=number(highest),
        lines=tuple(
            ComparisonLine(
                trend.term,
                _label(trend.term),
                " ".join(f"{x},{y(count)}" for x, count in zip(xs, trend.counts, strict=True)),
                label_ys[at],
                str(at),
            )
            for at, trend in enumerate(chosen)
        ),
        ticks=tuple(
            TickView(xs[at], short_period(start, talk.unit)) for at, start in enumerate(talk.periods) if at % every == 0
        ),
        names=tuple(trend.term for trend in chosen),
        rows=tuple(
            (
                period(talk.periods[at], talk.unit),
                (*(number(trend.counts[at]) for trend in chosen), number(_posts(talk, at))),
            )
            for at in range(len(talk.periods) - 1, -1, -1)
        ),
        data=_script_data(talk, xs, base),
    )


def _script_data(talk: Conversation, xs: Sequence[float], base: float) -> dict[str, object]:
    """What the script needs to redraw the lines: geometry in SVG units, names of periods, and every trend."""
    return {
        "geometry": {
            "x": list(xs),
            "base": base,
            "top": TOP,
            "labelX": WIDTH - RIGHT + LABEL_X,
            "labelGap": LABEL_GAP,
            "labelDrop": LABEL_DROP,
        },
        "periods": [period(start, talk.unit) for start in talk.periods],
        "posts": [_posts(talk, at) for at in range(len(talk.periods))],
        "trends": [
            {"kind": trend.kind, "name": trend.term, "label": _label(trend.term), "counts": list(trend.counts)}
            for trend in talk.trends
        ],
    }


def _posts(talk: Conversation, at: int) -> int:
    """All posts of the period at an index."""
    return talk.posts_per_period[at] if at < len(talk.posts_per_period) else 0


def _label_ys(ends: Sequence[float], base: float) -> list[float]:
    """Baselines of the labels of lines that end at `ends`: at least `LABEL_GAP` apart and not below the chart."""
    order = sorted(range(len(ends)), key=lambda at: (ends[at], at))
    placed = list(ends)
    for before, at in itertools.pairwise(order):
        placed[at] = max(placed[at], placed[before] + LABEL_GAP)
    over = max(0.0, placed[order[-1]] - base)
    return [round(y - over + LABEL_DROP, 1) for y in placed]


def _label(name: str) -> str:
    """A name cut to `MAX_LABEL_LENGTH` characters."""
    return name if len(name) <= MAX_LABEL_LENGTH else name[: MAX_LABEL_LENGTH - 1] + "…"


def trends_table(talk: Conversation) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return the header and rows of data/trends.csv: a row per term, link or person, a column per week or month."""
    head = ("kind", "name", "ref", "posts", "people", "change_log2", *(start.isoformat() for start in talk.fine))
    return head, [(*_first_cells(trend), *trend.fine) for trend in talk.trends]


def _first_cells(trend: Trend) -> tuple[object, ...]:
    return trend.kind, trend.term, trend.ref, trend.total, len(trend.people), f"{trend.change:.2f}"
