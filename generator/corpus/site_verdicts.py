"""Verdicts on sites: in by the relevance of their posts, by the topic file, or by what sites inside cite them for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from generator.config import Topic
from generator.corpus.merged_posts import MergedPost
from generator.corpus.relevance import site_verdict
from generator.records import ON_TOPIC, Site, SiteId, SiteState, Url
from generator.urls import canonical_url, url_key

NEAR_TOPIC = 0.3  # relevance of a citing post from which its citation counts for the cited site
MIN_CITED_RELEVANCE = 0.1  # relevance below which a cited post is off topic
MIN_CITING_SITES = 2  # on-topic sites that must cite a site to let it in
MIN_CITED_POSTS = 2  # posts on topic that such a site must have


def with_verdict(site: Site, values: npt.NDArray[np.float64], seed_level: float, topic: Topic, elsewhere: int) -> Site:
    """The site with its verdict from the relevance of its posts; an unreached site keeps the reason of the crawl."""
    inside, reason = site_verdict(values, seed_level)
    for override in topic.people:
        if override.keep and (url := canonical_url(override.keep)) and url_key(url) == url_key(site.id):
            inside, reason = len(values) > 0, f"kept by the analyst ({reason})"
    if not len(values) and site.state == SiteState.UNREACHED:
        return site
    if not len(values) and elsewhere:
        reason = f"an aggregator: all {elsewhere} entries of its feed stand on other sites"
    return replace(
        site,
        state=SiteState.IN if inside else SiteState.OUT,
        reason=reason,
        posts=len(values),
        on_topic_posts=int((values >= ON_TOPIC).sum()),
        relevance=round(float(values.mean()), 4) if len(values) else 0.0,
    )


def let_in_by_citations(
    judged: tuple[Site, ...], merged_posts: Sequence[MergedPost], rho: Mapping[Url, float]
) -> tuple[Site, ...]:
    """Let in sites with few posts on the topic if those posts are what sites inside cite them for.

    At least two sites inside must cite such posts, in posts near the topic themselves. Citations of other posts do
    not count: they show fame, not a share in the topic.
    """
    inside = {site.id for site in judged if site.state == SiteState.IN}
    topical = {
        url_key(url): d.site for d in merged_posts if rho[d.url] >= MIN_CITED_RELEVANCE for url in (d.url, *d.aliases)
    }
    citing: dict[SiteId, set[SiteId]] = defaultdict(set)
    for merged in merged_posts:
        if merged.site in inside and rho[merged.url] >= NEAR_TOPIC:
            for link in merged.links:
                if (cited := topical.get(url_key(link.target))) is not None and cited != merged.site:
                    citing[cited].add(merged.site)
    return tuple(
        replace(
            site,
            state=SiteState.IN,
            reason=f"posts that have to do with the topic are cited by {len(citing[site.id])} sites inside; "
            f"{site.on_topic_posts} of {site.posts} posts are about the topic",
        )
        if site.state == SiteState.OUT
        and len(citing[site.id]) >= MIN_CITING_SITES
        and site.on_topic_posts >= MIN_CITED_POSTS
        else site
        for site in judged
    )
