"""Near-duplicate posts: which of them is the origin, and which go to it.

The earliest dated one is the origin, a post before an undated page, the shorter address before the longer one. A page
that links to its copy on the same site is a list that shows it, and never the origin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain

from generator.corpus.merged_posts import MergedPost
from generator.records import Dropped
from generator.urls import url_key

COPY_OVERLAP = 0.6  # of the sketch: the texts share about that much of their six-word runs
SAME_TEXT_OVERLAP = 0.9  # entries of one feed with other titles and days share less, however alike they are


def without_copies(merged_posts: list[MergedPost]) -> tuple[list[MergedPost], list[Dropped]]:
    """The posts without copies, whose sightings count for their origin, and records of the copies."""
    by_hash: dict[int, list[int]] = defaultdict(list)
    order = sorted(range(len(merged_posts)), key=lambda i: _origin_order(merged_posts[i]))
    copy_of: dict[int, int] = {}
    for i in order:
        row = merged_posts[i].row
        if row is None or not len(row.sketch):
            continue
        sketch = row.sketch.tolist()
        shared = Counter(chain.from_iterable(by_hash.get(value, ()) for value in sketch))
        original = next(
            (
                j
                for j, n in shared.most_common()
                if n >= COPY_OVERLAP * len(sketch) and not _are_two(merged_posts[i], merged_posts[j], n / len(sketch))
            ),
            None,
        )
        if original is not None and not _shows(merged_posts[original], merged_posts[i]):
            copy_of[i] = original
            continue
        if original is not None:
            copy_of |= {copy: i for copy, origin in copy_of.items() if origin == original} | {original: i}
            for found in by_hash.values():
                found[:] = [j for j in found if j != original]
        for value in sketch:
            by_hash[value].append(i)
    dropped = []
    for i, j in sorted(copy_of.items()):
        dropped.append(absorb(merged_posts[j], merged_posts[i], "a copy of"))
    return [merged for i, merged in enumerate(merged_posts) if i not in copy_of], dropped


def absorb(origin: MergedPost, other: MergedPost, relation: str) -> Dropped:
    """Count another post's sightings for its origin; on one site also its addresses and authors."""
    origin.sightings += other.sightings
    if other.site == origin.site:
        origin.aliases |= {other.url, *other.aliases}
        origin.authors += other.authors
    return Dropped(other.url, f"{relation} {origin.url}")


def _origin_order(merged: MergedPost) -> tuple[bool, float, bool, int, str]:
    when = merged.published_at
    return (when is None, when.timestamp() if when else 0.0, not merged.in_feed, len(merged.url), merged.url)


def _shows(page: MergedPost, post: MergedPost) -> bool:
    """Whether a page of the same site links to a post in its text, as a list of posts does."""
    key = url_key(post.url)
    return page.site == post.site and any(link.in_body and url_key(link.target) == key for link in page.links)


def _are_two(one: MergedPost, other: MergedPost, overlap: float) -> bool:
    """Whether a site's feed presents two similar texts as different posts: with other titles, on other days."""
    if one.site != other.site or not (one.in_feed and other.in_feed) or overlap >= SAME_TEXT_OVERLAP:
        return False
    if one.published_at is None or other.published_at is None:
        return False
    titles = {one.best.title.casefold(), other.best.title.casefold()}
    return len(titles) == 2 and "" not in titles and one.published_at.date() != other.published_at.date()
