"""A simulated world as the corpus that a faultless crawl, extraction and identity resolution would produce.

It separates errors of scoring from errors of the earlier stages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.config import Scoring, ShortlistSection
from generator.graph import build_graph, find_circles
from generator.records import Corpus, Judgement, Link, PersonId, Post, PublisherKind, Site, SiteId, SiteState, Url
from generator.records import Person as Resolved
from generator.score import judge
from tests.factories.graph import labelled
from tests.quality.simulator import Blogosphere, Entry, LinkKind, Person, Role, moment, seeds

ON, OFF = 0.75, 0.2  # relevance of posts on and off the topic


@dataclass(frozen=True)
class Change:
    """One setting changed from its default, for ablations."""

    weights: Mapping[str, float] | None = None  # replaces the weights given here
    half_life_days: float | None = None
    blind: bool = False  # all posts count as on topic
    links_name_posts: bool = True
    everybody_seeds: bool = False


def person_id(number: int) -> PersonId:
    """Id of a simulated person in the perfect corpus."""
    return PersonId(f"p{number:03d}")


def number_of(person: PersonId) -> int:
    """Number of the person with this id."""
    return int(person.removeprefix("p"))


def perfect_corpus(world: Blogosphere, change: Change | None = None) -> Corpus:
    """People, sites and posts exactly as simulated; paid links carry no mark, since sellers rarely set one."""
    change = change or Change()
    addresses = {e.number: Url(_site(world, e) + f"post-{e.number}") for e in world.entries}
    first, last = world.date_of(0), world.settings.as_of
    return Corpus(
        people=tuple(_person(p) for p in world.people),
        posts=tuple(_post(world, e, addresses, change) for e in world.entries),
        sites=tuple(
            Site(SiteId(s.root), s.title, SiteState.IN, "simulated", "seed", 0) for p in world.people for s in p.sites
        ),
        recommendations=(),
        pages=(),
        window=(first, last),
    )


def _site(world: Blogosphere, entry: Entry) -> str:
    return world.people[entry.author].sites[entry.site].root


def _person(p: Person) -> Resolved:
    return Resolved(id=person_id(p.number), name=p.name, kind=PublisherKind.PERSON, kind_reason="simulated",
                    sites=tuple(SiteId(s.root) for s in p.sites), accounts=(), confirmations=(), own_words=None,
                    contacts=(), languages=("en",))  # fmt: skip


def _post(world: Blogosphere, entry: Entry, addresses: Mapping[int, Url], change: Change) -> Post:
    links = tuple(
        Link(
            target=addresses[link.post]
            if link.post is not None and change.links_name_posts
            else Url(world.people[link.to].sites[0].root),
            text="them",
            sentence="This is what they wrote about it.",
            in_body=True,
        )
        for link in entry.links
        if link.kind is not LinkKind.SELF
    )
    site = SiteId(_site(world, entry))
    return Post(url=addresses[entry.number], author=person_id(entry.author), site=site, title=f"Post {entry.number}",
                text="", published_at=moment(world, entry), time_known=True, language="en", tags=(), links=links,
                relevance=ON if entry.on_topic or change.blind else OFF, in_window=True, words=250)  # fmt: skip


def judge_perfect(world: Blogosphere, change: Change | None = None, *, size: int = 20) -> Judgement:
    """The judgement of a perfect corpus, with the topic's six seeds trusted."""
    change = change or Change()
    corpus = perfect_corpus(world, change)
    half_life = change.half_life_days or world.settings.half_life_days
    graph = labelled(build_graph(corpus, half_life_days=half_life, as_of=world.settings.as_of))
    scoring = Scoring()
    if change.weights is not None:
        scoring = Scoring.model_validate({"weights": scoring.weights.model_dump() | dict(change.weights)})
    trusted = () if change.everybody_seeds else tuple(person_id(i) for i in seeds(world))
    return judge(corpus, graph, find_circles(graph, corpus), (), scoring=scoring, shortlist=ShortlistSection(size=size),
                 trusted_seeds=trusted, excluded=frozenset(), as_of=world.settings.as_of)  # fmt: skip


def outsiders(world: Blogosphere) -> frozenset[int]:
    """People who must not be among the first ten: celebrities, buyers, the farm and its customer."""
    cheats = (Role.CELEBRITY, Role.BUYER, Role.TARGET, Role.FAKE)
    return frozenset(p.number for p in world.people if p.role in cheats)
