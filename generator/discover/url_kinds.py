"""Guesses the kind of a page from its address or the text of a link: post, listing, page about the owner, asset.

The guesses only decide the order of requests; extraction decides what a page is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from generator.languages.registry import merged_words
from generator.languages.url_words import link_words, path_words
from generator.records import Url

T = TypeVar("T")

FEED_PATHS = (
    "feed.xml",
    "atom.xml",
    "index.xml",
    "rss.xml",
    "feed/",
    "feed.json",
)  # Jekyll, Octopress, Hugo, WordPress, JSON Feed
LISTING_PATHS = ("archive/", "blog/", "posts/", "archives/", "archive.html")

MAX_FOLDERS, MAX_REPEATS, MAX_FILTERS = 12, 2, 5  # folders, times one name, parameters: above any blog's permalinks

ASSET = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|map|woff2?|ttf|pdf|zip|gz|tgz|bz2|xz|7z|rar|exe|dmg|iso|mp[34]|m4a|ogg|wav|webm|mov|"
    r"avi|epub|docx?|xlsx?|pptx?|csv|bib|tex|rs|py|c|h|cpp|java|sh|patch|diff|asc|sig|wasm|json|txt|md|markdown|rst|atom|rss)$",
    re.IGNORECASE,
)
PACKED_SITEMAP = re.compile(r"/[^/]*sitemap[^/]*\.xml\.gz$", re.IGNORECASE)
FILE_ENDING = r"(?:\.html?|\.php)?/?$"
ABOUT = re.compile(rf"(?:^|/)(?:{path_words('about', 'about_slugs')}){FILE_ENDING}", re.IGNORECASE)
# Pages that extraction never takes for posts, in languages without words of their own for addresses too.
OWN_PAGES, OWN_PAGE = frozenset(merged_words("pages", "own_pages")), re.compile(r"\.(?:html?|php)$", re.IGNORECASE)
LISTING = re.compile(
    rf"(?:^|/)(?:{path_words('listing')}|page/?\d+|\d{{4}}(?:/\d{{1,2}})?){FILE_ENDING}|[?&](?:page|paged|p)=\d+|"
    rf"(?:{path_words('taxonomy')})/[^/]+/?$|sitemap[^/]*\.xml(?:\.gz)?$",
    re.IGNORECASE,
)
# The folder of a label or an author, with its further pages: /tag/rust/page/2.
TAXONOMY = re.compile(rf"(?:^|/)(?:{path_words('taxonomy')})/[^/]+(?:/|$)", re.IGNORECASE)
FEED_ADDRESS = re.compile(
    r"/(?:feeds?|rss2?|atom)(?:/(?:atom|rss2?|rdf|json|posts/default))?/?$|\.(?:rss|atom|rdf)$|[?&](?:feed|alt)=(?:rss2?|atom)|"
    r"/(?!(?:[\w.-]*sitemap|[\w-]*\.xml\.))[\w.-]+\.xml$",
    re.IGNORECASE,
)
WHOLE_LIST = re.compile(
    rf"(?:^|/)(?:{path_words('whole_list')}|sitemap[^/]*\.xml(?:\.gz)?){FILE_ENDING}", re.IGNORECASE
)
OLDER = re.compile(rf"\b({link_words('older_links')})\b|[«»→←]", re.IGNORECASE)
DATED = re.compile(r"/(?:19|20)\d{2}[/-]\d{1,2}(?:[/-]\d{1,2})?[/-]?")
NOISE = re.compile(
    r"(?:/admin(?:/|$)|/_sources/|wp-admin|wp-login|wp-json|xmlrpc|/cart|/login|/signup|/search|replytocom|share=|/cdn-cgi/|/amp/?$|/print/?$)",
    re.IGNORECASE,
)
CACHE_SIZE = 200_000  # addresses: the same ones are classified again in every wave


@lru_cache(maxsize=CACHE_SIZE)
def is_asset(url: str) -> bool:
    """Whether the address is a file that is not a page, an administrative page, or part of a crawler trap."""
    path = urlsplit(url).path
    return bool(ASSET.search(path) and not PACKED_SITEMAP.search(path)) or bool(NOISE.search(url)) or is_trap(url)


@lru_cache(maxsize=CACHE_SIZE)
def is_feed_address(url: str) -> bool:
    """Whether the address looks like a feed; one that nothing declares as a feed is not read as a page either."""
    parts = urlsplit(url)
    return bool(FEED_ADDRESS.search(parts.path + (f"?{parts.query}" if parts.query else "")))


def is_label_address(url: str) -> bool:
    """Whether the address is below that of a label, a category or an author."""
    return bool(TAXONOMY.search(unquote(urlsplit(url).path)))


def is_trap(url: str) -> bool:
    """Whether the address looks like a crawler trap: too deep, repeated folders, or too many parameters."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    repeats = max(Counter(segments).values(), default=0)
    return len(segments) > MAX_FOLDERS or repeats > MAX_REPEATS or parts.query.count("=") > MAX_FILTERS


@lru_cache(maxsize=CACHE_SIZE)
def is_about(url: str) -> bool:
    """Whether the address looks like a page about the owner or with ways to reach them."""
    path = unquote(urlsplit(url).path)
    return bool(ABOUT.search(path)) or OWN_PAGE.sub("", path.rstrip("/").rsplit("/", 1)[-1]).casefold() in OWN_PAGES


@lru_cache(maxsize=CACHE_SIZE)
def is_listing(url: str, words: str = "") -> bool:
    """Whether the address or the link text looks like a list of posts."""
    parts = urlsplit(url)
    target = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    return bool(LISTING.search(target)) or (bool(OLDER.search(words)) and len(words) < 30 and not DATED.search(target))


def is_whole_list(url: str) -> bool:
    """Whether the address looks like a list of all posts, not of one tag, month or page."""
    return bool(WHOLE_LIST.search(unquote(urlsplit(url).path)))


def spread_evenly(items: Sequence[T], number: int) -> list[T]:
    """At most `number` of the items at even distances, the first and last included."""
    if number >= len(items):
        return list(items)
    if number <= 1:
        return list(items[:number])
    return [items[round(i * (len(items) - 1) / (number - 1))] for i in range(number)]


@lru_cache(maxsize=CACHE_SIZE)
def path_shape(url: str) -> str:
    """The form of a permalink: folders with digits replaced, last name dropped; equal for posts of one blog."""
    segments = [s for s in urlsplit(url).path.split("/") if s]
    folders = [re.sub(r"\d+", "#", s) for s in segments[:-1]]
    last = segments[-1] if segments else ""
    ending = re.search(r"\.\w{2,5}$", last)
    return "/".join([*folders, "*" + (ending[0] if ending else "")]) + ("/" if url.endswith("/") else "")


def post_likelihood(url: Url, shapes: Iterable[str]) -> int:
    """How much an address looks like a post: 3 shaped like a known post, 2 dated, 1 a slug, 0 neither, -1 an asset."""
    if is_asset(url) or is_feed_address(url):
        return -1
    path = urlsplit(url).path
    if path_shape(url) in shapes and not is_listing(url):
        return 3
    if DATED.search(path) and not is_listing(url):
        return 2
    last = path.rstrip("/").rsplit("/", 1)[-1]
    if (last.count("-") >= 2 or last.count("_") >= 2) and not is_listing(url):
        return 1
    return 0


def folders_of(urls: Sequence[Url]) -> list[Url]:
    """The parent folders of addresses, fullest first; one may lead to posts where the root does not."""
    found = Counter(url.rstrip("/").rsplit("/", depth)[0] + "/" for depth in (1, 2) for url in urls)
    return [Url(folder) for folder in sorted(found, key=lambda f: (-found[f], f)) if folder.count("/") > 3]
