"""Strands of the conversation: the on-topic posts that use a term, share a link or cite a person.

Trends, bursts and who was first are all read from these; nothing is judged here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.insight.terms.post_index import PostIndex
from generator.insight.terms.term_counts import TermTable
from generator.records import ItemKind, LabelledGraph, Link, PersonId, Post, PublisherKind, Url, UrlKey
from generator.text import clip
from generator.urls import is_platform, url_key

LABELLED, LABEL_SHARE = 2, 0.2  # links that must give a page one and the same label, and their share of those with any
FEWEST_PEOPLE, FEWEST_POSTS = 3, 6  # of a link or person that is followed over time


@dataclass(frozen=True, slots=True)
class Series:
    """One thing and the posts that carry it, oldest first; `key` is unique within a kind and sorts."""

    kind: ItemKind
    key: str
    label: str
    ref: str
    posts: tuple[Post, ...]
    code: str = ""  # language of a term

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Who carries it, most posts first."""
        times = Counter(post.author for post in self.posts)
        return tuple(sorted(times, key=lambda person: (-times[person], person)))


def term_series(table: TermTable, chosen: Iterable[int]) -> tuple[Series, ...]:
    """A strand for each of the chosen terms, in their order."""
    return tuple(
        Series(
            ItemKind.TERM,
            table.terms[term],
            table.shown[term],
            "",
            _in_order(table.posts[index] for index in table.posts_with(term)),
            table.languages[term].code,
        )
        for term in chosen
    )


def link_series(post_index: PostIndex) -> tuple[Series, ...]:
    """Pages that several people share, most people first."""
    uses = link_uses(
        (post for person in sorted(post_index.on_topic) for post in post_index.on_topic[person]), post_index
    )
    return _worth_following(
        Series(ItemKind.LINK, key, use.label, use.target, _in_order(use.posts)) for key, use in uses.items()
    )


def person_series(post_index: PostIndex, graph: LabelledGraph) -> tuple[Series, ...]:
    """Persons that several people cite, most citers first."""
    by: dict[PersonId, dict[Url, Post]] = defaultdict(dict)
    for citation in graph.citations:
        post, cited = post_index.posts.get(citation.post), post_index.people.get(citation.cited)
        if post and cited and cited.kind is PublisherKind.PERSON and post.on_topic and post.in_window:
            by[cited.id][post.url] = post
    return _worth_following(
        Series(ItemKind.PERSON, person, post_index.name(person), person, _in_order(posts.values()))
        for person, posts in by.items()
    )


def _in_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    return tuple(sorted(posts, key=lambda post: (str(post.published_on), post.url)))


def _worth_following(strands: Iterable[Series]) -> tuple[Series, ...]:
    good = [s for s in strands if len(s.people) >= FEWEST_PEOPLE and len(s.posts) >= FEWEST_POSTS]
    return tuple(sorted(good, key=lambda s: (-len(s.people), -len(s.posts), s.key)))


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A page that posts link to: its address, what to call it, and the posts, each once."""

    target: Url
    label: str
    posts: tuple[Post, ...]

    @property
    def people(self) -> int:
        """How many different people link to it."""
        return len({post.author for post in self.posts})


def link_uses(posts: Iterable[Post], post_index: PostIndex) -> Mapping[UrlKey, LinkUse]:
    """Pages by address key, people's bare home pages left out: they name a person, not a subject."""
    homes = {url_key(site) for person in post_index.corpus.people for site in person.sites}
    sharing: dict[UrlKey, dict[Url, Post]] = defaultdict(dict)
    target: dict[UrlKey, Url] = {}
    labels: dict[UrlKey, Counter[str]] = defaultdict(Counter)
    for post in posts:
        for link in post.links:
            key = url_key(link.target)
            if key in homes or "/" not in key.rstrip("/"):
                continue
            if is_platform(link.target) and key.count("/") < 2:
                continue
            sharing[key][post.url] = post
            target[key] = min(target.get(key, link.target), link.target)
            if _labels_well(link):
                labels[key][clip(link.text, 100)] += 1
    titles = {url_key(post.url): post.title for post in post_index.corpus.posts}
    return {
        key: LinkUse(target[key], titles.get(key) or _best(labels[key]) or key, tuple(found.values()))
        for key, found in sharing.items()
    }


def most_shared_links(uses: Mapping[UrlKey, LinkUse], limit: int) -> Sequence[LinkUse]:
    """The pages at least two people link, most people first."""
    ranked = sorted(uses, key=lambda key: (-uses[key].people, -len(uses[key].posts), key))
    return [uses[key] for key in ranked if uses[key].people >= 2][:limit]


def _labels_well(link: Link) -> bool:
    """Whether a link's own words say what it leads to."""
    return 2 <= len(link.text.split()) <= 14 and not link.text.startswith("http")


def _best(labels: Counter[str]) -> str:
    """The commonest label, the longest and then first of equals; none that one sentence alone gives."""
    best = min(labels, key=lambda text: (-labels[text], -len(text), text), default="")
    return best if labels[best] >= LABELLED and labels[best] >= LABEL_SHARE * labels.total() else ""
