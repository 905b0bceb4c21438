"""Translations: a post and its versions in other languages, which its pages declare with hreflang, are one post.

The version in the site's feed is the post; where several or no versions are in a feed, it is the one with the shortest
address. A declaration that the other page contradicts is not believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.corpus.copies import absorb
from generator.corpus.merged_posts import MergedPost
from generator.records import Dropped, UrlKey
from generator.urls import url_key

MAX_VERSIONS = 40  # languages of one post


def without_translations(merged_posts: Sequence[MergedPost]) -> tuple[list[MergedPost], list[Dropped]]:
    """The posts with each translation counted as a sighting of its original, and records of the translations."""
    by_key = {url_key(merged.url): merged for merged in merged_posts}
    versions = _believed(by_key)
    order = sorted(versions, key=lambda key: (not by_key[key].in_feed, len(by_key[key].url), by_key[key].url))
    original_of: dict[UrlKey, UrlKey] = {}
    originals: set[UrlKey] = set()
    for key in order:
        if key in original_of:
            continue
        originals.add(key)
        original_of |= {other: key for other in versions[key] if other not in original_of and other not in originals}
    dropped = []
    for other, key in sorted(original_of.items()):
        known = {url_key(link.target) for link in by_key[key].links}
        by_key[key].links += tuple(link for link in by_key[other].links if url_key(link.target) not in known)
        dropped.append(absorb(by_key[key], by_key[other], "a translation of"))
    return [merged for merged in merged_posts if url_key(merged.url) not in original_of], dropped


def _believed(by_key: Mapping[UrlKey, MergedPost]) -> dict[UrlKey, set[UrlKey]]:
    """The versions of each post that declare one another, or that declare a post whose own page was not read."""
    declared: dict[UrlKey, set[UrlKey]] = {}
    claimed_by: dict[UrlKey, set[UrlKey]] = defaultdict(set)
    for key, merged in by_key.items():
        targets = {url_key(url) for url in merged.translations} - {key}
        declared[key] = {o for o in targets if o in by_key and by_key[o].site == merged.site}
        for other in declared[key]:
            claimed_by[other].add(key)
    found: dict[UrlKey, set[UrlKey]] = defaultdict(set)
    for key, others in declared.items():
        for other in others:
            claims = claimed_by[other]
            silent = not by_key[other].translations and len(claims) <= MAX_VERSIONS
            if key in declared[other] or (silent and all(claims - {one} <= declared[one] for one in claims)):
                found[key].add(other)
                found[other].add(key)
    return found
