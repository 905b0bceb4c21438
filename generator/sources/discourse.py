"""`discourse:forum.example/words`: what topics of a Discourse forum link to.

Two steps: `/search.json?q=words` names topics, `{"topics": [{"id": 12, "title": "..."}]}`; each topic lists the links
of its posts, `/t/12.json`: `{"title": "...", "details": {"links": [{"url": "...", "internal": false,
"reflection": false, "user_id": 3, ...}]}, "post_stream": {"posts": [{"user_id": 3, "link_counts": [...]}]}}`.
Clicks and likes are not read.

Source: https://docs.discourse.org/ (Search, Get a single topic)
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import msgspec

from generator.sources.descriptor import (
    SeedCandidate,
    SourceAnswer,
    SourceDescriptor,
    SourceQuery,
    SourceReading,
    SourceRequest,
)
from generator.sources.parsing import decode_json, seed_candidate, source_request, unique_by_url
from generator.urls import host_of

MAX_TOPICS = 20


class _Topic(msgspec.Struct):
    id: int


class _Search(msgspec.Struct):
    posts: list[msgspec.Raw]  # required, so that other JSON is not taken for a search
    topics: list[_Topic] = []


class _Link(msgspec.Struct):
    url: str = ""
    internal: bool = False
    reflection: bool = False  # True: a link from elsewhere to the topic
    user_id: int = 0


class _Details(msgspec.Struct):
    links: list[_Link] = []


class _Post(msgspec.Struct):
    user_id: int = 0
    link_counts: list[_Link] = []


class _Stream(msgspec.Struct):
    posts: list[_Post] = []


class _Thread(msgspec.Struct):
    post_stream: _Stream
    title: str = ""
    details: _Details = msgspec.field(default_factory=_Details)


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """One search."""
    words = quote(query.parts["words"].strip(), safe="")
    return source_request(f"https://{query.parts['forum']}/search.json?q={words}")


def parse(_query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The topics of a search, or the links of a topic."""
    parts = urlsplit(answer.request.url)
    if parts.path == "/search.json":
        search = decode_json(answer.snapshot, _Search)
        if search is None:
            return SourceReading(broken="no search of Discourse's API")
        numbers = dict.fromkeys(topic.id for topic in search.topics)
        topics = [
            one for n in list(numbers)[:MAX_TOPICS] for one in source_request(f"https://{parts.netloc}/t/{n}.json")
        ]
        return SourceReading(then=tuple(topics))
    thread = decode_json(answer.snapshot, _Thread)
    if thread is None:
        return SourceReading(broken="no topic of Discourse's API")
    return SourceReading(
        unique_by_url(one for one in _candidates(thread) if host_of(one.url) != host_of(answer.request.url))
    )


def _candidates(thread: _Thread) -> Iterator[SeedCandidate]:
    listed = [(link, link.user_id) for link in thread.details.links]
    counted = [(link, post.user_id) for post in thread.post_stream.posts for link in post.link_counts]
    for link, by in (*listed, *counted):
        if not link.internal and not link.reflection:
            yield from seed_candidate(link.url, thread.title, str(by))


SOURCE = SourceDescriptor(
    name="discourse",
    grammar=r"(?:https?://)?(?P<forum>[^\s/]+\.[^\s/]+)/(?P<words>.+)",
    form="forum.example/words",
    mismatch="names no forum and words",
    example="discourse:forum.example/avalanche safety",
    finds="sites that the topics of a Discourse forum which match the words link to",
    limits="the first 20 topics of a search; forums that need a login give nothing",
    terms="https://docs.discourse.org/",
    empty_answer=("application/json", b'{"posts": [], "users": [], "grouped_search_result": {}}'),
    start=start,
    parse=parse,
)
