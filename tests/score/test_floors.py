"""The least amount of data that a ranking can rest on."""

from __future__ import annotations

from datetime import date

import pytest

from generator.graph.half_life import default_half_life_days
from generator.records import Corpus, Counts, Site, SiteOrigin, SiteState, SourceOutcome
from generator.score import missed_floors

DAY = date(2026, 1, 31)


def corpus(*sites: Site, first: date = DAY) -> Corpus:
    return Corpus((), (), sites, (), (), (first, DAY))


def site(state: SiteState, origin: SiteOrigin = SiteOrigin.SEED, hop: int = 0) -> Site:
    return Site("https://a.example/", "", state, "", "words do not count", hop, origin=origin)


def counts(*, posts: int = 20, people: int = 5) -> Counts:
    return Counts(1, 1, 1, posts, posts, 0, people)


def test_enough_data_misses_no_floor():
    """Exactly 20 posts, 5 people and half of the seeds are enough."""
    assert missed_floors(corpus(site(SiteState.IN), site(SiteState.UNREACHED)), counts(), ()) == ()


def test_each_floor_has_its_sentence():
    """The first page of the report shows them."""
    assert missed_floors(corpus(site(SiteState.UNREACHED)), counts(posts=19, people=4), ()) == (
        "1 of 1 seeds gave no answer.",
        "Only 19 posts about the topic were found; 20 are the least that a ranking can rest on.",
        "Only 4 people were found; 5 are the least that make a circle.",
    )


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
    assert missed_floors(corpus(*sites), counts(), sources) == missed


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
