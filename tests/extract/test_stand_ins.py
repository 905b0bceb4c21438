"""Pages that stand in for content, and addresses that are never posts."""

import pytest

from generator.records import PageKind, Purpose, RefusalReason
from tests.factories.extract import PROSE, article, page, read, read_feed, rss

POST_URL = "https://a.example/2020/01/02/old-post"


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Page not found", RefusalReason.NOT_FOUND),
        ("404", RefusalReason.NOT_FOUND),
        ("404 – Page Not Found | Powder Lines", RefusalReason.NOT_FOUND),
        ("Sorry, this page can't be found", RefusalReason.NOT_FOUND),
        ("Diese Seite wurde nicht gefunden", RefusalReason.NOT_FOUND),
        ("Oups ! Cette page est introuvable", RefusalReason.NOT_FOUND),
        ("Pagina non trovata – Linee", RefusalReason.NOT_FOUND),
        ("Pagina niet gevonden", RefusalReason.NOT_FOUND),
        ("Страница не найдена", RefusalReason.NOT_FOUND),
        ("页面未找到", RefusalReason.NOT_FOUND),
        ("ページが見つかりませんでした", RefusalReason.NOT_FOUND),
        ("Just a moment...", RefusalReason.CHALLENGE),
        ("Attention Required! | Cloudflare", RefusalReason.CHALLENGE),
        ("Einen Moment bitte…", RefusalReason.CHALLENGE),
        ("Un momento…", RefusalReason.CHALLENGE),
        ("请稍候…", RefusalReason.CHALLENGE),
        ("a.example is for sale", RefusalReason.PARKED),
        ("Diese Domain steht zum Verkauf", RefusalReason.PARKED),
        ("Why my site says page not found, and what I learned", None),
        ("Just a moment of silence on the ridge", None),
        ("The lift is for sale", None),
        ("Found: a page of an old guide book", None),
    ],
)
def test_stand_ins_are_refused(title, reason):
    """A page whose whole title is that of an error page, a challenge or a sale holds no post and has a reason."""
    extraction = read(page(article(PROSE, title=title), title=title), url=POST_URL)

    assert extraction.refusal is reason
    assert bool(extraction.posts) is (reason is None)


def test_long_text_is_no_error_page():
    """A title alone does not refuse a long text."""
    extraction = read(page(article(PROSE * 12, title="Not found"), title="Not found"), url=POST_URL)

    assert (extraction.refusal, len(extraction.posts)) == (None, 1)


@pytest.mark.parametrize(
    "start",
    [
        "Welcome to WordPress. This is your first post. Edit or delete it, then start writing!",
        "Willkommen bei WordPress. Dies ist dein erster Beitrag. Bearbeite oder lösche ihn.",
        "This is an example page. It’s different from a blog post because it will stay in one place.",
        "This is Lines, a brand new site by Ada that's just getting started.",
        "Welcome to Hexo! This is your very first post.",
        "You’ll find this post in your _posts directory. Go ahead and edit it.",
        "Let's discover Docusaurus in less than 5 minutes.",
    ],
)
def test_examples_of_software_are_no_posts(start):
    """The texts that publishing systems come with are posts neither on their page nor in a feed."""
    on_page = read(page(f"<article><h1>First</h1><p>{start}</p>{PROSE}</article>"), url="https://a.example/p/first")
    in_feed = read_feed(
        rss(f"<item><title>A</title><link>https://a.example/p/a</link><description>{start}</description></item>")
    )

    assert (on_page.posts, on_page.kind, in_feed.posts) == ((), PageKind.OTHER, ())


def test_a_post_about_an_example_is_a_post():
    """The same words later in a text do not make it an example."""
    text = f"<p>I deleted the words Welcome to WordPress. This is your first post.</p>{PROSE}"

    assert len(read(page(f"<article>{text}</article>"), url="https://a.example/p/first").posts) == 1


@pytest.mark.parametrize(
    "path",
    [
        "tag/crust/",
        "blog/tag/crust",
        "category/snow/",
        "author/ada",
        "2025/",
        "2025/06/",
        "blog/2025/",
        "kategorie/schnee",
    ],
)
def test_lists_are_never_posts(path):
    """The list of a tag, category, author, month or year with a single entry is no post."""
    url = f"https://a.example/{path}"
    item = f"<item><title>Crust</title><link>{url}</link><pubDate>Tue, 03 Jun 2025 10:00:00 GMT</pubDate><description>{'words ' * 60}</description></item>"

    assert read(page(article(PROSE * 3)), url=url).kind is PageKind.LISTING
    assert read_feed(rss(item)).posts == ()


@pytest.mark.parametrize("path", ["2025/06/03/tag/", "2025/06/03/", "p/category-of-snow", "archives/123"])
def test_posts_with_words_of_lists(path):
    """A day with one marked post, a number in an archive and a slug below a date are posts."""
    marked = page(article(PROSE * 3), head="<meta property='og:type' content='article'>")

    assert read(marked, url=f"https://a.example/{path}").kind is PageKind.POST


def test_a_heading_that_leads_on_makes_a_list():
    """A page whose only article has a heading that links to another page of the host shows a part of that page."""
    inner = "<h2><a href='/p/crust'>Crust</a></h2>" + PROSE

    assert read(page(f"<article>{inner}</article>"), url="https://a.example/snow/crust").posts == ()
    assert (
        len(
            read(
                page(f"<article>{inner.replace('/p/crust', 'https://b.example/x')}</article>"),
                url="https://a.example/snow/crust",
            ).posts
        )
        == 1
    )


@pytest.mark.parametrize(
    "path", ["about/", "blogroll/", "pages/contact.html", "privacy-policy", "kontakt", "a-propos/", "sobre-mi"]
)
def test_own_pages_in_feeds_are_no_posts(path):
    """Hugo lists every page in its feed: a dated page about the owner is no post, and its address is kept."""
    url = f"https://a.example/{path}"
    item = f"<item><title>About</title><link>{url}</link><pubDate>Tue, 03 Jun 2025 10:00:00 GMT</pubDate><description>I do not accept guest posts.</description></item>"
    feed = read_feed(rss(item))

    assert (feed.posts, [link.target for link in feed.internal]) == ((), [url])
    assert read(page(article(PROSE * 3)), url=url, purpose=Purpose.POST).kind is PageKind.ABOUT


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [("/blog/", "/p/slab"), ("/about/", "/p/slab"), ("/", "/p/slab"), ("/p/slab-in-june", "/p/slab-in-june")],
)
def test_canonical_address_of_a_list(canonical, expected):
    """A canonical address that is a list, an own page or the root is a mistake of the template."""
    markup = page(article(PROSE * 3), head=f"<link rel='canonical' href='https://a.example{canonical}'>")

    assert read(markup, url="https://a.example/p/slab").posts[0].url == f"https://a.example{expected}"
