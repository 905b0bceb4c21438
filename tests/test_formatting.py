"""Formatting of numbers, dates, lists and language names in the report."""

from __future__ import annotations

from datetime import date

import pytest

from generator.formatting import (
    counted,
    day,
    hour,
    language_name,
    listed,
    month,
    number,
    percent,
    period,
    plain_day,
    short_month,
    short_period,
)
from generator.records import PeriodUnit

MARCH = date(2025, 3, 1)


def test_a_share_is_a_percentage():
    """A share above zero is never shown as zero."""
    assert [percent(share) for share in (0.714, 0.001, 0, 1)] == [
        "71\u00a0%",
        "under 1\u00a0%",
        "0\u00a0%",
        "100\u00a0%",
    ]


def test_a_number_has_thin_spaces_and_at_most_two_decimals():
    """Thousands are separated; trailing zeros are dropped."""
    assert [number(value) for value in (0, 999, 1234, 1234567, 2.5, 2.004, 12345.678)] == [
        "0",
        "999",
        "1\u202f234",
        "1\u202f234\u202f567",
        "2.5",
        "2",
        "12\u202f345.68",
    ]


def test_a_noun_agrees_with_its_count():
    """One is singular, none and several are plural; irregular plurals are given."""
    assert [counted(0, "post"), counted(1, "post"), counted(2, "person", "people")] == [
        "0\u00a0posts",
        "1\u00a0post",
        "2\u00a0people",
    ]


def test_names_are_joined_with_and():
    """No comma stands before "and"; names beyond the limit are counted."""
    assert listed(["Ada", "Bo", "Cy", "Dee"]) == "Ada, Bo, Cy and 1\u00a0other"
    assert [listed(["Ada", "Bo", "Cy"]), listed(["Ada", "Bo"]), listed(["Ada"]), listed([])] == [
        "Ada, Bo and Cy",
        "Ada and Bo",
        "Ada",
        "",
    ]


def test_a_name_from_right_to_left_is_isolated():
    """The text after such a name stays in order."""
    assert listed(["Ada", "مريم"]) == "Ada and \u2068مريم\u2069"


def test_a_date_is_written_out():
    """Days and months are in English, whatever the locale of the machine."""
    assert [day(MARCH), plain_day(MARCH), month(MARCH), short_month(MARCH), short_month(date(2025, 9, 1))] == [
        "1\u00a0March 2025",
        "1 March 2025",
        "March 2025",
        "Mar 25",
        "Sep 25",
    ]
    assert [day(None), plain_day(None, "an unknown day")] == ["undated", "an unknown day"]


def test_hours_wrap_at_midnight():
    """The three hours around one, on a clock of 24 hours."""
    assert [hour(7), hour(0), hour(23)] == ["06:00 to 09:00", "23:00 to 02:00", "22:00 to 01:00"]


def test_a_language_without_a_name_keeps_its_code():
    """The text for a language without a name can be given."""
    assert [language_name("de"), language_name("hu"), language_name("xx"), language_name("xx", "another")] == [
        "German",
        "Hungarian",
        "xx",
        "another",
    ]


@pytest.mark.parametrize(
    ("unit", "short", "full"),
    [
        (PeriodUnit.WEEK, "6 Oct 25", "week of 6\u00a0October 2025"),
        (PeriodUnit.MONTH, "Oct 25", "October 2025"),
        (PeriodUnit.QUARTER, "Q4 25", "October to December 2025"),
    ],
)
def test_a_period_is_named_by_its_unit(unit, short, full):
    """A quarter is named by its first and last month, not by one month."""
    start = date(2025, 10, 6 if unit is PeriodUnit.WEEK else 1)

    assert (short_period(start, unit), period(start, unit)) == (short, full)
