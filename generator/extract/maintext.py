"""Which elements of a page hold its main text.

Markup that says so comes first, then the containers that publishing systems use, then the cell that holds the
text of a page laid out as a table, then trafilatura. Returns elements or blocks of the page itself, never
rewritten text: quotes must be found in the page as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import trafilatura
from lxml import etree

from generator.extract.blocks import Block, DocumentBlocks, read_blocks
from generator.extract.dom import SILENT, Element, in_frame
from generator.extract.structured_data import by_class, by_value, outermost

ENOUGH_TEXT = 200  # characters; a container with less is believed only where it is most of the page
GOOD_SHARE = 0.4  # of the page's text outside furniture
# Named by markup: these hold the text alone.
EXACT = (("class", "e-content"), ("itemprop", "articleBody"))
# Named by habit: WordPress, Ghost, Hugo themes, Jekyll, Blogger, Substack, Medium, Hakyll, Pelican.
HABITUAL = (
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
UNREAD = SILENT | {"a", "title"}  # no text of a cell's: menus are all links
WORD = re.compile(r"\W+")
TEASER = 400  # characters; an article element with less beside a longer one only leads to another post
CELL_SHARE = 0.6  # of the text outside links; a cell with more is what the table was laid out for
LONG_BLOCK = 40  # key characters; shorter blocks occur anywhere and prove no place


def named_containers(root: Element) -> tuple[Element, ...]:
    """Elements that claim to hold a whole text each; several of them make a list of posts."""
    for attribute, value in EXACT:
        if found := outermost(by_value(root, attribute, value)):
            return _whole(found)
    for name in HABITUAL:
        if found := outermost(by_class(root, name)):
            return _whole(found)
    return ()


def articles(root: Element) -> tuple[Element, ...]:
    """Outermost article-like elements: h-entry, article, hentry, BlogPosting; no comments, no cards of other posts."""
    found = by_class(root, "h-entry", "hentry") or by_value(root, "itemtype", "http://schema.org/BlogPosting")
    return _whole(outermost(found or list(root.iter("article"))))


def _whole(found: list[Element]) -> tuple[Element, ...]:
    """Those that hold a text: where there are several, neither what stands in the frame nor teasers beside one text."""
    if len(found) < 2:
        return tuple(found)
    found = [e for e in found if not in_frame(e)] or found
    lengths = [_text_length(e) for e in found]
    long = [e for e, length in zip(found, lengths, strict=True) if length > TEASER]
    headed = [e for e in found if next(e.iter("h1"), None) is not None]
    one = len(long) == 1 and headed == long and 2 * max(lengths) > sum(lengths)
    return tuple(long if one else found)


def _text_length(element: Element) -> int:
    """Characters below an element."""
    return sum(len(str(part).strip()) for part in element.itertext())


def read_main(root: Element, found: tuple[Element, ...], containers: tuple[Element, ...]) -> DocumentBlocks:
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
            largest = max(containers, key=_text_length)
            yield (largest,), False
    if len(found) == 1:
        yield found, True
    for elements in (by_value(root, "role", "main"), list(root.iter("main")), _by_id(root)):
        if len(elements) == 1:
            yield (elements[0],), False
    if not found and (cell := _text_cell(root)) is not None:
        yield (cell,), True


def _text_cell(root: Element) -> Element | None:
    """The innermost table cell with most of the page's text; None where no cell has several paragraphs of it."""
    cells = list(root.iter("td"))
    if not cells:
        return None
    own, total, place = dict.fromkeys(cells, 0), 0, [root]
    own[root] = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if place[-1] is element and element is not root:
                place.pop()
            length = len((element.tail or "").strip())
        else:
            if element.tag == "td":
                place.append(element)
            length = len((element.text or "").strip()) if element.tag not in UNREAD else 0
        own[place[-1]] += length
        total += length
    for cell in reversed(cells):
        if own[cell] >= max(CELL_SHARE * total, ENOUGH_TEXT):
            return cell if sum(1 for _ in cell.iter("p", "br")) > 1 else None
        above = next((e for e in cell.iterancestors("td")), None)
        if above is not None:
            own[above] += own[cell]
    return None


def _by_id(root: Element) -> list[Element]:
    """The element whose id or class is `content`, `main` or `post`."""
    for name in ("content", "main", "main-content", "post", "article"):
        if found := (by_value(root, "id", name) or by_class(root, name)):
            return outermost(found)[:1]
    return []


def _length(blocks: Iterable[Block]) -> int:
    """Characters of text, links not counted: menus are all links."""
    return sum(len(b.text) - sum(a.end - a.start for a in b.anchors) for b in blocks)


def _by_trafilatura(root: Element, plain: DocumentBlocks) -> DocumentBlocks | None:
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
    return DocumentBlocks(blocks, plain.links_left_out)
