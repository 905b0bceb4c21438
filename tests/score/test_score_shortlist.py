"""The short list as a set: what each adds, who is left out and why, and what it is compared with."""

from __future__ import annotations

import re

import pytest

from generator.graph import build_graph
from generator.records import Citation, CitationFunction, CitationGraph
from generator.score.shortlist import find_most_linked, reciprocal_cliques
from tests.factories.graph import AS_OF, corpus, link, person, post
from tests.score.test_score_judgement import judged, writes

TWO_CAMPS = {"ada": ["a1", "a2", "a3", "a4"], "bea": ["a1", "a2", "a3"], "cy": ["c1", "c2"]}
EVERYBODY = [*TWO_CAMPS, "a1", "a2", "a3", "a4", "c1", "c2"]
CROWD = ["a1", "a2", "a3", "a4", "c1", "c2"]


def heard(session):
    return writes(session, *(name for name, crowd in TWO_CAMPS.items() if session in crowd))


def two_camps(**more):
    """Ada and Bea are heard by one camp, Cy by the other; everybody who listens is a seed."""
    people = [person(name) for name in EVERYBODY]
    posts = [writes(name) for name in TWO_CAMPS]
    posts += [heard(session) for session in CROWD]
    return judged(people, posts, seeds=CROWD, **more)


def chosen(judgement):
    return [entry.person for entry in judgement.shortlist.entries]


def test_second_place_goes_to_who_reaches_others_not_to_who_reaches_most():
    """Cy's camp of two is new ground; Bea's three were reached by Ada."""
    assert chosen(two_camps(size=2)) == ["ada", "cy"]


def test_near_miss_says_how_much_is_reached_already():
    """Bea is named with the share that those on the list reach of hers."""
    missed = {one.person: one.reason for one in two_camps(size=2).shortlist.near_misses}

    assert re.fullmatch(
        "the list is full and reaches \\d\\d\u00a0% of those they reach; they would add "
        "(under )?\\d\\.\\d\u00a0% of the circle",
        missed["bea"],
    )


@pytest.mark.parametrize(
    ("barred", "reason"),
    [
        pytest.param({"excluded": ["ada"]}, [], id="excluded: the analyst's reasons are not shown"),
        pytest.param({"closed": ["ada"]}, ["they say that they do not want to be approached"], id="closed"),
    ],
)
def test_barred_are_ranked_but_never_chosen(barred, reason):
    """Who may not be approached keeps the rank; by their own word they are a near miss with that reason."""
    result = two_camps(**barred)
    assert "ada" not in chosen(result)
    assert reason == [one.reason for one in result.shortlist.near_misses if one.person == "ada"]
    assert "ada" in [one.person for one in result.standings]


def test_closed_doors_are_chosen_where_the_topic_does_not_skip_them():
    """skip_closed_doors: false leaves the choice to the human."""
    assert "ada" in chosen(two_camps(closed=["ada"], skip=False))


def test_what_each_adds_sums_to_the_coverage():
    """The last place's cover is the sum of what all add; places follow the ranks."""
    listed = two_camps().shortlist
    adds = [entry.adds for entry in listed.entries]
    assert sum(adds) == pytest.approx(listed.coverage)
    assert listed.entries[-1].covered == pytest.approx(listed.coverage)
    assert [entry.place for entry in listed.entries] == list(range(1, len(adds) + 1))


def test_where_nobody_cites_the_list_is_the_first_by_rank():
    """No citation, no reach: the list follows the ranks and claims to cover nothing."""
    people = [person(name) for name in ["ada", "bo", "cy"]]
    result = judged(people, [writes(one.id) for one in people], seeds=["ada", "bo", "cy"], size=2)
    assert chosen(result) == [one.person for one in result.standings][:2]
    assert result.shortlist.coverage == 0


def test_silent_fill_places_only_after_the_active():
    """Ada, silent for two years, comes after people who would answer."""
    people = [person(name) for name in EVERYBODY]
    old = post("https://ada.example/0", "ada", on=AS_OF.replace(year=2024, month=2, day=2))
    posts = [old, writes("bea"), writes("cy")]
    posts += [heard(session) for session in CROWD]
    result = judged(people, posts, seeds=CROWD)
    assert chosen(result)[-1] == "ada"
    missed = {one.person: one.reason for one in judged(people, posts, seeds=CROWD, size=2).shortlist.near_misses}
    assert missed["ada"] == "they are silent on the topic, and the list is full of people who still write"


def test_silence_keeps_nobody_off_a_list_that_holds_the_silent():
    """Where somebody silent is listed, another is told what they would add."""
    people = [person(name) for name in EVERYBODY]
    old = [post(f"https://{name}.example/0", name, on=AS_OF.replace(year=2024, month=2, day=2)) for name in TWO_CAMPS]
    result = judged(people, [*old, *(heard(session) for session in CROWD)], seeds=CROWD, size=7)
    listed, missed = chosen(result), {one.person: one.reason for one in result.shortlist.near_misses}
    assert set(listed) & set(TWO_CAMPS)
    assert missed
    assert not any("still write" in reason for reason in missed.values())


def test_most_linked_counts_distinct_citers_on_any_subject():
    """Plain in-degree: three off-topic citers beat two on-topic ones."""
    people = [person(name) for name in ["star", "ada", "x", "y", "z"]]
    posts = [post(f"https://{n}.example/1", n, link("https://star.example/"), relevance=0.0) for n in ["x", "y", "z"]]
    posts += [writes("ada"), writes("x", "ada"), writes("y", "ada")]
    graph = build_graph(corpus(people, posts), half_life_days=91.0, as_of=AS_OF)
    assert find_most_linked(graph, 2) == ("star", "ada")


def mentions(citing, cited, function=CitationFunction.MENTIONS):
    """A citation of one person by another."""
    return Citation(
        citing,
        cited,
        f"https://{citing}.example/p",
        "",
        f"https://{cited}.example/",
        None,
        None,
        "",
        0.9,
        0.9,
        True,
        function,
    )


def test_ring_of_mutual_praise_is_found_and_a_mutual_conversation_is_not():
    """Three who cite only one another are a ring, a rebuttal from outside changes nothing; two who talk are none."""
    ring = [mentions(a, b) for a in ("r1", "r2", "r3") for b in ("r1", "r2", "r3") if a != b]
    pair = [mentions("p1", "p2"), mentions("p2", "p1")]
    graph = CitationGraph((), (*ring, *pair, mentions("p1", "r1", CitationFunction.DISAGREES)), ())
    assert reciprocal_cliques(graph) == {"r1", "r2", "r3"}


def test_circle_that_outsiders_cite_is_no_ring():
    """Three who cite one another and are cited from outside as well are a circle."""
    ring = [mentions(a, b) for a in ("r1", "r2", "r3") for b in ("r1", "r2", "r3") if a != b]
    assert reciprocal_cliques(CitationGraph((), (*ring, mentions("p1", "r1"), mentions("p2", "r2")), ())) == frozenset()
