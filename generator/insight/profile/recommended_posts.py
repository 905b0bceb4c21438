"""Three pieces to read first and why: most cited in the circle, most central to the topic, latest substantial."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from generator.insight.profile.post_links import PostLink, post_links
from generator.insight.terms.post_index import PostIndex
from generator.records import Circles, CitationFunction, LabelledGraph, PersonId, Post, RecommendedPost, Url
from generator.text import clip

WORDS_PER_MINUTE = 230  # silent reading of English non-fiction is 238 words a minute (Brysbaert 2019)
SUBSTANTIAL = 400  # words; shorter posts are notes
DOES = {
    CitationFunction.CREDITS: "credits it",
    CitationFunction.AGREES: "praises it",
    CitationFunction.THANKS: "thanks them for it",
    CitationFunction.REPLIES: "replies to it",
    CitationFunction.QUOTES: "quotes it",
    CitationFunction.DISAGREES: "disagrees with it",
}


@dataclass(frozen=True, slots=True)
class PostCiters:
    """Who cites each post, the circle of each person, and each post's most telling citation."""

    of_post: Mapping[Url, frozenset[PersonId]]
    circle_of: Mapping[PersonId, str]
    cited_in: Mapping[Url, PostLink]


def citers_by_post(graph: LabelledGraph, post_index: PostIndex, circles: Circles) -> PostCiters:
    """Who cites which post."""
    of_post: dict[Url, set[PersonId]] = defaultdict(set)
    cited_in: dict[Url, PostLink] = {}
    for taking in sorted(post_links(graph, post_index), key=_telling, reverse=True):
        of_post[taking.target.url].add(taking.post.author)
        cited_in.setdefault(taking.target.url, taking)
    return PostCiters({url: frozenset(people) for url, people in of_post.items()}, dict(circles.circle_of()), cited_in)


def _telling(taking: PostLink) -> tuple[bool, str, Url]:
    """Sort key: what does more than mention or list tells most, then the latest."""
    return taking.function in DOES, str(taking.post.published_on or ""), taking.post.url


def recommended_posts(person: PersonId, post_index: PostIndex, citers: PostCiters) -> tuple[RecommendedPost, ...]:
    """At most three distinct posts of a person, each with its reason."""
    posts = [post for post in post_index.on_topic.get(person, ()) if post.words > 0]
    chosen: list[RecommendedPost] = []
    taken: set[str] = set()

    def take(post: Post, why: str) -> None:
        taken.update((post.url, post.title.casefold()))
        minutes = max(1, round(post.words / WORDS_PER_MINUTE))
        chosen.append(RecommendedPost(post.url, post.title, post.published_on, why, minutes))

    cited = _most_cited(person, posts, citers, post_index)
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


def _most_cited(
    person: PersonId, posts: list[Post], citers: PostCiters, post_index: PostIndex
) -> tuple[Post, str] | None:
    """The post most people of their circle cite; the most cited post overall where the circle cites none."""
    home = citers.circle_of.get(person)

    def inside(post: Post) -> int:
        return sum(
            citers.circle_of.get(who) == home and post_index.is_person(who) for who in citers.of_post.get(post.url, ())
        )

    def all_of(post: Post) -> int:
        return sum(post_index.is_person(who) for who in citers.of_post.get(post.url, ()))

    cited = [post for post in posts if citers.of_post.get(post.url)]
    if not cited:
        return None
    best = max(cited, key=lambda post: (inside(post), all_of(post), post.relevance, str(post.published_on), post.url))
    total, near = all_of(best), inside(best)
    if total < 2:
        return best, _once(citers.cited_in[best.url], post_index)
    if near < 2:
        return best, f"Cited by {total} people{', one of them in their circle' if near else ''}."
    most = all(inside(post) < near for post in cited if post.url != best.url)
    return best, f"Cited by {near} people in their circle{', more than any other post of theirs' if most else ''}."


def _once(taking: PostLink, post_index: PostIndex) -> str:
    """Why a post that one person cites comes first: who, and what they do with it."""
    does = DOES.get(taking.function, "links to it")
    name, title = post_index.name(taking.post.author), taking.post.title
    return f"{name} {does} in “{clip(title, 80)}”." if title else f"{name} {does}."
