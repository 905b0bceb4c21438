"""`reddit:snowboarding`: sites that a subreddit's newest posts link to, through its public feed.

The feed is Atom; each entry's HTML ends in `<a href="https://...">[link]</a> <a href="...">[comments]</a>`, written
by `<author><name>/u/ada</name></author>`. Votes are not in it.

Source: https://support.reddithelp.com/ (RSS); the JSON of the same pages needs an account and is left alone.
"""

from __future__ import annotations

import re

from generator.crawl.sources.protocol import (
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    page_candidates,
    source_request,
    unique_by_url,
)
from generator.errors import UsageError

EXAMPLE = "reddit:snowboarding"
FINDS = "sites that the newest posts of a subreddit link to"
LIMITS = "100 posts; Reddit's robots.txt and servers refuse most crawlers: then nothing is found, and it is said"

QUERY = re.compile(r"(?:/?r/)?([A-Za-z0-9_]{2,50})/?")


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """The subreddit's feed."""
    match = QUERY.fullmatch(question.words)
    if match is None:
        raise UsageError(f"Seed reddit:{question.words} is no subreddit's name.\n  Write {EXAMPLE}.")
    return source_request(f"https://www.reddit.com/r/{match[1]}/new/.rss?limit=100", page=True)


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:  # noqa: ARG001 - every answer reads alike
    """What the posts link to."""
    if answer.extraction is None or answer.extraction.kind != "feed":
        return SourceReading(broken="no feed of a subreddit")
    return SourceReading(unique_by_url(page_candidates(answer.extraction)))
