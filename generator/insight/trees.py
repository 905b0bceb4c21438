"""Conversations: posts that take up other posts, in order. The earliest post a post cites is its parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from generator.insight.texts import Library
from generator.records import Circumstance, Citation, CitationGraph, ConversationTree, PersonId, Post, TreeNode, Url

TREES = 40
FEWEST_POSTS = 3
# Two posts make a conversation only where the second says that it speaks to the first.
SPEAKING = frozenset({Circumstance.REPLIES, Circumstance.DISAGREES, Circumstance.QUOTES, Circumstance.AGREES})


def conversation_trees(graph: CitationGraph, library: Library, *, limit: int = TREES) -> tuple[ConversationTree, ...]:
    """Trees of posts that took one another up, those in which most people speak first, then the latest.

    A post hangs under the earliest dated of the posts it cites, never under one dated after it, so that no
    tree has a circle. Lists and roundups take nobody up. Trees of three posts, and pairs in which the second
    answers, praises, quotes or contradicts the first.
    """
    parent: dict[Url, Citation] = {}
    for citation in sorted(graph.citations, key=lambda c: (str(c.published_on), c.post, str(c.target_post))):
        known = parent.get(citation.post)
        if _takes_up(citation, library.posts) and (known is None or _earlier(citation, known, library.posts)):
            parent[citation.post] = citation
    children: dict[Url, list[Url]] = defaultdict(list)
    for post, citation in parent.items():
        assert citation.target_post is not None
        children[citation.target_post].append(post)
    roots = sorted(url for url in children if url not in parent)
    trees = [tree for root in roots if (tree := _tree(root, children, parent, library.posts))]
    trees.sort(key=lambda tree: (-_spoken(tree.nodes), -tree.people, -len(tree.nodes), _newest(tree.nodes), tree.root))
    return tuple(trees[:limit])


def _spoken(nodes: Iterable[TreeNode]) -> float:
    """How many people take part, those whose words only mention counted half: a reference is no conversation."""
    does: dict[PersonId, float] = {}
    for node in nodes:
        weight = 0.5 if node.parent and node.circumstance is Circumstance.MENTIONS else 1.0
        does[node.author] = max(does.get(node.author, 0.0), weight)
    return sum(does.values())


def _newest(nodes: Iterable[TreeNode]) -> int:
    """Sort key: trees with a later last post come first."""
    return -max((node.on or date.min).toordinal() for node in nodes)


def _takes_up(citation: Citation, posts: Mapping[Url, Post]) -> bool:
    """Whether a citation joins two dated posts in their order of time, at least one of them on topic."""
    if citation.target_post is None or citation.circumstance is Circumstance.LISTS:
        return False
    post, cited = posts.get(citation.post), posts.get(citation.target_post)
    if post is None or cited is None or post.published_at is None or cited.published_at is None:
        return False
    if not (post.on_topic or cited.on_topic):
        return False
    return (cited.published_on or date.max, cited.url) < (post.published_on or date.min, post.url)


def _earlier(one: Citation, other: Citation, posts: Mapping[Url, Post]) -> bool:
    """Whether one citation's target was published before the other's; a stated reply beats any other."""
    if (one.circumstance is Circumstance.REPLIES) != (other.circumstance is Circumstance.REPLIES):
        return one.circumstance is Circumstance.REPLIES
    assert one.target_post is not None
    assert other.target_post is not None
    first, second = posts[one.target_post], posts[other.target_post]
    return (first.published_on or date.max, first.url) < (second.published_on or date.max, second.url)


def _tree(
    root: Url, children: Mapping[Url, list[Url]], parent: Mapping[Url, Citation], posts: Mapping[Url, Post]
) -> ConversationTree | None:
    """All that hangs under a post, in order of reading; None where it is no conversation."""
    nodes: list[TreeNode] = []
    waiting: list[tuple[Url, int]] = [(root, 0)]
    while waiting:
        url, depth = waiting.pop()
        post, citation = posts[url], parent.get(url)
        nodes.append(
            TreeNode(url, post.author, post.title, post.published_on, citation.target_post if citation else None,
                     depth, citation.quote if citation else "",
                     citation.circumstance if citation else Circumstance.MENTIONS)
        )  # fmt: skip
        below = sorted(children.get(url, ()), key=lambda u: (posts[u].published_on or date.min, u), reverse=True)
        waiting += [(child, depth + 1) for child in below]
    people = len({node.author for node in nodes})
    speaks = any(parent[node.post].circumstance in SPEAKING for node in nodes if node.post in parent)
    if people < 2 or (len(nodes) < FEWEST_POSTS and not speaks):
        return None
    return ConversationTree(root, tuple(nodes), people)
