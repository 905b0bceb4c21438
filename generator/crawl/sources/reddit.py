"""`reddit:snowboarding`: sites that a subreddit's newest posts link to, through its public feed.

The feed is Atom; each entry's HTML ends in `<a href="https://...">[link]</a> <a href="...">[comments]</a>`, written
by `<author><name>/u/ada</name></author>`. Votes are not in it.

Source: https://support.reddithelp.com/ (RSS); the JSON of the same pages needs an account and is left alone.
"""

from __future__ import annotations

import re

from generator.crawl.sources.protocol import Answer, Ask, Question, Reading, ask, each_once, page_leads
from generator.errors import UsageError

EXAMPLE = "reddit:snowboarding"
FINDS = "sites that the newest posts of a subreddit link to"
LIMITS = "100 posts; Reddit's robots.txt and servers refuse most crawlers: then nothing is found, and it is said"

QUERY = re.compile(r"(?:/?r/)?([A-Za-z0-9_]{2,50})/?")


def first(question: Question) -> tuple[Ask, ...]:
    """The subreddit's feed."""
    match = QUERY.fullmatch(question.words)
    if match is None:
        raise UsageError(f"Seed reddit:{question.words} is no subreddit's name.\n  Write {EXAMPLE}.")
    return ask(f"https://www.reddit.com/r/{match[1]}/new/.rss?limit=100", page=True)


def read(question: Question, answer: Answer) -> Reading:  # noqa: ARG001 - every answer reads alike
    """What the posts link to."""
    if answer.extraction is None or answer.extraction.kind != "feed":
        return Reading(broken="no feed of a subreddit")
    return Reading(each_once(page_leads(answer.extraction)))
