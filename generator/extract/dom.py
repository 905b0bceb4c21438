"""HTML to a tree that is safe to walk, and which elements of it are furniture.

Knows navigation, asides, sharing and comments by markup and by class names; knows nothing of what a page
is for, and never fails on markup however broken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml-stubs names the public node type so

MAX_TAG_BYTES = 50_000  # a longer tag is dropped: 100,000 attributes cost the parser 11 s (measured 2026-11-23)

HUGE_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d,}>?" % MAX_TAG_BYTES)
SILENT = frozenset(
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
FRAME_TAGS = frozenset({"nav", "form", "menu", "aside", "footer", "header"})  # furniture without any attribute
FURNITURE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "banner", "search", "menu", "toolbar"})
FURNITURE = re.compile(
    r"(?:^|\s)(?:[\w-]*(?:sharedaddy|share-?(?:buttons?|links?|bar|this)|social-?(?:links?|share|icons?|media)|addtoany|"
    r"jp-relatedposts|related-?(?:posts?|articles?|content)|read-?(?:next|more-posts)|post-?nav(?:igation)?|pagination|"
    r"paginator|breadcrumbs?|sidebar|newsletter|subscribe|subscription|author-?(?:bio|box|card|info)|about-?the-?author|"
    r"(?:post|entry|article)-?(?:meta|footer|tags|info|byline|header)|meta-?data|tag-?(?:list|cloud)|cookie-?\w*|"
    r"skip-?link|site-?(?:header|footer|nav|info)|nav-?(?:links?|bar)|screen-reader-text|gh-subscribe|kg-signup\w*|"
    r"webmention\w*)|share|sharing|social|nav|menu|navbar|pager|footer|byline|toc|table-of-contents|widget|advert\w*|"
    r"promo|sponsor(?:ed)?|ads?|meta|dateline|noprint|hatnote)(?=\s|$)",
    re.IGNORECASE,
)
COMMENTS = re.compile(
    r"(?:^|\s)(?:comments?|comments?-?(?:area|list|section|wrapper|container|thread|body|content)|commentlist|respond|"
    r"disqus_thread|disqus\w*|replies|responses|reactions|webmentions?|giscus|utterances|h-cite u-comment)(?=\s|$)",
    re.IGNORECASE,
)
# An aside of these kinds belongs to the text around it.
NOTE = re.compile(
    r"foot-?note|side-?note|margin-?note|admonition|callout|note|warning|info|tip|epigraph|pull", re.IGNORECASE
)
PERMALINK_TEXT = frozenset({"", "#", "¶", "§", "🔗", "⚓", "link", "permalink"})


def parse_html(markup: str) -> Element | None:
    """The document's root, whatever the markup; None where there is nothing in it.

    Elements more than 255 deep are left out by the parser, tags of more than 50,000 bytes by us.

    Raises:
        MemoryError: the parser ran out of memory; its process is not to be trusted further.
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
    """Class and id, as one string of names."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def is_comment(element: Element) -> bool:
    """Whether an element holds what readers wrote rather than the author."""
    names = class_names(element)
    return bool(names) and _names_comments(names)


def in_comments(element: Element) -> bool:
    """Whether an element stands among what readers wrote."""
    return any(is_comment(e) for e in (element, *element.iterancestors()) if e.tag not in ("body", "html"))


def in_frame(element: Element) -> bool:
    """Whether an element stands in furniture or among comments, or is either."""
    return any(
        is_furniture(e) or is_comment(e)
        for e in (element, *element.iterancestors())
        if isinstance(e.tag, str) and e.tag not in ("body", "html")
    )


def is_furniture(element: Element) -> bool:
    """Whether an element is navigation, sharing, an aside or a frame rather than part of a text."""
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
    return bool(names) and tag not in ("body", "html", "main", "article") and _names_furniture(names)


@lru_cache(maxsize=20_000)
def _names_furniture(names: str) -> bool:
    """Whether class and id are what furniture is called."""
    return bool(FURNITURE.search(names))


@lru_cache(maxsize=20_000)
def _names_comments(names: str) -> bool:
    """Whether class and id are what comments are called."""
    return bool(COMMENTS.search(names))
