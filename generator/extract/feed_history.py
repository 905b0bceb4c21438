"""What a feed said earlier, joined to what it says now: its window shows ten posts, the archive saw them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.records import ExtractedPost, Extraction, PageKind, UrlKey
from generator.urls import url_key


def merge_feed_history(now: Extraction, earlier: Mapping[str, Extraction]) -> tuple[Extraction, frozenset[str]]:
    """A feed's extraction with the posts of its earlier versions, and which versions were needed for that.

    Of versions that overlap, those are taken that add most (greedy cover), so that a feed that changes every night
    needs one version for each windowful of posts and not one a night. A post that is in the feed now is shown as it
    is now.

    Args:
        now: what the feed says; anything but a feed comes back as it is.
        earlier: extractions of earlier versions, by digest.
    """
    if now.kind != PageKind.FEED or now.noindex:
        return now, frozenset()
    have = {url_key(post.url) for post in now.posts}
    left = {digest: _posts(version) for digest, version in earlier.items() if version.kind == PageKind.FEED}
    added: dict[UrlKey, ExtractedPost] = {}
    used = set()
    while left:
        digest = min(left, key=lambda d: (-len(left[d].keys() - have), d))
        fresh = left.pop(digest)
        if not fresh.keys() - have:
            break
        used.add(digest)
        added |= {key: post for key, post in fresh.items() if key not in have}
        have |= fresh.keys()
    if not added:
        return now, frozenset()
    return replace(now, posts=(*now.posts, *(added[key] for key in sorted(added)))), frozenset(used)


def _posts(extraction: Extraction) -> dict[UrlKey, ExtractedPost]:
    return {url_key(post.url): post for post in extraction.posts}
