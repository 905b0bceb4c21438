"""`hn:query`: sites whose pages were shared on Hacker News, through Algolia's public search.

The answer is JSON: `{"hits": [{"url": "https://...", "points": 12, ...}, ...]}`. Only the addresses are taken;
points and comments are no merit here.
"""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from generator.records import FetchRequest, Purpose, Snapshot, Url
from generator.urls import canonical_url, is_platform

API = "https://hn.algolia.com/api/v1/search?hitsPerPage=100&query={query}&tags=story"


class _Hit(msgspec.Struct):
    url: str | None = None


class _Answer(msgspec.Struct):
    hits: list[_Hit] = []


def requests(query: str) -> tuple[FetchRequest, ...]:
    """One search for stories that match the query."""
    url = canonical_url(API.format(query=quote(query, safe="")))
    return () if url is None else (FetchRequest(url, Purpose.SEED),)


def links(snapshot: Snapshot) -> tuple[Url, ...]:
    """Addresses of the stories, each once, in the order of the answer; empty where it is no such answer."""
    try:
        found = msgspec.json.decode(snapshot.body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ()
    urls = (canonical_url(hit.url) for hit in found.hits if hit.url)
    return tuple(dict.fromkeys(url for url in urls if url is not None and not is_platform(url)))
