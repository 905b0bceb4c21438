"""The short list: the set chosen, near misses with their reasons, and the comparison with the most linked."""

from __future__ import annotations

import re

import pytest

from generator.graph import build_graph
from generator.records import CitationFunction, LabelledCitation, LabelledGraph
from generator.score.candidates import reciprocal_cliques
from generator.score.shortlist import most_linked_people
from tests.factories.graph import AS_OF, corpus, labelled, link, person, post
from tests.score.test_score_judgement import judged, writes

TWO_CAMPS = {"ada": ["a1", "a2", "a3", "a4"], "bea": ["a1", "a2", "a3"], "cy": ["c1", "c2"]}
ALL_NAMES = [*TWO_CAMPS, "a1", "a2", "a3", "a4", "c1", "c2"]
CROWD = ["a1", "a2", "a3", "a4", "c1", "c2"]


def writes_of_camp(name):
    """A post that cites the authors this person reads."""
    return writes(name, *(author for author, readers in TWO_CAMPS.items() if name in readers))


def two_camps(**more):
    """One camp cites Ada and Bea, the other cites Cy; all citing people are seeds."""
    people = [person(name) for name in ALL_NAMES]
    posts = [writes(name) for name in TWO_CAMPS]
    posts += [writes_of_camp(name) for name in CROWD]
    return judged(people, posts, seeds=CROWD, **more)


def chosen(judgement):
    return [entry.person for entry in judgement.shortlist.entries]


def test_second_place_goes_to_the_person_who_reaches_new_people():
    """Cy reaches two people that Ada does not reach; the three people Bea reaches are Ada's too."""
    assert chosen(two_camps(size=2)) == ["ada", "cy"]


def test_near_miss_gives_the_share_that_the_list_reaches():
    """The reason for Bea gives the share of her audience that the list reaches."""
    missed = {one.person: one.reason for one in two_camps(size=2).shortlist.near_misses}

    assert re.fullmatch(
        "the list is full and reaches \\d\\d\u00a0% of those they reach; they would add "
        "(under )?\\d\\.\\d\u00a0% of the circle",
        missed["bea"],
    )


@pytest.mark.parametrize(
    ("rejected", "reason"),
    [
        pytest.param({"excluded": ["ada"]}, [], id="excluded: the analyst's reasons are not shown"),
        pytest.param({"closed": ["ada"]}, ["they say that they do not want to be approached"], id="closed"),
    ],
)
def test_rejected_people_are_ranked_and_never_chosen(rejected, reason):
    """A person who may not be approached keeps the rank; only a closed door is given as a reason."""
    result = two_camps(**rejected)
    assert "ada" not in chosen(result)
    assert reason == [one.reason for one in result.shortlist.near_misses if one.person == "ada"]
    assert "ada" in [one.person for one in result.standings]


def test_closed_doors_are_chosen_where_the_topic_does_not_skip_them():
    """With `skip_closed_doors: false` a closed door does not reject a person."""
    assert "ada" in chosen(two_camps(closed=["ada"], skip=False))


def test_what_each_adds_sums_to_the_coverage():
    """The gains of all entries sum to the coverage of the last one; places count from 1."""
    listed = two_camps().shortlist
    adds = [entry.adds for entry in listed.entries]
    assert sum(adds) == pytest.approx(listed.coverage)
    assert listed.entries[-1].covered == pytest.approx(listed.coverage)
    assert [entry.place for entry in listed.entries] == list(range(1, len(adds) + 1))


def test_without_citations_the_list_is_the_first_by_rank():
    """Without citations the reach is 0; the list follows the ranks and its coverage is 0."""
    people = [person(name) for name in ["ada", "bo", "cy"]]
    result = judged(people, [writes(one.id) for one in people], seeds=["ada", "bo", "cy"], size=2)
    assert chosen(result) == [one.person for one in result.standings][:2]
    assert result.shortlist.coverage == 0


def test_silent_people_fill_only_places_that_active_ones_leave_free():
    """Ada, silent for two years, comes last, and is left out of a list of two."""
    people = [person(name) for name in ALL_NAMES]
    old = post("https://ada.example/0", "ada", on=AS_OF.replace(year=2024, month=2, day=2))
    posts = [old, writes("bea"), writes("cy")]
    posts += [writes_of_camp(name) for name in CROWD]
    result = judged(people, posts, seeds=CROWD)
    assert chosen(result)[-1] == "ada"
    missed = {one.person: one.reason for one in judged(people, posts, seeds=CROWD, size=2).shortlist.near_misses}
    assert missed["ada"] == "they are silent on the topic, and the list is full of people who still write"


def test_silence_is_not_the_reason_where_silent_people_are_listed():
    """The near misses of a list that holds a silent person give what they would add."""
    people = [person(name) for name in ALL_NAMES]
    old = [post(f"https://{name}.example/0", name, on=AS_OF.replace(year=2024, month=2, day=2)) for name in TWO_CAMPS]
    result = judged(people, [*old, *(writes_of_camp(name) for name in CROWD)], seeds=CROWD, size=7)
    listed, missed = chosen(result), {one.person: one.reason for one in result.shortlist.near_misses}
    assert set(listed) & set(TWO_CAMPS)
    assert missed
    assert not any("still write" in reason for reason in missed.values())


def test_most_linked_counts_distinct_citers_on_any_subject():
    """Three off-topic citers count more than two on-topic ones."""
    people = [person(name) for name in ["star", "ada", "x", "y", "z"]]
    posts = [post(f"https://{n}.example/1", n, link("https://star.example/"), relevance=0.0) for n in ["x", "y", "z"]]
    posts += [writes("ada"), writes("x", "ada"), writes("y", "ada")]
    graph = labelled(build_graph(corpus(people, posts), half_life_days=91.0, as_of=AS_OF))
    assert most_linked_people(graph, 2) == ("star", "ada")


def mentions(citing, cited, function=CitationFunction.MENTIONS):
    """A citation of one person by another."""
    return LabelledCitation(
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
        function=function,
    )


def test_three_people_who_cite_one_another_are_a_clique_and_two_are_not():
    """A disagreement from outside does not change that."""
    ring = [mentions(a, b) for a in ("r1", "r2", "r3") for b in ("r1", "r2", "r3") if a != b]
    pair = [mentions("p1", "p2"), mentions("p2", "p1")]
    graph = LabelledGraph((), (*ring, *pair, mentions("p1", "r1", CitationFunction.DISAGREES)), ())
    assert reciprocal_cliques(graph) == {"r1", "r2", "r3"}


def test_people_cited_from_outside_are_not_a_clique():
    """Three who cite one another and are cited by two others as well are not returned."""
    ring = [mentions(a, b) for a in ("r1", "r2", "r3") for b in ("r1", "r2", "r3") if a != b]
    assert reciprocal_cliques(LabelledGraph((), (*ring, mentions("p1", "r1"), mentions("p2", "r2")), ())) == frozenset()


def test_near_miss_with_an_audience_of_its_own_has_no_overlap():
    """Cy's readers are not reached by Ada, who fills a list of one, so the reason names only what Cy would add."""
    missed = {one.person: one.reason for one in two_camps(size=1).shortlist.near_misses}

    assert re.fullmatch("the list is full; they would add (under )?\\d+\\.\\d\u00a0% of the circle", missed["cy"])
