"""Splits a document into blocks of text, in order, with the links in them.

Text is verbatim up to white space. An element that is not read (button, drawing, form field) ends its block, so that
a quotation from a block never spans a gap. The tree is walked in a loop, so its depth does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto
from functools import lru_cache

from lxml import etree

from generator.extract.dom import (
    FRAME_TAGS,
    HEADINGS,
    INLINE,
    PERMALINK_TEXT,
    UNREAD_TAGS,
    Element,
    class_names,
    is_comment,
    is_furniture,
)

MAX_BLOCKS = 20_000  # blocks read of one document
MAX_PATH = 30  # containers counted around a block; deeper ones are as good as one
MAX_ANCHORS = 2_000  # links read of one document; further ones are counted only
CODE_BLOCK_TAGS = frozenset({"pre", "listing", "xmp"})
LIST_TAGS = frozenset({"ul", "ol", "dl", "table"})
CONTAINER_TAGS = LIST_TAGS | {"div", "section", "aside", "footer", "header", "nav", "article", "main", "td"}
CODE_TAGS = frozenset({"pre", "code", "samp", "kbd", "listing", "xmp", "tt"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link inside a block: `text[start:end]` is its text; `label` is its image's alt text or its title."""

    start: int
    end: int
    href: str
    rel: tuple[str, ...]
    names: str  # class and id
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table cell or code listing.

    `text` has its white space folded, except in listings. `main`: inside an element of the main text. `furniture`:
    in navigation or another frame. `comment`: in comments of readers. An element of the main text is neither
    furniture nor a comment, but elements inside it may be. `code`: number of its characters that are code.
    `quoted`: inside a quotation.
    """

    text: str
    tag: str
    anchors: tuple[Anchor, ...]
    main: bool
    furniture: bool
    comment: bool
    code: int
    quoted: bool
    path: tuple[int, ...] = ()  # numbers of the containers around it, outermost first; those of lists are negative


@dataclass(frozen=True, slots=True)
class DocumentBlocks:
    """The blocks of a document in order, and the number of links dropped beyond the limit."""

    blocks: tuple[Block, ...]
    dropped_links: int = 0

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks of the main text, without furniture and comments."""
        return tuple(b for b in self.blocks if b.main and not b.furniture and not b.comment)


def read_blocks(root: Element, *, main: tuple[Element, ...] = (), whole: bool = False) -> DocumentBlocks:
    """Split a document into blocks.

    Args:
        root: the element to read.
        main: elements that hold the main text; they and their ancestors are never furniture.
        whole: all of `root` is main text, except furniture and comments.
    """
    reader = _BlockReader(main, root if whole else None)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if not reader.enter(element):
                walk.skip_subtree()
        else:
            reader.leave(element, tail=element is not root)
        if len(reader.blocks) >= MAX_BLOCKS:
            break
    reader.flush("")
    return DocumentBlocks(tuple(reader.blocks), reader.dropped_links)


def plain_text(root: Element) -> str:
    """All visible text below an element, white space folded."""
    return " ".join(" ".join(block.text.split()) for block in read_blocks(root, whole=True).blocks)


@lru_cache(maxsize=4_096)
def _rel(raw: str) -> tuple[str, ...]:
    """The words of a rel attribute, lower case."""
    return tuple(raw.lower().split())


class _State(IntEnum):
    """A property that an element gives to all text inside it."""

    MAIN = auto()
    FURNITURE = auto()
    COMMENT = auto()
    LISTING = auto()
    CODE = auto()
    QUOTED = auto()


class _BlockReader:
    """State of the walk: open elements and the block under construction."""

    def __init__(self, main: tuple[Element, ...], root: Element | None) -> None:
        self.blocks: list[Block] = []
        self.dropped_links = 0
        self._anchor_count = 0
        self._main = set(main) | ({root} if root is not None else set())
        self._keep = {element for top in self._main for element in (top, *top.iterancestors())}
        self._depth = dict.fromkeys(_State, 0)
        self._open: list[tuple[_State, ...]] = []
        self._paths: list[tuple[int, ...]] = [()]
        self._containers = 0
        self._skipped = False
        self._anchor: tuple[Element, int] | None = None
        self._tag = "p"
        self._break_at = -1
        self._clear()

    def _clear(self) -> None:
        """Start an empty block."""
        self._parts: list[str] = []
        self._length = 0
        self._space = True  # the block is empty or ends in white space
        self._code = 0
        self._anchors: list[Anchor] = []

    def enter(self, element: Element) -> bool:
        """Start an element; False where its content is not read."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in UNREAD_TAGS or element.get("hidden") is not None:
            # An element without text leaves no gap; one with text ends the block.
            if (
                tag not in ("script", "style", "template", "")
                and "".join(str(part) for part in element.itertext()).strip()
            ):
                self.flush("p")
            self._skipped = True
            return False
        if tag not in INLINE:
            if tag == "br":
                self._line_break()
            elif tag != "img":
                self.flush(tag)
        states = self._states_of(element, tag)
        self._open.append(states)
        path = self._paths[-1]
        if tag in CONTAINER_TAGS and len(path) < MAX_PATH:
            self._containers += 1
            path = (*path, -self._containers if tag in LIST_TAGS else self._containers)
        self._paths.append(path)
        for state in states:
            self._depth[state] += 1
        if tag == "a" and element.get("href") is not None and self._anchor is None:
            self._anchor = (element, self._length)
        if element.text:
            self._write(element.text)
        return True

    def leave(self, element: Element, *, tail: bool) -> None:
        """End an element; with `tail` also read the text after it."""
        if self._skipped:
            self._skipped = False
        else:
            if self._anchor is not None and self._anchor[0] is element:
                self._close_anchor()
            if element.tag not in INLINE and element.tag not in ("br", "img"):
                self.flush("p")
            self._paths.pop()
            for state in self._open.pop():
                self._depth[state] -= 1
        if tail and element.tail:
            self._write(element.tail)

    def _states_of(self, element: Element, tag: str) -> tuple[_State, ...]:
        """The properties that an element gives to all text inside it."""
        states = []
        if element in self._main:
            states.append(_State.MAIN)
        # Skips the tests of class and id for elements without attributes, which are the majority.
        if tag not in INLINE and (tag in FRAME_TAGS or element.keys()) and element not in self._keep:
            if is_comment(element):
                states.append(_State.COMMENT)
            elif is_furniture(element):
                states.append(_State.FURNITURE)
        if tag in CODE_BLOCK_TAGS:
            states.append(_State.LISTING)
        if tag in CODE_TAGS:
            states.append(_State.CODE)
        if tag == "blockquote":
            states.append(_State.QUOTED)
        return tuple(states)

    def _line_break(self) -> None:
        """Read a line break as a space; two in a row end the block, as hand-written pages end paragraphs."""
        if self._depth[_State.LISTING]:
            self._write("\n")
        elif self._break_at == self._length and self._length:
            self.flush("p")
        else:
            self._write(" ")
            self._break_at = self._length

    def _write(self, text: str) -> None:
        """Append text; outside listings its white space is folded as in a browser."""
        if self._depth[_State.LISTING]:
            piece = text
        else:
            words = text.split()
            lead = "" if self._space or not text[:1].isspace() else " "
            piece = lead + " ".join(words) + (" " if text[-1:].isspace() else "") if words else lead
        if piece:
            self._parts.append(piece)
            self._length += len(piece)
            self._space = piece[-1].isspace()
            if self._depth[_State.CODE]:
                self._code += len(piece)

    def _close_anchor(self) -> None:
        """Add the link that ends here, or count it beyond the limit."""
        assert self._anchor is not None
        element, start = self._anchor
        self._anchor = None
        if self._anchor_count >= MAX_ANCHORS:
            self.dropped_links += 1
            return
        self._anchor_count += 1
        label = ""
        if self._length <= start:
            pictures = [image.get("alt") or "" for image in element.iter("img")]
            label = " ".join((*pictures, element.get("title") or element.get("aria-label") or "")).strip()
        anchor = Anchor(
            start, self._length, element.get("href") or "", _rel(element.get("rel") or ""), class_names(element), label
        )
        self._anchors.append(anchor)

    def flush(self, tag: str) -> None:
        """End the current block; `tag` is the tag of the next one."""
        if self._anchor is not None:
            # A link around several blocks belongs to the first with text.
            element, start = self._anchor
            if self._length > start:
                self._close_anchor()
            else:
                self._anchor = (element, 0)
        text = "".join(self._parts)
        if text.strip() or self._anchors:
            self._keep_block(text)
        self._clear()
        self._break_at = -1
        self._tag = tag

    def _keep_block(self, text: str) -> None:
        """Add the current block to the result."""
        anchors, depth = self._anchors, self._depth
        if self._tag in HEADINGS:
            text, anchors = _strip_permalink(text, anchors)
        lead = len(text) - len(text.lstrip()) if not depth[_State.LISTING] else 0
        text = text.strip("\n") if depth[_State.LISTING] else text.strip()
        end = len(text)
        moved = tuple(
            Anchor(max(a.start - lead, 0), min(max(a.end - lead, 0), end), a.href, a.rel, a.names, a.label)
            for a in anchors
        )
        self.blocks.append(
            Block(
                text,
                self._tag,
                moved,
                depth[_State.MAIN] > 0,
                depth[_State.FURNITURE] > 0,
                depth[_State.COMMENT] > 0,
                min(self._code, end),
                depth[_State.QUOTED] > 0,
                self._paths[-1],
            )
        )


def _strip_permalink(text: str, anchors: list[Anchor]) -> tuple[str, list[Anchor]]:
    """A heading without a link to itself (`#`, `¶`) at its start or end, and its other links."""
    kept = []
    for anchor in anchors:
        mark = text[anchor.start : anchor.end].strip()
        if anchor.href.startswith("#") and mark in PERMALINK_TEXT:
            if not text[anchor.end :].strip():
                text = text[: anchor.start]
                continue
            if not text[: anchor.start].strip():
                text = " " * anchor.end + text[anchor.end :]
                continue
        kept.append(anchor)
    return text, kept
