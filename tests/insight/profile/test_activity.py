"""When people write: cadence, weekday, months, and which way it goes."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from generator.insight.profile.activity import cadence, direction, monthly_activity, months_between
from generator.records import Direction

sys.path.insert(0, str(Path(__file__).parent))
from tests.factories.insight import AS_OF, WINDOW, post


def dated(*days, hour=None, on_topic=True):
    return [
        post(f"https://ada.example/{n}", "ada", on=day, hour=hour, relevance=0.9 if on_topic else 0.1)
        for n, day in enumerate(days)
    ]


def test_cadence_needs_enough_to_say():
    """Interval from two dates, weekday from five posts, hour only where times are known."""
    mondays = [date(2025, 6, 2) + timedelta(weeks=week) for week in range(6)]

    assert cadence(dated(date(2025, 6, 2)), AS_OF).median_days_between is None
    assert cadence(dated(*mondays), AS_OF).median_days_between == 7.0
    assert (cadence(dated(*mondays), AS_OF).weekday, cadence(dated(*mondays), AS_OF).hour) == ("Monday", None)
    assert cadence(dated(*mondays, hour=7), AS_OF).hour == 7
    assert cadence(dated(*mondays[:4], hour=7), AS_OF).weekday is None


def test_a_weekday_is_usual_where_a_third_of_posts_and_more_than_chance_fall_on_it():
    """Nine of twenty-nine posts on Wednesdays, with seven on Tuesdays, is no habit; thirteen is one."""
    wednesday = date(2025, 6, 4)
    others = [wednesday + timedelta(days=offset) for offset in (1, 2, 3, 4, 5, 6, 6)]
    spread = [day + timedelta(weeks=week) for day in others for week in (0, 1, 2)][:20]

    def usual(times):
        return cadence(dated(*(wednesday + timedelta(weeks=week) for week in range(times)), *spread), AS_OF).weekday

    assert (usual(9), usual(13)) == (None, "Wednesday")


def test_utc_stamps_tell_no_zone():
    """Where every stamp is UTC the hour is UTC's, and says nothing of where somebody lives."""
    mondays = [date(2025, 6, 2) + timedelta(weeks=week) for week in range(6)]
    abroad = [replace(p, published_at=p.published_at.replace(tzinfo=timezone(timedelta(hours=2))))
              for p in dated(*mondays, hour=7)]  # fmt: skip

    assert (cadence(dated(*mondays, hour=7), AS_OF).zoned, cadence(abroad, AS_OF).zoned) == (False, True)


def test_months_of_the_window_are_all_there():
    """Activity holds every month of the window, empty ones too."""
    months = monthly_activity(dated(date(2024, 3, 5), date(2024, 3, 9)), (), (date(2024, 2, 10), date(2024, 4, 1)))

    assert [(m.start, m.posts, m.on_topic) for m in months] == [
        (date(2024, 2, 1), 0, 0), (date(2024, 3, 1), 2, 2), (date(2024, 4, 1), 0, 0),
    ]  # fmt: skip
    assert months_between(date(2024, 12, 31), date(2025, 1, 1)) == (date(2024, 12, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("expected", "days"),
    [
        (Direction.SILENT, [date(2024, 1, 5), date(2024, 2, 5), date(2024, 3, 5)]),
        (Direction.NEW, [date(2025, 12, 1), date(2026, 1, 10)]),
        (Direction.STEADY, [date(2024, 1, 5) + timedelta(days=30 * n) for n in range(25)]),
        (
            Direction.RISING,
            [date(2024, 1, 5), date(2024, 9, 1), *(date(2025, 9, 1) + timedelta(days=15 * n) for n in range(10))],
        ),
        (Direction.FADING, [*(date(2024, 1, 5) + timedelta(days=10 * n) for n in range(50)), date(2026, 1, 20)]),
    ],
    ids=lambda value: value.value if isinstance(value, Direction) else "days",
)
def test_direction_is_measured_against_their_own_habit(expected, days):
    """The last half-year against the half-years before, by their own cadence."""
    assert direction(dated(*days), WINDOW, AS_OF)[0] is expected


def test_direction_says_its_figures():
    """The sentence beside a direction holds what it rests on."""
    days = [date(2024, 1, 5) + timedelta(days=30 * n) for n in range(25)]

    assert (
        direction(dated(*days), WINDOW, AS_OF)[1]
        == "5 posts on the topic in the last half-year, against about 6 each in the half-years before."
    )


def test_nobody_is_steady_after_a_year_without_a_post():
    """However rarely somebody writes, a year without a post is told as such."""
    days = [date(2024, 1, 5), date(2024, 6, 5), date(2024, 12, 20)]

    assert direction(dated(*days), WINDOW, AS_OF) == (
        Direction.FADING, "No post on the topic for 13 months; they usually write on it every 6 months.",
    )  # fmt: skip
