"""The least amount of data that a ranking can rest on."""

from __future__ import annotations

from datetime import date

import pytest

from generator.graph.half_life import default_half_life_days
from generator.records import Corpus, PersonId, Post, Site, SiteId, SiteOrigin, SiteState, SourceOutcome, Url
from generator.score import missed_floors

DAY = date(2026, 1, 31)


def corpus(*sites: Site, first: date = DAY, posts: tuple[Post, ...] = ()) -> Corpus:
    return Corpus((), posts, sites, (), (), (first, DAY))


def site(state: SiteState, origin: SiteOrigin = SiteOrigin.SEED, hop: int = 0) -> Site:
    return Site("https://a.example/", "", state, "", "words do not count", hop, origin=origin)


def written(*, posts: int = 20, people: int = 5, relevance: float = 0.8, in_window: bool = True) -> tuple[Post, ...]:
    return tuple(
        Post(
            url=Url(f"https://a.example/{n}"), author=PersonId(f"p{n % people}"), site=SiteId("https://a.example/"),
            title="", text="", published_at=None, time_known=False, language="en", tags=(), links=(),
            relevance=relevance, in_window=in_window, words=9,
        )
        for n in range(posts)
    )  # fmt: skip


def test_enough_data_misses_no_floor():
    """Exactly 20 posts, 5 people and half of the seeds are enough."""
    assert missed_floors(corpus(site(SiteState.IN), site(SiteState.UNREACHED), posts=written()), ()) == ()


def test_each_floor_has_its_sentence():
    """The first page of the report shows them."""
    seen = corpus(site(SiteState.UNREACHED), posts=written(posts=19, people=4), first=date(2025, 1, 31))
    window = "between 31 January 2025 and 31 January 2026"
    assert [sentence.replace("\xa0", " ") for sentence in missed_floors(seen, ())] == [
        "1 of 1 seeds gave no answer.",
        f"Only 19 posts about the topic {window}; 20 are the least that a ranking can rest on.",
        f"Only 4 people wrote about the topic {window}; 5 are the least that make a circle.",
    ]


@pytest.mark.parametrize("others", [written(posts=40, in_window=False), written(posts=40, relevance=0.2)])
def test_posts_outside_the_window_or_off_topic_do_not_count(others):
    """A thousand old posts do not carry a ranking of the present."""
    seen = corpus(site(SiteState.IN), posts=(*written(posts=1, people=1), *others))
    assert [sentence.split("\xa0")[0] for sentence in missed_floors(seen, ())] == ["Only 1", "Only 1"]


@pytest.mark.parametrize(
    ("sites", "sources", "missed"),
    [
        pytest.param([site(SiteState.UNREACHED, SiteOrigin.SOURCE)], [SourceOutcome("hn:a", 1, 3)], (), id="named"),
        pytest.param([], [SourceOutcome("hn:a", 1, 0)], ("1 of 1 seeds gave no answer.",), id="silent source"),
        pytest.param([site(SiteState.UNREACHED, hop=1)], [], (), id="not a seed"),
        pytest.param([site(SiteState.UNREACHED, SiteOrigin.LIST)], [], ("1 of 1 seeds gave no answer.",), id="list"),
    ],
)
def test_a_source_is_one_seed_whatever_became_of_the_sites_it_named(sites, sources, missed):
    """Many addresses that a source knows no longer exist."""
    assert missed_floors(corpus(*sites, posts=written()), sources) == missed


@pytest.mark.parametrize(
    ("first", "days"),
    [
        pytest.param(date(2025, 12, 1), 91.0, id="short window"),
        pytest.param(date(2024, 1, 31), 182.75, id="two years"),
    ],
)
def test_the_default_half_life_is_a_quarter_of_the_window_and_at_least_91_days(first, days):
    """Where the topic file names none."""
    assert default_half_life_days(corpus(first=first)) == days
