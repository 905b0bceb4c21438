"""Which lists of a site's posts are worth a request: those that name posts which nothing else names.

In order: sitemaps, lists of all posts, further pages of lists, then months, years and labels. A list of a lower order
is requested only if the higher ones left posts out. Paths are guessed only where nothing leads to a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from generator.discover.cms_paths import CmsPaths, is_postless_sitemap, listing_addresses
from generator.discover.site_crawl import SiteCrawl, feeds_of
from generator.discover.url_kinds import (
    LISTING_PATHS,
    folders_of,
    is_asset,
    is_feed_address,
    is_label_address,
    is_listing,
    is_whole_list,
    post_likelihood,
)
from generator.records import Extraction, PageKind, Url, UrlKey
from generator.urls import canonical_url, url_key

SITEMAP = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$|\.xml\.gz$|sitemap[^/]*\.txt$", re.IGNORECASE)
FURTHER_PAGE = re.compile(r"/page[/-]?\d+/?$|/index-?\d+\.html?$|[?&](?:page|paged|p|offset|start)=\d+", re.IGNORECASE)
CUT_FEED = 10  # entries; a feed of fewer is not cut off at the usual length
FOLDERS_TRIED = 3
GUESSES = 2  # conventional paths tried at once, where nothing leads to a list


def is_sitemap(url: str) -> bool:
    """Whether an address looks like a sitemap or an index of sitemaps."""
    return bool(SITEMAP.search(urlsplit(url).path))


def lists_worth_reading(
    site: SiteCrawl, software: CmsPaths | None, root: str, key_of: Callable[[Url], UrlKey]
) -> list[Url]:
    """The lists to request next, of the highest order that has any left; empty when all posts are known."""
    pages = sorted(site.extractions.values(), key=lambda e: (e.kind != PageKind.HOME, e.url))
    linked = [
        link.target
        for page in pages
        for link in page.internal
        if not is_postless_sitemap(link.target)
        and not is_feed_address(link.target)
        and (is_sitemap(link.target) or (is_listing(link.target, link.text) and not is_asset(link.target)))
        and key_of(link.target) == site.key
    ]
    linked = [url for url in dict.fromkeys(linked) if not _is_post_of_feed(url, pages)]
    new = [url for url in linked if not site.was_requested(url)]
    maps = [url for url in (*site.sitemaps, *new) if is_sitemap(url) or url in site.sitemaps]
    maps = [url for url in dict.fromkeys(maps) if not site.was_requested(url) and not is_postless_sitemap(url)]
    if maps or _sitemap_lists_posts(site, pages):
        return maps
    named = {link.target for page in pages for link in page.internal if is_listing(link.target, link.text)}
    older = {url for url in named if FURTHER_PAGE.search(url) or not is_listing(url)}  # said by the text of a link
    most = [url for url in new if is_whole_list(url) or (url in older and not is_label_address(url))]
    if most or (_whole_list_was_read(pages) and not _feed_is_cut(site)):
        return most
    paged = _whole_list_was_read(pages) or any(FURTHER_PAGE.search(page.url) for page in pages)
    dated = [] if paged else [url for url in new if not is_label_address(url)]
    labels = new if not paged and _feed_is_cut(site) else []
    return _guesses(site, software, root, linked=bool(linked), pages=pages) or dated or labels


def _guesses(
    site: SiteCrawl, software: CmsPaths | None, root: str, *, linked: bool, pages: list[Extraction]
) -> list[Url]:
    """Conventional addresses: a sitemap once; other lists only where no feed and no list is known."""
    sitemaps = [*listing_addresses(software, root), *(url for url in (canonical_url("sitemap.xml", root),) if url)]
    paths = [] if site.sitemaps or _whole_list_was_read(pages) else sitemaps[:1]
    paths = [url for url in paths if not site.was_requested(url)]
    if paths:
        return paths
    if linked or any(page.kind == PageKind.FEED for page in pages):
        return []
    folders = folders_of([link.target for page in pages for link in page.internal])[:FOLDERS_TRIED]
    others = [url for path in LISTING_PATHS if (url := canonical_url(path, root))]
    return [url for url in dict.fromkeys((*folders, *sitemaps, *others)) if not site.was_requested(url)][:GUESSES]


def _sitemap_lists_posts(site: SiteCrawl, pages: list[Extraction]) -> bool:
    """Whether a sitemap was read that names posts and not only further sitemaps."""
    maps = [page for page in pages if is_sitemap(page.url) or page.url in site.sitemaps]
    maps = [page for page in maps if page.kind == PageKind.LISTING and not is_postless_sitemap(page.url)]
    return any(not is_sitemap(link.target) and not is_asset(link.target) for page in maps for link in page.internal)


def _whole_list_was_read(pages: list[Extraction]) -> bool:
    """Whether a list of all posts was read, such as an archive page."""
    return any(
        is_whole_list(page.url) and any(post_likelihood(link.target, ()) > 0 for link in page.internal)
        for page in pages
        if page.kind in (PageKind.LISTING, PageKind.HOME)
    )


def _feed_is_cut(site: SiteCrawl) -> bool:
    """Whether the feed may hold the newest posts only; so it is where there is no feed."""
    return all(len(feed.posts) >= CUT_FEED for feed in feeds_of(site))


def _is_post_of_feed(url: Url, pages: list[Extraction]) -> bool:
    return any(url_key(post.url) == url_key(url) for page in pages for post in page.posts if post.from_feed)
