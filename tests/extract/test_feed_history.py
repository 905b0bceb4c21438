"""Posts of earlier versions of a feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.extract import merge_feed_history
from generator.extract.snapshot import extract_snapshot
from generator.records import PageKind, Purpose, Snapshot, Url

URL = Url("https://a.example/feed")


def feed(numbers):
    items = "".join(
        f"<item><title>T{n}</title><link>https://a.example/{n}</link><description>Words {n}</description></item>"
        for n in numbers
    )
    body = (
        f"<rss version='2.0'><channel><title>A</title><link>https://a.example/</link>{items}</channel></rss>".encode()
    )
    return extract_snapshot(
        Snapshot(URL, URL, Purpose.FEED, 200, "application/rss+xml", body, "d", datetime(2026, 1, 1, tzinfo=UTC))
    )


def numbers(extraction):
    return [int(post.url.rsplit("/", 1)[1]) for post in extraction.posts]


def test_posts_that_left_the_feed_are_still_there():
    """Posts of the current version come first, then those of earlier versions."""
    whole, used = merge_feed_history(feed([4, 3]), {"old": feed([3, 2]), "older": feed([2, 1])})

    assert numbers(whole) == [4, 3, 1, 2]
    assert used == {"older"}


def test_versions_that_overlap_are_not_all_needed():
    """A feed of ten posts, changed every night for a hundred nights, needs a version for each ten posts."""
    nights = {f"{n:03}": feed(range(n, n + 10)) for n in range(100)}
    whole, used = merge_feed_history(feed(range(100, 110)), nights)

    assert sorted(numbers(whole)) == list(range(110))
    assert len(used) <= 11


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, 30), min_size=1), max_size=6), st.sets(st.integers(0, 30), min_size=1))
def test_nothing_that_was_read_is_lost_and_nothing_counts_twice(before, now):
    """The chosen versions contain all posts of all versions, each once."""
    versions = {f"{n}": feed(sorted(held)) for n, held in enumerate(before)}
    whole, used = merge_feed_history(feed(sorted(now)), versions)
    again, _ = merge_feed_history(feed(sorted(now)), {digest: versions[digest] for digest in used})

    assert sorted(numbers(whole)) == sorted(now.union(*before))
    assert sorted(numbers(again)) == sorted(numbers(whole))


def test_noindex_and_other_pages_have_no_history():
    """A feed with `noindex`, or a page in its place, gets no earlier posts."""
    old = {"old": feed([1])}
    hidden, page = replace(feed([2]), noindex=True), replace(feed([2]), kind=PageKind.HOME)

    assert merge_feed_history(hidden, old) == (hidden, frozenset())
    assert merge_feed_history(page, old) == (page, frozenset())
