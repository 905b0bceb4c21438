"""`webmention:https://ada.example/post`: sites that mention a page, as Webmention.io received it.

The answer is JF2: `{"type": "feed", "children": [{"type": "entry", "url": "https://...", "name": "...",
"author": {"name": "Bo", "url": "https://bo.example/"}, "wm-property": "in-reply-to"}]}`, counted from page 0.
Likes and reposts are passed over: they are no words.

Source: https://github.com/aaronpk/webmention.io#api
"""

from __future__ import annotations

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
from generator.urls import canonical_url

EXAMPLE = "webmention:https://ada.example/first-lines"
FINDS = "sites that replied to or mentioned a page and told its Webmention.io receiver"
LIMITS = "300 mentions of one page; only pages whose owner uses Webmention.io; a whole domain needs its owner's key"

API = "https://webmention.io/api/mentions.jf2?target={target}&per-page={size}&page={page}"
PAGE_SIZE, MAX_PAGES = 100, 3
NO_WORDS = frozenset({"like-of", "repost-of", "follow-of"})


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


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """The first page of mentions."""
    if canonical_url(question.words) is None:
        raise UsageError(f"Seed webmention:{question.words} is no page's address.\n  Write {EXAMPLE}.")
    return source_request(API.format(target=quote(question.words, safe=""), size=PAGE_SIZE, page=0))


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The pages that mention it; the next page while pages are full."""
    found = decode_json(answer.snapshot, _Answer)
    if found is None:
        return SourceReading(broken="no mentions of Webmention.io's API")
    leads = unique_by_url(
        one
        for mention in found.children
        if mention.wm_property not in NO_WORDS
        for one in seed_candidate(mention.url or mention.wm_source, mention.name or "", _hand(mention))
    )
    page = int(parse_qs(urlsplit(answer.request.url).query)["page"][0]) + 1
    if len(found.children) < PAGE_SIZE or page >= MAX_PAGES:
        return SourceReading(leads)
    return SourceReading(
        leads, source_request(API.format(target=quote(question.words, safe=""), size=PAGE_SIZE, page=page))
    )


def _hand(mention: _Mention) -> str:
    author = mention.author or _Author()
    return author.url or author.name or mention.url or ""
