"""`youtube:CHANNEL` or `youtube:PLAYLIST`: sites that the descriptions of a channel's videos link to.

The feed is Atom with Media RSS: `<entry><title>..</title><author><name>..</name></author><media:group>
<media:description>plain text</media:description>`. Views and ratings are not read.

Source: https://developers.google.com/youtube/v3/guides/push_notifications (the feed's address)
"""

from __future__ import annotations

import re

from generator.crawl.sources.protocol import (
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    addresses_in,
    page_candidates,
    seed_candidate,
    source_request,
    unique_by_url,
)
from generator.errors import UsageError

EXAMPLE = "youtube:UC0123456789abcdefghijkl"
FINDS = "sites that the descriptions of a channel's (UC…) or a playlist's (PL…) newest videos link to"
LIMITS = "15 videos; YouTube's robots.txt has closed these feeds to crawlers: they are then refused, and it is said"

FEED = "https://www.youtube.com/feeds/videos.xml?{kind}={id}"
CHANNEL, PLAYLIST = re.compile(r"UC[\w-]{22}"), re.compile(r"(?:PL|UU|OL)[\w-]{10,50}")


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """The feed."""
    words = question.words
    kind = "channel_id" if CHANNEL.fullmatch(words) else "playlist_id" if PLAYLIST.fullmatch(words) else None
    if kind is None:
        raise UsageError(f"Seed youtube:{words} is no channel's or playlist's id.\n  Write {EXAMPLE}.")
    return source_request(FEED.format(kind=kind, id=words), page=True)


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Addresses in the descriptions, each video in its own words."""
    if answer.extraction is None or answer.extraction.kind != "feed":
        return SourceReading(broken="no feed of a channel")
    posts = answer.extraction.posts
    written = (
        one
        for p in posts
        for address in addresses_in(p.text)
        for one in seed_candidate(address, p.title, question.words)
    )
    return SourceReading(unique_by_url((*page_candidates(answer.extraction, by=question.words), *written)))
