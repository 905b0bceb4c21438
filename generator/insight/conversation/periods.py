"""Weeks, months and quarters of a window, and which one a day falls in. Dates only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from generator.insight.profile.activity import months_between
from generator.records import PeriodUnit

WEEKLY_UP_TO = 26  # weeks of window; longer ones are counted by month
MONTHLY_UP_TO = 36  # months of window; longer ones are drawn by quarter

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PeriodCalendar:
    """`fine` periods to count by, `drawn` ones to show; each fine one belongs to one drawn. `last` ends the window."""

    fine: tuple[date, ...]
    drawn: tuple[date, ...]
    unit: PeriodUnit
    last: date

    def drawn_counts(self, fine_counts: Iterable[int]) -> tuple[int, ...]:
        """Counts by fine period as counts by drawn period."""
        counts = np.array([*fine_counts], dtype=np.int64)
        if not len(self.fine):
            return ()
        folded = np.bincount(index_of(self.drawn, self.fine), weights=counts, minlength=len(self.drawn))
        return tuple(int(count) for count in folded)

    def end_of(self, fine: int) -> date:
        """The last day of a fine period, the window's last day at most."""
        following = self.fine[fine + 1] - timedelta(days=1) if fine + 1 < len(self.fine) else self.last
        return min(following, self.last)


def calendar_of(window: tuple[date, date]) -> PeriodCalendar:
    """Weeks of short windows, months of longer ones, drawn by quarter where they would be too many to see."""
    first, last = window
    monday = first - timedelta(days=first.weekday())
    weeks = tuple(monday + timedelta(days=7 * n) for n in range((last - monday).days // 7 + 1))
    if len(weeks) <= WEEKLY_UP_TO:
        return PeriodCalendar(weeks, weeks, PeriodUnit.WEEK, last)
    months = months_between(first, last)
    if len(months) <= MONTHLY_UP_TO:
        return PeriodCalendar(months, months, PeriodUnit.MONTH, last)
    quarters = tuple(dict.fromkeys(month.replace(month=(month.month - 1) // 3 * 3 + 1) for month in months))
    return PeriodCalendar(months, quarters, PeriodUnit.QUARTER, last)


def index_of(periods: Sequence[date], days: Iterable[date | None]) -> Ids:
    """The period each day falls in: the last that began by then; -1 for days before all and unknown ones."""
    known = np.array([day or date(1, 1, 1) for day in days], dtype="datetime64[D]")
    if not len(periods):
        return np.full(len(known), -1, dtype=np.int64)
    return np.searchsorted(np.array(periods, dtype="datetime64[D]"), known, side="right").astype(np.int64) - 1
