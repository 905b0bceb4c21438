"""Finds the elements of a page that hold its main text.

Tries explicit markup first, then container classes of publishing systems, then the largest cell of a layout table, then
trafilatura. The result is elements or blocks of the page, not rewritten text, because quotations must be verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import trafilatura
from lxml import etree

from generator.extract.blocks import Block, DocumentBlocks, read_blocks
from generator.extract.dom import UNREAD_TAGS, Element, in_frame
from generator.extract.structured_data import by_class, by_value, outermost

MIN_MAIN_CHARS = 200  # characters of a marked container that is accepted whatever its share
MIN_MAIN_SHARE = 0.4  # share of the page's text outside furniture
# Vocabularies that define the text of a post.
MARKED = (("class", "e-content"), ("itemprop", "articleBody"))
# Class names of WordPress, Ghost, Hugo themes, Jekyll, Blogger, Substack, Medium, Hakyll, Pelican.
CONTAINER_CLASSES = (
    "entry-content",
    "post-content",
    "post-body",
    "postbody",
    "article-content",
    "article-body",
    "article__content",
    "post__content",
    "post-text",
    "post-entry",
    "blog-post-content",
    "gh-content",
    "kg-canvas",
    "body",
    "markup",
    "available-content",
    "section-content",
    "single-content",
    "content-body",
    "page-content",
    "article-post",
    "article-entry",
    "postContent",
    "prose",
    "markdown-body",
)
UNCOUNTED_TAGS = UNREAD_TAGS | {"a", "title"}  # links do not count: menus consist of them
NON_WORD = re.compile(r"\W+")
MAX_TEASER_CHARS = 400  # a shorter article element beside one longer one is a teaser of another post
MIN_CELL_SHARE = 0.6  # share of the text outside links that makes a table cell the main text
MIN_KEY_CHARS = 40  # letters and digits of a block that identify its position


def named_containers(root: Element) -> tuple[Element, ...]:
    """Elements marked as containers of a post's text; several of them are a list of posts."""
    for attribute, value in MARKED:
        if found := outermost(by_value(root, attribute, value)):
            return _drop_teasers(found)
    for name in CONTAINER_CLASSES:
        if found := outermost(by_class(root, name)):
            return _drop_teasers(found)
    return ()


def articles(root: Element) -> tuple[Element, ...]:
    """Outermost elements of an article: h-entry, hentry, BlogPosting or article; without comments and teasers."""
    found = by_class(root, "h-entry", "hentry") or by_value(root, "itemtype", "http://schema.org/BlogPosting")
    return _drop_teasers(outermost(found or list(root.iter("article"))))


def _drop_teasers(found: list[Element]) -> tuple[Element, ...]:
    """Elements that hold a post: of several, without those in the frame and without teasers beside one long text."""
    if len(found) < 2:
        return tuple(found)
    found = [e for e in found if not in_frame(e)] or found
    lengths = [_text_length(e) for e in found]
    long = [e for e, length in zip(found, lengths, strict=True) if length > MAX_TEASER_CHARS]
    headed = [e for e in found if next(e.iter("h1"), None) is not None]
    single = len(long) == 1 and headed == long and 2 * max(lengths) > sum(lengths)
    return tuple(long if single else found)


def _text_length(element: Element) -> int:
    """Number of characters of text below an element."""
    return sum(len(str(part).strip()) for part in element.itertext())


def read_main(root: Element, found: tuple[Element, ...], containers: tuple[Element, ...]) -> DocumentBlocks:
    """The blocks of a page with its main text marked.

    Args:
        root: the page.
        found: its article elements, from `articles`.
        containers: its containers, from `named_containers`.
    """
    for candidate, marked in _candidates(root, found, containers):
        reading = read_blocks(root, main=candidate)
        length = _length(reading.body)
        total = _length(b for b in reading.blocks if not b.furniture and not b.comment)
        if length and (length >= MIN_MAIN_SHARE * total or (marked and length >= MIN_MAIN_CHARS)):
            return reading
    plain = read_blocks(root, whole=True)
    return _main_by_trafilatura(root, plain) or plain


def _candidates(
    root: Element, found: tuple[Element, ...], containers: tuple[Element, ...]
) -> Iterable[tuple[tuple[Element, ...], bool]]:
    """Sets of elements that may hold the main text, most trusted first, and whether they are marked as such."""
    if containers:
        if len(containers) == 1 or not found:
            yield containers, True
        else:
            largest = max(containers, key=_text_length)
            yield (largest,), False
    if len(found) == 1:
        yield found, True
    for elements in (by_value(root, "role", "main"), list(root.iter("main")), _element_by_name(root)):
        if len(elements) == 1:
            yield (elements[0],), False
    if not found and (cell := _main_cell(root)) is not None:
        yield (cell,), True


def _main_cell(root: Element) -> Element | None:
    """The innermost table cell with most of the page's text; None where it does not have several paragraphs."""
    cells = list(root.iter("td"))
    if not cells:
        return None
    own, total, open_cells = dict.fromkeys(cells, 0), 0, [root]
    own[root] = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if open_cells[-1] is element and element is not root:
                open_cells.pop()
            length = len((element.tail or "").strip())
        else:
            if element.tag == "td":
                open_cells.append(element)
            length = len((element.text or "").strip()) if element.tag not in UNCOUNTED_TAGS else 0
        own[open_cells[-1]] += length
        total += length
    for cell in reversed(cells):
        if own[cell] >= max(MIN_CELL_SHARE * total, MIN_MAIN_CHARS):
            return cell if sum(1 for _ in cell.iter("p", "br")) > 1 else None
        above = next((e for e in cell.iterancestors("td")), None)
        if above is not None:
            own[above] += own[cell]
    return None


def _element_by_name(root: Element) -> list[Element]:
    """The first element whose id or class is a common name of the main text."""
    for name in ("content", "main", "main-content", "post", "article"):
        if found := (by_value(root, "id", name) or by_class(root, name)):
            return outermost(found)[:1]
    return []


def _length(blocks: Iterable[Block]) -> int:
    """Number of characters outside links."""
    return sum(len(b.text) - sum(a.end - a.start for a in b.anchors) for b in blocks)


def _main_by_trafilatura(root: Element, plain: DocumentBlocks) -> DocumentBlocks | None:
    """The page with the main text as trafilatura finds it marked; None where it finds none.

    Only the position is used, because trafilatura's text lacks white space and code listings.
    """
    main = trafilatura.extract(root, include_comments=False, include_tables=True, favor_recall=True)
    if not main:
        return None
    inside = NON_WORD.sub("", main.casefold())
    hits = [
        number
        for number, block in enumerate(plain.blocks)
        if len(key := NON_WORD.sub("", block.text.casefold())) >= MIN_KEY_CHARS and key in inside
    ]
    if not hits:
        return None
    first, last = hits[0], hits[-1]
    blocks = tuple(
        Block(b.text, b.tag, b.anchors, first <= n <= last, b.furniture, b.comment, b.code, b.quoted, b.path)
        for n, b in enumerate(plain.blocks)
    )
    return DocumentBlocks(blocks, plain.dropped_links)
