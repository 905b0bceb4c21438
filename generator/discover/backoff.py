"""Exponential back-off between nightly runs for hosts that keep failing.

A host fails in a night when none of its requests was answered. Pure: dates are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from generator.records import FailingHost

MIN_FAILING_NIGHTS = 3  # failures in a row before the pause grows: servers are moved at week-ends
MAX_PAUSE_DAYS = 28  # a host that works again is crawled again within four weeks


def pause_days(nights: int) -> int:
    """Days without requests after a number of failing nights in a row: 1, 1, 1, 2, 4, 8, 16, 28, 28 ..."""
    doublings = min(max(0, nights - MIN_FAILING_NIGHTS), 10)
    return int(min(2**doublings, MAX_PAUSE_DAYS))


def is_resting(failing: FailingHost | None, as_of: date) -> bool:
    """Whether a host is skipped tonight; a last failure in the future, from a wrong clock, is ignored."""
    if failing is None or as_of <= failing.last:
        return False
    return as_of < failing.last + timedelta(days=pause_days(failing.nights))


def update_failing_hosts(
    before: Mapping[str, FailingHost], *, answered: Iterable[str], failed: Iterable[str], as_of: date
) -> tuple[FailingHost, ...]:
    """The failing hosts after a night, sorted by host.

    Args:
        before: the failing hosts before it, by host.
        answered: hosts that gave at least one answer.
        failed: hosts with a failed request; a host that is also in `answered` did not fail.
        as_of: date of the night; a second run on the same date does not count again.
    """
    working, after = frozenset(answered), dict(before)
    for host in working:
        after.pop(host, None)
    for host in frozenset(failed) - working:
        known = before.get(host)
        if known is None or known.last > as_of:
            after[host] = FailingHost(host, 1, as_of, as_of)
        elif known.last < as_of:
            after[host] = FailingHost(host, known.nights + 1, known.since, as_of)
    return tuple(after[host] for host in sorted(after))
