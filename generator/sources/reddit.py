"""`reddit:snowboarding`: sites that a subreddit's newest posts link to, through its public feed.

The feed is Atom; each entry's HTML ends in `<a href="https://...">[link]</a> <a href="...">[comments]</a>`, written
by `<author><name>/u/ada</name></author>`. Votes are not in it.

Source: https://support.reddithelp.com/ (RSS); the JSON of the same pages needs an account and is not used.
"""

from __future__ import annotations

from generator.sources.descriptor import SourceAnswer, SourceDescriptor, SourceQuery, SourceReading, SourceRequest
from generator.sources.parsing import page_candidates, source_request, unique_by_url


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The subreddit's feed."""
    return source_request(f"https://www.reddit.com/r/{query.parts['name']}/new/.rss?limit=100", page=True)


def parse(_query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The links of the posts."""
    if answer.extraction is None or answer.extraction.kind != "feed":
        return SourceReading(broken="no feed of a subreddit")
    return SourceReading(unique_by_url(page_candidates(answer.extraction)))


SOURCE = SourceDescriptor(
    name="reddit",
    grammar=r"(?:/?r/)?(?P<name>[A-Za-z0-9_]{2,50})/?",
    form="subreddit",
    mismatch="is not a subreddit's name",
    example="reddit:snowboarding",
    finds="sites that the newest posts of a subreddit link to",
    limits="100 posts; Reddit's robots.txt and servers refuse most crawlers: the report then says so",
    terms="https://redditinc.com/policies/data-api-terms",
    empty_answer=(
        "application/atom+xml",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>new : snow</title></feed>',
    ),
    start=start,
    parse=parse,
)
