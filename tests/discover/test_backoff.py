"""When a host that fails night after night is asked again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.discover import is_resting, update_failing_hosts
from generator.discover.backoff import pause_days
from generator.records import FailingHost

DAY = date(2026, 1, 31)


@pytest.mark.parametrize(("nights", "days"), [(1, 1), (3, 1), (4, 2), (5, 4), (6, 8), (7, 16), (8, 28), (500, 28)])
def test_pauses_grow_to_four_weeks(nights, days):
    """Three nights change nothing; then twice as long each time, never longer than 28 days."""
    assert pause_days(nights) == days


def test_a_host_failing_for_a_year_is_asked_about_twenty_times_and_comes_back():
    """Every night we look; each time it is due it is asked; one answer, and it is as any other."""
    known, asked = {}, 0
    for night in range(365):
        today = DAY + timedelta(days=night)
        if not is_resting(known.get("a.example"), today):
            asked += 1
            known = {t.host: t for t in update_failing_hosts(known, answered=(), failed=["a.example"], as_of=today)}

    assert 15 <= asked <= 25
    assert known["a.example"].since == DAY
    assert (
        update_failing_hosts(known, answered=["a.example"], failed=["a.example"], as_of=DAY + timedelta(days=400)) == ()
    )


def test_a_second_run_on_one_day_counts_once():
    """Trying again after supper is no second night."""
    once = update_failing_hosts({}, answered=(), failed=["a.example"], as_of=DAY)
    twice = update_failing_hosts({t.host: t for t in once}, answered=(), failed=["a.example"], as_of=DAY)

    assert once == twice == (FailingHost("a.example", 1, DAY, DAY),)


@given(st.integers(1, 1_000), st.integers(0, 20_000))
def test_a_clock_that_was_set_back_keeps_nobody_out(nights, back):
    """A host last asked in the future is asked."""
    trouble = FailingHost("a.example", nights, DAY, DAY + timedelta(days=back))
    assert not is_resting(trouble, DAY)


@pytest.mark.parametrize(
    ("url", "trap"),
    [
        ("https://a.example/2025/06/the-weak-layer/", False),
        ("https://a.example/blog/category/snow/page/2/", False),
        ("https://a.example/" + "deeper/" * 3, True),
        ("https://a.example/" + "/".join(f"f{n}" for n in range(13)), True),
        ("https://a.example/shop?a=1&b=2&c=3&d=4&e=5&f=6", True),
    ],
)
def test_traps_are_known_by_their_addresses(url, trap):
    """Circles, depths and filters that no blog's permalinks have."""
    from generator.discover.url_kinds import is_trap

    assert is_trap(url) is trap
