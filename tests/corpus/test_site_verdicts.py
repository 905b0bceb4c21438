"""Which sites are in, which posts count, and what the topic file and the crawl decide beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.config import Override, TopicSection
from generator.corpus.deduplicate import own_pages
from generator.corpus.disambiguation import off_sense_sites
from generator.corpus.relevance import measure_relevance, site_verdict
from generator.corpus.term_rows import TermVectoriser
from generator.records import REDACTION_MARK, Mention, NameSource, PageKind, SiteState, Url
from generator.urls import SiteIndex
from tests.factories.corpus import blog, build, link, page, post, site, topic

A, B = "https://a.example/", "https://b.example/"


def verdicts(*pages, sites, **more):
    """State and reason of each site."""
    return {one.id: (one.state, one.reason) for one in build(*pages, sites=sites, **more).corpus.sites}


def test_keep_lets_a_site_in_that_is_off_topic():
    """`keep:` lets exactly that site in and says what the rules found."""
    pages = [blog(A, "Ada Example"), blog(B, "Bo Example", topical=False)]
    kept = topic(people=(Override(keep="http://www.b.example"),))
    other = topic(people=(Override(keep="https://other.example/"),))
    sites = (site(A), site(B, hop=1))
    state, reason = verdicts(*pages, sites=sites, for_topic=kept)[B]
    assert state is SiteState.IN
    assert reason.startswith("kept by the analyst (mean relevance 0.00 over 4 posts")
    assert verdicts(*pages, sites=sites, for_topic=other)[B][0] is SiteState.OUT


def test_keep_does_not_let_in_a_site_without_posts():
    """There is nothing to show of a site that gave no posts."""
    kept = topic(people=(Override(keep=B),))
    assert verdicts(blog(A, "Ada Example"), sites=(site(A), site(B)), for_topic=kept)[B] == (
        SiteState.OUT,
        "kept by the analyst (no posts could be read)",
    )


def test_a_site_that_was_not_reached_keeps_the_reason_of_the_crawl():
    """The corpus has no verdict on a site that gave nothing; an empty site that answered has one."""
    gone = replace(site(B), state=SiteState.UNREACHED, reason="nothing answered: timeout")
    assert verdicts(blog(A, "Ada Example"), sites=(site(A), gone))[B] == (
        SiteState.UNREACHED,
        "nothing answered: timeout",
    )
    assert verdicts(blog(A, "Ada Example"), sites=(site(A), site(B)))[B] == (
        SiteState.OUT,
        "no posts could be read",
    )


def test_since_bounds_the_window():
    """With `since` the window begins there, however old the newest post is."""
    since = topic(topic={"since": date(2020, 1, 1)})
    built = build(blog(A, "Ada Example"), sites=(site(A),), for_topic=since)
    assert built.corpus.window == (date(2020, 1, 1), date(2026, 1, 31))


def test_a_recurring_subject_lets_a_site_in():
    """A fifth of the posts on topic, and at least three, is enough; less is not."""
    third = np.array([0.6] * 3 + [0.0] * 9)
    assert site_verdict(third, 0.9) == (True, "3 of 12 posts are about the topic")
    assert not site_verdict(np.array([0.6] * 3 + [0.0] * 13), 0.9)[0]
    assert not site_verdict(np.array([0.6] * 2 + [0.0] * 8), 0.9)[0]


def test_the_verdict_on_one_post_is_singular():
    """One post is not "1 posts"."""
    assert site_verdict(np.array([0.75]), 0.9) == (True, "mean relevance 0.75 over 1 post")


def test_nothing_read_has_no_relevance():
    """Without posts there is nothing to measure; without any word of the topic all posts have none."""
    section = TopicSection(name="x", keywords=("splitboard",))
    vectoriser = TermVectoriser(section.keywords)
    assert measure_relevance(vectoriser, [], [], frozenset(), section).posts.tolist() == []
    rows = [vectoriser.row(str(i), "", f"tea{i} and cake") for i in range(3)]
    assert measure_relevance(vectoriser, rows, list("abc"), frozenset("a"), section).posts.tolist() == [0, 0, 0]


@pytest.mark.parametrize(("near", "models"), [(True, False), (False, True)])
def test_no_site_is_off_sense_without_model_posts_near_the_topic(near, models):
    """Where no post shows the topic's own vocabulary, no site can be said to differ from it."""
    vectoriser = TermVectoriser(("hive",))
    rows = [vectoriser.row(str(i), "", f"hive of bees number{i}") for i in range(2)]
    relevance = np.array([0.9 if near else 0.0] * 2)
    assert off_sense_sites(vectoriser, rows, ["a", "b"], relevance, np.array([models] * 2)) == frozenset()


def test_pages_of_unknown_sites_are_nobodys_own():
    """Only pages of known sites tell who is behind a site; about pages come first."""
    pages = [page(f"{A}feed"), page("https://other.example/"), page(f"{A}about", kind=PageKind.ABOUT)]
    assert {s: [p.url for p in found] for s, found in own_pages(pages, SiteIndex([(A, ())])).items()} == {
        A: [f"{A}about", f"{A}feed"]
    }


def test_a_post_on_an_unknown_site_is_dropped():
    """A page, unlike a feed, passes on no entries of others: a post elsewhere is dropped and no aggregator's sign."""
    stray = page(f"{A}x", post("https://other.example/p", from_feed=False), kind=PageKind.POST)
    built = build(blog(A, "Ada Example"), stray, sites=(site(A),))
    assert ("https://other.example/p", "stands on no site that is heard") in {
        (d.what, d.reason) for d in built.corpus.dropped
    }


def test_a_target_linked_twice_is_one_link_with_the_sentence_that_says_more():
    """The first sentence stays unless a later one is more than twice as long."""

    def sentence(first, second):
        links = (link(f"{B}p1", first), link(f"{B}p1", second))
        feed = page(f"{A}feed", post(f"{A}p", author="Ada Example", links=links), post(f"{A}q"))
        built = build(feed, blog(B, "Bo Example"), sites=(site(A), site(B)))
        return [one.sentence for p in built.corpus.posts for one in p.links]

    assert sentence("Bo wrote of it.", "Here, too.") == ["Bo wrote of it."]
    assert sentence("See Bo.", "Bo showed how the weak layer grows.") == ["Bo showed how the weak layer grows."]


def test_names_blanked_in_the_archive_are_not_read():
    """A post signed by a blanked name is gone, and so is a blanked mention; other posts stay."""
    mention = Mention(REDACTION_MARK, NameSource.H_CARD, Url(A))
    home = page(A, kind=PageKind.HOME, mentions=(mention,))
    feed = page(f"{A}feed", post(f"{A}p", author=REDACTION_MARK), post(f"{A}q", author="Ada Example"))
    corpus = build(feed, home, sites=(site(A),)).corpus
    assert [p.url for p in corpus.posts] == [f"{A}q"]
    assert [p.name for p in corpus.people] == ["Ada Example"]


def test_age_counts_undated_as_from_the_middle_of_the_window():
    """A dated event is as old as it is, never less than 0; an undated one is from the middle of the window."""
    corpus = replace(build(blog(A, "Ada"), sites=(site(A),)).corpus, window=(date(2025, 1, 1), date(2025, 1, 11)))
    today = date(2025, 1, 11)
    assert [corpus.age_days(day, today) for day in (date(2025, 1, 10), date(2025, 2, 1), None)] == [1.0, 0.0, 5.0]


def test_a_post_is_on_topic_from_half():
    """On topic from relevance 0.5; the day of publication is None where the date is unknown."""
    (one, *_) = build(page(f"{A}f", post(f"{A}p", on=None)), sites=(site(A),)).corpus.posts
    assert [replace(one, relevance=value).on_topic for value in (0.49, 0.5)] == [False, True]
    assert one.published_on is None


def test_query_words_and_titles_are_counted_once():
    """The same words are looked up, not counted again; the number of distinct terms grows with new words only."""
    vectoriser = TermVectoriser(("splitboard",), ("video game",))
    assert vectoriser.mentions_topic("My splitboards")
    size = vectoriser.size
    assert vectoriser.mentions_topic("My splitboards")
    assert vectoriser.size == size
    assert not vectoriser.mentions_topic("A splitboard video game")
    assert vectoriser.row("a", "", "x") is vectoriser.row("a", "", "x")
