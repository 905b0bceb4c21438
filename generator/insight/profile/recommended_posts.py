"""Three pieces to read first and why: most cited in the circle, most central to the topic, latest substantial."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from generator.insight.conversation.post_links import Taking, takings
from generator.insight.terms.post_index import Library
from generator.records import Circles, Circumstance, CitationGraph, PersonId, Post, Reading, Url
from generator.text import clip

WORDS_PER_MINUTE = 230  # silent reading of English non-fiction is 238 words a minute (Brysbaert 2019)
SUBSTANTIAL = 400  # words; shorter posts are notes
DOES = {
    Circumstance.CREDITS: "credits it",
    Circumstance.AGREES: "praises it",
    Circumstance.THANKS: "thanks them for it",
    Circumstance.REPLIES: "replies to it",
    Circumstance.QUOTES: "quotes it",
    Circumstance.DISAGREES: "disagrees with it",
}


@dataclass(frozen=True, slots=True)
class Citers:
    """Who cites each post, the circle of each person, and each post's most telling citation."""

    of_post: Mapping[Url, frozenset[PersonId]]
    circle_of: Mapping[PersonId, str]
    told_by: Mapping[Url, Taking]


def citers_by_post(graph: CitationGraph, library: Library, circles: Circles) -> Citers:
    """Who cites which post."""
    of_post: dict[Url, set[PersonId]] = defaultdict(set)
    told_by: dict[Url, Taking] = {}
    for taking in sorted(takings(graph, library), key=_telling, reverse=True):
        of_post[taking.target.url].add(taking.post.author)
        told_by.setdefault(taking.target.url, taking)
    return Citers({url: frozenset(people) for url, people in of_post.items()}, dict(circles.circle_of()), told_by)


def _telling(taking: Taking) -> tuple[bool, str, Url]:
    """Sort key: what does more than mention or list tells most, then the latest."""
    return taking.circumstance in DOES, str(taking.post.published_on or ""), taking.post.url


def first_pieces(person: PersonId, library: Library, citers: Citers) -> tuple[Reading, ...]:
    """At most three distinct posts of theirs, each with its reason."""
    posts = [post for post in library.topical.get(person, ()) if post.words > 0]
    chosen: list[Reading] = []
    taken: set[str] = set()

    def take(post: Post, why: str) -> None:
        taken.update((post.url, post.title.casefold()))
        minutes = max(1, round(post.words / WORDS_PER_MINUTE))
        chosen.append(Reading(post.url, post.title, post.published_on, why, minutes))

    cited = _most_cited(person, posts, citers, library)
    if cited:
        take(*cited)
    free = [post for post in posts if post.url not in taken and post.title.casefold() not in taken]
    central = [post for post in free if post.words >= SUBSTANTIAL] or free
    if central:
        best = max(
            central,
            key=lambda post: (round(post.relevance, 2), min(post.words, 3000), str(post.published_on), post.url),
        )
        many = f" of the {len(posts)} pieces they wrote about it" if len(posts) > 1 else ""
        take(best, f"The most central to the topic{many}.")
    free = [
        post for post in posts if post.url not in taken and post.title.casefold() not in taken and post.published_on
    ]
    latest = [post for post in free if post.words >= SUBSTANTIAL] or free
    if latest:
        newest = max(latest, key=lambda post: (str(post.published_on), post.url))
        take(
            newest,
            _latest(newest, [post for post in posts if post.url in taken]),
        )
    return tuple(chosen)


def _latest(newest: Post, named: list[Post]) -> str:
    """What can be said of the latest piece left, beside those already named."""
    besides = " besides these" if any(str(post.published_on or "") > str(newest.published_on) for post in named) else ""
    if newest.words < SUBSTANTIAL:
        return f"Their latest piece{besides}, a short one."
    return f"Their latest substantial piece{besides}."


def _most_cited(person: PersonId, posts: list[Post], citers: Citers, library: Library) -> tuple[Post, str] | None:
    """The post most people of their circle cite, of everybody where the circle cites none."""
    home = citers.circle_of.get(person)

    def inside(post: Post) -> int:
        return sum(
            citers.circle_of.get(who) == home and library.is_person(who) for who in citers.of_post.get(post.url, ())
        )

    def all_of(post: Post) -> int:
        return sum(library.is_person(who) for who in citers.of_post.get(post.url, ()))

    cited = [post for post in posts if citers.of_post.get(post.url)]
    if not cited:
        return None
    best = max(cited, key=lambda post: (inside(post), all_of(post), post.relevance, str(post.published_on), post.url))
    total, near = all_of(best), inside(best)
    if total < 2:
        return best, _once(citers.told_by[best.url], library)
    if near < 2:
        return best, f"Cited by {total} people{', one of them in their circle' if near else ''}."
    most = all(inside(post) < near for post in cited if post.url != best.url)
    return best, f"Cited by {near} people in their circle{', more than any other post of theirs' if most else ''}."


def _once(taking: Taking, library: Library) -> str:
    """Why a post that one person cites comes first: who, and what they do with it."""
    does = DOES.get(taking.circumstance, "links to it")
    name, title = library.name(taking.post.author), taking.post.title
    return f"{name} {does} in “{clip(title, 80)}”." if title else f"{name} {does}."
