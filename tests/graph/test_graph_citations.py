"""Citations between people, their weights, and the ties they sum to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.graph import build_graph
from generator.records import PublisherKind, Site, SiteId, SiteState
from tests.factories.graph import AS_OF, corpus, link, person, post

HALF_LIFE = 91.0


def graph_of(people, posts, sites=()):
    return build_graph(corpus(people, posts, sites), half_life_days=HALF_LIFE, as_of=AS_OF)


def cites(graph):
    return [(one.citing, one.cited, one.target_post) for one in graph.citations]


def ties(graph):
    return {(tie.citing, tie.cited): tie for tie in graph.ties}


def test_link_to_a_known_post_cites_its_author_and_names_the_post():
    """A link that names a post, in any spelling of its address, cites that post."""
    graph = graph_of(
        [person("ada"), person("bo")],
        [post("https://ada.example/p", "ada"), post("https://bo.example/q", "bo", link("http://www.ada.example/p/"))],
    )
    assert cites(graph) == [("bo", "ada", "https://ada.example/p")]


def test_link_to_a_former_address_of_a_post_cites_the_post():
    """An alias of a post leads to the post."""
    graph = graph_of(
        [person("ada"), person("bo")],
        [
            post("https://ada.example/p", "ada", aliases=("https://old.example/p",)),
            post("https://bo.example/q", "bo", link("https://old.example/p")),
        ],
    )
    assert cites(graph) == [("bo", "ada", "https://ada.example/p")]


def test_link_to_a_site_cites_its_owner_and_no_post():
    """A link that names no post of the corpus cites the owner of the site."""
    graph = graph_of([person("ada"), person("bo")], [post("https://bo.example/q", "bo", link("https://ada.example/x"))])
    assert cites(graph) == [("bo", "ada", None)]


@pytest.mark.parametrize("alias", ["old.example", "https://old.example/"], ids=["host", "root"])
def test_link_to_a_moved_site_finds_the_post_at_its_new_address(alias):
    """Links to the former address of a site cite its owner, and the post where it has moved."""
    moved = Site(SiteId("https://ada.example/"), "", SiteState.IN, "", "seed", 0, aliases=(alias,))
    graph = graph_of(
        [person("ada"), person("bo")],
        [
            post("https://ada.example/p", "ada"),
            post("https://bo.example/q", "bo", link("https://old.example/p")),
            post("https://bo.example/r", "bo", link("https://old.example/gone")),
        ],
        [moved],
    )
    assert cites(graph) == [("bo", "ada", "https://ada.example/p"), ("bo", "ada", None)]


def test_link_to_a_shared_site_cites_the_organisation_behind_it():
    """On a site of several people a link that names no post cites the organisation among the owners."""
    shared = ("https://team.example/",)
    team = [
        person("ada", sites=shared),
        person("cy", sites=shared),
        person("team", sites=shared, kind=PublisherKind.ORGANISATION),
    ]
    quoting = post("https://bo.example/q", "bo", link("https://team.example/about"))
    assert cites(graph_of([*team, person("bo")], [quoting])) == [("bo", "team", None)]


def test_link_to_the_front_page_of_a_group_blog_is_not_a_citation():
    """Where several persons share a site, a link to its front page names none of them."""
    shared = ("https://team.example/",)
    people = [person("ada", sites=shared), person("cy", sites=shared), person("bo")]
    assert cites(graph_of(people, [post("https://bo.example/q", "bo", link("https://team.example/"))])) == []


def test_link_to_a_post_on_a_group_blog_cites_its_author():
    """On a shared site the author of the post is cited."""
    shared = ("https://team.example/",)
    graph = graph_of(
        [person("ada", sites=shared), person("cy", sites=shared), person("bo")],
        [post("https://team.example/p", "cy"), post("https://bo.example/q", "bo", link("https://team.example/p"))],
    )
    assert cites(graph) == [("bo", "cy", "https://team.example/p")]


def test_links_to_own_sites_are_not_citations():
    """A link to another site of the same person is not a citation."""
    ada = person("ada", sites=("https://ada.example/", "https://ada-too.example/"))
    assert cites(graph_of([ada], [post("https://ada.example/p", "ada", link("https://ada-too.example/"))])) == []


@pytest.mark.parametrize(
    "unfit",
    [{"in_body": False}, {"in_comment": True}, {"rel": ("sponsored",)}, {"rel": ("nofollow", "UGC")}],
    ids=["boilerplate", "comment", "paid", "visitor"],
)
def test_links_that_are_not_the_authors_own_are_not_citations(unfit):
    """Boilerplate, comments, and links marked as paid or by visitors are left out."""
    posts = [post("https://bo.example/q", "bo", link("https://ada.example/", **unfit))]
    assert cites(graph_of([person("ada"), person("bo")], posts)) == []


def test_reply_without_a_link_is_a_citation_without_a_quotation():
    """`in-reply-to` is a citation, and its quote is empty."""
    graph = graph_of(
        [person("ada"), person("bo")],
        [
            post("https://ada.example/p", "ada"),
            post("https://bo.example/q", "bo", in_reply_to=("https://ada.example/p",)),
        ],
    )
    assert [(one.cited, one.quote) for one in graph.citations] == [("ada", "")]


def test_several_links_of_a_post_to_one_person_are_one_citation():
    """A post and a cited person have one citation, with the most quotable sentence."""
    graph = graph_of(
        [person("ada"), person("bo")],
        [
            post("https://ada.example/p", "ada"),
            post("https://ada.example/r", "ada"),
            post(
                "https://bo.example/q", "bo",
                link("https://ada.example/p", "Via Ada."),
                link("https://ada.example/r", "Ada explains better than anybody why slabs release."),
            ),
        ],
    )  # fmt: skip
    assert [one.quote for one in graph.citations] == ["Ada explains better than anybody why slabs release."]


def test_page_that_asks_not_to_be_quoted_is_counted_and_not_quoted():
    """With `nosnippet` the citation is kept and its quote is empty."""
    posts = [post("https://bo.example/q", "bo", link("https://ada.example/"), quotable=False)]
    assert [one.quote for one in graph_of([person("ada"), person("bo")], posts).citations] == [""]


def test_tie_is_topical_at_both_ends_and_decays():
    """weight = ρ_citing · ρ_cited · 2^(−age / half-life): 0.8 · 0.5 · 1/2 after one half-life."""
    graph = graph_of(
        [person("ada"), person("bo")],
        [
            post("https://ada.example/p", "ada", relevance=0.5),
            post("https://bo.example/q", "bo", link("https://ada.example/p"), relevance=0.8, on=date(2025, 11, 1)),
        ],
    )
    assert ties(graph)["bo", "ada"].strength == pytest.approx(0.2)


def test_one_citation_counts_for_a_pair_and_week():
    """Three citations in one week count as one, a fourth in another week as a second."""
    days = [date(2026, 1, 26), date(2026, 1, 27), date(2026, 1, 28), date(2026, 1, 12)]
    posts = [post("https://ada.example/p", "ada")]
    posts += [post(f"https://bo.example/{i}", "bo", link("https://ada.example/p"), on=on) for i, on in enumerate(days)]
    graph = graph_of([person("ada"), person("bo")], posts)
    assert [one.weight > 0 for one in graph.citations] == [False, False, True, True]
    assert ties(graph)["bo", "ada"].citations == 4


def test_posts_off_topic_or_outside_the_window_make_no_ties():
    """Their citations are kept with weight 0."""
    posts = [
        post("https://ada.example/p", "ada"),
        post("https://bo.example/1", "bo", link("https://ada.example/p"), relevance=0.49),
        post("https://bo.example/2", "bo", link("https://ada.example/p"), on=date(2020, 1, 1)),
    ]
    graph = graph_of([person("ada"), person("bo")], posts)
    assert (len(graph.citations), graph.ties) == (2, ())


def test_undated_citations_are_as_old_as_the_middle_of_the_window_and_count_once():
    """Two undated citations of a pair count once, at the age of 365 days: 2^(−365/91.25) = 1/16."""
    posts = [post("https://ada.example/p", "ada", on=None)]
    posts += [post(f"https://bo.example/{i}", "bo", link("https://ada.example/p"), on=None) for i in range(2)]
    graph = build_graph(corpus([person("ada"), person("bo")], posts), half_life_days=91.25, as_of=AS_OF)
    assert ties(graph)["bo", "ada"].strength == pytest.approx(1 / 16, rel=0.01)


def test_a_fully_mutual_tie_has_half_its_strength():
    """S′ = S · (1 − 0.5) where both sides are equal; W = 3(1 − e^(−S′/3)): 0.4605 instead of 0.8504."""
    people = [person("ada"), person("bo"), person("cy")]
    posts = [
        post("https://ada.example/p", "ada", link("https://bo.example/p")),
        post("https://bo.example/p", "bo", link("https://ada.example/p")),
        post("https://cy.example/p", "cy", link("https://ada.example/p")),
    ]
    weights = {pair: tie.weight for pair, tie in ties(graph_of(people, posts)).items()}
    assert weights == {
        ("ada", "bo"): pytest.approx(0.4605, abs=1e-4),
        ("bo", "ada"): pytest.approx(0.4605, abs=1e-4),
        ("cy", "ada"): pytest.approx(0.8504, abs=1e-4),
    }


def test_attention_of_one_person_saturates():
    """A hundred citations by one person make a tie of weight below 3."""
    posts = [post("https://ada.example/p", "ada")]
    posts += [
        post(f"https://bo.example/{i}", "bo", link("https://ada.example/p"), on=AS_OF - timedelta(days=7 * i))
        for i in range(100)
    ]
    tie = ties(graph_of([person("ada"), person("bo")], posts))["bo", "ada"]
    assert tie.strength > 15
    assert 2.9 < tie.weight < 3


def test_aggregator_counts_a_tenth():
    """A citation by an aggregator has a tenth of the weight."""
    people = [person("ada"), person("planet", kind=PublisherKind.AGGREGATOR)]
    posts = [
        post("https://ada.example/p", "ada"),
        post("https://planet.example/q", "planet", link("https://ada.example/p")),
    ]
    assert ties(graph_of(people, posts))["planet", "ada"].strength == pytest.approx(0.1)


def test_post_that_cites_a_crowd_divides_eight_votes():
    """Sixteen people cited by one post get half a vote each."""
    names = [f"p{i:02d}" for i in range(16)]
    links = [link(f"https://{name}.example/p") for name in names]
    posts = [post(f"https://{name}.example/p", name) for name in names] + [post("https://bo.example/q", "bo", *links)]
    strengths = {round(tie.strength, 9) for tie in graph_of([*map(person, names), person("bo")], posts).ties}
    assert strengths == {0.5}


def test_empty_corpus_is_an_empty_graph():
    """An empty corpus gives empty tuples."""
    graph = graph_of([], [])
    assert (graph.people, graph.citations, graph.ties, graph.centrality) == ((), (), (), ())


def test_person_without_any_post_is_in_the_graph():
    """A person without a crawled post is in the graph and can be cited."""
    graph = graph_of([person("ada"), person("bo")], [post("https://bo.example/q", "bo", link("https://ada.example/"))])
    assert graph.people == ("ada", "bo")
    assert cites(graph) == [("bo", "ada", None)]
    assert graph.ties == ()


NAMES = ["ada", "bo", "cy", "di"]
LINKS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 900)), max_size=12)


def world(links):
    posts = [post(f"https://{name}.example/p", name) for name in NAMES]
    posts += [
        post(f"https://{a}.example/{i}", a, link(f"https://{b}.example/p"), on=AS_OF - timedelta(days=age))
        for i, (a, b, age) in enumerate(links)
    ]
    return posts


@settings(deadline=None)
@given(links=LINKS, chance=st.randoms(use_true_random=False))
def test_order_of_input_is_irrelevant(links, chance):
    """People and posts in any order give an equal graph."""
    people, posts = [person(name) for name in NAMES], world(links)
    before = graph_of(people, posts)
    chance.shuffle(people)
    chance.shuffle(posts)
    assert graph_of(people, posts) == before


@settings(deadline=None)
@given(links=LINKS)
def test_ties_stay_in_their_bounds(links):
    """Weights lie in (0, 3), never above their strength; self-citations are absent."""
    graph = graph_of([person(name) for name in NAMES], world(links))
    assert all(0 < tie.weight < 3 and tie.weight <= tie.strength + 1e-12 for tie in graph.ties)
    assert all(one.citing != one.cited for one in graph.citations)


def test_secondary_citations_have_no_weight():
    """Other sentences of a post that link the same person are secondary; citations and ties stay the same."""
    people = [person("ada"), person("bo")]
    first = link("https://bo.example/0", "Bo's notes on the weak layer changed the way I ride for good.")
    again = link("https://bo.example/", "Bo is wrong about wax.")
    same = link("https://bo.example/1", "Bo's notes on the weak layer changed the way I ride for good.")
    cited = post("https://bo.example/0", "bo")
    alone = corpus(people, [post("https://ada.example/0", "ada", first), cited])
    more = corpus(people, [post("https://ada.example/0", "ada", again, first, same), cited])

    graphs = [build_graph(held, half_life_days=91, as_of=AS_OF) for held in (alone, more)]

    assert [[secondary.quote for secondary in graph.secondary_citations] for graph in graphs] == [
        [],
        ["Bo is wrong about wax."],
    ]
    assert graphs[0].citations == graphs[1].citations
    assert graphs[0].ties == graphs[1].ties
    assert [secondary.weight for secondary in graphs[1].secondary_citations] == [0.0]


def test_links_to_unknown_sites_and_posts_of_unknown_authors_are_not_citations():
    """Both ends of a citation are people of the corpus."""
    posts = [
        post("https://bo.example/q", "bo", link("https://elsewhere.example/")),
        post("https://stranger.example/q", "stranger", link("https://bo.example/")),
    ]
    assert cites(graph_of([person("bo")], posts)) == []


def test_an_alias_that_is_the_site_of_another_person_is_ignored():
    """The owner of a site wins over a former address of another; former addresses of sites without owner are ignored."""

    def moved(site, alias):
        return Site(SiteId(site), "", SiteState.IN, "", "seed", 0, aliases=(alias,))

    graph = graph_of(
        [person("ada"), person("bo")],
        [post("https://bo.example/q", "bo", link("https://ada.example/"), link("https://gone.example/"))],
        [moved("https://bo.example/", "ada.example"), moved("https://unowned.example/", "gone.example")],
    )
    assert cites(graph) == [("bo", "ada", None)]
