"""The default half-life of citations."""

from __future__ import annotations

from generator.records import Corpus

MIN_HALF_LIFE_DAYS = 91.0
WINDOW_SHARE = 0.25


def default_half_life_days(corpus: Corpus) -> float:
    """A quarter of the corpus window, at least 91 days."""
    first, last = corpus.window
    return max(MIN_HALF_LIFE_DAYS, (last - first).days * WINDOW_SHARE)
