"""What the circle talks about over time: terms by distinct people and posts, counted per month or quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from generator.insight.phrases import Usage, log_odds
from generator.insight.rhythm import month_of, months_between
from generator.insight.terms import Ids, TermTable, subsume
from generator.records import PersonId, Trend

TRENDS = 40
MONTHLY_UP_TO = 36  # months of window; longer ones are counted by quarter
FEWEST_PEOPLE, FEWEST_POSTS = 3, 6
COMMONPLACE = 0.3  # share of posts above which a term is the topic itself
OWNED_Z = 2.0  # z against off-topic posts from which a term belongs to the topic
EVERYBODY = 0.6  # share of people above which a single word is everybody's


def periods_of(window: tuple[date, date]) -> tuple[date, ...]:
    """First days of the months, or of the quarters of a long window, oldest first."""
    months = months_between(*window)
    if len(months) <= MONTHLY_UP_TO:
        return months
    return tuple(dict.fromkeys(month.replace(month=(month.month - 1) // 3 * 3 + 1) for month in months))


def period_index(periods: Sequence[date], day: date | None) -> int:
    """Which period a day falls in; -1 for none and for days outside."""
    if day is None or not periods or day < periods[0]:
        return -1
    return int(np.searchsorted(np.array(periods, dtype="datetime64[D]"), np.datetime64(day), side="right")) - 1


def periods_of_posts(table: TermTable, periods: Sequence[date]) -> Ids:
    """The period of each post of the table."""
    if not periods:
        return np.full(len(table.posts), -1, dtype=np.int64)
    starts = np.array(periods, dtype="datetime64[D]")
    days = np.array([post.published_on or date(1, 1, 1) for post in table.posts], dtype="datetime64[D]")
    return np.searchsorted(starts, days, side="right").astype(np.int64) - 1


def candidates(table: TermTable, usage: Usage, elsewhere: np.ndarray | None, unwanted: frozenset[str]) -> list[int]:
    """Terms enough people use that are not the topic itself nor common in what is off topic, best first.

    Args:
        table: terms of the topical posts.
        usage: who uses them.
        elsewhere: counts of the same terms in off-topic posts; None where there are too few to compare.
        unwanted: names and handles.
    """
    by_people, by_posts = (usage.posts > 0).sum(axis=0), table.posts_per_term
    counts = usage.counts.sum(axis=0)
    writers = max(int((usage.posts.sum(axis=1) > 0).sum()), 1)
    single = np.array([" " not in term for term in table.terms] or [True])[: len(table.terms)]
    good = (by_people >= FEWEST_PEOPLE) & (by_posts >= FEWEST_POSTS)
    good &= (by_posts <= COMMONPLACE * max(len(table.posts), 1)) & table.telling
    if writers >= 8:
        good &= ~(single & (by_people > EVERYBODY * writers))
    if elsewhere is not None:
        good &= log_odds(counts, elsewhere.astype(np.float64), counts + elsewhere) > OWNED_Z
    score = np.sqrt(by_people) * np.log1p(by_posts) * np.where(single, 1.0, 1.6)
    found = [int(t) for t in np.flatnonzero(good) if not _unwanted(table.terms[t], unwanted)]
    return sorted(found, key=lambda t: (-float(score[t]), table.terms[t]))


def _unwanted(term: str, unwanted: frozenset[str]) -> bool:
    return term in unwanted or any(word in unwanted for word in term.split())


def term_trends(
    table: TermTable, usage: Usage, chosen: Sequence[int], periods: Sequence[date], *, limit: int = TRENDS
) -> tuple[Trend, ...]:
    """Posts per period for the terms that vary most, those used by more people first.

    Args:
        table: terms of the topical posts.
        usage: who uses them.
        limit: how many trends at most.
        chosen: terms from `candidates`, best first; the first ten times `limit` are looked at.
        periods: first days, oldest first.
    """
    post_period = periods_of_posts(table, periods)
    per_period = np.bincount(post_period[post_period >= 0], minlength=len(periods)).astype(np.float64)
    scored: list[tuple[float, int, Ids]] = []
    for term in chosen[: limit * 10]:
        at = post_period[table.posts_with(term)]
        counts = np.bincount(at[at >= 0], minlength=len(periods))
        if counts.sum() < FEWEST_POSTS:
            continue
        expected = per_period * counts.sum() / max(per_period.sum(), 1.0)
        surprise = float((((counts - expected) ** 2) / np.maximum(expected, 0.5)).sum()) / max(len(periods), 1)
        people = int((usage.posts[:, term] > 0).sum())
        weight = people**0.5 * float(np.log1p(counts.sum())) * (0.2 + min(surprise, 4.0))
        scored.append((weight * (1.5 if " " in table.terms[term] else 1.0), term, counts))
    scored.sort(key=lambda entry: (-entry[0], table.terms[entry[1]]))
    kept = set(subsume([(table.terms[term], int(counts.sum())) for _, term, counts in scored], limit))
    return tuple(
        Trend(table.shown[term], tuple(int(n) for n in counts), int(counts.sum()),
              round(change_of(counts.astype(np.float64), per_period), 2), _people(usage, term))
        for _, term, counts in scored
        if table.terms[term] in kept
    )  # fmt: skip


def change_of(counts: np.ndarray, per_period: np.ndarray) -> float:
    """log2 of the rate in the window's last quarter against the rest, each with half a post added."""
    cut = len(counts) - max(1, len(counts) // 4)
    late = (float(counts[cut:].sum()) + 0.5) / (float(per_period[cut:].sum()) + 1.0)
    before = (float(counts[:cut].sum()) + 0.5) / (float(per_period[:cut].sum()) + 1.0)
    return float(np.log2(late / before))


def _people(usage: Usage, term: int) -> tuple[PersonId, ...]:
    """Who uses a term, most posts first."""
    column = usage.posts[:, term]
    users = [(-float(column[row]), person) for row, person in enumerate(usage.people) if column[row] > 0]
    return tuple(person for _, person in sorted(users))


def month_index(table: TermTable, window: tuple[date, date]) -> tuple[tuple[date, ...], Ids]:
    """Months of the window and the month of each post."""
    months = months_between(month_of(window[0]), window[1])
    return months, periods_of_posts(table, months)
