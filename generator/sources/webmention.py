"""`webmention:https://ada.example/post`: sites that mention a page, as Webmention.io received it.

The answer is JF2: `{"type": "feed", "children": [{"type": "entry", "url": "https://...", "name": "...",
"author": {"name": "Bo", "url": "https://bo.example/"}, "wm-property": "in-reply-to"}]}`, pages start at 0. Likes and
reposts are skipped, because they hold no text.

Source: https://github.com/aaronpk/webmention.io#api
"""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from generator.sources.descriptor import SourceAnswer, SourceDescriptor, SourceQuery, SourceReading, SourceRequest
from generator.sources.parsing import decode_json, seed_candidate, source_request, unique_by_url
from generator.urls import canonical_url

API = "https://webmention.io/api/mentions.jf2?target={target}&per-page={size}&page={page}"
PAGE_SIZE, MAX_PAGES = 100, 3
WITHOUT_TEXT = frozenset({"like-of", "repost-of", "follow-of"})


class _Author(msgspec.Struct):
    name: str | None = None
    url: str | None = None


class _Mention(msgspec.Struct, rename={"wm_property": "wm-property", "wm_source": "wm-source"}):
    url: str | None = None
    name: str | None = None
    author: _Author | None = None
    wm_property: str = ""
    wm_source: str | None = None


class _Answer(msgspec.Struct):
    children: list[_Mention]


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The first page of mentions."""
    if canonical_url(query.words) is None:
        return ()
    return source_request(API.format(target=quote(query.words, safe=""), size=PAGE_SIZE, page=0))


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The pages that mention it; then the next page of mentions while pages are full."""
    found = decode_json(answer.snapshot, _Answer)
    if found is None:
        return SourceReading(broken="no mentions of Webmention.io's API")
    candidates = unique_by_url(
        one
        for mention in found.children
        if mention.wm_property not in WITHOUT_TEXT
        for one in seed_candidate(mention.url or mention.wm_source, mention.name or "", _named_by(mention))
    )
    page = int(parse_qs(urlsplit(answer.request.url).query)["page"][0]) + 1
    if len(found.children) < PAGE_SIZE or page >= MAX_PAGES:
        return SourceReading(candidates)
    return SourceReading(
        candidates, source_request(API.format(target=quote(query.words, safe=""), size=PAGE_SIZE, page=page))
    )


def _named_by(mention: _Mention) -> str:
    author = mention.author or _Author()
    return author.url or author.name or mention.url or ""


SOURCE = SourceDescriptor(
    name="webmention",
    grammar=r"https?://\S+\.\S+",
    form="https://ada.example/post",
    mismatch="is not a page's address",
    example="webmention:https://ada.example/first-lines",
    finds="sites that replied to or mentioned a page and sent a webmention to its Webmention.io receiver",
    limits="300 mentions of one page; only pages whose owner uses Webmention.io; a whole domain needs its owner's key",
    terms="https://github.com/aaronpk/webmention.io#api",
    empty_answer=("application/json", b'{"type": "feed", "children": []}'),
    start=start,
    parse=parse,
)
