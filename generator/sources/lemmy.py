"""`lemmy:words@server` and `lemmy:!community@server`: sites that posts on Lemmy link to.

Both answers hold posts in the same shape: `{"posts": [{"post": {"name": "...", "url": "https://...", "body": "...",
"creator_id": 7}, "counts": {...}}]}`. Votes are not read.

Source: https://join-lemmy.org/api/ (GET /api/v3/search, GET /api/v3/post/list)
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from generator.sources.descriptor import (
    SeedCandidate,
    SourceAnswer,
    SourceDescriptor,
    SourceQuery,
    SourceReading,
    SourceRequest,
)
from generator.sources.parsing import addresses_in, decode_json, seed_candidate, source_request, unique_by_url

PAGE_SIZE, MAX_PAGES = 50, 3
SERVER = "lemmy.world"


class _Post(msgspec.Struct):
    name: str = ""
    url: str | None = None
    body: str | None = None
    creator_id: int = 0


class _View(msgspec.Struct):
    post: _Post


class _Answer(msgspec.Struct):
    posts: list[_View]


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The first page of a search or a community."""
    name, server = quote(query.parts["name"].strip(), safe=""), query.parts["server"] or SERVER
    if query.parts["community"]:
        return source_request(
            f"https://{server}/api/v3/post/list?community_name={name}&sort=New&limit={PAGE_SIZE}&page=1"
        )
    return source_request(f"https://{server}/api/v3/search?q={name}&type_=Posts&sort=New&limit={PAGE_SIZE}&page=1")


def parse(_query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Links of the posts; the next page while pages are full."""
    found = decode_json(answer.snapshot, _Answer)
    if found is None:
        return SourceReading(broken="no posts of Lemmy's API")
    candidates = unique_by_url(one for view in found.posts for one in _candidates(view.post))
    page = int(parse_qs(urlsplit(answer.request.url).query)["page"][0])
    if len(found.posts) < PAGE_SIZE or page >= MAX_PAGES:
        return SourceReading(candidates)
    return SourceReading(candidates, source_request(answer.request.url.replace(f"&page={page}", f"&page={page + 1}")))


def _candidates(post: _Post) -> Iterator[SeedCandidate]:
    by = str(post.creator_id)
    for address in (post.url, *addresses_in(post.body)):
        yield from seed_candidate(address, post.name, by)


SOURCE = SourceDescriptor(
    name="lemmy",
    grammar=r"(?P<community>!)?(?P<name>[^@!]*[^@!\s][^@!]*)(?:@(?P<server>[^\s@/]+\.[^\s@/]+))?",
    form="words@lemmy.example, or lemmy:!community@lemmy.example",
    mismatch="is neither words@server nor !name@server",
    example="lemmy:backcountry skiing@lemmy.world",
    finds="sites that posts on Lemmy link to: posts with the words, or with `!name@server` the newest of a community",
    limits="150 posts; some servers ask for a login to search; lemmy.world where no server is named",
    terms="https://join-lemmy.org/api/",
    empty_answer=("application/json", b'{"posts": []}'),
    start=start,
    parse=parse,
)
