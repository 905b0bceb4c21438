"""`lemmy:words@server` and `lemmy:!community@server`: what communities on Lemmy link to.

Both answers hold posts in one shape: `{"posts": [{"post": {"name": "...", "url": "https://...", "body": "...",
"creator_id": 7}, "counts": {...}}]}`. Votes are not read.

Source: https://join-lemmy.org/api/ (GET /api/v3/search, GET /api/v3/post/list)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from generator.crawl.sources.protocol import (
    SeedCandidate,
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    addresses_in,
    decode_json,
    seed_candidate,
    source_request,
    unique_by_url,
)
from generator.errors import UsageError

EXAMPLE = "lemmy:backcountry skiing@lemmy.world"
FINDS = "sites that posts on Lemmy link to: those with the words, or with `!name@server` the newest of a community"
LIMITS = "150 posts; some servers ask for a login to search; lemmy.world where no server is named"

PAGE_SIZE, MAX_PAGES = 50, 3
SERVER = "lemmy.world"
QUERY = re.compile(r"(?P<community>!)?(?P<name>[^@!]+)(?:@(?P<server>[^\s@/]+\.[^\s@/]+))?")


class _Post(msgspec.Struct):
    name: str = ""
    url: str | None = None
    body: str | None = None
    creator_id: int = 0


class _View(msgspec.Struct):
    post: _Post


class _Answer(msgspec.Struct):
    posts: list[_View]


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """The first page of a search or a community."""
    match = QUERY.fullmatch(question.words)
    if match is None or not match["name"].strip():
        raise UsageError(f"Seed lemmy:{question.words} is neither words@server nor !name@server.\n  Write {EXAMPLE}.")
    name, server = quote(match["name"].strip(), safe=""), match["server"] or SERVER
    if match["community"]:
        return source_request(
            f"https://{server}/api/v3/post/list?community_name={name}&sort=New&limit={PAGE_SIZE}&page=1"
        )
    return source_request(f"https://{server}/api/v3/search?q={name}&type_=Posts&sort=New&limit={PAGE_SIZE}&page=1")


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:  # noqa: ARG001 - every answer reads alike
    """Links of the posts; the next page while pages are full."""
    found = decode_json(answer.snapshot, _Answer)
    if found is None:
        return SourceReading(broken="no posts of Lemmy's API")
    leads = unique_by_url(one for view in found.posts for one in _leads(view.post))
    page = int(parse_qs(urlsplit(answer.request.url).query)["page"][0])
    if len(found.posts) < PAGE_SIZE or page >= MAX_PAGES:
        return SourceReading(leads)
    return SourceReading(leads, source_request(answer.request.url.replace(f"&page={page}", f"&page={page + 1}")))


def _leads(post: _Post) -> Iterator[SeedCandidate]:
    by = str(post.creator_id)
    for address in (post.url, *addresses_in(post.body)):
        yield from seed_candidate(address, post.name, by)
