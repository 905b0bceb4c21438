"""When a person writes: posts by month, cadence and direction. Counts and dates only."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median

from generator.formatting import WEEKDAY_NAMES, plain_day
from generator.records import Cadence, Citation, Direction, Period, Post
from generator.records.activity import silent_after, usual_interval

HALF_YEAR = 182
FEW_FOR_INTERVAL, FEW_FOR_DAY = 2, 5
LONG_QUIET = 365  # days without a post, after which a person is not steady, however rarely they write
ANY_OF_SEVEN = 2.45  # standard deviations that the largest of seven equal shares passes once in twenty times
CHANGE = 1.5  # ratio of rates from which a change is called one


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """First days of all months from one day to another, both included."""
    months, at = [], month_of(first)
    while at <= last:
        months.append(at)
        at = (at + timedelta(days=32)).replace(day=1)
    return tuple(months)


def monthly_activity(
    posts: Sequence[Post], received: Iterable[Citation], window: tuple[date, date]
) -> tuple[Period, ...]:
    """Posts written and citations received in each month of the window."""
    all_posts = Counter(month_of(post.published_on) for post in posts if post.published_on)
    topical = Counter(month_of(post.published_on) for post in posts if post.published_on and post.on_topic)
    citations = Counter(month_of(citation.published_on) for citation in received if citation.published_on)
    return tuple(Period(month, all_posts[month], topical[month], citations[month]) for month in months_between(*window))


def cadence(posts: Sequence[Post], as_of: date) -> Cadence:
    """How often, on which weekday and at which hour, where enough is known to say."""
    days = sorted({post.published_on for post in posts if post.published_on and post.published_on <= as_of})
    gaps = [(after - before).days for before, after in itertools.pairwise(days)]
    recent = [post for post in posts if post.published_on and 0 <= (as_of - post.published_on).days < 365]
    timed = [post.published_at for post in posts if post.published_at and post.time_known]
    dated = [post.published_on for post in posts if post.published_on]
    return Cadence(
        median_days_between=float(median(gaps)) if len(days) >= FEW_FOR_INTERVAL else None,
        weekday=_habit([WEEKDAY_NAMES[day.weekday()] for day in dated]) if len(dated) >= FEW_FOR_DAY else None,
        hour=_usual_hour([moment.hour for moment in timed]) if len(timed) >= FEW_FOR_DAY else None,
        posts_last_year=len(recent),
        zoned=any(moment.utcoffset() for moment in timed),
    )


def _habit(days: Sequence[str]) -> str | None:
    """The commonest weekday where it is clearly so: a third of all posts, and more than chance gives any of seven."""
    (day, times), *_ = sorted(Counter(days).items(), key=lambda pair: (-pair[1], WEEKDAY_NAMES.index(pair[0])))
    expected, spread = len(days) / 7, (len(days) * 6 / 49) ** 0.5
    return day if 3 * times >= len(days) and times >= expected + ANY_OF_SEVEN * spread else None


def _usual_hour(hours: Sequence[int]) -> int | None:
    """The middle of the three neighbouring hours that hold most posts, where they hold a third."""
    count = Counter(hours)
    around = {hour: count[(hour - 1) % 24] + count[hour] + count[(hour + 1) % 24] for hour in range(24)}
    best = max(range(24), key=lambda hour: (around[hour], count[hour], -hour))
    return best if 3 * around[best] >= len(hours) else None


def direction(posts: Sequence[Post], window: tuple[date, date], as_of: date) -> tuple[Direction, str]:
    """Which way their topical writing goes: the last half-year against their own habit, with the figures."""
    topical = [
        post.published_on for post in posts if post.on_topic and post.published_on and post.published_on <= as_of
    ]
    days = sorted(day for day in topical if day >= window[0])
    if not days:
        return Direction.SILENT, "No dated post on the topic inside the window."
    limit, quiet = silent_after(days), (as_of - days[-1]).days
    if quiet > limit:
        return Direction.SILENT, f"Last post on the topic on {plain_day(days[-1])}, {_span(quiet)} ago."
    if quiet > LONG_QUIET:
        usual = usual_interval(days)
        rarely = f"; they usually write on it every {_span(round(usual))}" if usual else ""
        return Direction.FADING, f"No post on the topic for {_span(quiet)}{rarely}."
    if (as_of - days[0]).days <= HALF_YEAR and (days[0] - window[0]).days > HALF_YEAR // 2:
        return Direction.NEW, f"First heard on the topic on {plain_day(days[0])}; {_posts(len(days))} since."
    return _against_habit(days, as_of)


def _against_habit(days: Sequence[date], as_of: date) -> tuple[Direction, str]:
    """The last half-year's posts against the half-years before."""
    recent = sum((as_of - day).days < HALF_YEAR for day in days)
    earlier_days = max((as_of - days[0]).days - HALF_YEAR, HALF_YEAR // 2)
    habit = (len(days) - recent) * HALF_YEAR / earlier_days
    said = f"{_posts(recent)} on the topic in the last half-year, against {_rate(habit)} in the half-years before."
    if recent + 1 > CHANGE * (habit + 1):
        return Direction.RISING, said
    if habit + 1 > CHANGE * (recent + 1):
        return Direction.FADING, said
    return Direction.STEADY, said


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"


def _rate(habit: float) -> str:
    """A habit in words: whole numbers where they are large enough to be honest."""
    if habit < 0.1:
        return "none"
    return f"about {habit:.0f} each" if habit >= 1.5 else f"about {habit:.1f} each"


def _span(days: int) -> str:
    """A length of time in the unit a person would use."""
    if days < 60:
        return f"{days} days"
    if days < 730:
        return f"{round(days / 30.4)} months"
    return f"{days / 365.25:.0f} years"
