"""Conventional paths of publishing software: feeds, lists of posts, and older pages of a feed.

The software is detected by a site's generator tag or by its provider. These are guesses: extraction decides what an
answer is.

Sources: WordPress (developer.wordpress.org: `paged`; wp-sitemap.xml since 5.5), Blogger (developers.google.com/blogger:
`start-index`, `max-results`), Medium (help.medium.com: RSS feeds), Ghost (ghost.org/docs: sitemap-posts.xml), Substack,
Tumblr, Jekyll (jekyll-feed), Hugo (its embedded RSS template).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from generator.records import Extraction, Url
from generator.shared_hosts import provider_of
from generator.urls import canonical_url, host_of

MAX_OLDER = 10  # further pages of one feed
BLOGGER_PAGE = 150  # entries; what Blogger gives at most
# Sitemaps of anything but posts.
NO_POSTS = re.compile(
    r"(?:tag|categor\w*|taxonom\w*|author|user|image|video|attachment|product|page)s?[^/]*sitemap[^/]*\.xml(?:\.gz)?$|"
    r"sitemap-(?:\w+-)*(?:tag|categor\w*|taxonom\w*|author|user|image|video|attachment|product|page)s?(?:-[\w-]*)?\.xml(?:\.gz)?$",
    re.IGNORECASE,
)


FORMAT = re.compile(r"\b(?:atom|rss2?|rdf|json|feed|xml)\b", re.IGNORECASE)  # in the address of a feed


@dataclass(frozen=True, slots=True)
class CmsPaths:
    """One publishing software: its name in generator tags, its provider's domain, and its paths, best first."""

    mark: str
    provider: str = ""
    feeds: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


KNOWN = (
    CmsPaths("wordpress", "wordpress.com", ("feed/", "?feed=rss2"), ("wp-sitemap.xml", "sitemap.xml")),
    CmsPaths("blogger", "blogspot.com", ("feeds/posts/default",), ("sitemap.xml",)),
    CmsPaths("medium", "medium.com", ("feed/",), ("sitemap/sitemap.xml",)),
    CmsPaths("ghost", "ghost.io", ("rss/",), ("sitemap-posts.xml",)),
    CmsPaths("substack", "substack.com", ("feed",), ("sitemap.xml",)),
    CmsPaths("tumblr", "tumblr.com", ("rss",), ("sitemap1.xml", "archive")),
    CmsPaths("jekyll", "github.io", ("feed.xml", "atom.xml"), ("sitemap.xml", "archive/")),
    CmsPaths("hugo", "", ("index.xml", "posts/index.xml", "post/index.xml"), ("sitemap.xml", "posts/", "post/")),
)


def detect_cms(root: str, made_by: str) -> CmsPaths | None:
    """The software of a site, by its generator tag, else by its provider; None if unknown."""
    said, provider = made_by.casefold(), provider_of(host_of(root))
    for software in KNOWN:
        if re.search(rf"\b{software.mark}\b", said):
            return software
    return next((s for s in KNOWN if s.provider and s.provider == provider), None)


def feed_addresses(software: CmsPaths | None, root: str) -> list[Url]:
    """Conventional feed addresses of the software."""
    if software is None:
        return []
    parts = urlsplit(root)
    tenant = parts.path.strip("/")
    if software.mark == "medium" and tenant:  # medium.com/@ada has its feed at medium.com/feed/@ada
        paths: tuple[str, ...] = (f"/feed/{tenant}",)
    else:
        paths = software.feeds
    return [url for path in paths if (url := canonical_url(path, root))]


def one_of_each_feed(urls: Iterable[Url]) -> list[Url]:
    """Feeds without those that are another in a second format: /feeds/atom/ and /feeds/rss/; Atom, then RSS."""
    best: dict[str, Url] = {}
    for url in sorted(dict.fromkeys(urls), key=lambda url: ("atom" not in url, "json" in url)):
        best.setdefault(FORMAT.sub("", url), url)
    return [url for url in dict.fromkeys(urls) if url in best.values()]


def listing_addresses(software: CmsPaths | None, root: str) -> list[Url]:
    """Conventional addresses of the software's complete lists of posts."""
    return [url for path in (software.lists if software else ()) if (url := canonical_url(path, root))]


def next_older(software: CmsPaths | None, feeds: Sequence[Extraction], held: Mapping[Url, Extraction]) -> list[Url]:
    """The next older page of a site's main feed, one at a time, while pages contain new posts.

    Args:
        software: the site's software.
        feeds: its feeds, without their further pages.
        held: all extractions of the site by address, further pages included.

    Returns:
        One address, or none.
    """
    posts = [feed for feed in feeds if not any(link.comments for link in feed.feeds)]
    page: Extraction | None = min(posts, key=lambda e: (len(e.url), e.url), default=None)
    met: set[Url] = set()
    while page is not None and not met.issuperset(post.url for post in page.posts):
        met |= {post.url for post in page.posts}
        url = older_page(software, page.url, len(page.posts))
        if url is not None and url not in held:
            return [url]
        page = held[url] if url is not None else None
    return []


def older_page(software: CmsPaths | None, feed: Url, entries: int) -> Url | None:
    """The page with the entries before a feed's last one: WordPress counts pages, Blogger entries.

    Args:
        software: the software of the feed.
        feed: the page that was read.
        entries: number of entries on that page.

    Returns:
        None for other software, for a page without entries, and after MAX_OLDER pages.
    """
    if software is None or software.mark not in ("wordpress", "blogger") or not entries:
        return None
    query = dict(parse_qsl(urlsplit(feed).query))
    if software.mark == "wordpress":
        page = _count(query.get("paged")) + 1
        query["paged"] = str(page)
        last = page > MAX_OLDER + 1
    else:
        start = _count(query.get("start-index")) + entries
        query |= {"start-index": str(start), "max-results": str(BLOGGER_PAGE)}
        last = start > MAX_OLDER * BLOGGER_PAGE
    return None if last else canonical_url(urlsplit(feed)._replace(query=urlencode(query)).geturl())


def is_postless_sitemap(url: str) -> bool:
    """Whether an address is a sitemap of tags, authors, images or the like, and not of posts."""
    return bool(NO_POSTS.search(urlsplit(url).path))


def _count(value: str | None) -> int:
    return int(value) if value and value.isdigit() and len(value) < 6 else 1
