"""`blogroll:https://ada.example/`: the sites that a site recommends.

First requests: the page itself (a blogroll in its sidebar, `rel=blogroll`), `/.well-known/recommendations.opml` and
WordPress's `/wp-links-opml.php`. Further requests: the lists the page names with `rel=blogroll`, its page of links,
and its feed, which may name a list (`source:blogroll`) or hold the podroll of a podcast.

Source: https://opml.org/blogroll.opml, https://source.scripting.com/, https://github.com/Podcastindex-org/podcast-namespace
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from generator.languages.url_words import path_words
from generator.records import Extraction, PageKind
from generator.sources.descriptor import SourceAnswer, SourceDescriptor, SourceQuery, SourceReading, SourceRequest
from generator.sources.parsing import seed_candidate, source_request, unique_by_url
from generator.urls import canonical_url, host_of, url_key

WELL_KNOWN = ("/.well-known/recommendations.opml", "/wp-links-opml.php")
LINKS_PAGE = re.compile(rf"/(?:{path_words('link_page')})(?:\.html?|\.php)?/?$", re.IGNORECASE)
LISTS, PAGES, FEEDS = 2, 2, 1


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The page and the conventional addresses of lists."""
    home = _home(query.words)
    if home is None:
        return ()
    lists = [one for path in WELL_KNOWN for one in source_request(urljoin(home, path), page=True)]
    return (*source_request(home, page=True), *lists)


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """Recommended sites; from the start page also lists, link pages and a feed, from a feed its list."""
    found = answer.extraction
    if found is None:
        return SourceReading(broken="neither a page nor a list")
    by = host_of(answer.request.url)
    candidates = unique_by_url(
        one
        for link in found.blogroll
        if host_of(link.target) != by
        for one in seed_candidate(link.target, link.text, by)
    )
    start = url_key(answer.request.url) == url_key(_home(query.words) or "")
    return SourceReading(candidates, tuple(_more(found)) if start or found.kind == PageKind.FEED else ())


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


SOURCE = SourceDescriptor(
    name="blogroll",
    grammar=r"(?:https?://)?\S+\.\S+",
    form="https://ada.example/",
    mismatch="names no site",
    example="blogroll:https://ada.example/",
    finds="sites that one site recommends: in a sidebar, on a page of links, in an OPML list, in a podcast's podroll",
    limits="one site's own recommendations; at most two lists, two pages and one feed beside its start page",
    terms="https://opml.org/blogroll.opml",
    empty_answer=("text/html", b"<html><head><title>Ada</title></head><body><p>Hello.</p></body></html>"),
    start=start,
    parse=parse,
)
