"""Which post takes up which: citations of posts, and the links to posts that no citation stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.insight.terms.post_index import Library
from generator.records import Circumstance, CitationGraph, Post, Url
from generator.urls import url_key


@dataclass(frozen=True, slots=True)
class Taking:
    """A post that takes up another, in which words, and what it does with it."""

    post: Post
    target: Post
    quote: str
    circumstance: Circumstance


def takings(graph: CitationGraph, library: Library) -> Iterator[Taking]:
    """Citations of posts, and links to posts that no citation stands for: of a post and a person there is but one."""
    told: set[tuple[Url, Url]] = set()
    listing: dict[Url, bool] = {}
    for citation in graph.citations:
        post, target = library.posts.get(citation.post), library.posts.get(citation.target_post or Url(""))
        lists = citation.circumstance is Circumstance.LISTS
        listing[citation.post] = listing.get(citation.post, True) and lists
        if post and target and _said(post, library):
            told.add((post.url, target.url))
            yield Taking(post, target, citation.quote, citation.circumstance)
    known = {url_key(url): post for post in library.posts.values() for url in (*post.aliases, post.url)}
    for url in sorted(library.posts):
        post = library.posts[url]
        for link in post.links if _said(post, library) else ():
            found = known.get(url_key(link.target))
            if found and found.author != post.author and (url, found.url) not in told:
                told.add((url, found.url))
                quote = link.sentence if post.quotable else ""
                kind = Circumstance.LISTS if listing.get(url, False) else Circumstance.MENTIONS
                yield Taking(post, found, quote, kind)


def _said(post: Post, library: Library) -> bool:
    """Whether a post was out on the day the report speaks of, or is undated."""
    return post.published_on is None or post.published_on <= library.as_of
