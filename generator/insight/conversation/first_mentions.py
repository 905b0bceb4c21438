"""Who said it first and who followed: pages that several link, and rare phrases that several took up, by date.

The first is the earliest dated post of the corpus; other sources and undated posts are not considered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from generator.insight.conversation.series import LinkUse, Series
from generator.insight.terms.post_index import PostIndex, prose_sentences
from generator.insight.terms.term_counts import TermTable, merge_contained_terms
from generator.languages.quotability import is_quotable
from generator.records import Adoption, FirstMention, ItemKind, LabelledGraph, PersonId, Post, UrlKey
from generator.text import clip
from generator.urls import host_of, url_key

LINKS, PHRASES = 12, 12
FEWEST_PEOPLE = 3  # a page or phrase of two people is their affair
RARE_SHARE, RARE_POSTS = 0.015, 12  # of all posts, and posts at least: up to which a phrase is rare
HEARD_BEFORE = 0.05  # share of the window that must lie before a first: what stands at its edge may be older
LINK_DAYS, PHRASE_DAYS = 365, 730  # within which half of those who followed must have: else it is a work of reference,
# linked at any time, or words that met by chance
CHECKED = 30  # phrases whose first use is looked for in whole texts; terms are counted in the first part of a post
SHOWN_PEOPLE = 10
REFERENCE = re.compile(r"docs?\.|api\.|developer\.|(?:\w+\.)?wikipedia\.")  # hosts of pages one looks things up in


def first_link_mentions(
    uses: Mapping[UrlKey, LinkUse], post_index: PostIndex, graph: LabelledGraph
) -> tuple[FirstMention, ...]:
    """Pages at least three people link, with who did first; posts of the circle stand among the conversations."""
    own = {url_key(post.url) for post in post_index.corpus.posts}
    citing = _citing(graph)
    found = [
        FirstMention(ItemKind.LINK, use.label, use.target, shares, _around(use, shares))
        for key, use in uses.items()
        if use.people >= FEWEST_PEOPLE and key not in own and not REFERENCE.match(host_of(use.target))
        if _followed(shares := _shares(use.posts, citing, post_index), LINK_DAYS)
    ]
    return tuple(sorted(found, key=_most_telling)[:LINKS])


def rare_phrases(table: TermTable, excluded_words: frozenset[str]) -> list[int]:
    """Terms of two words and more that few posts hold."""
    few = np.flatnonzero((table.posts_per_term <= max(RARE_POSTS, RARE_SHARE * len(table.posts))) & table.subject)
    return [int(t) for t in few if " " in table.terms[t] and excluded_words.isdisjoint(table.terms[t].split())]


def first_phrase_mentions(
    all_series: Sequence[Series], post_index: PostIndex, graph: LabelledGraph
) -> tuple[FirstMention, ...]:
    """Phrases that at least three people use, one of them with a link to the first.

    Args:
        all_series: of the phrases of `rare_phrases`.
        post_index: the posts.
        graph: citations between people.
    """
    citing = _citing(graph)
    first_day, last_day = post_index.corpus.window
    begins = first_day.toordinal() + HEARD_BEFORE * (last_day - first_day).days
    found: list[tuple[FirstMention, Series]] = []
    for series in all_series:
        if len(series.people) < FEWEST_PEOPLE:
            continue
        shares = _shares(series.posts, citing, post_index)
        if shares and shares[0].on.toordinal() >= begins and _taken_up(shares):
            found.append((FirstMention(ItemKind.PHRASE, series.label, series.key, shares), series))
    found.sort(key=lambda pair: _most_telling(pair[0]))
    told: list[FirstMention] = []
    before = _earlier([said for said, _ in found[:CHECKED]], post_index)
    for said, series in found[:CHECKED]:
        earlier = before.get(said.ref)
        pattern = _pattern(said.ref)  # terms are counted without the 's of "Rust's roadmap", which is another phrase
        holding = [post for post in (*series.posts, *([earlier] if earlier else ())) if _holds(post, pattern)]
        shares = _shares(holding, citing, post_index)
        if (
            shares
            and _taken_up(shares)
            and (quote := _sentence(said.ref, post_index.posts[shares[0].post], post_index))
        ):
            told.append(replace(said, shares=shares, quote=quote))
    kept = set(
        merge_contained_terms(
            [(said.ref, len(said.shares)) for said in told], PHRASES, code=all_series[0].code if all_series else ""
        )
    )
    return tuple(said for said in told if said.ref in kept)


def _holds(post: Post, pattern: re.Pattern[str]) -> bool:
    """Whether a phrase stands in a post, its title included."""
    return bool(pattern.search(post.text) or pattern.search(post.title))


def _taken_up(shares: Sequence[Adoption]) -> bool:
    """Whether a phrase went from one to others: soon, and with a link by one of them at least."""
    return _followed(shares, PHRASE_DAYS) and any(share.credits_first for share in shares)


def _earlier(first_mentions: Sequence[FirstMention], post_index: PostIndex) -> dict[str, Post]:
    """By phrase, the earliest post that holds it in its whole text, where that is before the one known as first."""
    patterns = [(said, said.ref.split(), _pattern(said.ref)) for said in first_mentions]
    found: dict[str, Post] = {}
    dated = (post for posts in post_index.on_topic.values() for post in posts if post.published_on)
    for post in sorted(dated, key=lambda p: (str(p.published_at), p.url)):
        folded = ""
        for said, parts, pattern in patterns:
            if said.ref in found or str(post.published_on) >= said.shares[0].on.isoformat():
                continue
            folded = folded or post.text.casefold()  # once a post: most hold no word of any phrase
            if all(part in folded for part in parts) and pattern.search(post.text):
                found[said.ref] = post
    return found


def _most_telling(said: FirstMention) -> tuple[int, int, int, str]:
    """Sort key: with most links to the first, by most people, taken up latest."""
    newest = max(share.on for share in said.shares).toordinal()
    return -sum(share.credits_first for share in said.shares), -len(said.shares), -newest, said.ref


def _citing(graph: LabelledGraph) -> frozenset[tuple[str, PersonId]]:
    """Pairs of a post and a person it links to."""
    return frozenset((citation.post, citation.cited) for citation in graph.citations)


def _shares(
    posts: Iterable[Post], citing: frozenset[tuple[str, PersonId]], post_index: PostIndex
) -> tuple[Adoption, ...]:
    """The first dated post of each person, oldest first; empty where two people share the first day."""
    first: dict[PersonId, Post] = {}
    for post in sorted(posts, key=lambda p: (str(p.published_at), p.url)):
        if post.published_on and post.published_on <= post_index.as_of:
            first.setdefault(post.author, post)
    ordered = [(post.published_on, post.url, person) for person, post in first.items() if post.published_on]
    ordered.sort()
    if len(ordered) < 2 or ordered[0][0] == ordered[1][0]:
        return ()  # on the same day the order is unknown
    origin = ordered[0][2]
    return tuple(
        Adoption(person, url, on, credits_first=place > 0 and (url, origin) in citing)
        for place, (on, url, person) in enumerate(ordered[:SHOWN_PEOPLE])
    )


def _followed(shares: Sequence[Adoption], days: int) -> bool:
    """Whether enough people followed, and half of them within so many days."""
    soon = sum((share.on - shares[0].on).days <= days for share in shares[1:])
    return len(shares) >= FEWEST_PEOPLE and 2 * soon >= len(shares) - 1


def _around(use: LinkUse, shares: Sequence[Adoption]) -> str:
    """The words the first one put around the link."""
    post = next(post for post in use.posts if post.url == shares[0].post)
    found = [link.sentence for link in post.links if url_key(link.target) == url_key(use.target)]
    return next((quote for quote in found if post.quotable and is_quotable(quote)), "")


def _sentence(phrase: str, post: Post, post_index: PostIndex) -> str:
    """The first sentence of a post that holds a phrase, at most 280 characters; "" where none can be shown."""
    pattern = _pattern(phrase)
    if not post.quotable:
        return ""
    for sentence, _ in prose_sentences(post.text, post_index.boilerplate.get(post.author, frozenset())):
        if pattern.search(sentence) and is_quotable(sentence) and pattern.search(short := clip(sentence, 280)):
            return short
    return ""


def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase in running text, whatever stands between its words for a space."""
    words = r"[\s-]{1,3}".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
