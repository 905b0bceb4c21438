"""Betweenness and constraint compared with networkx and with small graphs computed by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.graph.centrality import measure_centrality
from generator.records import PersonId, Tie

PEOPLE = tuple(PersonId(f"p{i}") for i in range(9))


def tie(a: int, b: int, weight: float = 1.0) -> Tie:
    return Tie(PEOPLE[a], PEOPLE[b], weight, weight, 1)


def test_the_person_on_the_only_path_has_betweenness():
    """In a → b → c one of the two ordered pairs of others has its shortest path through b."""
    measured = measure_centrality(PEOPLE[:3], [tie(0, 1), tie(1, 2)])
    assert [one.betweenness for one in measured] == [0.0, 0.5, 0.0]


def test_the_centre_of_a_star_has_low_constraint_and_its_points_have_constraint_one():
    """Four equal contacts without ties among them: 4 · (1/4)² = 0.25; each point has one contact: 1."""
    measured = measure_centrality(PEOPLE[:5], [tie(0, i) for i in range(1, 5)])
    assert [one.constraint for one in measured] == [pytest.approx(0.25), *[pytest.approx(1.0)] * 4]


def test_constraint_without_ties_is_undefined():
    """A person without ties has constraint None and betweenness 0."""
    alone = measure_centrality(PEOPLE[:3], [tie(0, 1)])[2]
    assert (alone.betweenness, alone.constraint) == (0.0, None)


def test_graphs_of_fewer_than_three_people_have_betweenness_zero():
    """No person is between two people; an empty graph has an empty result."""
    assert measure_centrality((), ()) == ()
    assert [one.betweenness for one in measure_centrality(PEOPLE[:2], [tie(0, 1)])] == [0.0, 0.0]


PAIRS = st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] != pair[1])


@settings(deadline=None)
@given(st.sets(PAIRS, max_size=30))
def test_agrees_with_networkx(pairs):
    """Betweenness and constraint equal those of networkx on any small graph."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(9))
    graph.add_edges_from(pairs, weight=1.0)
    ours = measure_centrality(PEOPLE, [tie(a, b) for a, b in sorted(pairs)])
    theirs, bound = nx.betweenness_centrality(graph), nx.constraint(graph, weight="weight")
    for i, one in enumerate(ours):
        assert one.betweenness == pytest.approx(theirs[i], abs=1e-12)
        assert (np.nan if one.constraint is None else one.constraint) == pytest.approx(bound[i], nan_ok=True)
