"""Small charts as geometry: columns over time, sparks, bars. Plain numbers in, view models out."""

from __future__ import annotations

from collections.abc import Sequence

from generator.records import Period
from generator.render.views import Activity, Bar, Column, Spark, Tick
from generator.render.words import counted, month, number, percent, short_month

WIDTH, HEIGHT = 640.0, 120.0
SPARK_WIDTH, SPARK_HEIGHT = 96.0, 24.0
MOST_COLUMNS = 72  # months; older ones are folded into quarters or years so that a column stays visible
TICKS = 6


def activity(periods: Sequence[Period]) -> Activity | None:
    """Columns of posts per month, on-topic ones filled; None where there is nothing to show."""
    shown = _folded(periods)
    highest = max((period.posts for period in shown), default=0)
    if not highest:
        return None
    step = WIDTH / max(len(shown), 12)
    columns = tuple(_column(period, place * step, step, highest) for place, period in enumerate(shown))
    every = max(1, -(-len(shown) // TICKS))
    ticks = tuple(
        Tick(round(place * step, 1), short_month(period.start))
        for place, period in enumerate(shown)
        if place % every == 0
    )
    posts, topical = sum(p.posts for p in shown), sum(p.on_topic for p in shown)
    return Activity(
        width=WIDTH,
        height=HEIGHT,
        columns=columns,
        ticks=ticks,
        top=number(highest),
        summary=f"{counted(posts, 'post')} from {month(shown[0].start)} to {month(shown[-1].start)}, "
        f"{number(topical)} of them on topic; at most {number(highest)} in a column.",
        rows=tuple(
            (month(p.start), number(p.posts), number(p.on_topic), number(p.citations))
            for p in reversed(shown)
            if p.posts or p.citations
        ),
    )  # fmt: skip


def _column(period: Period, x: float, step: float, highest: int) -> Column:
    tall, filled = HEIGHT * period.posts / highest, HEIGHT * min(period.on_topic, period.posts) / highest
    return Column(
        x=round(x + step * 0.1, 2),
        y=round(HEIGHT - tall, 2),
        width=round(step * 0.8, 2),
        height=round(tall, 2),
        y_over=round(HEIGHT - filled, 2),
        height_over=round(filled, 2),
        label=f"{month(period.start)}: {counted(period.posts, 'post')}, {number(period.on_topic)} on topic",
    )


def _folded(periods: Sequence[Period]) -> list[Period]:
    """Months, or as many months to a column as keep the chart under `MOST_COLUMNS`."""
    months = next((months for months in (1, 3) if len(periods) <= MOST_COLUMNS * months), 12)
    return [_sum(periods[at : at + months]) for at in range(0, len(periods), months)]


def _sum(group: Sequence[Period]) -> Period:
    return Period(
        group[0].start,
        sum(p.posts for p in group),
        sum(p.on_topic for p in group),
        sum(p.citations for p in group),
    )


def spark(counts: Sequence[int], what: str) -> Spark | None:
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
    return Spark(" ".join(f"{x},{y}" for x, y in spots), f"{what}, oldest first: {said}", *spots[-1])


def bar(label: str, share: float) -> Bar:
    """A share of the whole as a bar."""
    return Bar(label, percent(share), _width(share))


def ranged_bar(label: str, share: float, between: tuple[float, float]) -> Bar:
    """A share of the whole as a bar, with the range it may lie in."""
    low, high = (_width(bound) for bound in between)
    return Bar(f"{label}, {percent(between[0])} to {percent(between[1])} in eight of ten re-counts", percent(share),
               _width(share), low, round(max(0.0, high - low), 1))  # fmt: skip


def standing_bar(name: str, standing: float, interval: tuple[float, float]) -> Bar:
    """A standing, 0 to 100, with its range."""
    low, high = interval
    label = f"Standing of {name}, {points(low)} to {points(high)} in eight of ten re-counts"
    return Bar(label, points(standing), _width(standing), _width(low), round(max(0.0, _width(high) - _width(low)), 1))


def points(standing: float) -> str:
    """A standing in [0, 1] as whole points of 100."""
    return f"{standing * 100:.0f}"


def _width(share: float) -> float:
    return round(100 * min(1.0, max(0.0, share)), 1)
