"""Parses HTML into a tree and classifies its elements as furniture or comments.

Furniture is what surrounds a text: navigation, asides, sharing buttons, headers and footers. It is recognised by
tags, roles and class names. Broken markup does not raise errors.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from generator.languages.alternation import alternation
from generator.languages.registry import merged_words

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml-stubs names the public node type so

MAX_TAG_BYTES = 50_000  # longer tags are dropped: 100,000 attributes took the parser 11 s, measured on 2026-11-23

HUGE_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d,}>?" % MAX_TAG_BYTES)
UNREAD_TAGS = frozenset(
    {
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "button",
        "select",
        "textarea",
        "input",
        "datalist",
        "noframes",
        "map",
        "dialog",
        "progress",
        "meter",
    }
)
INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "math",
        "mi",
        "mn",
        "mo",
        "mrow",
        "msup",
        "msub",
        "semantics",
        "annotation",
        "picture",
        "source",
        "nobr",
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FRAME_TAGS = frozenset({"nav", "form", "menu", "aside", "footer", "header"})  # may be furniture without an attribute
FURNITURE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "banner", "search", "menu", "toolbar"})
FURNITURE = re.compile(
    rf"(?:^|\s)(?:[\w-]*{alternation('pages', 'furniture_class_endings')}|{alternation('pages', 'furniture_classes')})"
    r"(?=\s|$)",
    re.IGNORECASE,
)
COMMENTS = re.compile(rf"(?:^|\s){alternation('pages', 'comment_classes')}(?=\s|$)", re.IGNORECASE)
# Asides with such a class belong to the text around them.
NOTE = re.compile(alternation("pages", "note_classes"), re.IGNORECASE)
PERMALINK_TEXT = frozenset({"", "#", "¶", "§", "🔗", "⚓", *merged_words("pages", "permalink_labels")})


def parse_html(markup: str) -> Element | None:
    """The root of a document; None where it holds no element.

    Elements nested more than 255 deep are dropped by the parser, tags of more than 50,000 bytes before it.

    Raises:
        MemoryError: the parser ran out of memory; its process must not be used further.
    """
    raw = HUGE_TAG.sub(b"", markup.encode("utf-8", "replace"))
    if not raw.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.LxmlError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def class_names(element: Element) -> str:
    """The class and id attributes in one string, separated by a space."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def is_comment(element: Element) -> bool:
    """Whether an element holds comments of readers, by its class or id."""
    names = class_names(element)
    return bool(names) and _has_comment_name(names)


def in_comments(element: Element) -> bool:
    """Whether an element is inside the comments of readers, or holds them."""
    return any(is_comment(e) for e in (element, *element.iterancestors()) if e.tag not in ("body", "html"))


def in_frame(element: Element) -> bool:
    """Whether an element is inside furniture or comments, or is either."""
    return any(
        is_furniture(e) or is_comment(e)
        for e in (element, *element.iterancestors())
        if isinstance(e.tag, str) and e.tag not in ("body", "html")
    )


def is_furniture(element: Element) -> bool:
    """Whether an element is furniture rather than part of a text."""
    tag = element.tag
    if tag in ("nav", "form", "menu") or (element.get("role") or "").lower() in FURNITURE_ROLES:
        return True
    if element.get("data-nosnippet") is not None:
        return True
    if tag == "aside":
        return not (NOTE.search(class_names(element)) or (element.get("role") or "") in ("note", "doc-footnote"))
    if tag in ("footer", "header"):
        return not any(parent.tag in ("blockquote", "figure", "section") for parent in element.iterancestors())
    names = class_names(element)
    return bool(names) and tag not in ("body", "html", "main", "article") and _has_furniture_name(names)


@lru_cache(maxsize=20_000)
def _has_furniture_name(names: str) -> bool:
    """Whether class and id name furniture."""
    return bool(FURNITURE.search(names))


@lru_cache(maxsize=20_000)
def _has_comment_name(names: str) -> bool:
    """Whether class and id name comments."""
    return bool(COMMENTS.search(names))
