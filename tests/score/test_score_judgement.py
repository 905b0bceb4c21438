"""The judgement as a whole: ranks, evidence, warnings and explanations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import Scoring, ShortlistSection
from generator.graph import build_graph, find_circles
from generator.records import CitationFunction, PersonId, PublisherKind
from generator.score import explanation_lines, judge
from tests.factories.graph import AS_OF, closed_doors, corpus, labelled, labelled_citation, link, person, post


def judged(people, posts, **how):
    held = corpus(people, posts)
    return judged_graph(held, labelled(build_graph(held, half_life_days=182.0, as_of=AS_OF)), **how)


def judged_graph(held, graph, *, seeds=(), excluded=(), closed=(), size=12, skip=True):
    return judge(
        held, graph, find_circles(graph, held), closed_doors(*closed), scoring=Scoring(),
        shortlist=ShortlistSection(size=size, skip_closed_doors=skip), trusted_seeds=tuple(map(PersonId, seeds)),
        excluded=frozenset(map(PersonId, excluded)), as_of=AS_OF,
    )  # fmt: skip


def writes(author, *cited, on=AS_OF, n=0, relevance=1.0):
    """A post that cites the first post of each person in `cited`."""
    links = [link(f"https://{name}.example/0", f"Read what {name} found, it changed how I ride.") for name in cited]
    return post(f"https://{author}.example/{n}", author, *links, on=on, relevance=relevance)


def ranked(judgement):
    return [one.person for one in judgement.standings]


def test_an_empty_corpus_is_judged():
    """Standings and short list are empty, and a warning says why."""
    empty = judged([], [])
    assert (empty.standings, empty.shortlist.entries, empty.dropped) == ((), (), ())
    assert empty.warnings == ("Nobody wrote on topic.",)


def test_one_person():
    """A person alone is the median of every signal: rank 1, standing 0.5."""
    alone = judged([person("ada")], [writes("ada")], seeds=["ada"]).standings[0]
    assert (alone.rank, alone.standing, alone.tier, alone.trusted) == (1, 0.5, 1, True)


def test_people_without_an_on_topic_post_are_dropped_with_the_reason():
    """Posts off topic or outside the window do not count."""
    result = judged(
        [person("ada"), person("bo"), person("cy")],
        [writes("ada"), writes("bo", relevance=0.4), writes("cy", on=date(2020, 1, 1))],
    )
    assert ranked(result) == ["ada"]
    assert [(one.what, one.reason) for one in result.dropped] == [
        ("bo", "no on-topic post inside the window"),
        ("cy", "no on-topic post inside the window"),
    ]


def test_untrusted_people_stand_below_trusted_ones_at_any_score():
    """Nine citations from people without a path from a seed do not lift their idol above a trusted person."""
    crowd = [f"fake{i}" for i in range(9)]
    people = [person(name) for name in ["seed", "ada", "idol", *crowd]]
    posts = [writes("seed", "ada", on=AS_OF - timedelta(days=300)), writes("ada"), writes("idol")]
    posts += [writes(name, "idol") for name in crowd]
    result = judged(people, posts, seeds=["seed"])
    assert set(ranked(result)[:2]) == {"seed", "ada"}
    by_name = {one.person: one for one in result.standings}
    assert not by_name["idol"].trusted
    lines = explanation_lines(result, corpus(people, posts), PersonId("idol"))
    assert any(line.endswith("no citations lead from the seeds to Idol") for line in lines)
    assert by_name["idol"].standing < min(by_name["seed"].standing, by_name["ada"].standing)


def test_without_seeds_all_people_are_trusted_and_the_report_warns():
    """Where no seed wrote on topic, trust starts from all people."""
    result = judged([person("ada"), person("bo")], [writes("ada"), writes("bo", "ada")])
    assert [one.trusted for one in result.standings] == [True, True]
    assert "No seed wrote on topic" in result.warnings[0]


def test_a_low_trusted_share_is_a_warning():
    """Two of five people are reached from the seed, and the warning gives the share."""
    people = [person(name) for name in ["seed", "ada", "x", "y", "z"]]
    result = judged(people, [writes("seed", "ada"), *(writes(name) for name in ["ada", "x", "y", "z"])], seeds=["seed"])
    assert result.trusted_share == 0.4
    assert result.warnings[0].startswith("Only 40% of those who write on topic")


def test_organisations_come_after_all_persons_and_continue_their_ranks():
    """The most cited organisation has the rank after the last person and is not short-listed."""
    people = [person("team", kind=PublisherKind.ORGANISATION), person("ada"), person("bo"), person("cy")]
    posts = [writes("team"), *(writes(name, "team") for name in ["ada", "bo", "cy"])]
    result = judged(people, posts, seeds=["ada", "bo", "cy"])
    assert [(one.person, one.rank) for one in result.standings][-1] == ("team", 4)
    assert "team" not in [entry.person for entry in result.shortlist.entries]


def test_undated_posts_are_judged():
    """People without dated posts are ranked and are not called silent."""
    result = judged([person("ada"), person("bo")], [writes("ada", on=None), writes("bo", "ada", on=None)], seeds=["bo"])
    assert [one.silent for one in result.standings] == [False, False]
    assert ranked(result)[0] == "ada"


def test_silence_is_a_penalty_and_is_reported():
    """A person silent for 13 weeks and four of their intervals loses 2 in a window of two years."""
    people = [person("ada"), person("bo")]
    posts = [post(f"https://ada.example/{i}", "ada", on=date(2024, 3, 1) + timedelta(days=7 * i)) for i in range(10)]
    result = judged(people, [*posts, writes("bo", "ada")], seeds=["bo"])
    ada = next(one for one in result.standings if one.person == "ada")
    assert (ada.silent, ada.silence_penalty) == (True, 2.0)


def test_a_post_that_a_body_published_under_their_name_breaks_a_silence():
    """A person who signed an organisation's post last week is not silent; the post counts for nothing else."""
    people = [person("ada"), person("bo"), replace(person("org"), kind=PublisherKind.ORGANISATION)]
    posts = [post(f"https://ada.example/{i}", "ada", on=date(2024, 3, 1) + timedelta(days=7 * i)) for i in range(10)]
    signed = replace(writes("org", on=AS_OF - timedelta(days=7)), signed_by=(PersonId("ada"),))
    result = judged(people, [*posts, writes("bo", "ada"), signed], seeds=["bo"])
    ada = next(one for one in result.standings if one.person == "ada")
    assert (ada.silent, ada.silence_penalty, ada.posts_on_topic) == (False, 0.0, 10)


def test_evidence_names_distinct_citers_first_and_never_an_empty_quote():
    """Each citer has one row before any has two; posts that may not be quoted give none."""
    people = [person(name) for name in ["ada", "bo", "cy", "di"]]
    posts = [writes("ada"), writes("bo", "ada", n=1), writes("bo", "ada", n=2, on=AS_OF - timedelta(days=30))]
    posts += [writes("cy", "ada", on=AS_OF - timedelta(days=200))]
    posts += [post("https://di.example/0", "di", link("https://ada.example/0"), quotable=False)]
    result = judged(people, posts, seeds=["bo", "cy", "di"])
    ada = next(one for one in result.standings if one.person == "ada")
    assert [(row.by, row.quote) for row in ada.evidence] == [
        ("bo", "Read what ada found, it changed how I ride."),
        ("cy", "Read what ada found, it changed how I ride."),
        ("bo", "Read what ada found, it changed how I ride."),
    ]
    assert (ada.citers, ada.citers_180d) == (("bo", "cy", "di"), ("bo", "di"))


def test_evidence_with_a_stance_comes_before_mentions_and_lists():
    """Praise from 300 days ago comes before a mention from 60 days ago, and a list of today comes last."""
    kinds = {"bo": CitationFunction.LISTS, "cy": CitationFunction.MENTIONS, "di": CitationFunction.AGREES}
    ages = {"bo": 0, "cy": 60, "di": 300}
    posts = [writes("ada"), *(writes(name, "ada", on=AS_OF - timedelta(days=age)) for name, age in ages.items())]
    held = corpus([person(name) for name in ["ada", *kinds]], posts)
    graph = labelled(build_graph(held, half_life_days=365.0, as_of=AS_OF))
    graph = replace(graph, citations=tuple(labelled_citation(one, kinds[one.citing]) for one in graph.citations))
    ada = next(one for one in judged_graph(held, graph, seeds=kinds).standings if one.person == "ada")
    assert [row.by for row in ada.evidence] == ["di", "cy", "bo"]


def test_code_and_bare_addresses_are_not_evidence():
    """A recent sentence of code or a bare address is not shown; the citation still counts."""
    people = [person(name) for name in ["ada", "bo", "cy", "di"]]
    posts = [writes("ada"), writes("cy", "ada", on=AS_OF - timedelta(days=400))]
    posts += [
        post("https://bo.example/0", "bo", link("https://ada.example/0", "The type Node<T> of Ada's is what you need."))
    ]
    posts += [post("https://di.example/0", "di", link("https://ada.example/0", "https://ada.example/0"))]
    ada = next(one for one in judged(people, posts, seeds=["bo", "cy"]).standings if one.person == "ada")
    assert [row.by for row in ada.evidence] == ["cy"]
    assert ada.citers == ("bo", "cy", "di")


def test_organisations_are_named_without_a_quotation_where_no_person_speaks():
    """A person cited by an organisation alone has its post as evidence, without a quotation."""
    people = [person("ada"), replace(person("org"), kind=PublisherKind.ORGANISATION)]
    posts = [writes("ada"), writes("org", "ada")]
    ada = next(one for one in judged(people, posts, seeds=["org"]).standings if one.person == "ada")
    assert [(row.by, row.quote) for row in ada.evidence] == [("org", "")]


def test_each_weighted_signal_has_the_rank_without_it():
    """Signals of positive weight have a rank without them; the others have None."""
    people = [person(name) for name in ["ada", "bo", "cy"]]
    result = judged(people, [writes("ada"), writes("bo", "ada"), writes("cy", "ada")], seeds=["bo", "cy"])
    signals = result.standings[0].signals
    assert {one.name for one in signals} == {
        "reach", "resonance", "devotion", "trust", "relevance", "originality", "consistency", "depth", "generosity",
        "brokerage",
    }  # fmt: skip
    assert all((one.rank_without is not None) == (one.weight > 0) for one in signals)
    assert sum(one.weight for one in signals) == pytest.approx(1)


def test_explain_alone_goes_down_to_the_quotation():
    """The lines give the rank, every signal, and the quotation with person, day and address."""
    people = [person("ada"), person("bo")]
    held = corpus(people, [writes("ada"), writes("bo", "ada")])
    result = judged(people, held.posts, seeds=["bo"])
    lines = explanation_lines(result, held, PersonId("ada"))
    assert lines[0].startswith("Ada: rank 1 (80 % range 1 to ")
    assert any(line.startswith("resonance ") for line in lines)
    assert "  “Read what ada found, it changed how I ride.”" in lines
    assert "      Bo, 2026-01-31, https://bo.example/0" in lines


def test_explain_against_another_gives_the_signals_that_differ():
    """The first line gives the order of the two."""
    people = [person("ada"), person("bo")]
    held = corpus(people, [writes("ada"), writes("bo", "ada")])
    result = judged(people, held.posts, seeds=["bo"])
    lines = explanation_lines(result, held, PersonId("bo"), PersonId("ada"))
    assert lines[0].startswith("Bo (rank 2) stands below Ada (rank 1): score ")
    assert any("resonance (weight" in line for line in lines)


def test_explain_lists_the_penalties_of_both():
    """Silence is a line of its own; people of different tiers have no line on overlap."""
    people = [person(name) for name in ["ada", "bo", "cy"]]
    old = [post(f"https://cy.example/{i}", "cy", on=date(2024, 3, 1) + timedelta(days=7 * i)) for i in range(10)]
    posts = [writes("ada"), *(writes("bo", "ada", n=i, on=AS_OF - timedelta(days=7 * i)) for i in range(10)), *old]
    held = corpus(people, posts)
    result = judged(people, posts, seeds=["bo"])
    tier = {one.person: one.tier for one in result.standings}
    lines = explanation_lines(result, held, PersonId("cy"), PersonId("bo"))
    assert tier["bo"] < tier["cy"]
    assert " -2.00  Cy has been silent on the topic by their own rhythm" in lines
    assert not any("overlap" in line for line in lines)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("bo", ("Bo is not ranked: no on-topic post inside the window.",)),
        ("nobody", ("nobody is not ranked: nobody of that name is known.",)),
    ],
    ids=["dropped", "unknown"],
)
def test_explain_gives_the_reason_why_a_person_is_not_ranked(who, said):
    """One line with the reason."""
    people = [person("ada"), person("bo")]
    held = corpus(people, [writes("ada"), writes("bo", relevance=0.1)])
    assert explanation_lines(judged(people, held.posts), held, PersonId(who)) == said


NAMES = ["ada", "bo", "cy", "di", "ed"]
CITED = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 800), st.sampled_from([0.2, 0.6, 1.0])),
    max_size=10,
)


def world(rows):
    posts = [writes(name) for name in NAMES[:4]]
    return posts + [
        writes(a, b, n=i + 1, on=AS_OF - timedelta(days=age), relevance=rho) for i, (a, b, age, rho) in enumerate(rows)
    ]


@settings(max_examples=15, deadline=None)
@given(rows=CITED, chance=st.randoms(use_true_random=False))
def test_order_of_input_is_irrelevant(rows, chance):
    """The same people and posts in any order give an equal judgement."""
    people, posts = [person(name) for name in NAMES], world(rows)
    before = judged(people, posts, seeds=["ada", "bo"])
    chance.shuffle(people)
    chance.shuffle(posts)
    assert judged(people, posts, seeds=["bo", "ada"]) == before


@settings(max_examples=25, deadline=None)
@given(rows=CITED)
def test_laws_of_a_judgement(rows):
    """Ranked + dropped = received; shares lie in [0, 1]; ranges contain the estimate; standings fall with the rank."""
    result = judged([person(name) for name in NAMES], world(rows), seeds=["ada"])
    assert sorted([*ranked(result), *(one.what for one in result.dropped)]) == NAMES
    assert [one.rank for one in result.standings] == list(range(1, len(result.standings) + 1))
    for one in result.standings:
        assert 0 <= one.interval[0] <= one.standing <= one.interval[1] <= 1
        assert one.rank_interval[0] <= one.rank <= one.rank_interval[1]
    values = [one.standing for one in result.standings]
    assert values == sorted(values, reverse=True)
    tiers = [one.tier for one in result.standings]
    assert tiers == sorted(tiers)
    listed = result.shortlist
    assert 0 <= listed.coverage <= 1
    assert 0 <= listed.most_linked_coverage <= 1
    assert all(0 <= entry.adds <= entry.covered <= 1 for entry in listed.entries)


def test_one_citation_is_not_enough_for_the_short_list():
    """Two seeds cite bo, one seed cites dee in two posts; one seed cites cy once, and that link may be bought."""
    people = [person(name) for name in ("ada", "eva", "bo", "cy", "dee")]
    posts = [
        *(writes(name) for name in ("bo", "cy", "dee")),
        writes("ada", "bo", n=0, on=AS_OF - timedelta(days=40)), writes("eva", "bo", n=0, on=AS_OF - timedelta(days=40)),
        writes("ada", "cy", n=1, on=AS_OF - timedelta(days=30)),
        writes("eva", "dee", n=1, on=AS_OF - timedelta(days=30)), writes("eva", "dee", n=2, on=AS_OF - timedelta(days=9)),
    ]  # fmt: skip
    listed = judged(people, posts, seeds=["ada", "eva"]).shortlist

    assert {entry.person for entry in listed.entries} == {"bo", "dee"}
    assert ("cy", "people the circle trusts cite them once at most") in [
        (m.person, m.reason) for m in listed.near_misses
    ]


def test_secondary_citations_are_evidence_and_have_no_weight():
    """A second sentence of a post about one person is evidence; scores, ranges and short list stay the same."""
    people = [person("ada"), person("bo"), person("cy")]
    twice = post(
        "https://ada.example/0", "ada", link("https://bo.example/0", "Read what Bo found, it changed how I ride."),
        link("https://bo.example/", "Bo taught me all I know of wax."),
    )  # fmt: skip
    posts = [post("https://bo.example/0", "bo"), writes("cy", "bo")]
    once = replace(twice, links=twice.links[:1])
    plain, more = (judged(people, [one, *posts], seeds=["ada", "cy"]) for one in (once, twice))

    quotes = [[row.quote for row in standing.evidence] for standing in more.standings if standing.person == "bo"]
    assert sum("wax" in quote for quote in quotes[0]) == 1
    assert [replace(s, evidence=()) for s in more.standings] == [replace(s, evidence=()) for s in plain.standings]
    assert more.shortlist == plain.shortlist
