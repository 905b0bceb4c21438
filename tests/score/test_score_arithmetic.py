"""The arithmetic of the score on small numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from generator.errors import ConvergenceError
from generator.graph import build_graph
from generator.score.matrices import build_arrays
from generator.score.normalise import (
    combine_levels,
    distance_penalty,
    find_silent,
    normal_weights,
    rank_order,
    robust_level,
    silence_penalty,
    standing,
)
from generator.score.trust import measure_trust, pagerank
from generator.score.weighted_view import near_duplicate_citers, weight_view
from generator.signals.originality import originality
from generator.signals.reach import reach
from generator.signals.resonance import resonance
from tests.factories.graph import AS_OF, corpus, labelled, link, person, post

ALL = np.ones(5, dtype=bool)


def test_level_of_the_middle_is_zero_and_the_top_is_not_clipped():
    """The median has level 0, and an outlier keeps a level far above the others."""
    levels = robust_level(np.array([1.0, 2.0, 3.0, 4.0, 1e6]), ALL)
    assert levels[2] == 0
    assert levels[4] > 2 * levels[3]


def test_level_of_equals_is_zero():
    """Equal values have level 0, whether they are positive or not."""
    assert robust_level(np.full(5, 7.0), ALL).tolist() == [0.0] * 5
    assert robust_level(np.zeros(5), ALL).tolist() == [0.0] * 5


def test_level_where_most_have_nothing_stays_bounded():
    """One positive among five: y = log 2 for it, mean deviation log 2 / 5, so z = 5 / 1.2533."""
    assert robust_level(np.array([0, 0, 0, 0, 3.0]), ALL)[4] == pytest.approx(3.9895, abs=1e-4)


@given(st.lists(st.floats(0, 1e6), min_size=5, max_size=5), st.integers(0, 4), st.floats(0, 1e6))
def test_raising_a_value_never_lowers_its_rank(values, who, more):
    """A person whose value rises stays above all who had no more than that before."""
    raised = list(values)
    raised[who] += more
    after = robust_level(np.array(raised), ALL)
    assert all(after[other] <= after[who] for other in range(5) if values[other] <= values[who])


def test_weights_are_divided_by_their_sum():
    """Weights 3 and 1 are shares 0.75 and 0.25; weights that sum to zero stay zero."""
    assert normal_weights({"a": 3.0, "b": 1.0}) == {"a": 0.75, "b": 0.25}
    assert normal_weights({"a": 0.0}) == {"a": 0.0}


def test_weights_are_shared_among_the_signals_present():
    """Without b the score is the level of a, not half of it."""
    levels = {"a": np.array([2.0]), "b": np.array([0.0])}
    assert combine_levels(levels, {"a": 0.5, "b": 0.5}, 1).tolist() == [1.0]
    assert combine_levels(levels, {"a": 0.5}, 1).tolist() == [2.0]


@given(st.floats(-100, 100), st.floats(0, 100))
def test_standing_is_monotone_and_within_bounds(score, more):
    """A higher score never stands lower; 0 stands at one half."""
    low, high = standing(np.array([score, score + more]))
    assert 0 <= low <= high <= 1
    assert standing(np.array([0.0]))[0] == 0.5


def test_untrusted_are_put_below_the_last_trusted():
    """The highest untrusted score ends 0.5 below the lowest trusted one, and the order is kept."""
    score, trusted = np.array([1.0, 5.0, 4.0]), np.array([True, False, False])
    assert (score - distance_penalty(score, trusted)).tolist() == [1.0, 0.5, -0.5]


def test_there_is_no_distance_penalty_where_no_one_is_trusted():
    """Without a trusted person all penalties are 0."""
    assert distance_penalty(np.array([1.0, 2.0]), np.array([False, False])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("days", "silent"),
    [([0, 7, 14], True), ([0, 7, 120], False), ([0, 60, 120], False), ([5], True), ([], False)],
    ids=["weekly, then nothing", "a post last month", "long intervals", "one old post", "undated"],
)
def test_silence_is_measured_by_the_own_intervals(days, silent):
    """Seen on day 150: silent means more than 91 days and more than four of the own intervals."""
    author = np.zeros(len(days), dtype=np.int64)
    assert find_silent(np.array(days, dtype=float), author, 1, 150).tolist() == [silent]


def test_silence_weighs_less_in_long_windows():
    """The penalty is 2 in a window of two years and 0.5 in one of ten."""
    assert silence_penalty(np.array([True, False]), 730).tolist() == [2.0, 0.0]
    assert silence_penalty(np.array([True, False]), 3650).tolist() == [0.5, 0.0]


def test_persons_come_first_and_equals_by_name():
    """Organisations follow all persons, at any score; equal scores keep the order of positions."""
    assert rank_order(np.array([1.0, 9.0, 1.0, 2.0]), np.array([True, False, True, True])).tolist() == [3, 0, 2, 1]


CHAIN = sparse.csr_array(np.array([[0, 1.0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 0], [0, 0, 1.0, 0]]))


def test_trust_flows_from_the_seeds_alone():
    """0 → 1 → 2 with seed 0: shares 1 : 0.85 : 0.7225. Person 3 is not cited and holds nothing."""
    share, earned = pagerank(CHAIN, np.array([0]))
    assert share / share[0] == pytest.approx([1, 0.85, 0.7225, 0])
    assert share.sum() == pytest.approx(1)
    assert earned[0] == 0


def test_trust_without_seeds_starts_from_all_people():
    """Without a seed every share is positive."""
    assert (pagerank(CHAIN, np.array([], dtype=np.int64))[0] > 0).all()


def test_trust_of_an_empty_graph_is_empty():
    """No people, no shares."""
    empty = measure_trust(sparse.csr_array((0, 0)), np.array([], dtype=np.int64))
    assert empty.share.size == empty.level.size == 0


def test_trust_level_is_one_for_the_people_who_hold_half_of_all_trust():
    """Persons 0 and 1 hold the upper half; person 2 has a level in proportion, person 3 has 0."""
    level = measure_trust(CHAIN, np.array([0])).level
    assert level == pytest.approx([1, 1, 0.85, 0])


def test_trust_that_does_not_converge_is_an_error(monkeypatch):
    """One round is not enough for a chain."""
    monkeypatch.setattr("generator.score.trust.MAX_ROUNDS", 1)
    with pytest.raises(ConvergenceError, match="1 cite nobody"):
        pagerank(CHAIN, np.array([0]))


def view_of(people, posts, seeds):
    held = corpus([person(name) for name in people], posts)
    graph = labelled(build_graph(held, half_life_days=91.0, as_of=AS_OF))
    arrays, _ = build_arrays(held, graph, trusted_seeds=tuple(seeds), as_of=AS_OF)
    return weight_view(arrays, near_duplicate_citers(arrays))


def cites(author, *targets, n=0):
    return post(f"https://{author}.example/{n}", author, *(link(f"https://{name}.example/0") for name in targets))


def test_reach_counts_adopters_and_their_adopters():
    """bo cites ada and cy cites bo: ada's post reaches two people, bo's one, and both shrink to the mean."""
    view = view_of(["ada", "bo", "cy"], [cites("ada"), cites("bo", "ada"), cites("cy", "bo")], ["ada", "bo", "cy"])
    level = view.trust.level
    raw = np.array([level[1] + level[2], level[2], 0.0])
    assert reach(view) == pytest.approx((raw + 4 * raw.mean()) / 5)


def test_link_to_a_front_page_adopts_the_latest_post():
    """A link that names no post is attributed to the latest post of its site."""
    named = view_of(["ada", "bo"], [cites("ada"), cites("bo", "ada")], ["ada", "bo"])
    vague = view_of(
        ["ada", "bo"], [cites("ada"), post("https://bo.example/0", "bo", link("https://ada.example/"))], ["ada", "bo"]
    )
    assert len(vague.arrays.cascades.post) == len(named.arrays.cascades.post) == 1


def test_originality_is_smoothed_by_one_in_ten():
    """One post that comes first and is cited: (1 + 1) / (1 + 10)."""
    view = view_of(["ada", "bo"], [cites("ada"), cites("bo", "ada")], ["ada", "bo"])
    assert originality(view) == pytest.approx([2 / 11, 1 / 11])


def test_near_duplicate_citers_share_their_attention():
    """Three citers who also cite the same five people count less than three who cite different people."""
    stars = [f"s{i}" for i in range(5)]
    same = [cites(name, "ada", *stars) for name in ["x", "y", "z"]]
    apart = [cites(name, "ada", f"s{i}", f"t{i}") for i, name in enumerate(["x", "y", "z"])]
    people = ["ada", "x", "y", "z", *stars, "t0", "t1", "t2"]
    base = [cites(name) for name in people if name not in ("x", "y", "z")]
    values = [resonance(view_of(people, [*base, *posts], ["x", "y", "z"]))[0] for posts in (same, apart)]
    assert values[0] < 0.7 * values[1]


PAIRS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8)


@settings(deadline=None)
@given(PAIRS, st.sampled_from("bcd"), st.floats(1.0, 5.0))
def test_raising_a_citers_tie_never_lowers_resonance(pairs, citer, factor):
    """A heavier tie from one citer, all else equal, never lowers resonance."""
    posts = [cites(name) for name in "abcd"] + [cites(a, b, n=i + 1) for i, (a, b) in enumerate([*pairs, (citer, "a")])]
    view = view_of("abcd", posts, ["a", "b", "c", "d"])
    arrays = view.arrays
    raised = view.ties.copy().tolil()
    i = arrays.people.index(citer)
    raised[i, 0] *= factor
    more = type(view)(arrays, view.weights, sparse.csr_array(raised), view.trust, view.citer_shares)
    assert resonance(more)[0] >= resonance(view)[0] - 1e-12
