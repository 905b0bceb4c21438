"""The next sites are those that relevant people cite, with room kept for new voices."""

from __future__ import annotations

from datetime import date

from generator.discover import choose_sites, cited_addresses
from generator.records import Corpus, PersonId, Post, Recommendation, SiteId, Url
from tests.factories.corpus import link


def corpus(*rows, recommended=()):
    """Posts from (author, relevance, targets), and recommendations from (by, target, relevance)."""
    posts = tuple(
        Post(Url(f"https://{who}.example/{i}"), PersonId(who), SiteId(f"https://{who}.example/"), "", "", None, False, "en", (),
             tuple(link(t) for t in targets), relevance, True, 100)
        for i, (who, relevance, targets) in enumerate(rows)
    )  # fmt: skip
    named = tuple(Recommendation(by, Url(target), relevance) for by, target, relevance in recommended)
    return Corpus((), posts, (), named, (), (date(2024, 1, 1), date(2026, 1, 1)))


def urls(found):
    return [candidate.url for candidate in found]


def never_known(_url):
    return False


def test_two_citers_come_before_one_with_a_higher_claim():
    """Being cited by two people counts for more than one very relevant citation."""
    found = choose_sites(
        corpus(("a", 0.95, ["https://one.example/"]), ("a", 0.5, ["https://two.example/"]), ("b", 0.5, ["https://two.example/"])),
        known=never_known, limit=10,
    )  # fmt: skip
    assert urls(found) == ["https://two.example/", "https://one.example/"]


def test_repeated_links_of_one_person_count_once():
    """Ten posts of one person linking a site are one voice."""
    rows = [("a", 0.6, ["https://loud.example/"])] * 10 + [("b", 0.9, ["https://quiet.example/"])]
    assert urls(choose_sites(corpus(*rows), known=never_known, limit=2))[0] == "https://quiet.example/"


def test_off_topic_posts_have_no_say():
    """A citation from a post far from the topic opens nothing."""
    assert choose_sites(corpus(("a", 0.29, ["https://x.example/"])), known=never_known, limit=5) == ()


def test_platforms_and_known_sites_are_not_candidates():
    """Networks are not blogs, and a site tried once is not tried again."""
    rows = [("a", 0.9, ["https://github.com/a/b", "https://known.example/", "https://new.example/"])]
    assert urls(choose_sites(corpus(*rows), known=lambda u: "known" in u, limit=5)) == ["https://new.example/"]


def test_a_fifth_of_a_round_is_kept_for_single_citations():
    """With ten places and plenty of co-cited sites, two places go to sites one person found."""
    shared = [f"https://s{i}.example/" for i in range(20)]
    rows = [("a", 0.9, [*shared, "https://n1.example/", "https://n2.example/"]), ("b", 0.9, shared)]
    found = urls(choose_sites(corpus(*rows), known=never_known, limit=10))
    assert len(found) == 10
    assert {"https://n1.example/", "https://n2.example/"} <= set(found)


def test_most_cited_addresses_come_first():
    """Addresses are ordered by how many people cite them."""
    rows = [("a", 0.9, ["https://x.example/1", "https://x.example/2"]), ("b", 0.9, ["https://x.example/2"])]
    assert cited_addresses(corpus(*rows)) == ("https://x.example/2", "https://x.example/1")


def test_blogroll_adds_half_of_a_citation():
    """A site cited once and recommended by another person stands before one cited once, and is worth 0.8 + 0.5 × 0.6."""
    rows = [("a", 0.8, ["https://one.example/", "https://two.example/p"])]
    found = choose_sites(
        corpus(*rows, recommended=[("b", "https://two.example/", 0.6)]), known=never_known, limit=10
    )  # fmt: skip
    assert [(c.url, round(c.claim, 6), c.found_by) for c in found] == [
        ("https://two.example/", 1.1, "cited by a and 1 other"), ("https://one.example/", 0.8, "cited by a"),
    ]  # fmt: skip


def test_site_that_only_a_blogroll_names_is_tried_last():
    """Without a citation, a recommendation opens a site, after all that are cited."""
    found = choose_sites(
        corpus(("a", 0.5, ["https://one.example/"]), recommended=[("planet.example", "https://new.example/p", 0.9)]),
        known=never_known, limit=10,
    )  # fmt: skip
    assert [(c.url, c.found_by) for c in found] == [
        ("https://one.example/", "cited by a"), ("https://new.example/p", "recommended by planet.example"),
    ]  # fmt: skip
