"""Finished posts: merged posts with author, relevance and the window that bounds what is scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from generator.config import Topic
from generator.corpus.merged_posts import MergedPost
from generator.records import ON_TOPIC, Link, PersonId, Post, Url
from generator.urls import SiteIndex, host_of

DEFAULT_WINDOW = timedelta(days=730)


def finished_post(
    merged: MergedPost, author: PersonId, rho: float, window: tuple[date, date], as_of: date, index: SiteIndex
) -> Post:
    """The finished post. A date after today is dropped; an undated post counts as inside the window."""
    when: datetime | None = merged.published_at
    if when and when.date() > as_of + timedelta(days=1):
        when = None
    links = tuple(
        replace(link, target=_at_present_host(link.target, index))
        for link in merged.links
        if index.site_of(link.target) != merged.site
    )
    return Post(
        url=merged.url,
        author=author,
        site=merged.site,
        title=merged.best.title,
        text=merged.best.text,
        published_at=when,
        time_known=merged.time_known and when is not None,
        language=merged.best.language,
        tags=merged.tags,
        links=_quotable(links, merged),
        relevance=round(rho, 4),
        in_window=when is None or window[0] <= when.date() <= window[1],
        words=merged.row.words if merged.row else 0,
        sightings=merged.sightings,
        aliases=tuple(sorted(merged.aliases)),
        quotable=merged.quotable,
        in_reply_to=merged.best.in_reply_to,
    )


def _quotable(links: tuple[Link, ...], merged: MergedPost) -> tuple[Link, ...]:
    """Links without their sentence where the page asks not to be quoted."""
    return links if merged.quotable else tuple(replace(link, sentence="") for link in links)


def _at_present_host(target: Url, index: SiteIndex) -> Url:
    """The address at the site's present host, where it was given at a former one."""
    site = index.site_of(target)
    if site is None or host_of(target) == host_of(site):
        return target
    old = target.split("/", 3)
    new = site.split("/", 3)
    return Url("/".join([*new[:3], old[3] if len(old) > 3 else ""]))


def scored_window(
    merged_posts: Sequence[MergedPost], rho: Mapping[Url, float], topic: Topic, as_of: date
) -> tuple[date, date]:
    """First and last day that count: from `since` to today, or the 24 months up to the newest post on topic."""
    if topic.topic.since:
        return topic.topic.since, as_of
    days = [d.published_at.date() for d in merged_posts if d.published_at and rho[d.url] >= ON_TOPIC]
    newest = min(max((day for day in days if day <= as_of), default=as_of), as_of)
    return newest - DEFAULT_WINDOW, as_of
