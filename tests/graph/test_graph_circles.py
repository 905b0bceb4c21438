"""Circles: communities that are stable, complete, and named by their own terms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from generator.graph import build_graph, find_circles
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
    """Two cliques of five people, one on avalanches and one on building boards, and one person without ties."""
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


def test_two_cliques_are_two_circles():
    """Each clique is a circle, the person without ties is in `others`, and every person is in exactly one circle."""
    circles, held = two_circles()
    groups = [{member.person for member in circle.members} for circle in circles.circles]
    assert groups == [{f"snow{i}" for i in range(5)}, {f"wood{i}" for i in range(5)}, {"loner"}]
    assert circles.circles[-1].id == "others"
    assert sorted(circles.circle_of()) == sorted(one.id for one in held.people)


def test_clear_circles_are_perfectly_stable():
    """Two cliques without a tie between them: all runs agree, and the modularity is 0.5."""
    circles, _ = two_circles()
    assert circles.stability == 1
    assert circles.modularity == pytest.approx(0.5)
    assert {member.stability for circle in circles.circles[:2] for member in circle.members} == {1.0}


def test_circles_are_named_by_their_own_vocabulary():
    """The terms of a circle are words of its own posts."""
    snow, wood = two_circles()[0].circles[:2]
    assert {"avalanche", "beacon"} <= {word for term in snow.terms for word in term.split()}
    assert {"poplar", "carbon"} <= {word for term in wood.terms for word in term.split()}
    assert snow.name == "Storm slab · avalanche beacon"
    assert snow.id != wood.id


def test_circle_without_words_is_named_by_its_people():
    """Without on-topic text the name lists the three most central people."""
    people = tuple(PersonId(name) for name in ["ada", "bo", "cy"])
    ties = tuple(Tie(a, b, 1.0, 0.85, 1) for a in people for b in people if a != b)
    held = corpus([person(name) for name in people], [])
    circle = find_circles(CitationGraph(people, (), ties), held).circles[0]
    assert (circle.name, circle.id) == ("Around Ada, Bo, Cy", "around-ada-bo-cy")


def test_bridges_are_shares_of_tie_weight():
    """The bridge from a circle to another is the share of its tie weight that leads there."""
    bridge = post("https://snow0.example/1", "snow0", link("https://wood0.example/0"), text=SNOW[0])
    snow, wood = two_circles(extra_posts=[bridge])[0].circles[:2]
    assert [name for name, _ in snow.bridges] == [wood.id]
    assert 0 < snow.bridges[0][1] < 0.2


def test_people_without_ties_are_in_others():
    """An empty graph has an empty partition. Without ties the stability is 1 and the modularity 0."""
    empty = corpus([], [])
    assert find_circles(CitationGraph((), (), ()), empty).circles == ()
    alone = find_circles(CitationGraph((PersonId("ada"),), (), ()), corpus([person("ada")], []))
    assert [(circle.id, [member.person for member in circle.members]) for circle in alone.circles] == [
        ("others", ["ada"])
    ]
    assert (alone.stability, alone.modularity) == (1.0, 0.0)


def test_a_single_clique_is_one_circle():
    """The circle `others` is absent where it would be empty."""
    people = tuple(PersonId(f"p{i}") for i in range(6))
    ties = tuple(Tie(a, b, 1.0, 0.85, 1) for a in people for b in people if a != b)
    circles = find_circles(CitationGraph(people, (), ties), corpus([person(name) for name in people], []))
    assert [len(circle.members) for circle in circles.circles] == [6]


def test_a_pair_is_in_others():
    """Groups of fewer than three people are merged into `others`."""
    people = (PersonId("ada"), PersonId("bo"))
    circles = find_circles(CitationGraph(people, (), (Tie(*people, 1.0, 0.85, 1),)), corpus([], []))
    assert [(circle.id, len(circle.members)) for circle in circles.circles] == [("others", 2)]


def test_order_of_ties_is_irrelevant():
    """Shuffled ties give equal circles."""
    rng = np.random.default_rng(3)
    people = tuple(PersonId(f"p{i:02d}") for i in range(40))
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, 40, (160, 2)) if a != b}
    ties = [Tie(people[a], people[b], 1.0, 0.1 + 0.01 * (a + b), 1) for a, b in sorted(pairs)]
    held = corpus([person(name) for name in people], [])
    before = find_circles(CitationGraph(people, (), tuple(ties)), held, seed=5)
    rng.shuffle(ties)
    assert find_circles(CitationGraph(people, (), tuple(ties)), held, seed=5) == before


def test_terms_are_neither_stop_words_nor_code_nor_names():
    """Code, keywords, stop words, numbers and excluded names are left out; neighbouring words are pairs."""
    text = "The borrow checker is what Niko wrote.\nlet mut x = foo::bar();\nWir sind hier, und das impl 2024 auch."
    assert post_terms(text, frozenset({"niko"})) == {"borrow", "checker", "borrow checker"}


def test_agreement_of_partitions():
    """The index is 1 for equal groups under other labels, and negative for groups that cut across."""
    a = np.array([0, 0, 0, 1, 1, 1])
    assert rand_index(a, np.array([1, 1, 1, 0, 0, 0])) == 1
    assert rand_index(a, np.array([0, 1, 2, 0, 1, 2])) == pytest.approx(-0.36, abs=0.01)
    assert rand_index(np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.int64)) == 1


def test_circles_with_equal_names_have_different_slugs():
    """Two circles of three people with the same names get slugs that differ by a number."""
    people = tuple(PersonId(f"{circle}{i}") for circle in "ab" for i in range(3))
    ties = tuple(Tie(a, b, 1.0, 0.85, 1) for a in people for b in people if a != b and a[0] == b[0])
    namesakes = [replace(person(name), name=f"Kim {name[1]}") for name in people]
    circles = find_circles(CitationGraph(people, (), ties), corpus(namesakes, [])).circles
    assert [circle.name for circle in circles] == ["Around Kim 0, Kim 1, Kim 2"] * 2
    assert [circle.id for circle in circles] == ["around-kim-0-kim-1-kim-2", "around-kim-0-kim-1-kim-2-2"]


def test_a_circle_has_at_most_twelve_terms_and_none_from_code():
    """Lines of code in posts are skipped, and of fifteen nouns that all members use, twelve are kept."""
    nouns = [
        "avalanche", "beacon", "carbon", "drill", "epoxy", "glacier", "harness", "lantern", "marmot", "poplar", "ridge",
        "shovel", "tomahawk", "varnish", "whistle",
    ]  # fmt: skip
    text = "\n".join([*(f"The {noun} is on a {noun} of the {noun}." for noun in nouns), "let quokka = wombat::new();"])
    people = tuple(PersonId(f"p{i}") for i in range(3))
    ties = tuple(Tie(a, b, 1.0, 0.85, 1) for a in people for b in people if a != b)
    posts = [post(f"https://{name}.example/0", name, text=text) for name in people]
    circle = find_circles(CitationGraph(people, (), ties), corpus([person(name) for name in people], posts)).circles[0]
    assert len(circle.terms) == 12
    assert set(circle.terms) < set(nouns)
