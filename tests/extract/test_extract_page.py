"""Pages: their kind, and the metadata of a post's page."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from generator.records import NameSource, PageKind, Purpose
from tests.factories.extract import PROSE, article, page, read, read_post

ITEMS = "".join(f"<li><a href='/p/{n}'>A post about crust number {n}</a></li>" for n in range(8))
LIST = f"<main><h1>Everything</h1><ul>{ITEMS}</ul></main>"
ONE = page(article("<p>End.</p>"))


@pytest.mark.parametrize(
    ("url", "markup", "kind"),
    [
        pytest.param("/", page(LIST), PageKind.HOME, id="home lists posts"),
        pytest.param("/", ONE, PageKind.HOME, id="home shows one post"),
        pytest.param("/index.html", page(LIST), PageKind.HOME, id="home by file"),
        pytest.param("/posts/slab", ONE, PageKind.POST, id="posts/x is a post"),
        pytest.param("/blog/index/", ONE, PageKind.POST, id="a post called index"),
        pytest.param("/2025/05/17/links.html", ONE, PageKind.POST, id="dated links post"),
        pytest.param("/2025/notes.html", ONE, PageKind.POST, id="a post below a year"),
        pytest.param("/blog/2025/05/17/", ONE, PageKind.POST, id="a day with one post"),
        pytest.param("/blog/2025/05/", page(LIST), PageKind.LISTING, id="a month of posts"),
        pytest.param("/archives/1234", ONE, PageKind.POST, id="numbered post"),
        pytest.param("/?p=12", ONE, PageKind.POST, id="post by query"),
        pytest.param("/?page=2", page(LIST), PageKind.LISTING, id="paged by query"),
        pytest.param("/posts/", page(LIST), PageKind.LISTING, id="posts"),
        pytest.param("/archive.html", page(LIST), PageKind.LISTING, id="archive"),
        pytest.param("/tags/about/", page(LIST), PageKind.LISTING, id="a tag called about"),
        pytest.param("/category/snow", page(LIST), PageKind.LISTING, id="category"),
        pytest.param("/page/3/", page(LIST), PageKind.LISTING, id="paged"),
        pytest.param("/blog/page2", page(LIST), PageKind.LISTING, id="paged without slash"),
        pytest.param("/anything", page(LIST), PageKind.LISTING, id="list by content"),
        pytest.param("/crust.html", page(f"<p>{PROSE}</p>", title="Posts tagged crust"), PageKind.LISTING, id="list by title"),
        pytest.param("/about", ONE, PageKind.ABOUT, id="about"),
        pytest.param("/contact.html", page("<p>Write me.</p>"), PageKind.ABOUT, id="contact"),
        pytest.param("/now/", ONE, PageKind.ABOUT, id="now"),
        pytest.param("/uses", ONE, PageKind.ABOUT, id="uses"),
        pytest.param("/blogroll", page(LIST), PageKind.ABOUT, id="blogroll"),
        pytest.param("/links.html", page(LIST), PageKind.ABOUT, id="links"),
        pytest.param("/disclosure/", ONE, PageKind.ABOUT, id="disclosure"),
        pytest.param("/advertise", ONE, PageKind.ABOUT, id="advertise"),
        pytest.param("/colophon", ONE, PageKind.ABOUT, id="colophon"),
        pytest.param("/essay", page(f"<main><h1>Essay</h1><p>{PROSE * 4}</p></main>"), PageKind.POST, id="undated essay"),
        pytest.param("/x", page("<p>Nothing here.</p>"), PageKind.OTHER, id="nothing"),
        pytest.param("/x", page(f"<p>{PROSE * 4}</p>", title="404: Page not found"), PageKind.OTHER, id="missing"),
        pytest.param("/old", page("", head="<meta http-equiv=refresh content='0; url=/new'>"), PageKind.OTHER, id="moved"),
    ],
)  # fmt: skip
def test_kind(url, markup, kind):
    """A page's kind follows from its address and its content."""
    assert read(markup, url=f"https://a.example{url}").kind is kind


def test_home_in_a_folder():
    """A page requested as a home page may be in a folder."""
    assert read(page(LIST), url="https://a.example/~ada/", purpose=Purpose.HOME).kind is PageKind.HOME
    assert read(page(LIST), url="https://a.example/steps/", purpose=Purpose.SEED).kind is PageKind.HOME


def test_several_articles_are_a_list():
    """A page of several whole posts is a list, and none of them is its post."""
    extraction = read(page(article("") + article("", title="Crust")), url="https://a.example/recent")

    assert (extraction.kind, extraction.posts) == (PageKind.LISTING, ())


def test_post_of_a_page():
    """The article is the text; its heading is the title and not repeated; the frame is left out."""
    before, after = "<header><a href='/'>Powder Lines</a></header>", "<footer>© 2025 Ada Example</footer>"
    markup = page(article("<p>The end.</p>"), before=before, after=after, title="Slab in June | Powder Lines")
    extraction = read(markup)
    (post,) = extraction.posts

    assert (extraction.kind, post.title, post.full, post.from_feed) == (PageKind.POST, "Slab in June", True, False)
    assert post.text.startswith("The north face")
    assert post.text.endswith("\n\nThe end.")
    assert (post.published_at, post.time_known) == (datetime(2025, 5, 17, tzinfo=UTC), False)
    assert [(one.name, one.found) for one in extraction.mentions] == [("Ada Example", NameSource.COPYRIGHT)]


def test_redirected_answer():
    """The final address counts, not the requested one."""
    extraction = read(ONE, url="https://a.example/new", requested_url="https://old.example/p")

    assert (extraction.url, extraction.posts[0].url, extraction.posts[0].source) == ("https://a.example/new",) * 3


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/p/slab/", "https://a.example/p/slab/"),
        ("https://a.example/", "https://a.example/p/slab"),
        ("https://b.example/p/slab", "https://a.example/p/slab"),
    ],
)
def test_canonical(href, expected):
    """The canonical address is the post's where it is on the same host and not the root; it is recorded unchanged."""
    extraction = read(page(article(""), head=f"<link rel='canonical' href='{href}'>"))

    assert extraction.posts[0].url == expected
    assert extraction.canonical == {"/p/slab/": "https://a.example/p/slab/"}.get(href, href)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        pytest.param("", "<h1>Powder Lines</h1><article><h2>Slab in June</h2><p>{}</p></article>", "Slab in June", id="heading in the title"),
        pytest.param("", "<h1><a href='/'>Powder Lines</a></h1><p>{}</p>", "Slab in June", id="masthead is no title"),
        pytest.param("", "<h1>Slab in June</h1><h1>Recent Posts</h1><p>{}</p>", "Slab in June", id="sidebar heading"),
        pytest.param("<link rel=alternate type='application/atom+xml' title='Powder Lines (RSS)' href=/f>", "<p>{}</p>", "Slab in June", id="site named by its feed"),
        pytest.param("<meta property='og:site_name' content='Powder Lines'>", "<p>{}</p>", "Slab in June", id="site named by og"),
        pytest.param("<script type='application/ld+json'>{{\"@type\": \"BlogPosting\", \"headline\": \"Slab, at last\"}}</script>", "<h1>Slab in June</h1><p>{}</p>", "Slab, at last", id="json-ld"),
        pytest.param("", "<div class='h-entry'><h1 class='p-name'>The slab</h1><div class='e-content'><p>{}</p></div></div>", "The slab", id="microformats"),
    ],
)  # fmt: skip
def test_title(head, body, expected):
    """The title is the post's, without the site's name, from the most trusted place that states it."""
    markup = page(
        body.format(PROSE * 4), head=head.format() if "{{" in head else head, title="Slab in June – Powder Lines"
    )

    assert read(markup).posts[0].title == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        pytest.param('<script type="application/ld+json">{"@graph": [{"@type": ["BlogPosting"], "datePublished": "2024-03-02T10:00:00+01:00"}]}</script>', "<time>2020-01-05</time>", datetime(2024, 3, 2, 10, tzinfo=timezone(timedelta(hours=1))), id="json-ld"),
        pytest.param("<meta property='article:published_time' content='2024-03-02T10:00:00Z'>", "", datetime(2024, 3, 2, 10, tzinfo=UTC), id="open graph"),
        pytest.param("", "<span itemprop='datePublished' content='2024-03-02'>March</span>", datetime(2024, 3, 2, tzinfo=UTC), id="itemprop"),
        pytest.param("", "<div class='h-entry'><time class='dt-published' datetime='2024-03-02'>x</time></div>", datetime(2024, 3, 2, tzinfo=UTC), id="h-entry"),
        pytest.param("", "<time datetime='2024-03-02 10:00'>2 March</time>", datetime(2024, 3, 2, 10, tzinfo=UTC), id="time element"),
        pytest.param("", "<h1>Slab</h1><p>Posted on March 2nd, 2024 by Ada</p>", datetime(2024, 3, 2, tzinfo=UTC), id="byline"),
        pytest.param("", "<h1>Slab</h1><h2>March 2, 2024 by Ada Example</h2>", datetime(2024, 3, 2, tzinfo=UTC), id="subheading"),
        pytest.param("", "<div class='post-date'>2. März 2024</div>", datetime(2024, 3, 2, tzinfo=UTC), id="classed"),
        pytest.param("", "<h1>Slab</h1><p>On March 2nd, 2024 it snowed in the valley and we stayed.</p>", None, id="a date in a sentence"),
        pytest.param("", "<time datetime='0001-01-01T00:00:00Z'>never</time>", None, id="placeholder"),
        pytest.param("", "<nav><time datetime='2024-03-02'>x</time></nav>", None, id="date of another post"),
    ],
)  # fmt: skip
def test_date(head, body, expected):
    """The date is taken from markup, else from a line that is a date; a date in a sentence does not count."""
    assert read(page(f"{body}<p>{PROSE * 4}</p>", head=head)).posts[0].published_at == expected


def test_date_in_the_address():
    """A day in the address dates a page without another date; a month alone does not."""
    undated = page(f"<main><h1>Slab</h1><p>{PROSE * 4}</p></main>")

    assert read(undated, url="https://a.example/2024/03/02/slab").posts[0].published_at == datetime(
        2024, 3, 2, tzinfo=UTC
    )
    assert read(undated, url="https://a.example/2024/03/slab").posts[0].published_at is None


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<div class='h-entry'><a class='p-author h-card' href='https://ada.example/'>Ada Example</a><div class='e-content'>{}</div></div>", [("Ada Example", "h-card", "https://ada.example/")], id="h-card"),
        pytest.param("<article><a rel='author' href='/team/ada'>Ada Example</a>{}</article>", [("Ada Example", "byline", "https://a.example/team/ada")], id="rel=author"),
        pytest.param("<article><p class='byline'>By Ada Example and Bo Example</p>{}</article>", [("Ada Example", "byline", None), ("Bo Example", "byline", None)], id="two names"),
        pytest.param("<article><p class='byline'>Rust and WebAssembly</p>{}</article>", [("Rust and WebAssembly", "byline", None)], id="a name with and"),
        pytest.param("<article><span itemprop='author'><span itemprop='name'>Ada Example</span></span>{}</article>", [("Ada Example", "byline", None)], id="itemprop"),
        pytest.param("<article><span class='author'>admin</span>{}</article>", [], id="admin"),
        pytest.param("<h1>Slab in June</h1><p>May 17, 2025 by Ada Example</p>{}", [("Ada Example", "byline", None)], id="line under the title"),
        pytest.param("<article>{}</article><div id='comments'><span class='author'>Troll</span><a rel='author' href='/t'>Troll</a></div>", [], id="commenters"),
    ],
)  # fmt: skip
def test_authors(markup, expected):
    """The author of a post comes from the most trusted source; roles and commenters are not authors."""
    (post,) = read(page(markup.format(f"<p>{PROSE * 4}</p>"))).posts

    assert [(one.name, str(one.found), one.url) for one in post.authors] == expected


def test_json_ld_authors():
    """JSON-LD names persons and organisations, and distinguishes them."""
    head = '<script type="application/ld+json">{"@type": "Article", "author": [{"@type": "Person", "name": "Ada Example"}, {"@type": "Organization", "name": "Powder Society"}]}</script>'
    (post,) = read(page(article(""), head=head)).posts

    assert [(one.name, one.found, one.organisation) for one in post.authors] == [
        ("Ada Example", NameSource.JSON_LD, False), ("Powder Society", NameSource.JSON_LD, True),
    ]  # fmt: skip


def test_tags():
    """Subjects come from meta elements, rel=tag and p-category, once each."""
    head = "<meta name='keywords' content='snow, slab'><meta property='article:tag' content='snow'>"
    post = read(page(article("<a rel='tag' href='/t/x'>#crust</a>"), head=head)).posts[0]

    assert post.tags == ("snow", "slab", "crust")


@pytest.mark.parametrize(
    ("robots", "meta", "noindex", "quotable"),
    [
        ("", "", False, True),
        ("", "noindex, follow", True, False),
        ("", "none", True, False),
        ("", "nosnippet", False, False),
        ("", "max-snippet:0", False, False),
        ("noarchive", "", False, False),
        ("googlebot: noindex", "", False, True),
        ("noindex", "index", True, False),
        ("whomatters: noindex", "", True, False),
        ("WhoMatters/2: nosnippet".lower(), "", False, False),
        ("*: noarchive", "", False, False),
        ("otherbot: noindex, nosnippet", "", False, True),
        ("noindex, otherbot: nosnippet", "", True, False),
        ("otherbot: noindex, whomatters: noarchive", "", False, False),
        ("otherbot: noindex\nnoarchive", "", False, False),
        ("otherbot: noindex\nwhomatters: none\notherbot: all", "", True, False),
        ("whomatters: max-image-preview:none, otherbot: noindex", "", False, True),
        ("otherbot: unavailable_after: saturday, 25-jun-2011 15:00:00 gmt, noindex", "", False, True),
    ],
)
def test_robots_rules(robots, meta, noindex, quotable):
    """Rules for this crawler and for all robots apply, in headers and markup; a robot's name applies to the header's end."""
    extraction = read(page(article(""), head=f"<meta name='robots' content='{meta}'>"), robots=robots)

    assert (extraction.noindex, extraction.posts[0].quotable) == (noindex, quotable)


def test_rules_for_this_crawler_by_name_in_markup():
    """`<meta name="whomatters">` applies, `<meta name="otherbot">` does not; rules for all robots are added."""
    metas = (
        "<meta name='robots' content='noarchive'><meta name='WhoMatters' content='noindex'>",
        "<meta name='robots' content='noarchive'><meta name='otherbot' content='noindex'>",
    )
    named, other = (read(page(article(""), head=head)) for head in metas)

    assert (named.noindex, other.noindex) == (True, False)
    assert (named.posts[0].quotable, other.posts[0].quotable) == (False, False)


@pytest.mark.parametrize(
    ("robots", "meta", "until"),
    [
        pytest.param("unavailable_after: 2026-03-01", "", datetime(2026, 3, 1, tzinfo=UTC), id="day"),
        pytest.param(
            "unavailable_after: 25 jun 2010 15:00:00 gmt, noarchive",
            "",
            datetime(2010, 6, 25, 15, tzinfo=UTC),
            id="mail",
        ),
        pytest.param(
            "unavailable_after: saturday, 25-jun-2011 15:00:00 gmt",
            "",
            datetime(2011, 6, 25, 15, tzinfo=UTC),
            id="weekday",
        ),
        pytest.param(
            "whomatters: unavailable_after: 2026-05-01\nunavailable_after: 2026-04-01",
            "unavailable_after: 2027-01-01",
            datetime(2026, 4, 1, tzinfo=UTC),
            id="the earliest",
        ),
        pytest.param("otherbot: unavailable_after: 2026-03-01", "", None, id="not ours"),
        pytest.param("unavailable_after: soon", "", None, id="no date"),
    ],
)
def test_unavailable_after(robots, meta, until):
    """A page can limit until when it is shown, in any form of date."""
    assert read(page(article(""), head=f"<meta name='robots' content='{meta}'>"), robots=robots).shown_until == until


def test_nosnippet_parts():
    """What a page marks data-nosnippet is not read as text."""
    assert "secret" not in read_post("<div data-nosnippet><p>secret</p></div>").text


def test_code_share():
    """Code counts as text, and its share is recorded."""
    post = read_post(f"<pre><code>{'let slab = pit.dig();' * 60}</code></pre>")

    assert 0.5 < post.code_share < 0.75
    assert read_post("<p>none</p>").code_share == 0.0


def test_replies():
    """u-in-reply-to names the post that is answered."""
    inner = "<p class='h-entry'><a class='u-in-reply-to' href='https://b.example/rope'>Bo</a></p>"

    assert read(page(f"<div class='h-entry'><div class='e-content'><p>{PROSE * 2}</p></div>{inner}</div>")).posts[
        0
    ].in_reply_to == ("https://b.example/rope",)


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        pytest.param("Der Schnee war an diesem Morgen so hart, dass wir die Harscheisen brauchten. Danach wurde es besser, und wir sind weiter gegangen. ", "en", "de", id="text beats declaration"),
        pytest.param("Kurz.", "de-AT", "de", id="too short: declaration"),
        pytest.param("Kurz.", "", "", id="too short, nothing declared"),
        pytest.param("雪は硬くて、私たちは引き返しました。次の週にもう一度登ることにしました。天気が良ければ山頂まで行きます。", "en", "ja", id="japanese"),
    ],
)  # fmt: skip
def test_language(text, declared, expected):
    """The detected language counts where the text is long enough."""
    markup = f"<html lang='{declared}'><body><article><h1>x</h1><time>2025-01-02</time><p>{text * (3 if len(text) > 10 else 1)}</p></article></body></html>"

    assert read(markup).posts[0].language == expected


def test_home_page():
    """A home page gives its title, its description, its owner and its declared home."""
    head = "<meta name='description' content='Ada on avalanches.'><link rel='canonical' href='https://a.example/'>"
    body = f"<div class='h-card'><a class='p-name u-url' href='/'>Ada Example</a></div><h2>Slab</h2>{LIST}"
    extraction = read(page(body, head=head, title="Powder Lines"), url="https://a.example/")

    assert (extraction.title, extraction.description, extraction.site_home) == (
        "Powder Lines",
        "Ada on avalanches.",
        "https://a.example/",
    )
    assert [(one.name, one.found) for one in extraction.mentions] == [("Ada Example", NameSource.H_CARD)]
    assert "A post about crust number 3" in extraction.text


@pytest.mark.parametrize(
    "system",
    [
        pytest.param("<body class='single has-sidebar'><div id='page'><div id='primary'><main id='main'><article id='post-7' class='post hentry'><header class='entry-header'><h1 class='entry-title'>Slab in June</h1><div class='entry-meta'><time class='entry-date published' datetime='2025-05-17T08:00:00+00:00'>May 17, 2025</time> by <span class='author vcard'><a class='url fn n' href='/author/ada'>Ada Example</a></span></div></header><div class='entry-content'>{}<div class='sharedaddy'><a href='https://s.example/'>Share</a></div></div><footer class='entry-footer'><a rel='tag' href='/tag/snow'>snow</a></footer></article></main></div><div id='secondary' class='widget-area'><aside><a href='https://s.example/'>S</a></aside></div></div>", id="wordpress"),
        pytest.param("<body class='post-template'><main id='site-main' class='gh-main'><article class='gh-article post tag-snow'><header class='gh-article-header'><h1 class='gh-article-title'>Slab in June</h1><h4 class='gh-article-author-name'><a rel='author' href='/author/ada/'>Ada Example</a></h4><time class='gh-article-meta-date' datetime='2025-05-17'>May 17, 2025</time></header><section class='gh-content gh-canvas'>{}</section></article></main><footer class='gh-footer'><a href='https://s.example/'>Ghost</a></footer>", id="ghost"),
        pytest.param("<body><header class='site-header'><a href='/'>Powder Lines</a></header><main><article class='post-single'><header class='post-header'><h1 class='post-title'>Slab in June</h1><div class='post-meta'><span title='2025-05-17 08:00:00 +0000 UTC'>May 17, 2025</span>&nbsp;·&nbsp;<span class='author'>Ada Example</span></div></header><div class='post-content'>{}</div><footer class='post-footer'><a href='https://s.example/'>S</a></footer></article></main>", id="hugo"),
        pytest.param("<body><header class='site-header'><a class='site-title' rel='author' href='/'>Powder Lines</a></header><main class='page-content'><div class='wrapper'><article class='post h-entry' itemscope itemtype='http://schema.org/BlogPosting'><header class='post-header'><h1 class='post-title p-name' itemprop='name headline'>Slab in June</h1><p class='post-meta'><time class='dt-published' datetime='2025-05-17T08:00:00+00:00' itemprop='datePublished'>May 17, 2025</time> • <span itemprop='author' itemscope><span class='p-author h-card' itemprop='name'>Ada Example</span></span></p></header><div class='post-content e-content' itemprop='articleBody'>{}</div><a class='u-url' href='/p/slab' hidden></a></article></div></main><footer class='site-footer h-card'><a href='https://s.example/'>S</a></footer>", id="jekyll"),
        pytest.param("<body class='item-view'><div class='main'><h2 class='date-header'><span>Saturday, May 17, 2025</span></h2><div class='post hentry'><h3 class='post-title entry-title'>Slab in June</h3><div class='post-body entry-content' itemprop='articleBody'>{}</div><div class='post-footer'><span class='post-author vcard'>Posted by <span class='fn'><a href='https://www.blogger.com/profile/1' rel='author'>Ada Example</a></span></span> <a href='https://s.example/'>S</a></div></div></div>", id="blogger"),
        pytest.param("<body><nav role='navigation'><a href='https://s.example/'>S</a></nav><div id='main'><div id='content'><div><article class='hentry' role='article'><header><h1 class='entry-title'>Slab in June</h1><p class='meta'><time datetime='2025-05-17T08:00:00+00:00' pubdate>May 17th, 2025</time></p></header><div class='entry-content'>{}</div><footer><p class='meta'><span class='byline author vcard'>Posted by <span class='fn'>Ada Example</span></span></p><div class='sharing'><a href='https://s.example/'>T</a></div></footer></article></div></div></div>", id="octopress"),
        pytest.param("<body><div id='header'><div id='logo'><a href='../'>Powder Lines</a></div></div><div id='content'><h1>Slab in June</h1><div class='info'>Posted on May 17, 2025 by Ada Example</div>{}</div><div id='footer'>Site proudly generated by <a href='https://s.example/'>Hakyll</a></div>", id="hakyll"),
        pytest.param("<body><a href='/'>home</a><hr><h1>Slab in June</h1><i>May 17, 2025, by Ada Example</i>{}<hr><address>S</address>", id="hand-written"),
    ],
)  # fmt: skip
def test_publishing_systems(system):
    """The markup of common publishing systems gives title, day, author, text and body links alike."""
    inner = f"<p>{PROSE}</p><p>Bo wrote <a href='https://b.example/rope'>about ropes</a> before.</p><p>{PROSE * 3}</p>"
    markup = (
        f"<html lang='en'><head><title>Slab in June | Powder Lines</title></head>{system.format(inner)}</body></html>"
    )
    extraction = read(markup)
    (post,) = extraction.posts

    assert (post.title, post.published_at.date().isoformat()) == ("Slab in June", "2025-05-17")
    assert [one.name for one in post.authors] == ["Ada Example"]
    assert [(link.target, link.sentence) for link in post.links if link.in_body and "a.example" not in link.target] == [
        ("https://b.example/rope", "Bo wrote about ropes before.")
    ]
    assert post.text.count("The north face") == 4


@pytest.mark.parametrize(
    "url", ["https://a.example/", "https://a.example/about/", "https://a.example/p/slab"], ids=["home", "about", "post"]
)
@pytest.mark.parametrize(
    "head",
    [
        pytest.param("<meta http-equiv=refresh content='0;url=/blag/public/index.html'>", id="refresh"),
        pytest.param("<meta http-equiv='Refresh' content=\"0; URL='/blag/public/index.html'\">", id="quoted"),
        pytest.param(
            "<link rel=canonical href='/blag/public/index.html'><meta http-equiv=refresh content=0>", id="canonical"
        ),
    ],
)
def test_a_refresh_within_the_host_names_the_home_page(url, head):
    """A page that sends every reader to another one of its host declares that one as home, whatever its content."""
    assert read(page("", head=head), url=url).site_home == "https://a.example/blag/public/index.html"
    assert read(page(article(""), head=head), url=url).site_home == "https://a.example/blag/public/index.html"


def test_a_refresh_to_another_host_is_a_link():
    """A refresh to another host is a link outside the text, and not a home page."""
    extraction = read(
        page("", head="<meta http-equiv=refresh content='0;url=https://b.example/'>"), url="https://a.example/"
    )

    assert [(link.target, link.in_body) for link in extraction.links] == [("https://b.example/", False)]
    assert (extraction.site_home, extraction.internal) == (None, ())


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("<meta http-equiv=refresh content='300'>", id="reloads"),
        pytest.param("<meta http-equiv=refresh content='300; url=/p/slab'>", id="itself"),
        pytest.param("<noscript><meta http-equiv=refresh content='0;url=/lite'></noscript>", id="without scripts"),
    ],
)
def test_a_refresh_that_does_not_move_the_page(head):
    """A reload, or a refresh for readers without scripts, does not move the page."""
    extraction = read(page(article(""), head=head))

    assert (extraction.kind, extraction.site_home, extraction.internal) == (PageKind.POST, None, ())


@pytest.mark.parametrize("around", ["<aside>{}</aside>", "<section>{}</section>"], ids=["aside", "section"])
def test_cards_of_other_posts_do_not_make_a_list(around):
    """A page with one article and cards that lead to others is that one post."""
    card = "<article class='post-card'><a href='/more-{0}/'><h2>More {0}</h2></a><p>A short excerpt.</p><time datetime='2018-01-0{0}'></time></article>"
    extraction = read(page(article("<p>The end.</p>"), after=around.format("".join(card.format(n) for n in (1, 2, 3)))))

    assert extraction.kind is PageKind.POST
    assert (extraction.posts[0].title, str(extraction.posts[0].published_at)[:10]) == ("Slab in June", "2025-05-17")
    assert extraction.posts[0].text.endswith("The end.")


def test_whole_posts_below_one_another_are_a_list():
    """Several whole articles stay a list of posts."""
    posts = "".join(article("", title=f"Slab {n}") for n in range(3))

    assert read(page(posts), url="https://a.example/snow/slabs").kind is PageKind.LISTING


def test_text_in_a_table_for_layout():
    """In a page laid out as a table the cell with most of the text is the text; menus beside it are the frame."""
    menu = "<td><a href='/'>home</a><br><b>links</b><br><a href='https://d.example/'>Dee</a></td>"
    text = f"<td><font size=5><b>Slab in June</b></font><br><font>by Ada Example, 9 June 2019</font><p>{PROSE}</p><p>See <a href='https://b.example/'>Bo</a>.</p><hr><font>© Ada Example. Best viewed at dusk.</font></td>"
    (post,) = read(page(f"<table><tr>{menu}{text}</tr></table>")).posts

    assert post.text == f"{PROSE.strip()}\n\nSee Bo."
    assert [(link.target, link.in_body) for link in post.links] == [
        ("https://d.example/", False),
        ("https://b.example/", True),
    ]
    assert (post.authors[0].name, str(post.published_at)[:10]) == ("Ada Example", "2019-06-09")


@pytest.mark.parametrize(
    "line",
    [
        "Posted on June 4, 2022 by Ada Example",
        "4 June 2022",
        "by Ada Example",
        "Sat 04 Jun 2022",
    ],
)
def test_lines_beside_the_title_are_not_text(line):
    """A date or byline of its own between title and text is not the beginning of the text."""
    body = f"<div id='content'><h1>Slab in June</h1><div class='info'>{line}</div><p>{PROSE * 3}</p></div>"
    (post,) = read(page(body), url="https://a.example/posts/2022-06-04-slab.html").posts

    assert post.text.startswith("The north face")


@pytest.mark.parametrize(
    "end", ["<h2>Related Posts</h2>", "<p>Tagged: snow, slab</p>", "<p>© 2025 Ada Example. All rights reserved.</p>"]
)
def test_lines_below_the_text_are_not_text(end):
    """Subjects, copyright and a heading with nothing below it are not the end of the text."""
    assert read(page(article(f"<p>The end.</p>{end}"))).posts[0].text.endswith("The end.")


def test_a_sentence_that_begins_like_a_byline():
    """`By most metrics, …` and a text that opens with a date do not name an author and stay text."""
    (post,) = read(
        page(f"<main><h1>Slab in June</h1><p>By most metrics, June 4 was a fine day.</p><p>{PROSE * 3}</p></main>")
    ).posts

    assert (post.authors, post.text[:16]) == ((), "By most metrics,")
