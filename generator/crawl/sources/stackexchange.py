"""`stackexchange:tag@site`: own sites of those who answer most under a tag of a Stack Exchange site.

Two steps: `/tags/TAG/top-answerers/all_time` names users, `{"items": [{"user": {"user_id": 7}, "score": ...}]}`;
`/users/7;8;9` gives what they publish of themselves, `{"items": [{"user_id": 7, "website_url": "https://..."}]}`.
Both wrappers may hold `backoff`: seconds to wait before the next request, and they are waited. Scores and
reputation are not read.

Source: https://api.stackexchange.com/docs/top-answerers-on-tags, https://api.stackexchange.com/docs/users-by-ids,
https://api.stackexchange.com/docs/throttle
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from generator.crawl.sources.protocol import (
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    decode_json,
    seed_candidate,
    source_request,
    unique_by_url,
)
from generator.errors import UsageError

EXAMPLE = "stackexchange:avalanche@outdoors"
FINDS = "own sites of those who answer most under a tag of a Stack Exchange site (stackoverflow where none is named)"
LIMITS = "30 people a tag, those who give a site; 300 requests a day without a key, two a query; its back-off is waited"

API = "https://api.stackexchange.com/2.3"
PEOPLE = 30
QUERY = re.compile(r"(?P<tag>[^\s@/;]+)(?:@(?P<site>[a-z0-9.-]+))?", re.IGNORECASE)


class _User(msgspec.Struct):
    user_id: int | None = None  # none: the account is gone
    website_url: str | None = None
    display_name: str = ""


class _Item(msgspec.Struct):
    user: _User = msgspec.field(default_factory=_User)


class _Answerers(msgspec.Struct):
    items: list[_Item]
    backoff: float = 0.0


class _Users(msgspec.Struct):
    items: list[_User]
    backoff: float = 0.0


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """Who answers most under the tag."""
    match = QUERY.fullmatch(question.words)
    if match is None:
        raise UsageError(f"Seed stackexchange:{question.words} is no tag@site.\n  Write {EXAMPLE}.")
    site = quote(match["site"] or "stackoverflow", safe="")
    return source_request(
        f"{API}/tags/{quote(match['tag'], safe='')}/top-answerers/all_time?pagesize={PEOPLE}&site={site}"
    )


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The people to ask about, or the sites they give."""
    parts = urlsplit(answer.request.url)
    if "/top-answerers/" in parts.path:
        named = decode_json(answer.snapshot, _Answerers)
        if named is None:
            return SourceReading(broken="no wrapper of Stack Exchange's API")
        ids = sorted({item.user.user_id for item in named.items if item.user.user_id is not None})[:PEOPLE]
        site = parse_qs(parts.query)["site"][0]
        who = f"{API}/users/{';'.join(map(str, ids))}?pagesize={PEOPLE}&site={site}"
        return SourceReading(then=source_request(who) if ids else (), wait_s=max(0.0, named.backoff))
    users = decode_json(answer.snapshot, _Users)
    if users is None:
        return SourceReading(broken="no wrapper of Stack Exchange's API")
    words = f"answers questions about {question.words.partition('@')[0]}"
    leads = unique_by_url(
        one for user in users.items for one in seed_candidate(user.website_url, words, str(user.user_id))
    )
    return SourceReading(leads, wait_s=max(0.0, users.backoff))
