"""Generosity: newcomers a person was first to cite, and how much of their citing gives credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from statistics import median

from generator.insight.terms.post_index import PostIndex
from generator.records import (
    CitationFunction,
    FirstCitation,
    Generosity,
    LabelledCitation,
    LabelledGraph,
    PersonId,
    PublisherKind,
)

NEWCOMER_DAYS = 365  # after their first dated post, for which a person is a newcomer
GIVING = frozenset({CitationFunction.CREDITS, CitationFunction.THANKS, CitationFunction.AGREES})
ENOUGH_CITATIONS = 5  # below it a share is chance
ENOUGH_WRITERS = 3  # of a circle, for a median
NEWCOMERS = 8
ZONES = 1  # days that two days of one moment may lie apart


def undate_later_links(graph: LabelledGraph, post_index: PostIndex) -> LabelledGraph:
    """The graph with no date on a link that must have been put in later: its post is older than what it cites."""

    def later(one: LabelledCitation) -> bool:
        target = post_index.posts.get(one.target_post) if one.target_post else None
        there = target.published_on if target else None
        return bool(one.published_on and there and (there - one.published_on).days > ZONES)

    return replace(
        graph, citations=tuple(replace(one, published_on=None) if later(one) else one for one in graph.citations)
    )


def credit_given(
    graph: LabelledGraph, post_index: PostIndex, circle_of: Mapping[PersonId, str]
) -> dict[PersonId, Generosity]:
    """The generosity of each citing person; posts about the topic only."""
    given: dict[PersonId, list[LabelledCitation]] = defaultdict(list)
    received: dict[PersonId, list[LabelledCitation]] = defaultdict(list)
    for citation in graph.citations:
        if citation.citing_on_topic and citation.in_window:
            given[citation.citing].append(citation)
            received[citation.cited].append(citation)
    share = {
        person: sum(c.function in GIVING for c in mine) / len(mine)
        for person, mine in given.items()
        if len(mine) >= ENOUGH_CITATIONS
    }
    of_circle: dict[str, list[float]] = defaultdict(list)
    for person, part in share.items():
        of_circle[circle_of.get(person, "")].append(part)
    first = _first_citations(received, post_index)
    return {
        person: Generosity(
            newcomers=tuple(first.get(person, ())[:NEWCOMERS]),
            credits=sum(c.function in GIVING for c in mine),
            given=len(mine),
            circle_share=round(median(shares), 4)
            if len(shares := of_circle.get(circle_of.get(person, ""), [])) >= ENOUGH_WRITERS
            else None,
        )
        for person, mine in given.items()
    }


def _first_citations(
    received: Mapping[PersonId, list[LabelledCitation]], post_index: PostIndex
) -> dict[PersonId, list[FirstCitation]]:
    """The first to cite each newcomer; missing where two did so on the same day."""
    found: dict[PersonId, list[FirstCitation]] = defaultdict(list)
    for cited, citations in received.items():
        began = _began(cited, post_index)
        dated = sorted(((c.published_on, c.post, c) for c in citations if c.published_on), key=lambda entry: entry[:2])
        if not began or not dated or post_index.people[cited].kind is not PublisherKind.PERSON:
            continue
        on, post, earliest = dated[0]
        rivals = {c.citing for day, _, c in dated if day == on}
        if 0 <= (on - began).days <= NEWCOMER_DAYS and len(rivals) == 1:
            found[earliest.citing].append(FirstCitation(cited, post, earliest.post_title, on))
    for newcomers in found.values():
        newcomers.sort(key=lambda one: (one.on, one.person), reverse=True)
    return found


def _began(person: PersonId, post_index: PostIndex) -> date | None:
    """The day of a person's first dated post."""
    return next((post.published_on for post in post_index.by_author.get(person, ()) if post.published_on), None)
