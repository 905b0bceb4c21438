"""Machine-readable recommendations of a page or feed: rel=blogroll, source:blogroll, podcast:podroll.

Reads the links of a page and the part of a feed before its items.

Source: https://opml.org/blogroll.opml, https://source.scripting.com/#blogroll,
https://podcasting2.org/docs/podcast-namespace/tags/podroll
"""

from __future__ import annotations

import re
from html import unescape

from generator import text
from generator.extract.dom import Element
from generator.records import Link, Url
from generator.urls import canonical_url

MAX_HEAD_CHARS = 200_000  # characters of a feed in which elements of its channel are read
MAX_PODCASTS = 500
MAX_BLOGROLLS = 5
MAX_TITLE_CHARS = 200
ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
SOURCE_BLOGROLL = re.compile(r"<source:blogroll(?:\s[^<>]{0,500})?>\s*(?:<!\[CDATA\[)?\s*([^<>\]\s]{1,2000})")
REMOTE_ITEM = re.compile(r"<podcast:remoteItem\s([^<>]{1,4000})>")
ATTRIBUTE = re.compile(r"([\w:]{1,50})\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')")


def page_blogroll_urls(root: Element, base: str) -> tuple[Url, ...]:
    """Addresses of blogrolls that a page links with rel=blogroll, in order, each once."""
    found: dict[Url, None] = {}
    for element in root.iter("link", "a"):
        if "blogroll" in (element.get("rel") or "").lower().split():
            target = canonical_url(element.get("href") or "", base)
            if target is not None and len(found) < MAX_BLOGROLLS:
                found[target] = None
    return tuple(found)


def feed_blogroll_urls(markup: str, base: str) -> tuple[Url, ...]:
    """Addresses of blogrolls that a feed's channel links with source:blogroll."""
    named = (canonical_url(unescape(match[1]), base) for match in SOURCE_BLOGROLL.finditer(_head(markup)))
    return tuple(dict.fromkeys(url for url in named if url is not None))[:MAX_BLOGROLLS]


def podroll_links(markup: str, base: str) -> tuple[Link, ...]:
    """Links to the feeds of podcasts that a podcast's channel recommends; items without a feed are skipped."""
    roll = _head(markup).partition("<podcast:podroll")[2].partition("</podcast:podroll>")[0]
    found: dict[Url, Link] = {}
    for item in REMOTE_ITEM.finditer(roll):
        attributes = {match[1]: unescape(match[2] or match[3] or "") for match in ATTRIBUTE.finditer(item[1])}
        feed = canonical_url(attributes.get("feedUrl", ""), base) if attributes.get("feedUrl") else None
        title = text.fold(attributes.get("title", ""))[:MAX_TITLE_CHARS]
        if feed is not None and len(found) < MAX_PODCASTS:
            found.setdefault(feed, Link(feed, title, title, in_body=True))
    return tuple(found.values())


def _head(markup: str) -> str:
    """The part of a feed before its first item."""
    first = ITEM.search(markup)
    return markup[: min(first.start() if first else MAX_HEAD_CHARS, MAX_HEAD_CHARS)]
