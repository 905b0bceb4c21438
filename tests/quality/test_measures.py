"""The measures against examples worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.quality.measures import (
    accuracy,
    best_set,
    by_value,
    coverage,
    dcg,
    in_degree,
    ndcg,
    nmi,
    precision_at,
    same_name,
    token_f1,
)


def test_dcg_discounts_by_the_logarithm_of_the_place():
    """3 at place 1, 2 at place 2 (÷ log2 3), 1 at place 3 (÷ 2) make 3 + 1.2619 + 0.5."""
    assert dcg([3, 2, 1]) == pytest.approx(4.76186, abs=1e-5)


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        pytest.param(["a", "b", "c"], 1.0, id="ideal order"),
        pytest.param(["b", "a", "c"], (2 + 3 / math.log2(3)) / (3 + 2 / math.log2(3)), id="first two swapped"),
        pytest.param(["x", "y", "a"], 0.0, id="strangers first"),
        pytest.param([], 0.0, id="empty ranking"),
    ],
)
def test_ndcg_compares_with_the_ideal_order(ranked, expected):
    """NDCG@2 divides by the two highest gains; items without a gain count 0."""
    assert ndcg(ranked, {"a": 3.0, "b": 2.0, "c": 1.0}, 2) == pytest.approx(expected)


def test_ndcg_without_any_gain_is_zero():
    """Without gains every ranking scores 0."""
    assert ndcg(["a"], {"a": 0.0}, 10) == 0.0


def test_precision_counts_unfilled_places_as_misses():
    """One hit among two returned is 0.25 at k = 4."""
    assert precision_at(["a", "x"], ["a", "b"], 4) == 0.25


def test_in_degree_counts_distinct_others():
    """Two links of one person count once, a link to oneself never."""
    assert in_degree([("u", "v"), ("u", "v"), ("w", "v"), ("v", "v"), ("v", "u")]) == {"v": 2, "u": 1}


def test_ranking_by_value_breaks_ties_by_key():
    """Insertion order does not change a ranking."""
    assert by_value({"c": 1.0, "b": 2.0, "a": 1.0}) == ["b", "a", "c"]


def test_nmi_and_accuracy_ignore_group_names():
    """A perfect partition under other names is perfect."""
    assert nmi([1, 1, 2, 2], ["x", "x", "y", "y"]) == pytest.approx(1.0)
    assert accuracy([1, 1, 2, 2], ["y", "y", "x", "x"]) == 1.0


def test_nmi_of_independent_labellings_is_zero():
    """Independent labels share no information."""
    assert nmi([1, 2, 1, 2], [1, 1, 2, 2]) == pytest.approx(0.0, abs=1e-12)


def test_nmi_by_hand():
    """{aab | b...}: found 1,1,1,2 against a,a,b,b shares 0.2158 nats of a mean entropy of 0.6277."""
    assert nmi([1, 1, 1, 2], ["a", "a", "b", "b"]) == pytest.approx(0.215762 / 0.627741, abs=1e-4)


def test_accuracy_names_each_group_once():
    """One true label is assigned to one found group only."""
    assert accuracy([1, 1, 2, 3], ["a", "a", "a", "a"]) == 0.5


def test_coverage_counts_a_reader_once():
    """Two authors with a chance of a half each reach a shared reader with 0.75, not 1."""
    chance = np.array([[0.0, 0.0, 0.5, 0.0], [0.0, 0.0, 0.5, 0.2]])
    assert coverage([0, 1], chance, np.ones(4)) == pytest.approx(0.95)
    assert coverage([], chance, np.ones(4)) == 0.0


def test_best_set_prefers_what_others_do_not_reach():
    """The second choice is the candidate that adds most, not the one that reaches second most."""
    chance = np.array([[0.9, 0.9, 0.0], [0.9, 0.8, 0.0], [0.0, 0.0, 0.5]])
    assert best_set([0, 1, 2], chance, np.ones(3), 2) == [0, 2]


def test_token_f1_is_over_multisets_of_words():
    """Two of three words found, two of four expected: precision 2/3, recall 1/2."""
    score = token_f1("The hive, hummed", "the hive was quiet")
    assert (score.precision, score.recall, score.f1) == pytest.approx((2 / 3, 0.5, 4 / 7))


def test_empty_texts_agree_only_with_each_other():
    """An empty text matches an empty expectation only."""
    assert token_f1("", "").f1 == 1.0
    assert token_f1("words", "").f1 == 0.0


def test_names_are_compared_by_their_letters():
    """Names that differ in case and spacing are equal; names that differ in a letter are not."""
    assert same_name("ada  LOVELACE", "Ada Lovelace")
    assert not same_name("Ada Lovelac", "Ada Lovelace")
