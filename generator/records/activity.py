"""The silence rule: when a person counts as silent, by their own posting interval."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from statistics import median

MIN_SILENT_DAYS = 91  # 13 weeks; the least silence that counts
SILENT_INTERVALS = 4  # of a person's own median intervals


def usual_interval(days: Iterable[date]) -> float | None:
    """Median days between one day with posts and the next; None for fewer than two days."""
    gaps = [(after - before).days for before, after in itertools.pairwise(sorted(set(days)))]
    return float(median(gaps)) if gaps else None


def silent_after(days: Iterable[date]) -> float:
    """Days without a post after which a person counts as silent: 13 weeks, or four of their intervals if longer."""
    return max(float(MIN_SILENT_DAYS), SILENT_INTERVALS * (usual_interval(days) or 0.0))


def is_silent(days: Iterable[date], as_of: date) -> bool:
    """Whether a person with posts on these days counts as silent on `as_of`; False without any post until then."""
    until = [day for day in days if day <= as_of]
    return bool(until) and (as_of - max(until)).days > silent_after(until)
