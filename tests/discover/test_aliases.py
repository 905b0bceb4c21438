"""The alias table: what servers and pages say about other addresses of a page, and what they cannot claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.discover import CrawlDepth, Frontier
from generator.discover.aliases import AliasTable, declared_address
from generator.records import Link, PageKind, Purpose, SiteOrigin, Url
from tests.factories.corpus import page, post

OLD, NEW = "https://old.example/", "https://new.example/"


def opened():
    frontier = Frontier(max_pages_per_site=50, mentions_topic=lambda _: False)
    frontier.add_site(Url(OLD), hop=0, found_by="seed", origin=SiteOrigin.SEED, entries=[Url(OLD)])
    frontier.next_wave(CrawlDepth.PROBE)
    return frontier


def told(url, kind=PageKind.POST, **said):
    return replace(page(url, *([post(url, from_feed=False)] if kind is PageKind.POST else []), kind=kind), **said)


@pytest.mark.parametrize(
    ("said", "address"),
    [
        pytest.param(told(f"{OLD}p", PageKind.OTHER, moved_to=Url(f"{NEW}p")), f"{NEW}p", id="meta refresh"),
        pytest.param(told(f"{OLD}p", canonical=Url(f"{NEW}p")), f"{NEW}p", id="a post's origin"),
        pytest.param(told(OLD, PageKind.HOME, canonical=Url(NEW)), NEW, id="a mirror's home"),
        pytest.param(told(f"{OLD}p", canonical=Url(NEW)), None, id="from a post to a home page"),
        pytest.param(told(f"{OLD}p", canonical=Url(f"{NEW}archive/")), None, id="from a post to a list"),
        pytest.param(told(OLD, PageKind.HOME, canonical=Url(f"{NEW}p")), None, id="from a home page to a post"),
        pytest.param(told(f"{OLD}p", canonical=Url(f"{OLD}p/")), None, id="itself"),
    ],
)
def test_what_a_page_says_of_its_address(said, address):
    """A page that moved or names its origin is believed; a template's mistake is not."""
    assert declared_address(said) == address


def test_chains_are_followed_and_circles_lead_nowhere():
    """A moved to B, B to C: A is C. Two addresses that move to each other stay what they are."""
    table = AliasTable()
    for asked, final in (("a", "b"), ("b", "c"), ("x", "y"), ("y", "x")):
        table.note_redirect(Url(OLD + asked), Url(OLD + final))
    assert table.resolved(lambda _: True) == {"old.example/a": f"{OLD}c", "old.example/b": f"{OLD}c"}


def test_an_origin_that_is_not_crawled_is_not_used():
    """A post without a site would be lost, so a copy stands for it until its origin's site is known."""
    table = AliasTable()
    table.note_page(told(f"{OLD}p", canonical=Url(f"{NEW}p")))
    assert table.resolved(lambda _: False) == {}
    assert table.resolved(lambda _: True) == {"old.example/p": f"{NEW}p"}


def test_translations_that_name_each_other_are_one_post():
    """hreflang counts when both pages say so; one that points at a home page on every post merges nothing."""
    table = AliasTable()
    table.note_page(told(f"{OLD}en/p", alternates=(Url(f"{OLD}de/xyz"),)))
    assert table.resolved(lambda _: True) == {}
    table.note_page(told(f"{OLD}de/xyz", alternates=(Url(f"{OLD}en/p"),)))
    assert table.resolved(lambda _: True) == {"old.example/de/xyz": f"{OLD}en/p"}


def test_amp_versions_are_the_post():
    """A page names its AMP version."""
    table = AliasTable()
    table.note_page(told(f"{OLD}p", amp=Url(f"{OLD}amp/p")))
    assert table.resolved(lambda _: True) == {"old.example/amp/p": f"{OLD}p"}


@pytest.mark.parametrize(
    "home",
    [
        pytest.param(told(OLD, PageKind.OTHER, moved_to=Url(NEW)), id="meta refresh"),
        pytest.param(told(OLD, PageKind.HOME, canonical=Url(NEW)), id="canonical of a mirror"),
    ],
)
def test_a_home_that_is_another_s_moves_the_site_and_lends_it_no_pages(home):
    """Links to the old host lead to the new site, and what the old host still serves by itself is not the new site's."""
    frontier = opened()
    frontier.record_answer(Url(OLD), home, ())
    assert [(site.id, site.aliases) for site in frontier.sites()] == [(NEW, (OLD,))]
    assert (NEW, Purpose.HOME) in [(r.url, r.purpose) for r in frontier.next_wave(CrawlDepth.PROBE)]
    frontier.record_answer(Url(f"{OLD}hostile"), told(f"{OLD}hostile"), ())
    frontier.record_answer(Url(f"{OLD}p"), told(f"{OLD}p", canonical=Url(f"{NEW}p")), ())
    assert [e.url for e in frontier.extractions()] == [f"{OLD}p"]
    assert frontier.redirects["old.example/p"] == f"{NEW}p"


def test_an_answer_behind_a_redirect_is_not_requested_again():
    """/blog/ leads to /blogroll/, which is then known under its own name too."""
    frontier = opened()
    links = (Link(Url(f"{OLD}blogroll/"), "blogroll", "", in_body=False),)
    frontier.record_answer(Url(OLD), page(OLD, kind=PageKind.HOME, internal=links), ())
    frontier.record_answer(Url(f"{OLD}blog/"), page(f"{OLD}blogroll/", kind=PageKind.ABOUT), ())
    asked = [request.url for _ in range(8) for request in frontier.next_wave(CrawlDepth.FULL)]
    assert f"{OLD}blogroll/" not in asked
