"""Which elements of a page hold its main text.

Markup that says so comes first, then the containers that publishing systems use, then trafilatura. Returns
elements or blocks of the page itself, never rewritten text: quotes must be found in the page as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import trafilatura

from generator.extract.blocks import Block, Reading, read_blocks
from generator.extract.dom import Element
from generator.extract.metadata import by_class, by_value, outermost

ENOUGH_TEXT = 200  # characters; a container with less is believed only where it is most of the page
GOOD_SHARE = 0.4  # of the page's text outside furniture
# Named by markup: these hold the text alone.
EXACT = (("class", "e-content"), ("itemprop", "articleBody"))
# Named by habit: WordPress, Ghost, Hugo themes, Jekyll, Blogger, Substack, Medium, Hakyll, Pelican.
HABITUAL = (
    "entry-content", "post-content", "post-body", "postbody", "article-content", "article-body", "article__content",
    "post__content", "post-text", "post-entry", "blog-post-content", "gh-content", "kg-canvas", "body", "markup",
    "available-content", "section-content", "single-content", "content-body", "page-content", "article-post",
    "article-entry", "postContent", "prose", "markdown-body",
)  # fmt: skip
WORD = re.compile(r"\W+")
LONG_BLOCK = 40  # key characters; shorter blocks occur anywhere and prove no place


def named_containers(root: Element) -> tuple[Element, ...]:
    """Elements that claim to hold a whole text each; several of them make a list of posts."""
    for attribute, value in EXACT:
        if found := outermost(by_value(root, attribute, value)):
            return tuple(found)
    for name in HABITUAL:
        if found := outermost(by_class(root, name)):
            return tuple(found)
    return ()


def articles(root: Element) -> tuple[Element, ...]:
    """Outermost article-like elements: h-entry, article, hentry, BlogPosting; those in comments left out."""
    found = by_class(root, "h-entry", "hentry") or by_value(root, "itemtype", "http://schema.org/BlogPosting")
    return tuple(outermost(found or list(root.iter("article"))))


def read_main(root: Element, found: tuple[Element, ...], containers: tuple[Element, ...]) -> Reading:
    """The page read with its main text marked.

    Args:
        root: the page.
        found: what `articles` found.
        containers: what `named_containers` found.
    """
    for candidate, exact in _candidates(root, found, containers):
        reading = read_blocks(root, main=candidate)
        length = _length(reading.body)
        total = _length(b for b in reading.blocks if not b.furniture and not b.comment)
        if length and (length >= GOOD_SHARE * total or (exact and length >= ENOUGH_TEXT)):
            return reading
    plain = read_blocks(root, whole=True)
    return _by_trafilatura(root, plain) or plain


def _candidates(
    root: Element, found: tuple[Element, ...], containers: tuple[Element, ...]
) -> Iterable[tuple[tuple[Element, ...], bool]]:
    """Sets of elements that may hold the main text, most trusted first; whether their name says so."""
    if containers:
        if len(containers) == 1 or not found:
            yield containers, True
        else:
            largest = max(containers, key=lambda e: len("".join(str(t) for t in e.itertext())))
            yield (largest,), False
    if len(found) == 1:
        yield found, True
    for elements in (by_value(root, "role", "main"), list(root.iter("main")), _by_id(root)):
        if len(elements) == 1:
            yield (elements[0],), False


def _by_id(root: Element) -> list[Element]:
    """The element whose id or class is `content`, `main` or `post`."""
    for name in ("content", "main", "main-content", "post", "article"):
        if found := (by_value(root, "id", name) or by_class(root, name)):
            return outermost(found)[:1]
    return []


def _length(blocks: Iterable[Block]) -> int:
    """Characters of text, links not counted: menus are all links."""
    return sum(len(b.text) - sum(a.end - a.start for a in b.anchors) for b in blocks)


def _by_trafilatura(root: Element, plain: Reading) -> Reading | None:
    """The stretch of blocks that trafilatura takes for the main text; None where it finds none.

    Only the place is taken from it, not the text: its own rewriting drops white space and listings.
    """
    main = trafilatura.extract(root, include_comments=False, include_tables=True, favor_recall=True)
    if not main:
        return None
    inside = WORD.sub("", main.casefold())
    hits = [
        number
        for number, block in enumerate(plain.blocks)
        if len(key := WORD.sub("", block.text.casefold())) >= LONG_BLOCK and key in inside
    ]
    if not hits:
        return None
    first, last = hits[0], hits[-1]
    blocks = tuple(
        Block(b.text, b.tag, b.anchors, first <= n <= last, b.furniture, b.comment, b.code, b.quoted)
        for n, b in enumerate(plain.blocks)
    )
    return Reading(blocks, plain.links_left_out)
