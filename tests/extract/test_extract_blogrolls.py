"""Conventions of feeds and pages: podcasts, podrolls, blogrolls, further pages, h-feeds."""

from __future__ import annotations

import pytest

from generator.records import PageKind
from tests.factories.extract import PROSE, page, read

HOME = "https://a.example/"


def feed(items="", *, head="", attributes="", url="https://a.example/feed.xml"):
    return read(
        f"<rss version='2.0' {attributes}><channel><title>Powder Lines</title><link>{HOME}</link>{head}{items}</channel></rss>",
        url=url, kind="application/rss+xml",
    )  # fmt: skip


ITEM = "<item><title>Slab</title><link>https://a.example/p/slab</link><description>x</description></item>"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>"
            "<channel><title>T</title><link>https://a.example/</link></channel><item><title>Slab</title><link>https://a.example/p/slab</link></item></rdf:RDF>",
            id="rss-0.90",
        ),
        pytest.param(
            "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>"
            "<rss version='0.91'><channel><title>T</title><item><title>Slab</title><link>https://a.example/p/slab</link></item></channel></rss>",
            id="rss-0.91-with-doctype",
        ),
        pytest.param(
            "<rss version='0.92'><channel><title>T</title><item><title>Slab</title><link>https://a.example/p/slab</link>"
            "<source url='https://b.example/rss.xml'>B</source></item></channel></rss>",
            id="rss-0.92",
        ),
        pytest.param(
            "<rss version='2.0'><channel><title>T</title><item><title>Slab</title><guid>https://a.example/p/slab</guid></item></channel></rss>",
            id="rss-2.0-permalink-guid",
        ),
    ],
)
def test_older_dialects_of_rss(markup):
    """Feeds in old versions of RSS give the same posts as current ones."""
    extraction = read(markup, url="https://a.example/index.rdf", kind="text/xml")

    assert extraction.kind is PageKind.FEED
    assert [(post.url, post.title) for post in extraction.posts] == [("https://a.example/p/slab", "Slab")]


def test_a_podcast_is_a_feed_with_a_podroll():
    """Episodes are posts with their notes; podcasts of the podroll are recommended; items without a feed are skipped."""
    podcast = feed(
        "<item><title>Slab</title><link>https://a.example/ep/1</link><enclosure url='https://a.example/1.mp3' length='9' type='audio/mpeg'/>"
        "<content:encoded>&lt;p&gt;Notes by &lt;a href='https://b.example/pit'&gt;Bo&lt;/a&gt;.&lt;/p&gt;</content:encoded></item>",
        head="<podcast:podroll><podcast:remoteItem feedGuid='1' feedUrl='https://pod.example/rss?a=1&amp;b=2' title='Pod &amp; Pit'/>"
        "<podcast:remoteItem feedGuid='2'/></podcast:podroll>",
        attributes="xmlns:podcast='https://podcastindex.org/namespace/1.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'",
    )

    assert [(post.url, [link.target for link in post.links]) for post in podcast.posts] == [
        ("https://a.example/ep/1", ["https://b.example/pit"])
    ]
    assert [(link.target, link.text) for link in podcast.blogroll] == [("https://pod.example/rss?a=1&b=2", "Pod & Pit")]


def test_lists_of_recommendations_are_named_by_feeds_and_pages():
    """source:blogroll in a channel, rel=blogroll in a page; one inside an item does not count."""
    named = "<source:blogroll>https://a.example/blogroll.opml?a=1&amp;b=2</source:blogroll>"
    channel = feed(ITEM, head=named, attributes="xmlns:source='http://source.scripting.com/'")
    quoted = feed(ITEM.replace("x</d", f"{named}</d"), attributes="xmlns:source='http://source.scripting.com/'")
    home = read(
        page("<main><p>Notes.</p></main>", head="<link rel='blogroll' type='text/xml' href='/mine.opml'>"), url=HOME
    )

    assert channel.recommends == ("https://a.example/blogroll.opml?a=1&b=2",)
    assert quoted.recommends == ()
    assert home.recommends == ("https://a.example/mine.opml",)


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        pytest.param(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><link rel='next' href='/feed?page=2'/>"
            "<link rel='prev-archive' href='https://other.example/old'/><entry><title>S</title><link href='/p/slab'/></entry></feed>",
            "application/atom+xml", id="atom",
        ),
        pytest.param(
            '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "next_url": "/feed?page=2", "items": [{"id": "1", "url": "/p/slab"}]}',
            "application/feed+json", id="json",
        ),
    ],
)  # fmt: skip
def test_a_feed_may_name_its_next_page(markup, kind):
    """RFC 5005 and JSON Feed lead to older entries, within the host only."""
    assert [(link.target, link.text) for link in read(markup, url="https://a.example/feed", kind=kind).internal] == [
        ("https://a.example/feed?page=2", "older")
    ]


def entry(n, *, more="", date="2025-05-0{}T10:00:00+02:00"):
    return (
        f"<article class='h-entry'><h2 class='p-name'><a class='u-url' href='/notes/{n}'>Note {n}</a></h2>"
        f"<time class='dt-published' datetime='{date.format(n)}'>May</time>{more}<a class='p-category' href='/tags/snow'>snow</a>"
        f"<div class='e-content'><p>Number {n}. {PROSE}</p><p>After <a href='https://b.example/{n}'>Bo</a>.</p></div></article>"
    )


def test_an_h_feed_gives_posts_like_a_feed():
    """Address, title, moment, tags, text and links, from the markup of the home page."""
    markup = page(f"<main class='h-feed'>{entry(1)}{entry(2)}</main>")
    extraction = read(markup, url=HOME)

    assert extraction.kind is PageKind.HOME
    assert [(p.url, p.title, f"{p.published_at:%F %z}", p.tags, p.full) for p in extraction.posts] == [
        ("https://a.example/notes/1", "Note 1", "2025-05-01 +0200", ("snow",), True),
        ("https://a.example/notes/2", "Note 2", "2025-05-02 +0200", ("snow",), True),
    ]
    assert [link.target for link in extraction.posts[0].links] == ["https://b.example/1"]
    assert extraction.posts[0].text.startswith("Number 1. The north face")


def test_a_cited_entry_is_not_part_of_the_entry():
    """Address, date and text of a cited entry are ignored."""
    cited = "<div class='u-in-reply-to h-cite'><a class='u-url' href='https://a.example/other'>x</a><p class='e-content'>Theirs.</p></div>"
    markup = page(f"<main class='h-feed'>{entry(1, more=cited)}{entry(2)}</main>")

    assert [post.url for post in read(markup, url=HOME).posts] == [
        "https://a.example/notes/1",
        "https://a.example/notes/2",
    ]
    assert "Theirs" not in read(markup, url=HOME).posts[0].text


@pytest.mark.parametrize(
    "main",
    [
        pytest.param(entry(1), id="one entry is the page's own post"),
        pytest.param(entry(1) + entry(2, date=""), id="no date"),
        pytest.param(entry(1) + entry(2).replace("/notes/2", "https://b.example/2"), id="another host's"),
        pytest.param((entry(1) + entry(2)).replace("h-entry", "hentry"), id="a theme's hentry"),
        pytest.param(f"<aside>{entry(1)}{entry(2)}</aside>", id="in the frame"),
    ],
)
def test_incomplete_entries_are_not_an_h_feed(main):
    """A page needs two entries with an address on its host, a date and text."""
    assert not [post for post in read(page(f"<main>{main}</main>"), url=HOME).posts if post.from_feed]


def test_an_age_under_18_in_an_h_feed_is_found():
    """An h-entry in which the writer states their age marks the page."""
    young = entry(2).replace("Number 2.", "Hi, I am 15 years old.")

    assert read(page(f"<main class='h-feed'>{entry(1)}{young}</main>"), url=HOME).states_minor
