"""Only lists that name posts which nothing else names are requested."""

from __future__ import annotations

import pytest

from generator.discover import CrawlDepth, Frontier
from generator.discover.cms_paths import is_postless_sitemap, one_of_each_feed
from generator.discover.url_kinds import is_asset, is_feed_address
from generator.records import FeedLink, Link, PageKind, Purpose, SiteOrigin, Url
from tests.factories.corpus import page, post

A = "https://a.example/"


def links(*paths):
    return tuple(Link(Url(A + path), "", "", in_body=True) for path in paths)


def asked_of(home, answers=(), *, entries=4, sitemaps=()):
    """The lists requested of a site that is in, given its home page and what other addresses answer."""
    frontier = Frontier(max_pages_per_site=99, mentions_topic=lambda _: False)
    frontier.add_site(Url(A), hop=0, found_by="seed", origin=SiteOrigin.SEED, entries=[Url(A)])
    frontier.next_wave(CrawlDepth.FULL)
    feed = page(f"{A}feed", *[post(f"{A}p{i}") for i in range(entries)])
    start = page(A, kind=PageKind.HOME, feeds=(FeedLink(Url(f"{A}feed")),), internal=home)
    frontier.record_answer(Url(A), start, (), tuple(Url(url) for url in sitemaps))
    told = {f"{A}feed": feed, **dict(answers)}
    lists = []
    for _ in range(20):
        for request in frontier.next_wave(CrawlDepth.FULL):
            lists += [request.url.removeprefix(A)] if request.purpose == Purpose.LISTING else []
            if request.url in told:
                frontier.record_answer(request.url, told[request.url], ())
    return lists


def listing(path, *targets):
    return A + path, page(A + path, kind=PageKind.LISTING, internal=links(*targets))


def test_sitemap_of_robots_txt_makes_other_lists_needless():
    """A sitemap with posts answers for tags, months and guesses."""
    found = asked_of(links("tag/x/", "2024/05/", "archive/"), [listing("map.xml", "a-b-c/")], sitemaps=[f"{A}map.xml"])
    assert found == ["map.xml"]


def test_sitemap_index_leads_to_the_sitemaps_of_posts_only():
    """Sitemaps of users and labels are left alone."""
    index = listing("sitemap.xml", "sitemap-posts.xml", "sitemap-tags.xml", "sitemap-authors.xml")
    assert asked_of((), [index, listing("sitemap-posts.xml", "a-b-c/")]) == ["sitemap.xml", "sitemap-posts.xml"]


def test_list_of_everything_comes_before_labels_and_guesses():
    """A linked archive is read; a label is not."""
    assert asked_of(links("tag/x/", "archive/"), [listing("archive/", "2024/05/06/a/")]) == ["archive/"]


def test_labels_are_the_last_way_to_old_posts():
    """With a feed that may be cut off and no other list, labels are read after one guess at a sitemap."""
    assert asked_of(links("tag/x/"), entries=20) == ["sitemap.xml", "tag/x/"]


def test_a_short_feed_is_complete():
    """A feed below the usual length holds everything: one guess, and no labels."""
    assert asked_of(links("tag/x/"), entries=4) == ["sitemap.xml"]


@pytest.mark.parametrize(
    "path",
    [
        "wp-sitemap-users-1.xml",
        "wp-sitemap-taxonomies-post_tag-1.xml",
        "wp-sitemap-posts-page-1.xml",
        "sitemap-authors.xml",
        "sitemap-tags.xml",
    ],
)
def test_sitemaps_without_posts(path):
    """Users, labels and pages are no posts."""
    assert is_postless_sitemap(A + path)


@pytest.mark.parametrize("path", ["admin/", "admin", "posts/x/index.md", "_sources/x.txt", "x.rst"])
def test_sources_and_administration_are_never_requested(path):
    """They hold nothing that the page does not."""
    assert is_asset(A + path)


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("tags/x/index.rss", True),
        ("categories/x.xml", True),
        ("blog/tag/x/feeds/atom/", True),
        ("?feed=rss2", True),
        ("sitemap.xml", False),
        ("wp-sitemap-posts-post-1.xml", False),
        ("how-to-feed-a-drum/", False),
    ],
)
def test_addresses_of_feeds(path, feed):
    """A feed that nothing declares is not read as a post."""
    assert is_feed_address(A + path) is feed


def test_one_feed_in_two_formats_is_read_once():
    """Atom before RSS; feeds of two things stay two."""
    urls = [Url(A + path) for path in ("feeds/rss/", "feeds/atom/", "notes/rss.xml", "notes/atom.xml")]
    assert one_of_each_feed(urls) == [f"{A}feeds/atom/", f"{A}notes/atom.xml"]
