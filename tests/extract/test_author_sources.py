"""Sources of author names that are read only where better ones are missing, and near misses of each."""

from datetime import UTC, datetime

import pytest

from generator.errors import ExtractionError
from generator.extract.dates import parse_moment, read_date
from tests.factories.extract import article, page, read

FETCHED_AT = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
ABOUT = "https://a.example/about"


def names(markup, *, url=ABOUT):
    """Names that a page about its owner gives."""
    return [mention.name for mention in read(markup, url=url).mentions]


def test_json_ld_of_an_about_page_names_the_owner():
    """A person of the JSON-LD is an owner; an object of another type is not."""
    script = '<script type=\'application/ld+json\'>{{"@type": "{}", "name": "Ada Example"}}</script>'

    assert names(page("<p>I ride.</p>", head=script.format("Person"))) == ["Ada Example"]
    assert names(page("<p>I ride.</p>", head=script.format("Place"))) == []


def test_a_meta_author_is_the_author_of_a_post_without_byline():
    """The head's author counts for a post; a role in its place does not."""
    ada, admin = (f"<meta name='author' content='{name}'>" for name in ("Ada Example and Bo Example", "admin"))

    (post,) = read(page(article(""), head=ada)).posts
    assert [author.name for author in post.authors] == ["Ada Example", "Bo Example"]
    (post,) = read(page(article(""), head=admin)).posts
    assert post.authors == ()


def test_an_author_in_comments_is_not_the_author_of_the_post():
    """A card and a byline inside comments are skipped."""
    comments = (
        "<div class='comments'><a rel='author' href='/bo'>Bo Example</a><p class='h-card author'>Cy Example</p></div>"
    )

    (post,) = read(page(article(comments))).posts
    assert post.authors == ()


def test_a_lower_case_copyright_holder_is_not_a_name():
    """The holder of a copyright line begins with a capital letter."""
    assert names(page("<p>I ride.</p>", after="<footer>© 2025 all of us</footer>")) == []


@pytest.mark.parametrize("raw", ["Fri, 32 May 2024 08:30:00 +0200", "2024-13-40", "99:99 soon 1"])
def test_impossible_dates(raw):
    """A day that the calendar does not have is not a date."""
    assert parse_moment(raw) is None
    assert read_date(raw, FETCHED_AT) is None


@pytest.mark.parametrize("body", ["<opml></opml", "<urlset>"])
def test_empty_lists(body):
    """A list without entries gives no links; nothing is raised for missing end tags."""
    extraction = read(body, kind="application/xml", url="https://a.example/list.xml")

    assert (extraction.links, extraction.internal) == ((), ())


def test_an_outline_without_an_address_is_dropped():
    """An OPML outline without addresses is recorded as dropped; a folder of outlines is not."""
    body = "<opml><body><outline text='Folder'><outline text='Ada'/></outline></body></opml>"
    extraction = read(body, kind="text/x-opml", url="https://a.example/list.opml")

    assert [(dropped.what, dropped.reason) for dropped in extraction.dropped] == [("Ada", "outline without an address")]


def test_an_answer_without_page_or_feed_is_an_error():
    """Plain text is neither a page nor a feed."""
    with pytest.raises(ExtractionError, match="neither a page nor a feed"):
        read("just words", kind="text/plain")


@pytest.mark.parametrize("title", ["Powder Lines | Slab in June", "Slab in June | Powder Lines"])
def test_the_site_name_is_removed_from_either_end_of_a_title(title):
    """A page without headings is called by its document's title without the site's name."""
    head = "<meta property='og:site_name' content='Powder Lines'><meta property='og:type' content='article'>"

    assert read(page("<p>" + "The slab held all week. " * 40 + "</p>", title=title, head=head)).title == "Slab in June"
