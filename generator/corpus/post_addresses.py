"""The address of a post where a page states a wrong one, and where the page is a further page of a long post."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from generator.records import ExtractedPost, Extraction, PageKind, Url, UrlKey
from generator.urls import url_key

LIST_KINDS = frozenset({PageKind.HOME, PageKind.LISTING, PageKind.ABOUT})
FURTHER_PAGE = re.compile(r"/(?:page[/-]?)?(?:[2-9]|[1-4]\d)/?$")  # posts have fewer than fifty pages


def addresses_of_posts(extractions: Sequence[Extraction]) -> Mapping[tuple[Url, Url], Url]:
    """The right address by a page's address and the one it states, for the pages that state a wrong one.

    A canonical address is wrong where it was read as a list, or where posts with other titles and days state it too.
    The address of a second page is that of the first, where both have one title and one day.
    """
    lists = {url_key(e.url) for e in extractions if e.kind in LIST_KINDS}
    pages = [post for e in extractions if e.kind is PageKind.POST for post in e.posts]
    stated: dict[UrlKey, list[ExtractedPost]] = defaultdict(list)
    for post in pages:
        if url_key(post.source) != url_key(post.url):
            stated[url_key(post.url)].append(post)
    right = {
        (post.source, post.url): post.source
        for key, posts in stated.items()
        if key in lists or _are_several(posts)
        for post in posts
    }
    return right | _further_pages(extractions)


def _are_several(posts: Sequence[ExtractedPost]) -> bool:
    """Whether pages that state one address are different posts."""
    days = {post.published_at.date() for post in posts if post.published_at}
    return len(days) > 1 and len({post.title.casefold() for post in posts}) > 1


def _further_pages(extractions: Sequence[Extraction]) -> dict[tuple[Url, Url], Url]:
    """The address of the first page by the address of a further page."""
    by_key: dict[UrlKey, ExtractedPost] = {}
    for extraction in extractions:
        for post in extraction.posts:
            by_key.setdefault(url_key(post.url), post)
    fed = {url_key(post.url) for e in extractions for post in e.posts if post.from_feed}
    found: dict[tuple[Url, Url], Url] = {}
    for extraction in extractions:
        for post in extraction.posts:
            match = FURTHER_PAGE.search(urlsplit(post.url).path)
            if match is None or post.from_feed or url_key(post.url) in fed:
                continue
            first = by_key.get(url_key(post.url.partition("?")[0].rstrip("/")[: -len(match[0].rstrip("/"))]))
            if first is not None and _is_continued(first, post):
                found[post.source, post.url] = first.url
    return found


def _is_continued(first: ExtractedPost, further: ExtractedPost) -> bool:
    """Whether a page continues a post: its title begins with that of the post, and it has no other date."""
    same_day = further.published_at is None or further.published_at == first.published_at
    return same_day and bool(first.title) and further.title.casefold().startswith(first.title.casefold())
