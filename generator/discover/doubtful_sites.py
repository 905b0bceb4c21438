"""Which rejected sites get a second look before the rejection is final.

A site is first judged by a few recent posts. An author who wrote about the topic for years may write about something
else now, so a rejection that rests on few posts is checked against older ones.
"""

from __future__ import annotations

from generator.records import Site, SiteState

MAX_DOUBTFUL_POSTS = 40  # posts read, from which a rejection is final
MIN_DOUBTFUL_RELEVANCE = 0.2  # mean relevance of the posts read, 0-1
MIN_DOUBTFUL_ON_TOPIC_POSTS = 2
MIN_TOPICAL_TITLES = 2  # unread posts whose titles name the topic


def rejected_on_few_posts(site: Site) -> bool:
    """Whether a site was read and rejected, on fewer than `MAX_DOUBTFUL_POSTS` posts."""
    return site.state == SiteState.OUT and site.posts < MAX_DOUBTFUL_POSTS


def is_doubtful(site: Site, *, topical_titles: int) -> bool:
    """Whether a rejected site shows a sign of more posts on the topic than those read.

    Args:
        site: a site rejected on few posts.
        topical_titles: its unread posts whose titles name the topic.
    """
    near_topic = site.on_topic_posts >= MIN_DOUBTFUL_ON_TOPIC_POSTS or site.relevance >= MIN_DOUBTFUL_RELEVANCE
    return topical_titles >= MIN_TOPICAL_TITLES or (site.posts > 0 and near_topic)
