"""When a host that fails night after night is asked again: less and less often, never not at all.

A host counts as failing in a night when nothing it was asked in it was answered. Pure: days come as arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from generator.records import FailingHost

PATIENT_NIGHTS = 3  # failures in a row that change nothing: servers are moved at week-ends
LONGEST_PAUSE_DAYS = 28  # a host that comes back is heard again within four weeks


def pause_days(nights: int) -> int:
    """Days a host rests after so many failing nights in a row: 1, 1, 1, 2, 4, 8, 16, 28, 28 ..."""
    doublings = min(max(0, nights - PATIENT_NIGHTS), 10)
    return int(min(2**doublings, LONGEST_PAUSE_DAYS))


def is_resting(trouble: FailingHost | None, as_of: date) -> bool:
    """Whether a host is left in peace tonight; one last asked in the future (a clock that jumped) is not."""
    if trouble is None or as_of <= trouble.last:
        return False
    return as_of < trouble.last + timedelta(days=pause_days(trouble.nights))


def update_failing_hosts(
    before: Mapping[str, FailingHost], *, answered: Iterable[str], failed: Iterable[str], as_of: date
) -> tuple[FailingHost, ...]:
    """What is known of failing hosts after a night, by host.

    Args:
        before: what was known, by host.
        answered: hosts that gave at least one answer.
        failed: hosts that were asked and failed; one that answered as well did not fail.
        as_of: tonight; a second run on one day does not count twice.
    """
    well, after = frozenset(answered), dict(before)
    for host in well:
        after.pop(host, None)
    for host in frozenset(failed) - well:
        known = before.get(host)
        if known is None or known.last > as_of:
            after[host] = FailingHost(host, 1, as_of, as_of)
        elif known.last < as_of:
            after[host] = FailingHost(host, known.nights + 1, known.since, as_of)
    return tuple(after[host] for host in sorted(after))
