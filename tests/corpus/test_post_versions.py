"""One post under several addresses: copies, lists that show it, translations, further pages, wrong canonical addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.records import PageKind, Url
from tests.factories.corpus import blog, build, link, page, post, site

A = "https://a.example/"
BODY = " ".join(f"slab{n} crust{n} facet{n}" for n in range(60)) + " splitboard avalanche weak layer"


def shown(*pages):
    """The addresses of the posts of one site, without those of its feed."""
    return [p.url for p in build(blog(A, "Ada Example"), *pages, sites=(site(A),)).corpus.posts if "/p" not in p.url]


def on_page(url, **fields):
    """The extraction of a post's page."""
    versions = tuple(Url(u) for u in fields.pop("translations", ()))
    source = fields.get("source", url)
    return page(source, replace(post(url, from_feed=False, **fields), translations=versions), kind=PageKind.POST)


def test_a_list_is_no_origin():
    """Of two like texts with one date, the page that links to the other in its text is the copy."""
    shows = on_page(f"{A}x/snow", text=BODY, links=(link(f"{A}2025/06/01/slab"),))

    assert shown(shows, on_page(f"{A}2025/06/01/slab", text=BODY)) == [f"{A}2025/06/01/slab"]


def test_a_post_in_the_feed_is_the_origin():
    """Of two like texts with one date, the one in the feed is the origin, though its address is longer."""
    fed = page(f"{A}feed2", post(f"{A}2025/06/01/slab", text=BODY))

    assert shown(fed, on_page(f"{A}s", text=BODY)) == [f"{A}2025/06/01/slab"]


@pytest.mark.parametrize(
    ("title", "day", "count"),
    [("Report two", "2025-07-01", 2), ("Report one", "2025-07-01", 1), ("Report two", "2025-06-01", 1)],
)
def test_alike_entries_of_a_feed(title, day, count):
    """Similar entries of one feed with other titles and days are two posts; otherwise one is a copy of the other."""
    other = BODY.replace("slab1 ", "wind ").replace("slab20", "lee").replace("slab30", "rime").replace("slab50", "cold")
    feed = page(
        f"{A}feed2", post(f"{A}a", title="Report one", text=BODY), post(f"{A}b", title=title, on=day, text=other)
    )

    assert len(shown(feed)) == count


def test_translations_are_one_post():
    """Versions that declare each other are one post, that in the feed, with the links of both."""
    english = page(f"{A}feed2", post(f"{A}en/slab", links=(link("https://b.example/"),)))
    german = on_page(f"{A}s", translations=[f"{A}en/slab"], links=(link("https://c.example/"),))
    corpus = build(blog(A, "Ada Example"), english, german, sites=(site(A),)).corpus
    found = next(p for p in corpus.posts if p.url == f"{A}en/slab")

    assert f"{A}s" in found.aliases
    assert {link.target for link in found.links} == {"https://b.example/", "https://c.example/"}
    assert f"{A}s" not in {p.url for p in corpus.posts}


def test_contradicted_translations_are_posts():
    """A declaration that the other page does not return, or that unrelated pages share, is not believed."""
    other = on_page(f"{A}b", translations=[f"{A}c"])
    shared = [on_page(f"{A}{name}", translations=[f"{A}home"]) for name in ("d", "e")]

    assert shown(on_page(f"{A}a", translations=[f"{A}b"]), other, *shared, on_page(f"{A}home")) == [
        f"{A}a",
        f"{A}b",
        f"{A}d",
        f"{A}e",
        f"{A}home",
    ]


@pytest.mark.parametrize(
    ("title", "day", "separate"),
    [
        ("Slab", "2025-06-01", False),
        ("Slab – Page 2", None, False),
        ("Crust", None, True),
        ("Slab", "2025-07-01", True),
    ],
)
def test_a_second_page_is_the_post(title, day, separate):
    """The second page with the title and day of the first is a sighting of it; another title or day is another post."""
    first = on_page(f"{A}slab/", title="Slab")

    assert (f"{A}slab/2/" in shown(first, on_page(f"{A}slab/2/", title=title, on=day))) is separate


def test_a_canonical_address_that_posts_share():
    """Posts with other titles and days that state one address, or state that of a list, keep their own addresses."""
    pages = [
        on_page(
            f"{A}all", title=f"Day {n}", on=f"2025-06-0{n}", text=BODY.replace("slab", f"{n}rime"), source=f"{A}d{n}"
        )
        for n in (1, 2)
    ]
    lists = [on_page(f"{A}list/", source=f"{A}e1"), page(f"{A}list/", kind=PageKind.LISTING)]

    assert shown(*pages) == [f"{A}d1", f"{A}d2"]
    assert shown(*lists) == [f"{A}e1"]


def test_a_page_that_holds_several_posts_is_none():
    """The page whose parts are posts of a feed is no post beside them."""
    feed = page(f"{A}feed2", post(f"{A}2025.html#a"), post(f"{A}2025.html#b"))

    assert shown(feed, on_page(f"{A}2025.html")) == [f"{A}2025.html#a", f"{A}2025.html#b"]
