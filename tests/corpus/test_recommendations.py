"""What is named outside posts is a hint of where to listen, from people inside and from planets on the topic."""

from __future__ import annotations

from generator.records import PageKind
from tests.factories.corpus import blog, build, link, page, post, site

A, B, PLANET = "https://a.example/", "https://b.example/", "https://planet.example/"


def names(built):
    return [(one.by, one.target) for one in built.corpus.recommendations]


def test_blogroll_of_somebody_inside_recommends_sites_heard_or_not():
    """Every site on the roll but one's own is named, also one that nobody has heard yet."""
    roll = (link(B), link("https://unheard.example/"), link(f"{A}other/"))
    home = page(A, kind=PageKind.HOME, blogroll=roll)
    built = build(blog(A, "Ada Example"), blog(B, "Bo Example"), home, sites=(site(A), site(B)))
    assert names(built) == [("ada-example", B), ("ada-example", "https://unheard.example/")]


def test_blogroll_of_a_site_off_topic_recommends_nobody():
    """Who does not write about the topic has no say in who else does."""
    home = page(B, kind=PageKind.HOME, blogroll=(link("https://unheard.example/"),))
    built = build(blog(A, "Ada Example"), blog(B, "Bo Example", topical=False), home, sites=(site(A), site(B)))
    assert names(built) == []


def test_long_blogroll_recommends_each_less():
    """Forty sites share what twenty could have in full."""
    roll = tuple(link(f"https://s{i}.example/") for i in range(40))
    built = build(blog(A, "Ada Example"), page(A, kind=PageKind.HOME, blogroll=roll), sites=(site(A),))
    inside = next(s.relevance for s in built.corpus.sites)
    assert {one.relevance for one in built.corpus.recommendations} == {round(inside / 2, 6)}


def test_planet_on_the_topic_names_the_sites_of_its_entries_that_name_it():
    """Five entries of others, four of them on topic: four hints; the fifth is nobody's business here."""
    entries = [post(f"https://w{i}.example/p", topical=i > 0) for i in range(5)]
    built = build(blog(A, "Ada Example"), page(f"{PLANET}feed", *entries), sites=(site(A), site(PLANET)))
    assert names(built) == [("planet.example", f"https://w{i}.example/p") for i in range(1, 5)]


def test_few_entries_elsewhere_make_no_planet():
    """A blog that points four entries elsewhere speaks for nobody."""
    entries = [post(f"https://w{i}.example/p") for i in range(4)]
    built = build(blog(A, "Ada Example"), page(f"{PLANET}feed", *entries), sites=(site(A), site(PLANET)))
    assert names(built) == []
