"""`youtube:CHANNEL` or `youtube:PLAYLIST`: sites that the descriptions of a channel's videos link to.

The feed is Atom with Media RSS: `<entry><title>..</title><author><name>..</name></author><media:group>
<media:description>plain text</media:description>`. Views and ratings are not read.

Source: https://developers.google.com/youtube/v3/guides/push_notifications (the feed's address)
"""

from __future__ import annotations

from generator.sources.descriptor import SourceAnswer, SourceDescriptor, SourceQuery, SourceReading, SourceRequest
from generator.sources.parsing import addresses_in, page_candidates, seed_candidate, source_request, unique_by_url

FEED = "https://www.youtube.com/feeds/videos.xml?{kind}={id}"


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The feed."""
    kind = "channel_id" if query.parts["channel"] else "playlist_id"
    return source_request(FEED.format(kind=kind, id=query.words), page=True)


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Addresses in the descriptions, each with the title of its video."""
    if answer.extraction is None or answer.extraction.kind != "feed":
        return SourceReading(broken="no feed of a channel")
    posts = answer.extraction.posts
    written = (
        one for p in posts for address in addresses_in(p.text) for one in seed_candidate(address, p.title, query.words)
    )
    return SourceReading(unique_by_url((*page_candidates(answer.extraction, by=query.words), *written)))


SOURCE = SourceDescriptor(
    name="youtube",
    grammar=r"(?P<channel>UC[\w-]{22})|(?:PL|UU|OL)[\w-]{10,50}",
    form="the id of a channel, UC and 22 letters",
    mismatch="is not a channel's or playlist's id",
    example="youtube:UC0123456789abcdefghijkl",
    finds="sites that the descriptions of a channel's (UC…) or a playlist's (PL…) newest videos link to",
    limits="15 videos; YouTube's robots.txt closes these feeds to crawlers: the report then says so",
    terms="https://developers.google.com/youtube/terms/api-services-terms-of-service",
    empty_answer=("text/xml", b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Ada</title></feed>'),
    start=start,
    parse=parse,
)
