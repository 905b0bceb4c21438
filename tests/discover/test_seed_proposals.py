"""Seeds by example: which sites are proposed, in which order, and why."""

from __future__ import annotations

from generator.discover import propose_seed_sites, query_words
from generator.records import SeedMention, Url

WORDS = "extreme snowboarding"


def named(url, words="Snowboarding diary", *, by="x", source="hn"):
    return SeedMention(Url(url), words, by, source)


def test_a_proposal_says_where_by_how_many_and_in_which_words():
    """One site, whatever page of it was named; a hand on one source counts once, on two twice."""
    (proposal,) = propose_seed_sites(
        WORDS,
        [named("https://ada.example/1"), named("https://ada.example/2", "Extreme snowboarders"),
         named("https://ada.example/1", by="y"), named("http://www.ada.example/1", source="lemmy")],
        most=9,
    )  # fmt: skip

    assert (proposal.url, proposal.sources, proposal.mentions) == ("https://ada.example/", ("hn", "lemmy"), 3)
    assert proposal.words == ("extreme", "snowboarding")
    assert proposal.quotes == ("Extreme snowboarders", "Snowboarding diary")


def test_more_sources_come_first_then_more_hands_then_more_words():
    """Ten mentions by one hand are one."""
    loud = [named(f"https://loud.example/{n}") for n in range(10)]
    both = [named("https://both.example/"), named("https://both.example/", source="lemmy")]
    pair = [named("https://pair.example/", by=by) for by in "ab"]
    apt = [named("https://zz.example/", "extreme snowboarding")]

    assert [p.url for p in propose_seed_sites(WORDS, [*loud, *both, *pair, *apt], most=9)] == [
        "https://both.example/", "https://pair.example/", "https://zz.example/", "https://loud.example/",
    ]  # fmt: skip


def test_what_was_named_in_other_words_is_not_proposed():
    """Searches find more than was asked for; documents are no sites to read."""
    other = [named("https://ski.example/", "Water skiing"), named("https://a.example/snowboard.pdf", "Snowboarding")]

    assert propose_seed_sites(WORDS, other, most=9) == ()


def test_an_address_may_hold_the_word():
    """A link without words, to a page whose address says what it is about."""
    assert [p.words for p in propose_seed_sites(WORDS, [named("https://a.example/snowboard-diary", "")], most=9)] == [
        ("snowboarding",)
    ]


def test_tenants_of_one_host_are_sites_of_their_own():
    """medium.com is nobody's blog."""
    found = propose_seed_sites(WORDS, [named("https://medium.com/@ada/x"), named("https://medium.com/@bo/y")], most=9)

    assert [p.url for p in found] == ["https://medium.com/@ada/", "https://medium.com/@bo/"]


def test_order_of_naming_is_irrelevant():
    """Whatever answered first, the proposals are the same."""
    mentions = [named(f"https://s{n % 5}.example/{n}", by=str(n % 3)) for n in range(20)]

    assert propose_seed_sites(WORDS, mentions, most=9) == propose_seed_sites(WORDS, mentions[::-1], most=9)
    assert len(propose_seed_sites(WORDS, mentions, most=2)) == 2


def test_words_of_a_topic():
    """Each once, in lower case."""
    assert query_words("Extreme, extreme C++!") == ("extreme", "c++")
