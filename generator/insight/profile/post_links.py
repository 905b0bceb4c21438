"""Which post takes up which: citations of posts, and the links to posts that no citation stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.insight.terms.post_index import PostIndex
from generator.records import CitationFunction, LabelledGraph, Post, Url
from generator.urls import url_key


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post that takes up another, in which words, and what it does with it."""

    post: Post
    target: Post
    quote: str
    function: CitationFunction


def post_links(graph: LabelledGraph, post_index: PostIndex) -> Iterator[PostLink]:
    """Citations of posts, and links to posts that no citation stands for: of a post and a person there is but one."""
    told: set[tuple[Url, Url]] = set()
    listing: dict[Url, bool] = {}
    for citation in graph.citations:
        post, target = post_index.posts.get(citation.post), post_index.posts.get(citation.target_post or Url(""))
        lists = citation.function is CitationFunction.LISTS
        listing[citation.post] = listing.get(citation.post, True) and lists
        if post and target and _said(post, post_index):
            told.add((post.url, target.url))
            yield PostLink(post, target, citation.quote, citation.function)
    known = {url_key(url): post for post in post_index.posts.values() for url in (*post.aliases, post.url)}
    for url in sorted(post_index.posts):
        post = post_index.posts[url]
        for link in post.links if _said(post, post_index) else ():
            found = known.get(url_key(link.target))
            if found and found.author != post.author and (url, found.url) not in told:
                told.add((url, found.url))
                quote = link.sentence if post.quotable else ""
                kind = CitationFunction.LISTS if listing.get(url, False) else CitationFunction.MENTIONS
                yield PostLink(post, found, quote, kind)


def _said(post: Post, post_index: PostIndex) -> bool:
    """Whether a post was out on the day the report speaks of, or is undated."""
    return post.published_on is None or post.published_on <= post_index.as_of
