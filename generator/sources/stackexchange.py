"""`stackexchange:tag@site`: websites of the people who answer most under a tag of a Stack Exchange site.

Two steps: `/tags/TAG/top-answerers/all_time` names users, `{"items": [{"user": {"user_id": 7}, "score": ...}]}`;
`/users/7;8;9` gives their public profiles, `{"items": [{"user_id": 7, "website_url": "https://..."}]}`.
Both wrappers may hold `backoff`, the seconds to wait before the next request. Scores and reputation are not read.

Source: https://api.stackexchange.com/docs/top-answerers-on-tags, https://api.stackexchange.com/docs/users-by-ids,
https://api.stackexchange.com/docs/throttle
"""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from generator.sources.descriptor import SourceAnswer, SourceDescriptor, SourceQuery, SourceReading, SourceRequest
from generator.sources.parsing import decode_json, seed_candidate, source_request, unique_by_url

API = "https://api.stackexchange.com/2.3"
MAX_PEOPLE = 30


class _User(msgspec.Struct):
    user_id: int | None = None  # None: the account was deleted
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


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The people who answer most under the tag."""
    site = quote(query.parts["site"] or "stackoverflow", safe="")
    return source_request(
        f"{API}/tags/{quote(query.parts['tag'], safe='')}/top-answerers/all_time?pagesize={MAX_PEOPLE}&site={site}"
    )


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The request for the profiles of those people, or the sites their profiles name."""
    parts = urlsplit(answer.request.url)
    if "/top-answerers/" in parts.path:
        named = decode_json(answer.snapshot, _Answerers)
        if named is None:
            return SourceReading(broken="no wrapper of Stack Exchange's API")
        ids = sorted({item.user.user_id for item in named.items if item.user.user_id is not None})[:MAX_PEOPLE]
        site = parse_qs(parts.query)["site"][0]
        profiles = f"{API}/users/{';'.join(map(str, ids))}?pagesize={MAX_PEOPLE}&site={site}"
        return SourceReading(then=source_request(profiles) if ids else (), wait_s=max(0.0, named.backoff))
    users = decode_json(answer.snapshot, _Users)
    if users is None:
        return SourceReading(broken="no wrapper of Stack Exchange's API")
    words = f"answers questions about {query.words.partition('@')[0]}"
    candidates = unique_by_url(
        one for user in users.items for one in seed_candidate(user.website_url, words, str(user.user_id))
    )
    return SourceReading(candidates, wait_s=max(0.0, users.backoff))


SOURCE = SourceDescriptor(
    name="stackexchange",
    grammar=r"(?P<tag>[^\s@/;]+)(?:@(?P<site>[A-Za-z0-9.-]+))?",
    form="tag@site",
    mismatch="is not tag@site",
    example="stackexchange:avalanche@outdoors",
    finds=(
        "websites of the people who answer most under a tag of a Stack Exchange site (stackoverflow where none is "
        "named)"
    ),
    limits=(
        "30 people a tag, of them those who name a website; 300 requests a day without a key, two a query; its "
        "back-off is obeyed"
    ),
    terms="https://api.stackexchange.com/docs/throttle",
    empty_answer=("application/json", b'{"items": [], "has_more": false, "quota_remaining": 1}'),
    start=start,
    parse=parse,
)
