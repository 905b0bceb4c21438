"""Geometry of small charts: columns over time, sparklines and bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.formatting import counted, label_step, month, number, percent, period, short_period
from generator.records import Period, PeriodUnit
from generator.render.view_models import ActivityChart, BarView, ColumnView, CountChart, Sparkline, TickView

WIDTH, HEIGHT = 640.0, 120.0
SPARK_WIDTH, SPARK_HEIGHT = 96.0, 24.0
MAX_COLUMNS = 72  # months; older ones are folded into quarters or years so that a column stays visible
TICKS = 6
UNITS = {1: PeriodUnit.MONTH, 3: PeriodUnit.QUARTER}
SPANS = {1: "month", 3: "quarter", 12: "year"}


def activity_chart(periods: Sequence[Period]) -> ActivityChart | None:
    """Columns of posts per month, on-topic ones filled; None where there is nothing to show."""
    shown, months = _folded(periods)
    highest = max((period.posts for period in shown), default=0)
    if not highest:
        return None
    step = WIDTH / max(len(shown), 12)
    columns = tuple(
        ColumnView(
            x=round(place * step + step * 0.1, 2),
            y=round(HEIGHT - HEIGHT * period.posts / highest, 2),
            width=round(step * 0.8, 2),
            height=round(HEIGHT * period.posts / highest, 2),
            y_over=round(HEIGHT - HEIGHT * min(period.on_topic, period.posts) / highest, 2),
            height_over=round(HEIGHT * min(period.on_topic, period.posts) / highest, 2),
            label=f"{span_name(period.start, months)}: {counted(period.posts, 'post')}, "
            f"{number(period.on_topic)} on topic",
        )
        for place, period in enumerate(shown)
    )
    posts, topical = sum(p.posts for p in shown), sum(p.on_topic for p in shown)
    return ActivityChart(
        width=WIDTH,
        height=HEIGHT,
        columns=columns,
        ticks=_ticks([short_span(period.start, months) for period in shown], step, UNITS.get(months)),
        top=number(highest),
        summary=f"{counted(posts, 'post')} from {month(periods[0].start)} to {month(periods[-1].start)}, "
        f"{number(topical)} of them on topic; at most {number(highest)} in a {SPANS[months]}.",
        rows=tuple(
            (span_name(p.start, months), number(p.posts), number(p.on_topic), number(p.citations))
            for p in reversed(shown)
            if p.posts or p.citations
        ),
    )


def course(counts: Sequence[int], periods: Sequence[date], unit: PeriodUnit, what: str) -> CountChart | None:
    """Columns of one count over time; None where there is nothing to show.

    Args:
        counts: oldest first.
        periods: first day of each period.
        unit: how long they are.
        what: what is counted, in the plural.
    """
    highest = max(counts, default=0)
    if not highest:
        return None
    names = [period(start, unit) for start in periods]
    step = WIDTH / max(len(counts), 12)
    columns = tuple(
        ColumnView(
            round(at * step + step * 0.1, 2),
            round(HEIGHT - HEIGHT * count / highest, 2),
            round(step * 0.8, 2),
            round(HEIGHT * count / highest, 2),
            HEIGHT,
            0.0,
            f"{names[at]}: {number(count)}",
        )
        for at, count in enumerate(counts)
    )
    return CountChart(
        width=WIDTH,
        height=HEIGHT,
        columns=columns,
        ticks=_ticks([short_period(start, unit) for start in periods], step, unit),
        top=number(highest),
        summary=f"{number(sum(counts))} {what}, {names[0]} to {names[-1]}; at most {number(highest)} in one.",
        rows=tuple((names[at], number(counts[at])) for at in range(len(counts) - 1, -1, -1) if counts[at]),
    )


def _ticks(names: Sequence[str], step: float, unit: PeriodUnit | None) -> tuple[TickView, ...]:
    """Labels under columns; `unit` None: years."""
    every = label_step(len(names), TICKS, unit) if unit else max(1, -(-len(names) // TICKS))
    return tuple(TickView(round(at * step, 1), name) for at, name in enumerate(names) if at % every == 0)


def _folded(periods: Sequence[Period]) -> tuple[list[Period], int]:
    """Months, or as many months to a column as keep the chart under `MOST_COLUMNS`: calendar quarters or years."""
    months = next((months for months in (1, 3) if len(periods) <= MAX_COLUMNS * months), 12)
    groups: dict[date, list[Period]] = {}
    for one in periods:
        start = one.start.replace(month=(one.start.month - 1) // months * months + 1)
        groups.setdefault(start, []).append(one)
    return [_sum(start, group) for start, group in groups.items()], months


def _sum(start: date, group: Sequence[Period]) -> Period:
    return Period(
        start,
        sum(p.posts for p in group),
        sum(p.on_topic for p in group),
        sum(p.citations for p in group),
    )


def span_name(start: date, months: int) -> str:
    """`March 2025`, `January to March 2025` or `2025`."""
    return str(start.year) if months == 12 else period(start, UNITS[months])


def short_span(start: date, months: int) -> str:
    """`Mar 25`, `Q1 25` or `2025`."""
    return str(start.year) if months == 12 else short_period(start, UNITS[months])


def sparkline(counts: Sequence[int], what: str) -> Sparkline | None:
    """A line of counts, oldest first; None for fewer than two or nothing at all."""
    if len(counts) < 2 or not any(counts):
        return None
    highest = max(counts)
    step = (SPARK_WIDTH - 4) / (len(counts) - 1)
    spots = [
        (round(2 + at * step, 1), round(2 + (SPARK_HEIGHT - 4) * (1 - value / highest), 1))
        for at, value in enumerate(counts)
    ]
    said = ", ".join(str(value) for value in counts[-12:])
    return Sparkline(" ".join(f"{x},{y}" for x, y in spots), f"{what}, oldest first: {said}", *spots[-1])


def bar(label: str, share: float) -> BarView:
    """A share of the whole as a bar."""
    return BarView(label, percent(share), _width(share))


def ranged_bar(label: str, share: float, between: tuple[float, float]) -> BarView:
    """A share of the whole as a bar, with the range it may lie in."""
    low, high = (_width(bound) for bound in between)
    return BarView(
        f"{label}, {percent(between[0])} to {percent(between[1])} in eight of ten re-counts",
        percent(share),
        _width(share),
        low,
        round(max(0.0, high - low), 1),
    )


def standing_bar(name: str, standing: float, interval: tuple[float, float]) -> BarView:
    """A standing, 0 to 100, with its range."""
    low, high = interval
    label = f"Standing of {name}, {points(low)} to {points(high)} in eight of ten re-counts"
    return BarView(
        label, points(standing), _width(standing), _width(low), round(max(0.0, _width(high) - _width(low)), 1)
    )


def points(standing: float) -> str:
    """A standing in [0, 1] as whole points of 100."""
    return f"{standing * 100:.0f}"


def _width(share: float) -> float:
    return round(100 * min(1.0, max(0.0, share)), 1)
