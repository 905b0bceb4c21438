"""Circles: found, stable, complete, and named by their own words."""

from __future__ import annotations

import numpy as np
import pytest

from generator.graph import build_graph, circle_names, find_circles
from generator.graph.circle_names import post_terms
from generator.graph.communities import rand_index
from generator.records import CitationGraph, PersonId, Tie
from tests.factories.graph import AS_OF, corpus, link, person, post

SNOW = [
    "The avalanche beacon search failed in the storm slab drill.",
    "Every avalanche course should teach storm slab release.",
    "A storm slab buried the beacon park again.",
    "Our avalanche rescue drill found the beacon late.",
]
WOOD = [
    "The poplar core and carbon layup make a stiffer splitboard.",
    "Epoxy, carbon layup and a poplar core from the local mill.",
    "A splitboard edge needs epoxy and patience at the mill.",
    "Sanding the poplar core before the carbon layup.",
]


def two_circles(extra_people=(), extra_posts=()):
    """Five who write of avalanches and cite one another, five who build boards and do the same, one loner."""
    people = [person(f"{kind}{i}") for kind in ("snow", "wood") for i in range(5)] + [person("loner")]
    posts = [post("https://loner.example/0", "loner", text="I like tea.")]
    for kind, words in (("snow", SNOW), ("wood", WOOD)):
        for i in range(5):
            links = [link(f"https://{kind}{j}.example/0") for j in range(5) if j != i]
            posts.append(
                post(f"https://{kind}{i}.example/0", f"{kind}{i}", *links, text=words[i % 4], title=words[i % 4])
            )
    held = corpus([*people, *extra_people], [*posts, *extra_posts])
    return find_circles(build_graph(held, half_life_days=91.0, as_of=AS_OF), held), held


def test_two_circles_and_the_loner_are_told_apart():
    """Each clique is a circle, who has no tie is in `others`, and everybody is in exactly one."""
    circles, held = two_circles()
    groups = [{member.person for member in circle.members} for circle in circles.circles]
    assert groups == [{f"snow{i}" for i in range(5)}, {f"wood{i}" for i in range(5)}, {"loner"}]
    assert circles.circles[-1].id == "others"
    assert sorted(circles.circle_of()) == sorted(one.id for one in held.people)


def test_clear_circles_are_perfectly_stable():
    """Two cliques without a tie between them: every run agrees, modularity is one half."""
    circles, _ = two_circles()
    assert circles.stability == 1
    assert circles.modularity == pytest.approx(0.5)
    assert {member.stability for circle in circles.circles[:2] for member in circle.members} == {1.0}


def test_circles_are_named_by_their_own_vocabulary():
    """Terms of the circle's own posts make name and slug; neither circle has the other's words."""
    snow, wood = two_circles()[0].circles[:2]
    assert {"avalanche", "beacon"} <= {word for term in snow.terms for word in term.split()}
    assert {"poplar", "carbon"} <= {word for term in wood.terms for word in term.split()}
    assert snow.name == "Storm slab · avalanche beacon"
    assert snow.id != wood.id


@pytest.mark.parametrize(("words", "ident"), [(["index"], "index-2"), (["con"], "con-2"), (["★"], "circle-1")])
def test_a_circle_never_has_the_file_name_of_the_overview_or_a_device(monkeypatch, words, ident):
    """Its words are those of its posts, and can be any."""
    monkeypatch.setattr(circle_names, "_name_of", lambda terms, spent: words)
    assert two_circles()[0].circles[0].id == ident


def test_circle_without_words_is_named_by_its_people():
    """No on-topic text: the three most central people stand for the circle."""
    people = tuple(PersonId(name) for name in ["ada", "bo", "cy"])
    ties = tuple(Tie(a, b, 1.0, 0.85, 1) for a in people for b in people if a != b)
    held = corpus([person(name) for name in people], [])
    circle = find_circles(CitationGraph(people, (), ties), held).circles[0]
    assert (circle.name, circle.id) == ("Around Ada, Bo, Cy", "around-ada-bo-cy")


def test_bridges_are_shares_of_tie_weight():
    """A circle that cites another says with which share of its ties."""
    bridge = post("https://snow0.example/1", "snow0", link("https://wood0.example/0"), text=SNOW[0])
    snow, wood = two_circles(extra_posts=[bridge])[0].circles[:2]
    assert [name for name, _ in snow.bridges] == [wood.id]
    assert 0 < snow.bridges[0][1] < 0.2


def test_nobody_has_no_circle_and_people_without_ties_are_others():
    """Empty graph: no circles. No ties: everybody in `others`, stability 1, modularity 0."""
    empty = corpus([], [])
    assert find_circles(CitationGraph((), (), ()), empty).circles == ()
    alone = find_circles(CitationGraph((PersonId("ada"),), (), ()), corpus([person("ada")], []))
    assert [(circle.id, [member.person for member in circle.members]) for circle in alone.circles] == [
        ("others", ["ada"])
    ]
    assert (alone.stability, alone.modularity) == (1.0, 0.0)


def test_everybody_in_one_circle():
    """A single clique is a single circle, and no `others` is left."""
    people = tuple(PersonId(f"p{i}") for i in range(6))
    ties = tuple(Tie(a, b, 1.0, 0.85, 1) for a in people for b in people if a != b)
    circles = find_circles(CitationGraph(people, (), ties), corpus([person(name) for name in people], []))
    assert [len(circle.members) for circle in circles.circles] == [6]


def test_a_pair_is_no_circle():
    """Fewer than three gather in `others`."""
    people = (PersonId("ada"), PersonId("bo"))
    circles = find_circles(CitationGraph(people, (), (Tie(*people, 1.0, 0.85, 1),)), corpus([], []))
    assert [(circle.id, len(circle.members)) for circle in circles.circles] == [("others", 2)]


def test_order_of_ties_is_irrelevant():
    """Shuffled ties give the same circles to the last digit."""
    rng = np.random.default_rng(3)
    people = tuple(PersonId(f"p{i:02d}") for i in range(40))
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, 40, (160, 2)) if a != b}
    ties = [Tie(people[a], people[b], 1.0, 0.1 + 0.01 * (a + b), 1) for a, b in sorted(pairs)]
    held = corpus([person(name) for name in people], [])
    before = find_circles(CitationGraph(people, (), tuple(ties)), held, seed=5)
    rng.shuffle(ties)
    assert find_circles(CitationGraph(people, (), tuple(ties)), held, seed=5) == before


def test_terms_are_neither_stop_words_nor_code_nor_names():
    """Code lines, keywords, function words, numbers and barred names are no terms; neighbouring words are pairs."""
    text = "The borrow checker is what Niko wrote.\nlet mut x = foo::bar();\nThese are the impl 2024 too."
    assert post_terms(text, frozenset({"niko"}), "en") == {"borrow", "checker", "borrow checker"}
    assert post_terms("Wir sind hier, und das Schneebrett auch.", frozenset(), "de") == {"schneebrett"}


def test_agreement_of_partitions():
    """1 for the same groups under other labels; about 0 for groups that cut across."""
    a = np.array([0, 0, 0, 1, 1, 1])
    assert rand_index(a, np.array([1, 1, 1, 0, 0, 0])) == 1
    assert rand_index(a, np.array([0, 1, 2, 0, 1, 2])) == pytest.approx(-0.36, abs=0.01)
    assert rand_index(np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.int64)) == 1
