"""The parts of the score, each on numbers small enough to follow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

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
from generator.score.signals import near_duplicate_citers, originality, reach, resonance, weight_view
from generator.score.trust import measure_trust, pagerank
from tests.factories.graph import AS_OF, corpus, link, person, post

ALL = np.ones(5, dtype=bool)


def test_level_of_the_middle_is_zero_and_the_top_is_not_clipped():
    """The median person stands at 0; a far outlier stands far out."""
    levels = robust_level(np.array([1.0, 2.0, 3.0, 4.0, 1e6]), ALL)
    assert levels[2] == 0
    assert levels[4] > 2 * levels[3]


def test_level_of_equals_is_zero():
    """Where all have the same, nobody is above anybody."""
    assert robust_level(np.full(5, 7.0), ALL).tolist() == [0.0] * 5
    assert robust_level(np.zeros(5), ALL).tolist() == [0.0] * 5


def test_level_where_most_have_nothing_stays_bounded():
    """One positive among five: y = log 2 for it, mean deviation log 2 / 5, so z = 5 / 1.2533."""
    assert robust_level(np.array([0, 0, 0, 0, 3.0]), ALL)[4] == pytest.approx(3.9895, abs=1e-4)


@given(st.lists(st.floats(0, 1e6), min_size=5, max_size=5), st.integers(0, 4), st.floats(0, 1e6))
def test_raising_a_value_never_lowers_its_place(values, who, more):
    """Whoever gains is never passed by somebody who had no more than they had."""
    raised = list(values)
    raised[who] += more
    after = robust_level(np.array(raised), ALL)
    assert all(after[other] <= after[who] for other in range(5) if values[other] <= values[who])


def test_weights_are_divided_by_their_sum():
    """3 and 1 are shares of 0.75 and 0.25; nothing weighed is nothing."""
    assert normal_weights({"a": 3.0, "b": 1.0}) == {"a": 0.75, "b": 0.25}
    assert normal_weights({"a": 0.0}) == {"a": 0.0}


def test_signal_left_out_is_made_up_for_in_proportion():
    """Without b the score is a alone, not a at half weight."""
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
    """The best untrusted score ends half a point under the worst trusted one, order kept."""
    score, trusted = np.array([1.0, 5.0, 4.0]), np.array([True, False, False])
    assert (score - distance_penalty(score, trusted)).tolist() == [1.0, 0.5, -0.5]


def test_nobody_trusted_is_nobody_put_below():
    """A penalty for all is a penalty for none."""
    assert distance_penalty(np.array([1.0, 2.0]), np.array([False, False])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("days", "silent"),
    [([0, 7, 14], True), ([0, 7, 120], False), ([0, 60, 120], False), ([5], True), ([], False)],
    ids=["weekly then nothing", "spoke last month", "always slow", "once, long ago", "undated"],
)
def test_silence_is_measured_by_ones_own_habit(days, silent):
    """Longer than 91 days and four of one's own intervals, seen on day 150."""
    author = np.zeros(len(days), dtype=np.int64)
    assert find_silent(np.array(days, dtype=float), author, 1, 150).tolist() == [silent]


def test_silence_weighs_less_in_long_windows():
    """2 in two years, 0.5 in ten."""
    assert silence_penalty(np.array([True, False]), 730).tolist() == [2.0, 0.0]
    assert silence_penalty(np.array([True, False]), 3650).tolist() == [0.5, 0.0]


def test_persons_come_first_and_equals_by_name():
    """Organisations follow all persons whatever their score."""
    assert rank_order(np.array([1.0, 9.0, 1.0, 2.0]), np.array([True, False, True, True])).tolist() == [3, 0, 2, 1]


CHAIN = sparse.csr_array(np.array([[0, 1.0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 0], [0, 0, 1.0, 0]]))


def test_trust_flows_from_the_seeds_alone():
    """0 → 1 → 2 with seed 0: shares 1 : 0.85 : 0.7225; 3, whom nobody cites, holds nothing."""
    share, earned = pagerank(CHAIN, np.array([0]))
    assert share / share[0] == pytest.approx([1, 0.85, 0.7225, 0])
    assert share.sum() == pytest.approx(1)
    assert earned[0] == 0


def test_trust_without_seeds_starts_from_everybody():
    """No seed: everybody holds some."""
    assert (pagerank(CHAIN, np.array([], dtype=np.int64))[0] > 0).all()


def test_trust_of_nobody_is_empty():
    """An empty graph has no trust to share."""
    empty = measure_trust(sparse.csr_array((0, 0)), np.array([], dtype=np.int64))
    assert empty.share.size == empty.level.size == 0


def test_trust_level_is_one_for_those_who_hold_half_of_it():
    """The mass median: 0 and 1 hold the upper half, 2 counts in proportion, 3 not at all."""
    level = measure_trust(CHAIN, np.array([0])).level
    assert level == pytest.approx([1, 1, 0.85, 0])


def view_of(people, posts, seeds):
    held = corpus([person(name) for name in people], posts)
    graph = build_graph(held, half_life_days=91.0, as_of=AS_OF)
    arrays, _ = build_arrays(held, graph, trusted_seeds=tuple(seeds), as_of=AS_OF)
    return weight_view(arrays, near_duplicate_citers(arrays))


def says(author, *targets, n=0):
    return post(f"https://{author}.example/{n}", author, *(link(f"https://{name}.example/0") for name in targets))


def test_reach_counts_those_who_took_it_up_and_those_who_took_it_up_from_them():
    """bo takes ada up, cy takes it up from bo: ada's one post reached two, bo's one, and all shrink to the mean."""
    view = view_of(["ada", "bo", "cy"], [says("ada"), says("bo", "ada"), says("cy", "bo")], ["ada", "bo", "cy"])
    level = view.trust.level
    raw = np.array([level[1] + level[2], level[2], 0.0])
    assert reach(view) == pytest.approx((raw + 4 * raw.mean()) / 5)


def test_link_to_the_front_page_takes_up_the_latest_post():
    """A link that names no post is not lost to reach."""
    named = view_of(["ada", "bo"], [says("ada"), says("bo", "ada")], ["ada", "bo"])
    vague = view_of(
        ["ada", "bo"], [says("ada"), post("https://bo.example/0", "bo", link("https://ada.example/"))], ["ada", "bo"]
    )
    assert len(vague.arrays.taken_up.post) == len(named.arrays.taken_up.post) == 1


def test_originality_is_smoothed_by_one_in_ten():
    """One post, first and cited: (1 + 1) / (1 + 10)."""
    view = view_of(["ada", "bo"], [says("ada"), says("bo", "ada")], ["ada", "bo"])
    assert originality(view) == pytest.approx([2 / 11, 1 / 11])


def test_copies_share_one_voice():
    """Three who cite the same five people count for less than three who cite different ones."""
    stars = [f"s{i}" for i in range(5)]
    same = [says(name, "ada", *stars) for name in ["x", "y", "z"]]
    apart = [says(name, "ada", f"s{i}", f"t{i}") for i, name in enumerate(["x", "y", "z"])]
    people = ["ada", "x", "y", "z", *stars, "t0", "t1", "t2"]
    base = [says(name) for name in people if name not in ("x", "y", "z")]
    heard = [resonance(view_of(people, [*base, *posts], ["x", "y", "z"]))[0] for posts in (same, apart)]
    assert heard[0] < 0.7 * heard[1]


PAIRS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8)


@given(PAIRS, st.sampled_from("bcd"), st.floats(1.0, 5.0))
def test_raising_a_citers_tie_never_lowers_resonance(pairs, citer, factor):
    """More attention from somebody, all else equal, is never less resonance."""
    posts = [says(name) for name in "abcd"] + [says(a, b, n=i + 1) for i, (a, b) in enumerate([*pairs, (citer, "a")])]
    view = view_of("abcd", posts, ["a", "b", "c", "d"])
    arrays = view.arrays
    raised = view.ties.copy().tolil()
    i = arrays.people.index(citer)
    raised[i, 0] *= factor
    more = type(view)(arrays, view.weights, sparse.csr_array(raised), view.trust, view.copies)
    assert resonance(more)[0] >= resonance(view)[0] - 1e-12
