"""Policies of the crawl: second looks at rejected sites, revisit days, budgets of tries, and choice of captures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.discover import (
    NOT_IN_ARCHIVE,
    batch_limit,
    captures_by_home,
    choose_captures,
    default_source_queries,
    is_doubtful,
    is_missing_page,
    post_revisit_days,
    rejected_on_few_posts,
)
from generator.records import ArchiveRecordRef, FetchRequest, Purpose, Refusal, RefusalReason, Site, SiteState, Url

A = "https://a.example/"


def rejected(**more) -> Site:
    return Site(A, "", **{"state": SiteState.OUT, "reason": "", "found_by": "seed", "hop": 0, **more})


def capture(url: str, day: int) -> FetchRequest:
    place = ArchiveRecordRef(Url("https://data.example/x.warc.gz"), 1, 9, "A", datetime(2020, 1, day, tzinfo=UTC))
    return FetchRequest(Url(url), Purpose.POST, capture=place)


@pytest.mark.parametrize(
    ("site", "few"),
    [
        pytest.param(rejected(posts=39), True, id="39 posts"),
        pytest.param(rejected(posts=40), False, id="40 posts"),
        pytest.param(rejected(state=SiteState.IN, posts=3), False, id="on topic"),
        pytest.param(rejected(state=SiteState.UNREACHED), False, id="no answer"),
    ],
)
def test_a_rejection_on_forty_posts_is_final(site, few):
    """Below that, a rejected site gets a second look."""
    assert rejected_on_few_posts(site) is few


@pytest.mark.parametrize(
    ("site", "titles", "doubtful"),
    [
        pytest.param(rejected(posts=5), 0, False, id="no sign"),
        pytest.param(rejected(posts=5), 2, True, id="two topical titles"),
        pytest.param(rejected(posts=5), 1, False, id="one topical title"),
        pytest.param(rejected(posts=5, on_topic_posts=2), 0, True, id="two posts on topic"),
        pytest.param(rejected(posts=5, relevance=0.2), 0, True, id="relevance"),
        pytest.param(rejected(posts=0, relevance=0.9), 0, False, id="nothing was read"),
    ],
)
def test_a_second_look_needs_a_sign(site, titles, doubtful):
    """Topical titles among unread posts, or posts close to the topic."""
    assert is_doubtful(site, topical_titles=titles) is doubtful


def test_posts_are_requested_again_after_four_to_nine_days():
    """The day is fixed per address, and all six days occur."""
    days = [post_revisit_days(Url(f"{A}{n}")) for n in range(200)]
    assert sorted(set(days)) == [4, 5, 6, 7, 8, 9]
    assert days == [post_revisit_days(Url(f"{A}{n}")) for n in range(200)]


@pytest.mark.parametrize(
    ("reason", "detail", "missing"),
    [
        pytest.param(RefusalReason.NOT_FOUND, "", True, id="404"),
        pytest.param(RefusalReason.NOT_FOUND, NOT_IN_ARCHIVE, False, id="not in the archive"),
        pytest.param(RefusalReason.TIMEOUT, "", False, id="time-out"),
    ],
)
def test_only_the_web_can_say_that_a_page_is_missing(reason, detail, missing):
    """A replayed archive may lack a page that exists."""
    assert is_missing_page(Refusal(Url(A), Purpose.POST, reason, detail)) is missing


def test_new_sites_are_limited_by_those_reached_and_by_tries():
    """Twenty tries for each site that may be reached; sites that did not answer count as tries only."""
    dead = [rejected(state=SiteState.UNREACHED) for _ in range(39)]
    assert batch_limit([], max_sites=2) == 2
    assert batch_limit([rejected()], max_sites=2) == 1
    assert batch_limit(dead, max_sites=2) == 1
    assert batch_limit([*dead, *dead], max_sites=2) == 0


def test_captures_are_chosen_per_site_home_page_first_then_newest():
    """At most thirty per site."""
    pages = [capture(f"{A}{n}", 1 + n % 28) for n in range(40)]
    sites = captures_by_home([*pages, capture(A, 1), capture("https://0.example/p", 1)])
    assert list(sites) == ["https://0.example/", A]
    chosen = choose_captures(sites[Url(A)])
    assert [page.url for page in chosen[:2]] == [A, f"{A}27"]
    assert len(chosen) == 30


def test_default_queries_ask_for_the_phrase_and_its_long_words_as_hashtags():
    """Short words alone are too general as hashtags."""
    assert default_source_queries("Big mountain snowboarding") == (
        "hn:big mountain snowboarding",
        "lemmy:big mountain snowboarding",
        "mastodon:#bigmountainsnowboarding",
        "mastodon:#snowboarding",
        "mastodon:#mountain",
        "stackexchange:big-mountain-snowboarding",
        "wikipedia:big mountain snowboarding",
    )
