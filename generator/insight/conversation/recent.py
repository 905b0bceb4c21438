"""What many speak of lately: people, phrases and links, by how many different people do.

"Lately" is the last 7, 14, 30, 60 or 90 days before the day the report is made, whichever first holds enough posts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from generator.insight.conversation.series import link_uses, most_shared_links
from generator.insight.terms.post_index import PostIndex
from generator.insight.terms.term_counts import TermTable, merge_contained_terms
from generator.records import (
    CircleId,
    Circles,
    ItemKind,
    LabelledGraph,
    PersonId,
    Post,
    PublisherKind,
    TrendingItem,
    Url,
)

SPANS = (7, 14, 30, 60, 90)  # days
ENOUGH_POSTS, ENOUGH_PEOPLE = 20, 6
ITEMS = 8
FEWEST = 3  # posts
LATELY_Z = 1.3  # one-sided 90 %: a hint of the week, no finding
CIRCLE_LINKS = 10


def recent_window(post_index: PostIndex, end: date) -> tuple[date, date]:
    """The shortest span that holds enough topical posts by enough people, at most 90 days, ending at `end`."""
    for span in SPANS:
        window = (end - timedelta(days=span - 1), end)
        posts = _posts_in(post_index, window)
        if len(posts) >= ENOUGH_POSTS and len({post.author for post in posts}) >= ENOUGH_PEOPLE:
            return window
    return (end - timedelta(days=SPANS[-1] - 1), end)


def _posts_in(post_index: PostIndex, window: tuple[date, date]) -> list[Post]:
    """Topical posts inside a span."""
    return [
        post
        for person in sorted(post_index.on_topic)
        for post in post_index.on_topic[person]
        if post.published_on and window[0] <= post.published_on <= window[1]
    ]


def trending_items(
    post_index: PostIndex,
    graph: LabelledGraph,
    table: TermTable,
    chosen: Sequence[int],
    window: tuple[date, date],
) -> tuple[TrendingItem, ...]:
    """Key people, phrases and links of a span, each kind by distinct people, then posts."""
    posts = _posts_in(post_index, window)
    return (
        *_people(post_index, graph, window),
        *_phrases(table, chosen, window),
        *shared_links(posts, post_index, ITEMS),
    )


def _people(post_index: PostIndex, graph: LabelledGraph, window: tuple[date, date]) -> list[TrendingItem]:
    """Persons cited in the span."""
    by: dict[PersonId, set[PersonId]] = defaultdict(set)
    posts: dict[PersonId, set[Url]] = defaultdict(set)
    for citation in graph.citations:
        cited = post_index.people.get(citation.cited)
        when = citation.published_on
        if (
            cited is None
            or cited.kind is not PublisherKind.PERSON
            or when is None
            or not window[0] <= when <= window[1]
        ):
            continue
        if citation.citing_on_topic:
            by[citation.cited].add(citation.citing)
            posts[citation.cited].add(citation.post)
    ranked = sorted(by, key=lambda person: (-len(by[person]), -len(posts[person]), person))
    return [TrendingItem(ItemKind.PERSON, post_index.name(p), p, len(by[p]), len(posts[p])) for p in ranked[:ITEMS]]


def _phrases(table: TermTable, chosen: Sequence[int], window: tuple[date, date]) -> list[TrendingItem]:
    """Terms used beyond their habit in the span, by at least two people; the surest first."""
    now = np.array([bool(p.published_on and window[0] <= p.published_on <= window[1]) for p in table.posts] or [False])
    inside, outside = int(now.sum()), int((~now).sum())
    scored: list[tuple[float, str, int, int]] = []
    for term in chosen if inside and outside else ():
        posts = table.posts_with(term)
        recent = posts[now[posts]]
        people = len({table.posts[index].author for index in recent})
        if people < 2 or len(recent) < FEWEST:
            continue
        here, there = len(recent) + 0.5, len(posts) - len(recent) + 0.5
        odds = np.log(here / (inside - len(recent) + 0.5)) - np.log(there / (outside - len(posts) + len(recent) + 0.5))
        z = float(odds / np.sqrt(1 / here + 1 / there))
        if z >= LATELY_Z:
            scored.append((z * people**0.5, table.shown[term], people, len(recent)))
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    kept = set(merge_contained_terms([(term, posts) for _, term, _, posts in scored[:100]], ITEMS, code=table.code))
    return [
        TrendingItem(ItemKind.PHRASE, term, term, people, posts) for _, term, people, posts in scored if term in kept
    ]


def shared_links(posts: Iterable[Post], post_index: PostIndex, limit: int) -> list[TrendingItem]:
    """Addresses at least two people link, organisations' and persons' bare home pages left out."""
    return [
        TrendingItem(ItemKind.LINK, use.label, use.target, use.people, len(use.posts))
        for use in most_shared_links(link_uses(posts, post_index), limit)
    ]


def circle_links(post_index: PostIndex, circles: Circles) -> tuple[tuple[CircleId, tuple[TrendingItem, ...]], ...]:
    """The links most shared inside each circle, over the window."""
    return tuple(
        (
            circle.id,
            tuple(
                shared_links(
                    (post for member in circle.members for post in post_index.on_topic.get(member.person, ())),
                    post_index,
                    CIRCLE_LINKS,
                )
            ),
        )
        for circle in circles.circles
    )
