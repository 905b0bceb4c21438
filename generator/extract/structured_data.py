"""Structured data of a page: meta elements, links of the head, JSON-LD; and searches by attribute.

Reads statements only; `page_metadata` and `authors` choose between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from generator import text
from generator.extract.charset import json_value
from generator.extract.dom import Element

MAX_JSON_CHARS = 200_000  # characters of one JSON-LD script; larger ones do not describe a page
MAX_NODES = 500  # JSON-LD objects read
MAX_TITLE_CHARS = 300
MAX_META_CHARS = 5_000  # characters of a meta element's value
MAX_META_VALUES = 50  # values of one name
NESTED_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "blogPost")  # keys of further JSON-LD objects
POSTING_TYPES = frozenset(
    {
        "Article",
        "BlogPosting",
        "NewsArticle",
        "TechArticle",
        "Posting",
        "SocialMediaPosting",
        "Report",
        "ScholarlyArticle",
        "LiveBlogPosting",
        "Review",
    }
)
REFRESH = re.compile(r"^\s*[\d.]+\s*(?:[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'>]*))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: first and all values of each meta name, links with their rel, title, JSON-LD objects."""

    meta: dict[str, str]
    repeated: dict[str, tuple[str, ...]]
    links: tuple[tuple[tuple[str, ...], str], ...]
    title: str
    language: str
    objects: tuple[dict[str, Any], ...]
    refresh: str | None  # target of a meta refresh; "" for one without an address, None if absent

    def first(self, *names: str) -> str:
        """The first non-empty meta value of the names; "" if absent."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def link(self, rel: str) -> str:
        """The first address linked with a rel; "" if absent."""
        return next((href for rels, href in self.links if rel in rels), "")

    def posting(self) -> dict[str, Any]:
        """The JSON-LD object that describes a post; empty where there is not exactly one."""
        found = [obj for obj in self.objects if POSTING_TYPES & set(types_of(obj))]
        return found[0] if len(found) == 1 else {}


def read_head(root: Element) -> Head:
    """Read the head of a page."""
    meta: dict[str, list[str]] = {}
    refresh: str | None = None
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        value = text.fold((element.get("content") or "")[:MAX_META_CHARS])
        if name and value:
            meta.setdefault(name, []).append(value)
        if (
            refresh is None
            and (element.get("http-equiv") or "").strip().lower() == "refresh"
            and (match := REFRESH.match(element.get("content") or ""))
            # A refresh for readers without scripts leads to a simpler page; the page has not moved.
            and not any(parent.tag == "noscript" for parent in element.iterancestors())
        ):
            refresh = (match[1] or "").strip()
    titles = [
        text.fold("".join(str(t) for t in element.itertext())) for element in root.iter("title") if not _in_svg(element)
    ]
    return Head(
        meta={name: values[0] for name, values in meta.items()},
        repeated={name: tuple(values[:MAX_META_VALUES]) for name, values in meta.items()},
        links=tuple(
            (tuple((element.get("rel") or "").lower().split()), element.get("href") or "")
            for element in root.iter("link")
        ),
        title=next((title for title in titles if title), "")[:MAX_TITLE_CHARS],
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or "",
        objects=tuple(_json_ld(root)),
        refresh=refresh,
    )


def _in_svg(element: Element) -> bool:
    """Whether an element is part of a drawing, whose title is not the page's."""
    return any(parent.tag == "svg" for parent in element.iterancestors())


def _json_ld(root: Element) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD with nested ones; broken scripts are skipped."""
    remaining = MAX_NODES
    for script in root.iter("script"):
        raw = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(raw) > MAX_JSON_CHARS:
            continue
        try:
            stack = [json_value(raw.strip().removeprefix("<!--").removesuffix("-->").strip())]
        except (ValueError, RecursionError):
            continue
        while stack and remaining > 0:
            node = stack.pop()
            remaining -= 1
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                stack.extend(node[key] for key in NESTED_KEYS if isinstance(node.get(key), list | dict))


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """The types of a JSON-LD object, without their namespace."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def string_of(value: Any) -> str:
    """A JSON-LD value as text: a string, or an object's @value, name or @id; "" for other values."""
    if isinstance(value, str):
        return text.fold(value)
    if isinstance(value, dict):
        return next((text.fold(value[k]) for k in ("@value", "name", "@id") if isinstance(value.get(k), str)), "")
    if isinstance(value, list) and value:
        return string_of(value[0])
    return ""


@lru_cache(maxsize=8)
def _attribute_words(root: Element, attribute: str) -> frozenset[str]:
    """All words of an attribute in a document; most searches find nothing and end with this lookup."""
    values = etree.XPath(f"//@{attribute}")(root)
    return (
        frozenset(word for value in values for word in str(value).split()) if isinstance(values, list) else frozenset()
    )


@lru_cache(maxsize=512)
def _xpath(attribute: str, words: tuple[str, ...]) -> etree.XPath:
    """A compiled XPath for elements whose attribute contains one of the words."""
    tests = " or ".join(f"contains(concat(' ', normalize-space(@{attribute}), ' '), ' {word} ')" for word in words)
    return etree.XPath(f"descendant-or-self::*[{tests}]")


def by_value(scope: Element, attribute: str, *words: str) -> list[Element]:
    """Elements in scope whose attribute contains one of the words, in document order."""
    known = _attribute_words(scope.getroottree().getroot(), attribute)
    wanted = tuple(word for word in words if word in known)
    return _elements(_xpath(attribute, wanted)(scope)) if wanted else []


def by_class(scope: Element, *names: str) -> list[Element]:
    """Elements in scope with one of the classes, in document order."""
    return by_value(scope, "class", *names)


def _elements(found: object) -> list[Element]:
    """The elements among the results of an XPath."""
    return [e for e in found if isinstance(e, Element)] if isinstance(found, list) else []


def outermost(elements: list[Element]) -> list[Element]:
    """The elements that are not inside another of them."""
    chosen = set(elements)
    return [e for e in elements if not any(parent in chosen for parent in e.iterancestors())]
