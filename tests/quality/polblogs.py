"""The political blogs of 2004 as records: one person per blog, one post per link.

The environment variable WHOMATTERS_POLBLOGS names the file, which does not ship with the project. Cite
L. A. Adamic and N. Glance, "The political blogosphere and the 2004 US Election", WWW-2005.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from generator.graph import build_graph
from generator.records import (
    Corpus,
    LabelledGraph,
    Link,
    Person,
    PersonId,
    Post,
    PublisherKind,
    Site,
    SiteId,
    SiteState,
    Url,
)
from tests.factories.graph import labelled

VARIABLE = "WHOMATTERS_POLBLOGS"
DAY = date(2005, 2, 8)
HALF_LIFE_DAYS = 91.0


@dataclass(frozen=True)
class Network:
    """Links between blogs 0 … n−1, and the side (0 or 1) of each blog."""

    edges: tuple[tuple[int, int], ...]
    side: tuple[int, ...]

    @property
    def size(self) -> int:
        """Number of blogs."""
        return len(self.side)


def polblogs_path() -> Path | None:
    """Path from the environment; None where the variable is unset or names no file."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named and Path(named).is_file() else None


def read_network(path: Path) -> Network:
    """Read all blogs of the file; self-links and repeated links are dropped."""
    text = path.read_text(encoding="latin-1")
    nodes = re.findall(r"node \[\s*id (\d+)\s.*?value (\d)", text, flags=re.DOTALL)
    place = {int(number): index for index, (number, _) in enumerate(nodes)}
    links = re.findall(r"edge \[\s*source (\d+)\s+target (\d+)", text)
    pairs = {(place[int(a)], place[int(b)]) for a, b in links if a != b}
    return Network(tuple(sorted(pairs)), tuple(int(side) for _, side in nodes))


def largest_component(network: Network) -> Network:
    """The largest connected component, renumbered."""
    rows, columns = zip(*network.edges, strict=True)
    matrix = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(network.size, network.size))
    labels = connected_components(matrix, directed=False)[1]
    keep = np.flatnonzero(labels == np.bincount(labels).argmax())
    new = {int(old): index for index, old in enumerate(keep)}
    edges = tuple((new[a], new[b]) for a, b in network.edges if a in new)
    return Network(edges, tuple(network.side[int(old)] for old in keep))


def with_farm(network: Network, *, target: int, fakes: int, tricked: Sequence[int], seed: int) -> Network:
    """The network with a farm: every fake cites the target, five of the fifty most cited and two other fakes.

    Of the real blogs tricked into linking, the first cites the target and the others a fake each.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    degree = np.bincount([cited for _, cited in network.edges], minlength=network.size)
    authorities = np.argsort(-degree, kind="stable")[:50]
    edges = set(network.edges)
    for fake in range(network.size, network.size + fakes):
        edges.add((fake, target))
        edges.update((fake, int(a)) for a in rng.choice(authorities, 5, replace=False))
        edges.update((fake, network.size + int(f)) for f in rng.choice(fakes, 2, replace=False))
    edges.add((tricked[0], target))
    edges.update((real, network.size + int(rng.integers(fakes))) for real in tricked[1:])
    return Network(tuple(sorted((a, b) for a, b in edges if a != b)), network.side + (2,) * fakes)


def person_id(number: int) -> PersonId:
    """The id of a blog's person."""
    return PersonId(f"blog-{number:04d}")


def corpus_of(network: Network, order: Sequence[int] | None = None) -> Corpus:
    """One on-topic post of the same day for every link, in the given order of links.

    Blogs without links get a post without links, so that they are scored too.
    """
    published = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    citing = {a for a, _ in network.edges}
    links = [*network.edges, *((blog, None) for blog in range(network.size) if blog not in citing)]
    posts = []
    for number in order if order is not None else range(len(links)):
        blog, cited = links[number]
        target = (
            ()
            if cited is None
            else (Link(Url(f"https://b{cited:04d}.example/"), "them", "I read them.", in_body=True),)
        )
        posts.append(
            Post(url=Url(f"https://b{blog:04d}.example/{number}"), author=person_id(blog),
                 site=SiteId(f"https://b{blog:04d}.example/"), title="Links", text="I read them.", published_at=published,
                 time_known=False, language="en", tags=(), links=target, relevance=1.0, in_window=True, words=3)
        )  # fmt: skip
    people = tuple(
        Person(id=person_id(i), name=f"Blog {i}", kind=PublisherKind.PERSON, kind_reason="constructed",
               sites=(SiteId(f"https://b{i:04d}.example/"),), accounts=(), confirmations=(), own_words=None, contacts=(),
               languages=("en",))
        for i in range(network.size)
    )  # fmt: skip
    sites = tuple(
        Site(id=SiteId(f"https://b{i:04d}.example/"), title=f"Blog {i}", state=SiteState.IN, reason="", found_by="seed", hop=0)
        for i in range(network.size)
    )  # fmt: skip
    if order is not None:
        people, sites = people[::-1], sites[::-1]
    return Corpus(people=people, posts=tuple(posts), sites=sites, recommendations=(), pages=(), window=(DAY, DAY))


def graph_of(corpus: Corpus) -> LabelledGraph:
    """The citation graph of a constructed corpus."""
    return labelled(build_graph(corpus, half_life_days=HALF_LIFE_DAYS, as_of=DAY))
