"""Conversations: posts that take up other posts, in order. Of those it links to, a post has one parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from generator.insight.profile.post_links import PostLink, post_links
from generator.insight.terms.post_index import PostIndex
from generator.records import CitationFunction, ConversationTree, LabelledGraph, PersonId, Post, TreeNode, Url

TREES = 40
FEWEST_POSTS, MOST_POSTS = 3, 30
# Two posts make a conversation only where the second says that it speaks to the first.
SPEAKING = frozenset(
    {CitationFunction.REPLIES, CitationFunction.DISAGREES, CitationFunction.QUOTES, CitationFunction.AGREES}
)


def conversation_trees(
    graph: LabelledGraph, post_index: PostIndex, *, limit: int = TREES
) -> tuple[ConversationTree, ...]:
    """Trees of posts that took one another up, those in which most people speak first, then the latest.

    A post hangs under the post its words speak of, else under the earliest dated of those it links to, never under
    one dated after it, so that no tree has a circle. Lists and round-ups do not count. Trees of three posts, and
    pairs in which the second answers, praises, quotes or contradicts the first. A large tree is shown as
    several: its largest branches become trees of their own.
    """
    parent: dict[Url, PostLink] = {}
    for taking in post_links(graph, post_index):
        known = parent.get(taking.post.url)
        if _takes_up(taking) and (known is None or _order(taking) < _order(known)):
            parent[taking.post.url] = taking
    children: dict[Url, list[Url]] = defaultdict(list)
    for url, taking in parent.items():
        children[taking.target.url].append(url)
    roots = sorted(url for url in children if url not in parent)
    apart = _apart(roots, children)
    trees = [
        tree for root in (*roots, *sorted(apart)) if (tree := _tree(root, children, parent, post_index.posts, apart))
    ]
    trees.sort(key=lambda tree: (-_spoken(tree.nodes), -tree.people, -len(tree.nodes), _newest(tree.nodes), tree.root))
    return tuple(trees[:limit])


def _apart(roots: Iterable[Url], children: Mapping[Url, list[Url]]) -> frozenset[Url]:
    """The posts whose branches become trees of their own, so that no depth makes one larger than `MOST_POSTS`."""
    order: list[Url] = []
    waiting = list(roots)
    while waiting:
        url = waiting.pop()
        order.append(url)
        waiting += children.get(url, ())
    apart: set[Url] = set()
    size: dict[Url, int] = {}
    for url in reversed(order):  # branches before what they hang under
        size[url] = 1 + sum(size[child] for child in children.get(url, ()))
        for child in sorted(children.get(url, ()), key=lambda child: (-size[child], child)):
            if size[url] <= MOST_POSTS or size[child] < FEWEST_POSTS:
                break
            apart.add(child)
            size[url] -= size[child] - 1
    return frozenset(apart)


def _spoken(nodes: Iterable[TreeNode]) -> float:
    """How many people take part, those whose words only mention counted half: a reference alone is not conversation."""
    does: dict[PersonId, float] = {}
    for at, node in enumerate(nodes):
        weight = 0.5 if at and node.function is CitationFunction.MENTIONS else 1.0
        does[node.author] = max(does.get(node.author, 0.0), weight)
    return sum(does.values())


def _newest(nodes: Iterable[TreeNode]) -> int:
    """Sort key: trees with a later last post come first."""
    return -max((node.on or date.min).toordinal() for node in nodes)


def _takes_up(taking: PostLink) -> bool:
    """Whether a link joins two dated posts in their order of time, at least one of them on topic."""
    post, cited = taking.post, taking.target
    if taking.function is CitationFunction.LISTS or post.published_at is None or cited.published_at is None:
        return False
    if not (post.on_topic or cited.on_topic):
        return False
    return (cited.published_on or date.max, cited.url) < (post.published_on or date.min, post.url)


def _order(taking: PostLink) -> tuple[int, date, Url]:
    """Sort key: a stated reply beats any other, words that speak beat a mention, then the earliest is the parent."""
    says = (
        0 if taking.function is CitationFunction.REPLIES else 2 if taking.function is CitationFunction.MENTIONS else 1
    )
    return says, taking.target.published_on or date.max, taking.target.url


def _tree(
    root: Url,
    children: Mapping[Url, list[Url]],
    parent: Mapping[Url, PostLink],
    posts: Mapping[Url, Post],
    apart: frozenset[Url],
) -> ConversationTree | None:
    """All that hangs under a post, in order of reading; None where it is not a conversation."""
    nodes: list[TreeNode] = []
    waiting: list[tuple[Url, int]] = [(root, 0)]
    while waiting:
        url, depth = waiting.pop()
        post, taking = posts[url], parent.get(url)
        goes_on = url in apart and url != root
        nodes.append(
            TreeNode(
                url,
                post.author,
                post.title,
                post.published_on,
                taking.target.url if taking else None,
                depth,
                taking.quote if taking else "",
                taking.function if taking else CitationFunction.MENTIONS,
                goes_on,
            )
        )
        below = sorted(
            () if goes_on else children.get(url, ()), key=lambda u: (posts[u].published_on or date.min, u), reverse=True
        )
        waiting += [(child, depth + 1) for child in below]
    people = len({node.author for node in nodes})
    speaks = any(parent[node.post].function in SPEAKING for node in nodes[1:])
    if people < 2 or (len(nodes) < FEWEST_POSTS and not speaks):
        return None
    return ConversationTree(root, tuple(nodes), people)
