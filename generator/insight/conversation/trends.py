"""What the circle talks about over time: terms, links and people, as posts per week or month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.insight.conversation.periods import PeriodCalendar, index_of
from generator.insight.conversation.series import Series
from generator.insight.terms.keyness import Floats, TermUsage, log_odds
from generator.insight.terms.term_counts import TermTable, merge_contained_terms
from generator.records import ItemKind, Trend

TRENDS, TRENDS_FEW = 24, 12  # terms; links and people
LOOKED_AT = 400  # terms
FEWEST_PEOPLE, FEWEST_POSTS = 3, 6
COMMONPLACE = 0.3  # share of posts above which a term is the topic itself
OWNED_Z = 2.0  # z against off-topic posts from which a term belongs to the topic
EVERYBODY = 0.6  # share of people above which a single word is common


def trend_candidates(
    table: TermTable, usage: TermUsage, background_counts: np.ndarray | None, excluded_words: frozenset[str]
) -> list[int]:
    """Terms enough people use that are neither the topic itself nor common off topic, best first.

    Args:
        table: terms of the topical posts.
        usage: who uses them.
        background_counts: counts of the same terms in off-topic posts; None where there are too few to compare.
        excluded_words: names and handles.
    """
    by_people, by_posts = (usage.posts > 0).sum(axis=0), table.posts_per_term
    counts = usage.counts.sum(axis=0)
    writers = max(int((usage.posts.sum(axis=1) > 0).sum()), 1)
    single = np.array([" " not in term for term in table.terms] or [True])[: len(table.terms)]
    good = (by_people >= FEWEST_PEOPLE) & (by_posts >= FEWEST_POSTS)
    good &= (by_posts <= COMMONPLACE * max(len(table.posts), 1)) & table.subject
    if writers >= 8:
        good &= ~(single & (by_people > EVERYBODY * writers))
    if background_counts is not None:
        good &= log_odds(counts, background_counts.astype(np.float64), counts + background_counts) > OWNED_Z
    score = np.sqrt(by_people) * np.log1p(by_posts) * np.where(single, 1.0, 1.6)
    found = [int(t) for t in np.flatnonzero(good) if not _unwanted(table.terms[t], excluded_words)]
    return sorted(found, key=lambda t: (-float(score[t]), table.terms[t]))


def _unwanted(term: str, excluded_words: frozenset[str]) -> bool:
    return term in excluded_words or any(word in excluded_words for word in term.split())


def trends_of(
    all_series: Sequence[Series], calendar: PeriodCalendar, per_fine: Floats, *, limit: int = TRENDS
) -> tuple[Trend, ...]:
    """Posts per period for the all_series that vary most, those carried by more people first.

    Args:
        all_series: of one kind; terms best first.
        calendar: the periods.
        per_fine: all topical posts in each fine period.
        limit: how many trends at most.
    """
    drawn = np.array(calendar.drawn_counts(int(n) for n in per_fine), dtype=np.float64)
    scored: list[tuple[float, str, Series, tuple[int, ...]]] = []
    for series in all_series:
        fine = counts_by_bin(series, calendar)
        counts = np.array(calendar.drawn_counts(fine), dtype=np.float64)
        if counts.sum() < FEWEST_POSTS:
            continue
        expected = drawn * counts.sum() / max(drawn.sum(), 1.0)
        surprise = float((((counts - expected) ** 2) / np.maximum(expected, 0.5)).sum()) / max(len(drawn), 1)
        weight = len(series.people) ** 0.5 * float(np.log1p(counts.sum())) * (0.2 + min(surprise, 4.0))
        longer = 1.5 if series.kind is ItemKind.TERM and " " in series.key else 1.0
        scored.append((weight * longer, series.key, series, fine))
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    if all_series and all_series[0].kind is ItemKind.TERM:
        ranked = [(key, sum(fine)) for _, key, _, fine in scored]
        kept = set(merge_contained_terms(ranked, limit, code=all_series[0].code))
        scored = [entry for entry in scored if entry[1] in kept]
    return tuple(_trend(series, calendar, fine, drawn) for _, _, series, fine in scored[:limit])


def _trend(series: Series, calendar: PeriodCalendar, fine: tuple[int, ...], drawn: Floats) -> Trend:
    counts = calendar.drawn_counts(fine)
    change = round(rate_change(np.array(counts, dtype=np.float64), drawn), 2)
    return Trend(series.label, counts, sum(counts), change, series.people, series.kind, series.ref, fine)


def counts_by_bin(series: Series, calendar: PeriodCalendar) -> tuple[int, ...]:
    """A series's posts in each fine period."""
    at = index_of(calendar.fine, (post.published_on for post in series.posts))
    return tuple(int(n) for n in np.bincount(at[at >= 0], minlength=len(calendar.fine)))


def rate_change(counts: np.ndarray, per_period: np.ndarray) -> float:
    """log2 of the rate in the window's last quarter against the rest, each with half a post added."""
    cut = len(counts) - max(1, len(counts) // 4)
    late = (float(counts[cut:].sum()) + 0.5) / (float(per_period[cut:].sum()) + 1.0)
    before = (float(counts[:cut].sum()) + 0.5) / (float(per_period[:cut].sum()) + 1.0)
    return float(np.log2(late / before))
