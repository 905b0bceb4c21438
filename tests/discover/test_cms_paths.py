"""Where publishing software keeps its feeds and lists, and how the frontier gets at what a feed no longer holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.discover import CrawlDepth
from generator.discover.cms_paths import detect_cms, feed_addresses, is_postless_sitemap, listing_addresses, older_page
from generator.records import FeedLink, Link, PageKind, Purpose, Url
from generator.urls import SiteIndex, default_site
from tests.discover.test_frontier import A, internal, opened, wave
from tests.factories.corpus import page, post


@pytest.mark.parametrize(
    ("root", "made_by", "feed", "lists"),
    [
        pytest.param(A, "WordPress 6.4.2", f"{A}feed/", f"{A}wp-sitemap.xml", id="wordpress"),
        pytest.param("https://ada.wordpress.com/", "", "https://ada.wordpress.com/feed/", "https://ada.wordpress.com/wp-sitemap.xml", id="wordpress.com"),
        pytest.param("https://ada.blogspot.com/", "", "https://ada.blogspot.com/feeds/posts/default", "https://ada.blogspot.com/sitemap.xml", id="blogger"),
        pytest.param("https://medium.com/@ada/", "", "https://medium.com/feed/@ada", "https://medium.com/@ada/sitemap/sitemap.xml", id="medium"),
        pytest.param(A, "Ghost 5.82", f"{A}rss/", f"{A}sitemap-posts.xml", id="ghost"),
        pytest.param("https://ada.substack.com/", "", "https://ada.substack.com/feed", "https://ada.substack.com/sitemap.xml", id="substack"),
        pytest.param("https://ada.tumblr.com/", "", "https://ada.tumblr.com/rss", "https://ada.tumblr.com/sitemap1.xml", id="tumblr"),
        pytest.param(A, "Jekyll v4.3.2", f"{A}feed.xml", f"{A}sitemap.xml", id="jekyll"),
        pytest.param(A, "Hugo 0.125.4", f"{A}index.xml", f"{A}sitemap.xml", id="hugo"),
    ],
)  # fmt: skip
def test_software_is_known_by_its_word_or_its_host(root, made_by, feed, lists):
    """Its own paths come first."""
    software = detect_cms(root, made_by)

    assert (feed_addresses(software, root)[0], listing_addresses(software, root)[0]) == (feed, lists)


def test_unknown_software_has_no_habits():
    """Nothing is guessed from nothing; a word within a word is none."""
    assert detect_cms(A, "Ghostwriter 2") is None
    assert (feed_addresses(None, A), listing_addresses(None, A), older_page(None, Url(f"{A}feed"), 10)) == (
        [],
        [],
        None,
    )


@pytest.mark.parametrize(
    ("made_by", "feed", "entries", "older"),
    [
        pytest.param("wordpress", f"{A}feed/", 10, f"{A}feed/?paged=2", id="wordpress"),
        pytest.param("wordpress", f"{A}?feed=rss2&paged=2", 10, f"{A}?feed=rss2&paged=3", id="wordpress-third"),
        pytest.param("wordpress", f"{A}feed/?paged=11", 10, None, id="ten-pages-are-enough"),
        pytest.param("wordpress", f"{A}feed/", 0, None, id="nothing-there"),
        pytest.param("blogger", f"{A}feeds/posts/default", 25, f"{A}feeds/posts/default?start-index=26&max-results=150", id="blogger"),
        pytest.param("blogger", f"{A}feeds/posts/default?start-index=26&max-results=150", 150,
                     f"{A}feeds/posts/default?start-index=176&max-results=150", id="blogger-next"),
        pytest.param("blogger", f"{A}feeds/posts/default?start-index=1400&max-results=150", 150, None, id="blogger-enough"),
        pytest.param("medium", f"{A}feed", 10, None, id="medium-has-none"),
    ],
)  # fmt: skip
def test_older_entries_are_asked_for_as_the_software_counts(made_by, feed, entries, older):
    """WordPress counts pages, Blogger entries."""
    assert older_page(detect_cms(A, made_by), Url(feed), entries) == older


@pytest.mark.parametrize(
    ("name", "none"),
    [
        ("wp-sitemap-posts-post-1.xml", False), ("wp-sitemap-taxonomies-category-1.xml", True),
        ("wp-sitemap-users-1.xml", True), ("wp-sitemap-posts-page-1.xml", True), ("post-sitemap2.xml", False),
        ("category-sitemap.xml", True), ("post_tag-sitemap.xml", True), ("author-sitemap.xml", True),
        ("sitemap-posts.xml", False), ("sitemap-authors.xml", True), ("sitemap-tags.xml", True), ("sitemap.xml", False),
        ("image-notes/", False),
    ],
)  # fmt: skip
def test_sitemaps_of_anything_but_posts_are_left(name, none):
    """WordPress, Yoast and Ghost name them plainly."""
    assert is_postless_sitemap(A + name) is none


def feed_page(url, first, *, count=10, generator="https://wordpress.org/?v=6.4"):
    posts = tuple(post(f"{A}p{n}", full=True) for n in range(first, first + count))
    made = page(url, *posts, kind=PageKind.FEED, feeds=(FeedLink(Url(url)),))
    return replace(made, generator=generator)


def heard(frontier):
    """A site whose feed of ten posts is known."""
    wave(frontier)
    frontier.record_answer(Url(A), page(A, kind=PageKind.HOME, feeds=(FeedLink(Url(f"{A}feed/")),)), ())
    wave(frontier)
    frontier.record_answer(Url(f"{A}feed/"), feed_page(f"{A}feed/", 0), ())


def test_pages_of_a_feed_are_followed_one_by_one_until_they_bring_nothing_new():
    """The second page is asked for, then the third; a page that repeats the others ends it; the site has one feed."""
    frontier = opened()
    heard(frontier)

    assert (f"{A}feed/?paged=2", Purpose.LISTING) in wave(frontier, CrawlDepth.FULL)
    frontier.record_answer(Url(f"{A}feed/?paged=2"), feed_page(f"{A}feed/?paged=2", 10), ())
    assert (f"{A}feed/?paged=3", Purpose.LISTING) in wave(frontier, CrawlDepth.FULL)
    frontier.record_answer(Url(f"{A}feed/?paged=3"), feed_page(f"{A}feed/?paged=3", 0), ())
    assert not [url for url, _ in wave(frontier, CrawlDepth.FULL) if "paged" in url]
    assert frontier.sites()[0].feeds == (f"{A}feed/",)


def test_a_site_that_is_only_probed_is_not_asked_for_its_history():
    """History is for sites that are on topic."""
    frontier = opened()
    heard(frontier)

    assert not [url for url, _ in wave(frontier) if "paged" in url]


def test_the_software_s_own_list_comes_before_guesses_and_its_lists_of_tags_never():
    """A sitemap index leads to its list of posts, not to that of its authors."""
    frontier = opened()
    heard(frontier)
    asked = [url for url, purpose in wave(frontier, CrawlDepth.FULL) if purpose == Purpose.LISTING]
    assert f"{A}wp-sitemap.xml" in asked
    children = (
        f"{A}wp-sitemap-posts-post-1.xml",
        f"{A}wp-sitemap-users-1.xml",
        f"{A}wp-sitemap-taxonomies-post_tag-1.xml",
    )
    frontier.record_answer(
        Url(f"{A}wp-sitemap.xml"), page(f"{A}wp-sitemap.xml", kind=PageKind.LISTING, internal=internal(*children)), ()
    )

    assert [url for url, _ in wave(frontier, CrawlDepth.FULL) if "wp-sitemap-" in url] == [
        f"{A}wp-sitemap-posts-post-1.xml"
    ]


def test_a_list_of_recommendations_on_the_same_host_is_asked_for():
    """rel=blogroll says where; on another host it is another site's affair."""
    frontier = opened()
    wave(frontier)
    lists = (Url(f"{A}blogroll.opml"), Url("https://lists.example/ada.opml"))
    frontier.record_answer(Url(A), replace(page(A, kind=PageKind.HOME), recommends=lists), ())
    for _ in range(3):
        wave(frontier)  # the usual feed paths

    assert [url for url, purpose in wave(frontier, CrawlDepth.FULL) if purpose == Purpose.ABOUT] == [
        f"{A}blogroll.opml"
    ]


def test_a_tenant_s_feed_is_the_tenant_s():
    """medium.com/feed/@ada belongs to medium.com/@ada, for the frontier as for the corpus."""
    ada, feed = default_site(Url("https://medium.com/@ada/notes")), Url("https://medium.com/feed/@ada")

    assert (ada, default_site(feed)) == ("https://medium.com/@ada/", "https://medium.com/@ada/")
    assert SiteIndex([(ada, ())]).site_of(feed) == ada
    assert default_site(Url("https://a.example/feed/x")) == "https://a.example/"


def test_a_link_to_an_older_page_is_a_list():
    """What a feed names as its next page is asked for as a way to older posts."""
    frontier = opened()
    wave(frontier)
    older = (Link(Url(f"{A}feed?after=9"), "older", "", in_body=False),)
    frontier.record_answer(Url(A), replace(feed_page(A, 0, generator=""), internal=older), ())
    asked = wave(frontier, CrawlDepth.FULL) + wave(frontier, CrawlDepth.FULL)

    assert (f"{A}feed?after=9", Purpose.LISTING) in asked
