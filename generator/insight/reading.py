"""Three pieces to read first and why: most cited in the circle, most central to the topic, latest substantial."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from generator.insight.texts import Library
from generator.records import Circles, CitationGraph, PersonId, Post, Reading, Url

WORDS_PER_MINUTE = 230  # silent reading of English non-fiction is 238 words a minute (Brysbaert 2019)
SUBSTANTIAL = 400  # words; shorter posts are notes


@dataclass(frozen=True, slots=True)
class Citers:
    """Who cites each post: everybody, and by circle of the citing."""

    of_post: Mapping[Url, frozenset[PersonId]]
    circle_of: Mapping[PersonId, str]


def citers_by_post(graph: CitationGraph, circles: Circles) -> Citers:
    """Who cites which post."""
    of_post: dict[Url, set[PersonId]] = defaultdict(set)
    for citation in graph.citations:
        if citation.target_post:
            of_post[citation.target_post].add(citation.citing)
    return Citers({url: frozenset(people) for url, people in of_post.items()}, dict(circles.circle_of()))


def first_pieces(person: PersonId, library: Library, citers: Citers) -> tuple[Reading, ...]:
    """At most three distinct posts of theirs, each with its reason."""
    posts = [post for post in library.topical.get(person, ()) if post.words > 0]
    chosen: list[Reading] = []
    taken: set[str] = set()

    def take(post: Post, why: str) -> None:
        taken.update((post.url, post.title.casefold()))
        minutes = max(1, round(post.words / WORDS_PER_MINUTE))
        chosen.append(Reading(post.url, post.title, post.published_on, why, minutes))

    cited = _most_cited(person, posts, citers)
    if cited:
        take(*cited)
    free = [post for post in posts if post.url not in taken and post.title.casefold() not in taken]
    central = [post for post in free if post.words >= SUBSTANTIAL] or free
    if central:
        best = max(
            central,
            key=lambda post: (round(post.relevance, 2), min(post.words, 3000), str(post.published_on), post.url),
        )
        take(best, "The most central to the topic of all they wrote in the window.")
    free = [
        post for post in posts if post.url not in taken and post.title.casefold() not in taken and post.published_on
    ]
    latest = [post for post in free if post.words >= SUBSTANTIAL] or free
    if latest:
        newest = max(latest, key=lambda post: (str(post.published_on), post.url))
        take(
            newest,
            "Their latest substantial piece." if newest.words >= SUBSTANTIAL else "Their latest piece, a short one.",
        )
    return tuple(chosen)


def _most_cited(person: PersonId, posts: list[Post], citers: Citers) -> tuple[Post, str] | None:
    """The post most people of their circle cite, of everybody where the circle cites none."""
    home = citers.circle_of.get(person)

    def inside(post: Post) -> int:
        return sum(citers.circle_of.get(who) == home for who in citers.of_post.get(post.url, ()))

    def all_of(post: Post) -> int:
        return len(citers.of_post.get(post.url, ()))

    cited = [post for post in posts if all_of(post)]
    if not cited:
        return None
    best = max(cited, key=lambda post: (inside(post), all_of(post), post.relevance, str(post.published_on), post.url))
    count, where = (inside(best), " in their circle") if inside(best) else (all_of(best), "")
    people = "1 person" if count == 1 else f"{count} people"
    return (
        best,
        f"Cited by {people}{where}, more than any other post of theirs." if count > 1 else f"Cited by {people}{where}.",
    )
