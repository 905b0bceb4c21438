"""What a page states about itself in its head and its markup: meta elements, JSON-LD, microformats.

Reads, never judges: which statement wins is decided in page.py and people.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from generator import text
from generator.extract.dom import Element

MAX_JSON = 200_000  # characters of one JSON-LD script; larger ones are data, not descriptions
MAX_NODES = 500  # JSON-LD objects looked at
MAX_TITLE = 300  # characters of a title
NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "blogPost")  # where JSON-LD keeps further objects
POSTING = frozenset(
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
    """The head of a page as it stands: first value of each meta name, links by rel, JSON-LD objects."""

    meta: dict[str, str]
    repeated: dict[str, tuple[str, ...]]
    links: tuple[tuple[tuple[str, ...], str], ...]
    title: str
    language: str
    objects: tuple[dict[str, Any], ...]
    refresh: str | None  # where a meta refresh leads, "" where it names no address, None for no refresh

    def first(self, *names: str) -> str:
        """The first non-empty meta value among the names."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def link(self, rel: str) -> str:
        """The first address linked with that rel, "" for none."""
        return next((href for rels, href in self.links if rel in rels), "")

    def posting(self) -> dict[str, Any]:
        """The JSON-LD object that describes a post; empty where there is none or several."""
        found = [obj for obj in self.objects if POSTING & set(types_of(obj))]
        return found[0] if len(found) == 1 else {}


def read_head(root: Element) -> Head:
    """Collect the statements of a page."""
    meta: dict[str, list[str]] = {}
    refresh: str | None = None
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        value = text.fold((element.get("content") or "")[:5_000])
        if name and value:
            meta.setdefault(name, []).append(value)
        if (
            refresh is None
            and (element.get("http-equiv") or "").strip().lower() == "refresh"
            and (match := REFRESH.match(element.get("content") or ""))
            # One for readers without scripts leads to a lesser page, not to the place it has moved to.
            and not any(parent.tag == "noscript" for parent in element.iterancestors())
        ):
            refresh = (match[1] or "").strip()
    titles = [
        text.fold("".join(str(t) for t in element.itertext())) for element in root.iter("title") if not _in_svg(element)
    ]
    return Head(
        meta={name: values[0] for name, values in meta.items()},
        repeated={name: tuple(values[:50]) for name, values in meta.items()},
        links=tuple(
            (tuple((element.get("rel") or "").lower().split()), element.get("href") or "")
            for element in root.iter("link")
        ),
        title=next((title for title in titles if title), "")[:MAX_TITLE],
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or "",
        objects=tuple(_json_ld(root)),
        refresh=refresh,
    )


def _in_svg(element: Element) -> bool:
    return any(parent.tag == "svg" for parent in element.iterancestors())


def _json_ld(root: Element) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, graphs unpacked, broken scripts skipped."""
    left = MAX_NODES
    for script in root.iter("script"):
        raw = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(raw) > MAX_JSON:
            continue
        try:
            stack = [json.loads(raw.strip().removeprefix("<!--").removesuffix("-->").strip(), strict=False)]
        except (ValueError, RecursionError):
            continue
        while stack and left > 0:
            node = stack.pop()
            left -= 1
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                stack.extend(node[key] for key in NESTED if isinstance(node.get(key), list | dict))


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """The @type of a JSON-LD object, always as a tuple."""
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return tuple(k.rsplit("/", 1)[-1] for k in kinds if isinstance(k, str))


def string_of(value: Any) -> str:
    """A JSON-LD value as text: a string, its name or its @value; "" for anything else."""
    if isinstance(value, str):
        return text.fold(value)
    if isinstance(value, dict):
        return next((text.fold(value[k]) for k in ("@value", "name", "@id") if isinstance(value.get(k), str)), "")
    if isinstance(value, list) and value:
        return string_of(value[0])
    return ""


@lru_cache(maxsize=8)
def _words(root: Element, attribute: str) -> frozenset[str]:
    """Every word that occurs in an attribute anywhere in a document: most searches end here, in no time."""
    values = etree.XPath(f"//@{attribute}")(root)
    return (
        frozenset(word for value in values for word in str(value).split()) if isinstance(values, list) else frozenset()
    )


@lru_cache(maxsize=512)
def _path(attribute: str, words: tuple[str, ...]) -> etree.XPath:
    """A compiled search for elements whose attribute holds one of the words."""
    tests = " or ".join(f"contains(concat(' ', normalize-space(@{attribute}), ' '), ' {word} ')" for word in words)
    return etree.XPath(f"descendant-or-self::*[{tests}]")


def by_value(scope: Element, attribute: str, *words: str) -> list[Element]:
    """Elements in scope whose attribute holds one of the words, in document order."""
    known = _words(scope.getroottree().getroot(), attribute)
    wanted = tuple(word for word in words if word in known)
    return _elements(_path(attribute, wanted)(scope)) if wanted else []


def by_class(scope: Element, *names: str) -> list[Element]:
    """Elements in scope that bear one of the classes, in document order."""
    return by_value(scope, "class", *names)


def _elements(found: object) -> list[Element]:
    """The elements of a search's answer."""
    return [e for e in found if isinstance(e, Element)] if isinstance(found, list) else []


def outermost(elements: list[Element]) -> list[Element]:
    """Those of the elements that stand in no other of them."""
    chosen = set(elements)
    return [e for e in elements if not any(parent in chosen for parent in e.iterancestors())]
