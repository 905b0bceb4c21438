"""`blogroll:https://ada.example/`: whom somebody recommends, wherever they say so.

Asked at once: the page itself (a blogroll in its sidebar, `rel=blogroll`), `/.well-known/recommendations.opml` and
WordPress's `/wp-links-opml.php`. Asked then: what the page names with `rel=blogroll`, its own page of links, and its
feed, which may name a list (`source:blogroll`) or hold a podcast's podroll.

Source: https://opml.org/blogroll.opml, https://source.scripting.com/, https://github.com/Podcastindex-org/podcast-namespace
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from generator.crawl.sources.protocol import (
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    seed_candidate,
    source_request,
    unique_by_url,
)
from generator.errors import UsageError
from generator.records import Extraction, PageKind
from generator.urls import canonical_url, host_of, url_key

EXAMPLE = "blogroll:https://ada.example/"
FINDS = "sites that somebody recommends: in a sidebar, on a page of links, in an OPML list, in a podcast's podroll"
LIMITS = "one site's own recommendations; at most two lists, two pages and one feed beside its start page"

WELL_KNOWN = ("/.well-known/recommendations.opml", "/wp-links-opml.php")
LINKS_PAGE = re.compile(r"/(?:blogroll|links|friends|bookmarks|follow)(?:\.html?|\.php)?/?$", re.IGNORECASE)
LISTS, PAGES, FEEDS = 2, 2, 1


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """The page and the places where lists lie by convention."""
    home = _home(question.words)
    if home is None:
        raise UsageError(f"Seed blogroll:{question.words} names no site.\n  Write {EXAMPLE}.")
    lists = [one for path in WELL_KNOWN for one in source_request(urljoin(home, path), page=True)]
    return (*source_request(home, page=True), *lists)


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Who is recommended; from the start page also where more is said, from a feed its list."""
    found = answer.extraction
    if found is None:
        return SourceReading(broken="neither a page nor a list")
    by = host_of(answer.request.url)
    leads = unique_by_url(
        one
        for link in found.blogroll
        if host_of(link.target) != by
        for one in seed_candidate(link.target, link.text, by)
    )
    start = url_key(answer.request.url) == url_key(_home(question.words) or "")
    return SourceReading(leads, tuple(_more(found)) if start or found.kind == PageKind.FEED else ())


def _more(found: Extraction) -> Iterator[SourceRequest]:
    for url in found.recommends[:LISTS]:
        yield SourceRequest(url, page=True)
    if found.kind == PageKind.FEED:
        return
    pages = dict.fromkeys(link.target for link in found.internal if LINKS_PAGE.search(urlsplit(link.target).path))
    for url in list(pages)[:PAGES]:
        yield SourceRequest(url, page=True)
    for feed in [feed for feed in found.feeds if not feed.comments][:FEEDS]:
        yield SourceRequest(feed.url, page=True)


def _home(query: str) -> str | None:
    return canonical_url(query if "://" in query else f"https://{query}")
