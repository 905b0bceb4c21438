"""Addresses of feed entries: link blogs, parts of pages, entries without an address; feed types and tags of pages."""

import gzip
import json

import pytest

from tests.factories.extract import PROSE, article, atom, page, read, read_feed, rss

HOME = "https://a.example/"


def item(title, link="", more=""):
    """An item of an RSS feed."""
    where = f"<link>{link}</link>" if link else ""
    return f"<item><title>{title}</title>{where}{more}<description>Words on {title}.</description></item>"


@pytest.mark.parametrize(
    ("links", "url", "cited"),
    [
        (
            "<link rel='alternate' href='https://b.example/p'/><link rel='related' href='https://a.example/linked/p'/>",
            "https://a.example/linked/p",
            ["https://b.example/p"],
        ),
        (
            "<link href='https://a.example/p'/><link rel='related' href='https://b.example/p'/>",
            "https://a.example/p",
            ["https://b.example/p"],
        ),
        (
            "<link href='https://a.example/p'/><link rel='via' href='https://c.example/'/>",
            "https://a.example/p",
            ["https://c.example/"],
        ),
        (
            "<link href='https://a.example/p'/><link rel='related' href='https://a.example/q'/>",
            "https://a.example/p",
            [],
        ),
        ("<link href='https://b.example/p'/>", "https://b.example/p", []),
    ],
)
def test_link_blogs(links, url, cited):
    """An entry has the address on its own host; pages of other hosts that it links outside its text are cited."""
    post = read_feed(atom(f"<entry><title>On crusts</title>{links}<content>Words.</content></entry>")).posts[0]

    assert (post.url, [link.target for link in post.links]) == (url, cited)
    assert all((link.sentence, link.in_body) == ("On crusts", True) for link in post.links)


def test_external_url_of_a_json_feed():
    """external_url is the page discussed, url the post."""
    entry = {"id": "1", "url": "https://a.example/p", "external_url": "https://b.example/q", "content_text": "Words."}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A", "home_page_url": HOME, "items": [entry]}
    post = read(json.dumps(feed), kind="application/json", url="https://a.example/feed.json").posts[0]

    assert (post.url, [link.target for link in post.links]) == ("https://a.example/p", ["https://b.example/q"])


def test_entries_without_an_address():
    """Episodes with an id or a sound file only are distinct posts at the home page."""
    items = item("One", more="<guid isPermaLink='false'>ep-1</guid>") + item(
        "Two", more="<enclosure url='https://cdn.example/2.mp3' type='audio/mpeg' length='1'/>"
    )
    posts = read_feed(rss(items)).posts

    assert [post.url for post in posts] == ["https://a.example/#ep-1", "https://a.example/#https://cdn.example/2.mp3"]


def test_parts_of_one_page():
    """Entries that link to anchors of one page, or all to the home page, are distinct posts."""
    days = "".join(item(f"Day {n}", f"https://a.example/2024/05.html#d{n}") for n in (1, 2))
    shared = "".join(item(f"Day {n}", HOME, f"<guid isPermaLink='false'>g{n}</guid>") for n in (1, 2))

    assert [p.url for p in read_feed(rss(days)).posts] == [f"https://a.example/2024/05.html#d{n}" for n in (1, 2)]
    assert [p.url for p in read_feed(rss(shared)).posts] == ["https://a.example/#g1", "https://a.example/#g2"]


def test_versions_of_one_post_are_one():
    """One address with other ids and the same title is one post; a fragment that no other entry shares is dropped."""
    items = "".join(item("Slab", "https://a.example/p", f"<guid isPermaLink='false'>v{n}</guid>") for n in (1, 2))
    single = item("Crust", "https://a.example/q#atom-everything")

    assert [post.url for post in read_feed(rss(items + single)).posts] == ["https://a.example/p", "https://a.example/q"]


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ("type='text/xml' href='/feed.php'", ["https://a.example/feed.php"]),
        ("type='application/xml' href='/feed.php'", ["https://a.example/feed.php"]),
        ("type='application/rss' href='/feed.php'", ["https://a.example/feed.php"]),
        ("type='application/rss+xml' href='feed:https://a.example/rss'", ["https://a.example/rss"]),
        ("type='application/rss+xml' href='feed://a.example/rss'", ["https://a.example/rss"]),
        ("type='text/xml' href='/sitemap.xml'", []),
        ("type='text/xml+oembed' href='/oembed?url=x'", []),
        ("type='text/html' href='/de/'", []),
    ],
)
def test_types_of_feeds(attributes, found):
    """Feeds are declared with many media types and with the scheme feed; other XML documents are none."""
    assert [f.url for f in read(page(article(PROSE), head=f"<link rel='alternate' {attributes}>")).feeds] == found


def test_base_after_other_elements():
    """The first base with an address counts, also behind links and behind a base with a target only."""
    head = "<link rel='alternate' type='application/rss+xml' href='rss'><base target='_blank'><base href='/blog/'>"

    assert [feed.url for feed in read(page(article(PROSE), head=head)).feeds] == ["https://a.example/blog/rss"]


def test_packed_answers():
    """The body of a gzip file is unpacked, whatever the header says; a broken one is an error."""
    sitemap = "<?xml version='1.0'?><urlset><url><loc>https://a.example/p</loc></url></urlset>"
    packed = gzip.compress(sitemap.encode(), mtime=0)
    extraction = read(packed, kind="application/x-gzip", url="https://a.example/sitemap.xml.gz")

    assert [link.target for link in extraction.internal] == ["https://a.example/p"]


@pytest.mark.parametrize(
    ("inner", "tags"),
    [
        ("<p><a href='/tags/crust/'>crust</a></p>", ("crust",)),
        ("<nav><span class='md-tag'>weak layer</span></nav>", ("weak layer",)),
        ("<p><a href='/schlagwort/firn'>Firn</a></p>", ("Firn",)),
        ("<p><a href='https://b.example/tags/crust/'>crust</a></p>", ()),
        ("<aside><a href='/tags/crust/'>crust</a></aside>", ()),
        ("<p><a href='/p/tags'>on tags</a></p>", ()),
    ],
)
def test_tags_of_a_page(inner, tags):
    """Links of a post to tag lists of its host, and Material's class, are its tags; menus and other hosts are not."""
    assert read(page(article(PROSE + inner)), url="https://a.example/p/slab").posts[0].tags == tags


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("<p>Theme by <a href='https://x.example/'>X</a></p>", ["https://b.example/"]),
        ("</aside><div><a href='https://x.example/'>X</a></div><aside>", ["https://b.example/"]),
        ("</aside><footer><a href='https://x.example/'>X</a></footer><aside>", ["https://b.example/"]),
        ("<ul><li><a href='https://x.example/'>X</a></li></ul>", ["https://b.example/", "https://x.example/"]),
    ],
)
def test_a_blogroll_ends_with_its_section(rest, found):
    """Links after the lists below a blogroll heading, in a footer or another container are no recommendations."""
    side = f"<aside><div><h3>Blogroll</h3></div><ul><li><a href='https://b.example/'>B</a></li></ul>{rest}</aside>"

    assert [link.target for link in read(page(article(PROSE), after=side)).blogroll] == found
