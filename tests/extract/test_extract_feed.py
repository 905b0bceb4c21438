"""Feeds of all formats, valid and broken."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from generator.errors import ExtractionError
from generator.records import NameSource, PageKind
from tests.factories.extract import PROSE, article, atom, page, read, read_feed, rss

LONG = f"<p>{PROSE}</p><p>See <a href='https://b.example/rope'>what Bo wrote about ropes</a> first.</p><p>{PROSE}</p>"
ITEM = "<item><title>Slab</title><link>https://a.example/p/slab</link><pubDate>Sat, 17 May 2025 08:30:00 +0200</pubDate>{}</item>"


def test_rss_two():
    """An RSS 2.0 item gives address, title, date in its own zone, tags, full text and links."""
    body = f"<content:encoded><![CDATA[{LONG}]]></content:encoded><category>avalanche</category><dc:creator>Ada Example</dc:creator>"
    extraction = read_feed(rss(ITEM.format(body)))
    (post,) = extraction.posts

    assert (extraction.kind, extraction.title, extraction.site_home) == (
        PageKind.FEED,
        "Powder Lines",
        "https://a.example/",
    )
    assert extraction.description == "Notes from the skin track"
    assert (post.url, post.title, post.full, post.from_feed) == ("https://a.example/p/slab", "Slab", True, True)
    assert post.published_at == datetime(2025, 5, 17, 8, 30, tzinfo=timezone(timedelta(hours=2)))
    assert post.published_at.utcoffset() == timedelta(hours=2)
    assert (post.time_known, post.tags, post.language) == (True, ("avalanche",), "en")
    assert [(link.target, link.sentence) for link in post.links] == [
        ("https://b.example/rope", "See what Bo wrote about ropes first.")
    ]
    assert [(author.name, author.found) for author in post.authors] == [("Ada Example", NameSource.FEED_AUTHOR)]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            "<rss version='0.91'><channel><title>T</title><item><title>Slab</title><link>https://a.example/p/slab</link></item></channel></rss>",
            id="rss-0.91",
        ),
        pytest.param(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel><item rdf:about='https://a.example/p/slab'><title>Slab</title><link>https://a.example/p/slab</link></item></rdf:RDF>",
            id="rdf",
        ),
        pytest.param(
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>T</title><entry><title>Slab</title><link rel='alternate' type='text/html' href='https://a.example/p/slab'/></entry></feed>",
            id="atom-0.3",
        ),
        pytest.param(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>Slab</title><link href='/p/slab'/></entry></feed>",
            id="atom-1.0-relative",
        ),
        pytest.param(
            '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "url": "/p/slab", "title": "Slab"}]}',
            id="json-feed",
        ),
    ],
)
def test_dialects(markup):
    """Every dialect gives the same post."""
    assert [(post.url, post.title, post.published_at) for post in read_feed(markup).posts] == [
        ("https://a.example/p/slab", "Slab", None)
    ]


def test_feed_and_page_give_the_same_post():
    """A post seen in its feed and on its page has the same text and the same links in its body."""
    inner = "<p>Bo says ropes <a href='/rope'>age quickly</a>, and <a href='https://c.example/x'>Cy agrees</a>.</p><aside>Buy</aside>"
    (from_page,) = read(page(article(inner), before="<nav><a href='https://d.example/'>Shop</a></nav>")).posts
    content = f"<p>{PROSE * 3}</p>{inner}"
    (from_feed,) = read_feed(rss(ITEM.format(f"<content:encoded><![CDATA[{content}]]></content:encoded>"))).posts

    in_page = [(link.target, link.sentence) for link in from_page.links if link.in_body]
    assert in_page == [(link.target, link.sentence) for link in from_feed.links]
    assert in_page[0] == ("https://a.example/rope", "Bo says ropes age quickly, and Cy agrees.")
    assert from_feed.text in from_page.text


def test_summary_is_not_full():
    """A teaser is marked as not full, so that the page is fetched."""
    (post,) = read_feed(rss(ITEM.format("<description>We dug three pits. [...]</description>"))).posts

    assert (post.full, post.text) == (False, "We dug three pits. [...]")


def test_long_plain_description_is_not_full():
    """A long description without paragraphs is a generator's summary, however long."""
    (post,) = read_feed(rss(ITEM.format(f"<description>{PROSE * 12}</description>"))).posts

    assert post.full is False


def test_description_with_the_whole_post_is_full():
    """A description with several paragraphs and enough text is a whole post."""
    (post,) = read_feed(rss(ITEM.format(f"<description><![CDATA[{LONG * 3}]]></description>"))).posts

    assert post.full is True


def test_description_of_two_paragraphs_is_not_full():
    """A paragraph or two of description, in a feed without longer ones, is a summary."""
    (post,) = read_feed(rss(ITEM.format(f"<description><![CDATA[{LONG}]]></description>"))).posts

    assert post.full is False


def test_wordpress_signature_is_dropped():
    """The line that WordPress adds to feed entries is not part of the post."""
    body = f"<content:encoded><![CDATA[{LONG}<p>The post <a href='https://a.example/p/slab'>Slab</a> appeared first on <a href='https://a.example'>Powder Lines</a>.</p>]]></content:encoded>"
    (post,) = read_feed(rss(ITEM.format(body))).posts

    assert "appeared first" not in post.text
    assert post.full is True


def test_only_updated():
    """An entry with only an update date has that date."""
    feed = atom(
        "<entry><title>A</title><link href='https://a.example/a'/><updated>2025-03-01T10:00:00Z</updated></entry>"
    )

    assert read_feed(feed).posts[0].published_at == datetime(2025, 3, 1, 10, tzinfo=UTC)


def test_updated_shared_by_all_is_a_rebuild():
    """One `updated` on many entries is the date of a rebuild, not of the posts."""
    entry = (
        "<entry><title>{0}</title><link href='https://a.example/{0}'/><updated>2025-03-01T10:00:00Z</updated></entry>"
    )
    posts = read_feed(atom("".join(entry.format(name) for name in "abc"))).posts

    assert [post.published_at for post in posts] == [None, None, None]


def test_date_in_the_address_beats_updated():
    """A permalink with a day in it dates a post that has only an update date."""
    feed = atom(
        "<entry><title>A</title><link href='https://a.example/2019/04/02/a'/><updated>2025-03-01T10:00:00Z</updated></entry>"
    )
    (post,) = read_feed(feed).posts

    assert (post.published_at, post.time_known) == (datetime(2019, 4, 2, tzinfo=UTC), False)


@pytest.mark.parametrize("raw", ["Mon, 01 Jan 0001 00:00:00 +0000", "1970-01-01T00:00:00Z", "2099-01-01", "soon", ""])
def test_implausible_dates(raw):
    """Placeholder years, the distant future and nonsense are not dates."""
    item = f"<item><title>A</title><link>https://a.example/a</link><pubDate>{raw}</pubDate></item>"

    assert read_feed(rss(item)).posts[0].published_at is None


def test_noreply_author():
    """Blogger writes `noreply@blogger.com (Name)`: the name counts and the address is dropped."""
    (post,) = read_feed(rss(ITEM.format("<author>noreply@blogger.invalid (Ada Example)</author>"))).posts

    assert [(author.name, author.email) for author in post.authors] == [("Ada Example", None)]


@pytest.mark.parametrize("raw", ["ada@powder.example (Ada Example)", "Ada Example &lt;ada@powder.example&gt;"])
def test_author_with_address(raw):
    """Mail-style author fields give name and address, whatever the ending of the address."""
    (post,) = read_feed(rss(ITEM.format(f"<author>{raw}</author>"))).posts

    assert [(author.name, author.email) for author in post.authors] == [("Ada Example", "ada@powder.example")]


def test_several_authors():
    """Each author of an entry is a separate mention."""
    authors = "<author><name>Ada Example</name><uri>https://ada.example/</uri></author><author><name>Bo Example</name></author>"
    (post,) = read_feed(atom(f"<entry><title>A</title><link href='https://a.example/a'/>{authors}</entry>")).posts

    assert [(author.name, author.url) for author in post.authors] == [
        ("Ada Example", "https://ada.example/"), ("Bo Example", None),
    ]  # fmt: skip


def test_feed_author_is_the_author_of_entries_without_one():
    """Entries without an author have the author of the feed."""
    feed = atom(
        "<entry><title>A</title><link href='https://a.example/a'/></entry>",
        feed="<author><name>Ada Example</name></author>",
    )
    extraction = read_feed(feed)

    assert [author.name for author in extraction.posts[0].authors] == ["Ada Example"]
    assert [author.name for author in extraction.mentions] == ["Ada Example"]


@pytest.mark.parametrize("name", ["admin", "Thoughts on Powder", "powderlines"])
def test_roles_and_site_titles_are_not_authors(name):
    """Neither `admin` nor the site's own title is a person."""
    feed = rss(ITEM.format(f"<dc:creator>{name}</dc:creator>"))
    extraction = read_feed(feed.replace("Powder Lines", name))

    assert extraction.posts[0].authors == ()


def test_entry_without_address_is_dropped_and_counted():
    """An entry without an address is dropped with its reason."""
    extraction = read_feed(rss("<item><title>Lost</title><description>x</description></item>" + ITEM.format("")))

    assert [post.title for post in extraction.posts] == ["Slab"]
    assert [(gone.what, gone.reason) for gone in extraction.dropped] == [("Lost", "feed entry without an address")]


def test_guid_is_the_address_of_a_link_blog():
    """Where the link leads to the page discussed, the address of the post is the permanent id."""
    item = "<item><title>A</title><link>https://other.example/story</link><guid>https://a.example/notes/7</guid></item>"

    assert [post.url for post in read_feed(rss(item)).posts] == ["https://a.example/notes/7"]


def test_list_pages_in_feeds_are_not_posts():
    """Some generators put all pages in the feed; tag lists and about pages are dropped."""
    items = "".join(
        f"<item><title>{u}</title><link>https://a.example/{u}</link></item>" for u in ("tags/snow/", "about/", "p/slab")
    )
    extraction = read_feed(rss(items))

    assert [post.url for post in extraction.posts] == ["https://a.example/p/slab"]
    assert [gone.reason for gone in extraction.dropped] == ["feed entry leads to a list or an own page"] * 2


def test_an_address_given_twice_counts_once():
    """A repeated entry is one post, and the repetition is recorded."""
    extraction = read_feed(rss(ITEM.format("") * 2))

    assert (len(extraction.posts), [gone.what for gone in extraction.dropped]) == (1, ["https://a.example/p/slab"])


def test_xml_base_resolves_links():
    """Relative links are resolved to xml:base where it is given, else to the post's address."""
    entry = "<entry><title>A</title><link href='https://a.example/2025/a/'/><content type='html'{}>&lt;p&gt;See &lt;a href='b'&gt;this&lt;/a&gt;.&lt;/p&gt;</content></entry>"

    assert [link.target for link in read_feed(atom(entry.format(""))).posts[0].links] == ["https://a.example/2025/a/b"]
    assert [
        link.target for link in read_feed(atom(entry.format(" xml:base='https://x.example/y/'"))).posts[0].links
    ] == ["https://x.example/y/b"]


def test_broken_xml_still_reads():
    """An unescaped ampersand and a missing end tag do not lose other text."""
    broken = rss(ITEM.format("<description>Salt & pepper</description>")).replace("</channel></rss>", "")

    assert [post.title for post in read_feed(broken).posts] == ["Slab"]


def test_escaped_markup_in_titles():
    """Markup in a title is parsed."""
    extraction = read_feed(rss(ITEM.format("").replace("Slab", "&lt;b&gt;Slab&lt;/b&gt; &amp;amp; crust")))

    assert extraction.posts[0].title == "Slab & crust"


def test_json_feed():
    """A JSON Feed gives text, dates, tags and authors like any other."""
    feed = (
        '{"version": "https://jsonfeed.org/version/1", "title": "Powder Lines", "home_page_url": "https://a.example/", "author": '
        '{"name": "Ada Example"}, "items": [{"id": "https://a.example/a", "content_text": "One.\\n\\nTwo.", "date_published": '
        '"2025-02-03T04:05:06-07:00", "tags": ["snow"], "title": null}, {"id": 7}, 3]}'
    )
    extraction = read_feed(feed, kind="application/feed+json")
    (post,) = extraction.posts

    assert (post.url, post.text, post.tags, post.title) == ("https://a.example/a", "One.\n\nTwo.", ("snow",), "")
    assert [author.name for author in post.authors] == ["Ada Example"]
    assert (extraction.site_home, len(extraction.dropped)) == ("https://a.example/", 2)


def test_half_a_surrogate_pair_in_json_is_replaced():
    """JSON can say it and no file can hold it; whole pairs and escaped backslashes stay."""
    feed = (
        r'{"title": "Powder Lines", "items": [{"url": "https://a.example/a", "title": "a\ud800b \ud83d\ude00 \\ud800",'
        r' "content_text": "One \uDFFF."}]}'
    )
    (post,) = read_feed(feed, kind="application/feed+json").posts

    assert (post.title, post.text) == ("a\ufffdb 😀 \\ud800", "One \ufffd.")


@pytest.mark.parametrize(
    "body", ["{", "[1, 2]", '{"items": 3}', "{" * 100_000], ids=["torn", "list", "no items", "deep"]
)
def test_json_that_is_not_a_feed(body):
    """JSON that is not a feed is an extraction error."""
    with pytest.raises(ExtractionError):
        read_feed(body, kind="application/json")


def test_comments_feed_is_marked():
    """A feed of comments is marked as one."""
    feed = rss("").replace("Powder Lines", "Comments on: Slab")

    assert [feed.comments for feed in read_feed(feed, url="https://a.example/p/slab/feed/").feeds] == [True]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/comments/feed/",
        "https://a.example/?feed=comments-rss2",
        "https://a.example/feeds/1/comments/default",
    ],
)
def test_comments_are_not_posts_of_the_owner(url):
    """Comments are dropped with the reason; kept and dropped add up to the entries."""
    item = "<item><title>By: Bo</title><link>https://a.example/p/slab#comment-{}</link><description>Nice.</description></item>"
    extraction = read_feed(rss(item.format(1) + item.format(2).replace("slab", "crust")), url=url)

    assert extraction.posts == ()
    assert [(drop.what, drop.reason) for drop in extraction.dropped] == [
        ("https://a.example/p/slab", "a reader's comment, not the owner's post"),
        ("https://a.example/p/crust", "a reader's comment, not the owner's post"),
    ]


def test_minor_in_an_old_post_has_grown_up():
    """`I am 15` in a post of ten years ago is not a current age; in a post of last year it is."""
    item = "<item><title>A</title><link>https://a.example/a</link><pubDate>{}</pubDate><description>Hi, I am 15 years old.</description></item>"

    assert read_feed(rss(item.format("2014-05-01"))).states_minor is False
    assert read_feed(rss(item.format("2024-05-01"))).states_minor is True
