"""Positions and pictures of the network."""

from __future__ import annotations

import itertools
import json
import math

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.render.map_layout import place_people
from generator.render.maps import outline, positions, radius
from generator.render.report_index import HUES, SHAPES, ReportIndex
from tests.factories import report as fixture_report


@pytest.fixture(scope="module")
def index() -> ReportIndex:
    return ReportIndex(fixture_report.make_report(90), fixture_report.topic())


@pytest.fixture(scope="module")
def where(index):
    return positions(index)


def test_everybody_scored_has_a_place(index, where):
    """All scored people are on the map."""
    assert set(where) == set(index.standings)


def test_no_two_dots_lie_on_one_another(index, where):
    """The distance of two centres is at least the sum of their radii."""
    size = {person: radius(standing.standing) for person, standing in index.standings.items()}

    for a, b in itertools.combinations(sorted(where), 2):
        assert math.dist(where[a], where[b]) > size[a] + size[b]


def test_circles_are_kept_apart(index, where):
    """Each person is closer to the centre of their own circle than to any other."""
    members = {c.id: [m.person for m in c.members] for c in index.report.circles.circles}
    centres = {
        cid: tuple(sum(where[p][axis] for p in people) / len(people) for axis in (0, 1))
        for cid, people in members.items()
    }

    for cid, people in members.items():
        for person in people:
            assert min(centres, key=lambda other: math.dist(centres[other], where[person])) == cid


def test_positions_do_not_change_from_run_to_run(index, where):
    """A fixed seed, so two builds agree."""
    assert positions(index) == where


@pytest.mark.parametrize(
    ("circles", "placed"),
    [([], {}), ([("a", ["x"])], {"x": (0.0, 0.0)}), ([("a", [])], {})],
    ids=["none", "one", "empty"],
)
def test_small_maps_have_a_layout_too(circles, placed):
    """No people, one person and an empty circle give a map without error."""
    assert place_people(circles, [], {}) == placed


def test_people_without_ties_are_still_apart():
    """Two unconnected people do not share a position."""
    placed = place_people([("a", ["x", "y", "z"])], [("x", "x", 1.0)], {"x": 20.0})

    assert len(set(placed.values())) == 3


def test_colour_never_speaks_alone(index):
    """The first 49 circles each have their own pair of colour and shape."""
    pairs = {(place % HUES, SHAPES[(place + place // HUES) % len(SHAPES)]) for place in range(49)}

    assert len(pairs) == 49


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_an_outline(shape):
    """Each shape of the large map can be drawn as a path too."""
    assert outline(shape, 0.0, 0.0, 10.0).startswith("M")
    assert outline(shape, 0.0, 0.0, 10.0).endswith("z")


def test_the_large_map_is_data_with_physics_nowhere(bodies):
    """pyvis writes positions and names as JSON; `</script>` in a name cannot end the block."""
    tree = LexborHTMLParser(bodies["map/index.html"])
    data = json.loads(tree.css_first("[data-inf-network-data]").text())

    assert {"id", "label", "x", "y", "shape", "size", "href", "circle", "rank", "full"} <= set(data["nodes"][0])
    assert data["nodes"][1]["full"] == f"Bo {fixture_report.SCRIPT}"
    assert len(data["edges"]) == 32


def test_the_map_has_a_table_that_says_the_same(bodies):
    """All people on the map are in the table below it."""
    assert len(LexborHTMLParser(bodies["map/index.html"]).css('[data-inf-table="map"] tbody tr')) == 12


def test_drawn_maps_have_words(bodies):
    """Every picture has a sentence for those who cannot see it, every dot a title."""
    for body in bodies.values():
        for picture in LexborHTMLParser(body).css("svg.inf-drawn__map"):
            assert picture.attributes["aria-label"]
            assert all(dot.css_first("title").text() for dot in picture.css("a.inf-drawn__dot"))
