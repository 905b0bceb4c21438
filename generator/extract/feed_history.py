"""Adds posts of earlier versions of a feed, which now lists only the latest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.records import ExtractedPost, Extraction, PageKind, UrlKey
from generator.urls import url_key


def merge_feed_history(now: Extraction, earlier: Mapping[str, Extraction]) -> tuple[Extraction, frozenset[str]]:
    """A feed's extraction with the posts of its earlier versions.

    Versions are chosen by greedy cover, the one that adds most posts first, so that few of them have to be kept. A post
    of the current version replaces its earlier versions.

    Args:
        now: extraction of the current version; an extraction that is not of a feed is returned unchanged.
        earlier: extractions of earlier versions, by digest.

    Returns:
        The merged extraction, and the digests of the versions that contributed posts.
    """
    if now.kind != PageKind.FEED or now.noindex:
        return now, frozenset()
    known = {url_key(post.url) for post in now.posts}
    remaining = {digest: _posts_by_key(version) for digest, version in earlier.items() if version.kind == PageKind.FEED}
    added: dict[UrlKey, ExtractedPost] = {}
    used = set()
    while remaining:
        digest = min(remaining, key=lambda d: (-len(remaining[d].keys() - known), d))
        version_posts = remaining.pop(digest)
        if not version_posts.keys() - known:
            break
        used.add(digest)
        added |= {key: post for key, post in version_posts.items() if key not in known}
        known |= version_posts.keys()
    if not added:
        return now, frozenset()
    return replace(now, posts=(*now.posts, *(added[key] for key in sorted(added)))), frozenset(used)


def _posts_by_key(extraction: Extraction) -> dict[UrlKey, ExtractedPost]:
    """The posts of an extraction by the key of their address."""
    return {url_key(post.url): post for post in extraction.posts}
