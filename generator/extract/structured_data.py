"""Structured data of a page: meta elements, links of the head, JSON-LD; and searches by attribute.

Reads statements only; `page_metadata` and `authors` choose between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from lxml import etree

from generator import text
from generator.extract.charset import json_value
from generator.extract.dom import Element
from generator.records import Url, UrlKey
from generator.urls import canonical_url, url_key

MAX_JSON_CHARS = 200_000  # characters of one JSON-LD script; larger ones do not describe a page
MAX_NODES = 500  # JSON-LD objects read
MAX_TITLE_CHARS = 300
MAX_META_CHARS = 5_000  # characters of a meta element's value
MAX_TRANSLATIONS = 40
MAX_META_VALUES = 50  # values of one name
NESTED_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "blogPost")  # keys of further JSON-LD objects
POSTING_TYPES = frozenset({"Posting", "Report", "Review", "CriticReview"})
# Every subtype of an article or a posting ends with the name of its type; an offer of work does too.
POSTING_ENDINGS = ("Article", "Posting")
OTHER_POSTINGS = frozenset({"JobPosting"})
CDATA = "<![CDATA["
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
    url: str = ""  # address of the page

    def first(self, *names: str) -> str:
        """The first non-empty meta value of the names; "" if absent."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def link(self, rel: str) -> str:
        """The first address linked with a rel; "" if absent."""
        return next((href for rels, href in self.links if rel in rels), "")

    def posting(self) -> dict[str, Any]:
        """The JSON-LD object that describes the page's post; empty where none or several do.

        Of several the one with the page's address counts, else the one whose headline the document's title begins
        with. Objects with the same headline describe one post.
        """
        found = [obj for obj in self.objects if is_posting(obj)]
        if len(found) > 1:
            here = [obj for obj in found if self.url and url_key(Url(self.url)) in _addresses(obj)]
            title = self.title.casefold()
            titled = [obj for obj in found if (line := headline_of(obj).casefold()) and title.startswith(line)]
            found = here or titled
        if len({headline_of(obj).casefold() for obj in found}) > 1:
            return {}
        merged: dict[str, Any] = {}
        for obj in found:
            merged.update({key: value for key, value in obj.items() if key not in merged})
        return merged

    def object_by_id(self, identifier: str) -> dict[str, Any]:
        """The JSON-LD objects with an identifier as one; empty for an unknown identifier."""
        merged: dict[str, Any] = {}
        for obj in self.objects:
            if identifier and obj.get("@id") == identifier:
                merged.update({key: value for key, value in obj.items() if key not in merged})
        return merged


def is_posting(node: dict[str, Any]) -> bool:
    """Whether a JSON-LD object describes a post."""
    types = set(types_of(node)) - OTHER_POSTINGS
    return bool(types & POSTING_TYPES) or any(name.endswith(POSTING_ENDINGS) for name in types)


def headline_of(node: dict[str, Any]) -> str:
    """The headline of a JSON-LD object, else its name; "" if absent."""
    return string_of(node.get("headline")) or string_of(node.get("name"))


def _addresses(node: dict[str, Any]) -> frozenset[UrlKey]:
    """The keys of a JSON-LD object's addresses."""
    raw = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    raw += [value.get("@id") for value in raw if isinstance(value, dict)]
    return frozenset(
        url_key(url)
        for value in raw
        if isinstance(value, str) and value.startswith("http") and (url := canonical_url(value)) is not None
    )


def read_head(root: Element, url: str = "") -> Head:
    """Read the head of the page at an address."""
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
        url=url,
    )


def translations_of(root: Element, base: str, page: Url) -> tuple[Url, ...]:
    """Addresses of a page's versions in other languages: links with rel=alternate and hreflang, itself excluded."""
    found: dict[Url, None] = {}
    for element in root.iter("link"):
        if element.get("hreflang") and "alternate" in (element.get("rel") or "").lower().split():
            # A feed may have a language too.
            if "xml" in (element.get("type") or "") or len(found) >= MAX_TRANSLATIONS:
                continue
            target = canonical_url(element.get("href") or "", base)
            if target is not None and url_key(target) != url_key(page):
                found[target] = None
    return tuple(found)


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
            stack = [json_value(_without_wrapper(raw))]
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


def _without_wrapper(raw: str) -> str:
    """A script without the comment or CDATA section around it, which is there for readers without scripts or XML."""
    bare = raw.strip().removeprefix("<!--").removesuffix("-->").strip()
    before, mark, rest = bare.partition(CDATA)
    if not mark or before.strip() not in ("", "//", "/*"):
        return bare
    inside = rest.rpartition("]]>")[0] or rest
    return inside.strip().removeprefix("*/").removesuffix("//").removesuffix("/*").strip()


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """The types of a JSON-LD object, without their namespace."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def string_of(value: Any) -> str:
    """A JSON-LD value as text: a string, or an object's @value, name or @id; "" for other values."""
    if isinstance(value, str):
        return text.fold(unescape(value))
    if isinstance(value, dict):
        return next((string_of(value[k]) for k in ("@value", "name", "@id") if isinstance(value.get(k), str)), "")
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
