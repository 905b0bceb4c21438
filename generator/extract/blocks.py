"""A document read once, in order, into blocks of text with the links in them.

Text is verbatim up to white space. What is left out (buttons, drawings, forms) ends the block, so that
nothing quoted from a block ever spans a gap. The walk is a loop, not a recursion.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from generator.extract.dom import (
    FRAME_TAGS,
    HEADINGS,
    INLINE,
    PERMALINK_TEXT,
    SILENT,
    Element,
    class_names,
    is_comment,
    is_furniture,
)

MAX_BLOCKS = 20_000  # blocks read of one document
MAX_ANCHORS = 2_000  # links read of one document; the rest are counted
LISTINGS = frozenset({"pre", "listing", "xmp"})
CODE = frozenset({"pre", "code", "samp", "kbd", "listing", "xmp", "tt"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link inside a block: `start:end` is its text there; `label` is what its image or title says."""

    start: int
    end: int
    href: str
    rel: tuple[str, ...]
    names: str  # class and id
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, cell or code listing; white space folded but in listings.

    `main`: inside what was named as the main text. `furniture`: navigation and the like; `comment`: in a
    thread of comments; both False inside what was named as main unless nested in it. `code`: how many of
    its characters are code. `quoted`: inside a quotation.
    """

    text: str
    tag: str
    anchors: tuple[Anchor, ...]
    main: bool
    furniture: bool
    comment: bool
    code: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class DocumentBlocks:
    """The blocks of a document in order, and how many links were left out for being too many."""

    blocks: tuple[Block, ...]
    links_left_out: int = 0

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks of the main text: neither furniture nor comments."""
        return tuple(b for b in self.blocks if b.main and not b.furniture and not b.comment)


def read_blocks(root: Element, *, main: tuple[Element, ...] = (), whole: bool = False) -> DocumentBlocks:
    """Read a document.

    Args:
        root: where to read from.
        main: elements that hold the main text; they, and what they stand in, are never furniture.
        whole: everything below `root` is main text unless it is furniture.
    """
    reader = _Reader(main, root if whole else None)
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
    return DocumentBlocks(tuple(reader.blocks), reader.left_out)


def plain_text(root: Element) -> str:
    """All visible text below an element, white space folded."""
    return " ".join(" ".join(block.text.split()) for block in read_blocks(root, whole=True).blocks)


@lru_cache(maxsize=4_096)
def _rel(raw: str) -> tuple[str, ...]:
    """The words of a rel attribute, lower case."""
    return tuple(raw.lower().split())


class _Reader:
    """The state of one reading: where it stands, and the block being written."""

    def __init__(self, main: tuple[Element, ...], root: Element | None) -> None:
        self.blocks: list[Block] = []
        self.left_out = 0
        self._anchor_count = 0
        self._main = set(main) | ({root} if root is not None else set())
        self._keep = {element for top in self._main for element in (top, *top.iterancestors())}
        self._depth = {"main": 0, "furniture": 0, "comment": 0, "listing": 0, "code": 0, "quoted": 0}
        self._kinds: list[tuple[str, ...]] = []
        self._skipped = False
        self._anchor: tuple[Element, int] | None = None
        self._tag = "p"
        self._break_at = -1
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = True  # what is written ends in white space, or nothing is written
        self._code = 0
        self._anchors: list[Anchor] = []

    def enter(self, element: Element) -> bool:
        """Start an element; False: what is below it is not to be read."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in SILENT or element.get("hidden") is not None:
            # An empty drawing is no gap; anything with words in it is.
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
        kinds = self._kinds_of(element, tag)
        self._kinds.append(kinds)
        for kind in kinds:
            self._depth[kind] += 1
        if tag == "a" and element.get("href") is not None and self._anchor is None:
            self._anchor = (element, self._length)
        if element.text:
            self._write(element.text)
        return True

    def leave(self, element: Element, *, tail: bool) -> None:
        """End an element and read what follows it."""
        if self._skipped:
            self._skipped = False
        else:
            if self._anchor is not None and self._anchor[0] is element:
                self._close_anchor()
            if element.tag not in INLINE and element.tag not in ("br", "img"):
                self.flush("p")
            for kind in self._kinds.pop():
                self._depth[kind] -= 1
        if tail and element.tail:
            self._write(element.tail)

    def _kinds_of(self, element: Element, tag: str) -> tuple[str, ...]:
        """What entering an element means for everything below it."""
        kinds = []
        if element in self._main:
            kinds.append("main")
        # Most elements are bare, and a bare one is what its tag says.
        if tag not in INLINE and (tag in FRAME_TAGS or element.keys()) and element not in self._keep:
            if is_comment(element):
                kinds.append("comment")
            elif is_furniture(element):
                kinds.append("furniture")
        if tag in LISTINGS:
            kinds.append("listing")
        if tag in CODE:
            kinds.append("code")
        if tag == "blockquote":
            kinds.append("quoted")
        return tuple(kinds)

    def _line_break(self) -> None:
        """A line break is a space; two in a row are how hand-written pages end a paragraph."""
        if self._depth["listing"]:
            self._write("\n")
        elif self._break_at == self._length and self._length:
            self.flush("p")
        else:
            self._write(" ")
            self._break_at = self._length

    def _write(self, text: str) -> None:
        """Append text, outside listings folded as a browser folds it."""
        if self._depth["listing"]:
            piece = text
        else:
            words = text.split()
            lead = "" if self._space or not text[:1].isspace() else " "
            piece = lead + " ".join(words) + (" " if text[-1:].isspace() else "") if words else lead
        if piece:
            self._parts.append(piece)
            self._length += len(piece)
            self._space = piece[-1].isspace()
            if self._depth["code"]:
                self._code += len(piece)

    def _close_anchor(self) -> None:
        """Note the link that ends here, up to the cap."""
        assert self._anchor is not None
        element, start = self._anchor
        self._anchor = None
        if self._anchor_count >= MAX_ANCHORS:
            self.left_out += 1
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
        """End the block being written; the next one is a `tag`."""
        if self._anchor is not None:
            # A link around several blocks belongs to the first that has text.
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
        """Put the finished block away."""
        anchors, depth = self._anchors, self._depth
        if self._tag in HEADINGS:
            text, anchors = _without_permalink(text, anchors)
        lead = len(text) - len(text.lstrip()) if not depth["listing"] else 0
        text = text.strip("\n") if depth["listing"] else text.strip()
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
                depth["main"] > 0,
                depth["furniture"] > 0,
                depth["comment"] > 0,
                min(self._code, end),
                depth["quoted"] > 0,
            )
        )


def _without_permalink(text: str, anchors: list[Anchor]) -> tuple[str, list[Anchor]]:
    """A heading without the `#` or `¶` that links to itself at either end of it."""
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
