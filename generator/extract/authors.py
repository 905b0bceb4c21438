"""Names as pages and feeds give them, with where they stood; resolving them to people happens later.

Whether a string is a name at all is judged in names.py. Organisations are marked by markup or by cues in the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.extract.blocks import plain_text
from generator.extract.dom import Element, class_names, in_comments
from generator.extract.names import (
    ADDRESS,
    INTRODUCTION,
    MAX_NAME,
    NOT_A_NAME,
    ORGANISATION,
    clean_person_name,
    is_person_name,
    split_names,
)
from generator.extract.structured_data import Head, by_class, by_value, outermost, string_of, types_of
from generator.records import Mention, NameSource, Url
from generator.urls import canonical_url

MAX_COPYRIGHT_WORDS = 5  # words; what is longer is a sentence
MAX_MENTIONS = 30  # a page's names
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)[\s:©]*(?:\(c\)\s*)?(?:(?:19|20)\d{2}(?:\s*(?:[-–—,/]|to)\s*(?:(?:19|20)?\d{2}|present|now|today))*[\s,.:–—-]*)?(?:by\s+)?"
    r"(?P<name>[^\d|·•©<>\[\]{}\n]{2,60}?)(?:\s+(?:19|20)\d{2}(?:\s*[-–—]\s*(?:(?:19|20)?\d{2}|present))?)?\s*"
    r"(?:$|[.|·•\[(<–—]|\ball\s+rights|\bpowered\b|\bunless\b|\blicen[sc]ed\b|\bunder\b|\bbuilt\b|\bsome\s+rights|\d)",
    re.IGNORECASE | re.MULTILINE,
)
BYLINE = (
    "p-author",
    "byline",
    "by-line",
    "author-name",
    "post-author",
    "entry-author",
    "article-author",
    "author",
    "fn",
)


def mention(
    raw: str,
    found: NameSource,
    page: Url,
    *,
    url: str = "",
    email: str | None = None,
    organisation: bool = False,
    site_titles: Iterable[str] = (),
) -> Mention | None:
    """A mention, or None where the string is no name."""
    name = clean_person_name(raw, site_titles=site_titles)
    if not name:
        return None
    address = ADDRESS.search(email or raw)
    kept = address[0].lower() if address and not re.match(r"no-?reply|donotreply", address[0], re.IGNORECASE) else None
    return Mention(
        name,
        found,
        page,
        canonical_url(url, page) if url else None,
        kept,
        organisation or bool(ORGANISATION.search(name)),
    )


def unique(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in the order of trust, each name once, the first that has an address keeping it."""
    kept: dict[str, Mention] = {}
    order = list(NameSource)
    for one in sorted(mentions, key=lambda m: order.index(m.found)):
        key = one.name.casefold()
        if key not in kept:
            kept[key] = one
        elif kept[key].url is None and one.url is not None:
            first = kept[key]
            kept[key] = Mention(
                first.name, first.found, first.page, one.url, first.email or one.email, first.organisation
            )
    return tuple(kept.values())[:MAX_MENTIONS]


def author_mentions(
    root: Element, head: Head, page: Url, scope: Element | None, titles: tuple[str, ...]
) -> tuple[Mention, ...]:
    """Who a post's page says wrote it, most trusted first.

    Args:
        root: the page.
        head: its head.
        page: its address.
        scope: the article, None where the markup shows none.
        titles: what the site and the post are called.
    """
    sources = (
        _h_cards(scope if scope is not None else root, page, titles, author_only=True),
        _json_authors(head.posting(), page, titles),
        _bylines(root, page, scope, titles),
        _meta_authors(head, page, titles),
    )
    # A site-wide name in the head is no co-author of the one in the byline.
    return next((mentions for source in sources if (mentions := unique(source))), ())


def owner_mentions(root: Element, head: Head, page: Url, words: str, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """Whom a home or about page presents as its owner, most trusted first."""
    found = [*_h_cards(root, page, titles, author_only=False)]
    for node in head.objects:
        if {"Person", "Organization"} & set(types_of(node)):
            found.extend(_json_person(node, page, titles))
        found.extend(_json_authors(node, page, titles))
    found.extend(_bylines(root, page, None, titles))
    found.extend(_meta_authors(head, page, titles))
    found.extend(introductions(words, page))
    return unique(found)


def introductions(words: str, page: Url) -> Iterator[Mention]:
    """`My name is Ada Example`, `I'm Ada Example`: the first such sentence."""
    for match in INTRODUCTION.finditer(words[:5_000]):
        name = match["name"].rstrip(".-'’")
        first = name.split()[0]
        if first in NOT_A_NAME or (len(name.split()) == 1 and not match[0].lower().startswith("my name")):
            continue
        if one := mention(name, NameSource.ABOUT, page):
            yield one
            return


def address_mentions(root: Element, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Whom an address element names before anything else it says: it signs the page it stands in."""
    for element in root.iter("address"):
        line = "" if in_comments(element) else re.split(r"[·•|,;(\u2014\u2013]", plain_text(element), maxsplit=1)[0]
        if (one := mention(line, NameSource.BYLINE, page, site_titles=titles)) and is_person_name(one.name):
            yield one


def copyright_mentions(words: str, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Who a copyright line names, years and rights left out; `words` has a line for each block."""
    for match in COPYRIGHT.finditer(words):
        name = match["name"].strip(" ,.–—-❤♥♡\ufe0f")
        if not name[:1].isupper() and name.isascii():
            continue
        one = mention(name, NameSource.COPYRIGHT, page, site_titles=titles)
        if one and len(one.name.split()) <= MAX_COPYRIGHT_WORDS:
            yield one
            return


def title_mentions(titles: Iterable[str], page: Url, others: Iterable[Mention]) -> Iterator[Mention]:
    """Site titles that are a name already found elsewhere on the same page."""
    known = {one.name.casefold() for one in others}
    for title in titles:
        if title.casefold() in known:
            yield Mention(title, NameSource.SITE_TITLE, page)


def _h_cards(root: Element, page: Url, titles: tuple[str, ...], *, author_only: bool) -> Iterator[Mention]:
    """Names in h-card and hCard markup; on posts only the author's."""
    for card in outermost(by_class(root, "h-card", "vcard")):
        is_author = any("author" in (e.get("class") or "") for e in (card, card.getparent()) if e is not None)
        if (author_only and not is_author) or in_comments(card):
            continue
        inner = by_class(card, "p-name", "fn")
        names = [e for e in inner if e is not card] or [card]
        address = next((e.get("href") or "" for e in (*by_class(card, "u-url", "url"), card) if e.get("href")), "")
        mail = next((e.get("href") or "" for e in by_class(card, "u-email", "email") if e.get("href")), "")
        organisation = bool(by_class(card, "p-org", "org")) and plain_text(
            by_class(card, "p-org", "org")[0]
        ) == plain_text(names[0])
        raw = plain_text(names[0]) or next((i.get("alt") or "" for i in card.iter("img")), "")
        one = mention(
            raw,
            NameSource.H_CARD,
            page,
            url=address,
            email=mail.removeprefix("mailto:") or None,
            organisation=organisation,
            site_titles=titles,
        )
        if one:
            yield one


def _json_authors(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """The authors of a JSON-LD object."""
    authors = node.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, dict):
            yield from _json_person(author, page, titles)
        elif isinstance(author, str) and (one := mention(author, NameSource.JSON_LD, page, site_titles=titles)):
            yield one


def _json_person(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    organisation = "Organization" in types_of(node)
    one = mention(
        string_of(node.get("name")),
        NameSource.JSON_LD,
        page,
        url=string_of(node.get("url")),
        organisation=organisation,
        site_titles=() if organisation else titles,
    )
    if one:
        yield one


def _bylines(root: Element, page: Url, scope: Element | None, titles: tuple[str, ...]) -> Iterator[Mention]:
    """rel=author, author classes and itemprop."""
    area = scope if scope is not None else root
    elements = [*by_value(area, "rel", "author"), *by_value(area, "itemprop", "author")]
    if scope is not None:
        elements += [
            e for e in outermost(by_class(scope, *BYLINE)) if not re.search(r"bio|box|avatar|desc", class_names(e))
        ]
    for element in elements:
        if element.tag == "link" or in_comments(element):
            continue
        words = plain_text(element) or (element.get("content") or "")
        address = element.get("href") or next((a.get("href") or "" for a in element.iter("a")), "")
        parts = split_names(words, titles) if len(words) <= 2 * MAX_NAME else ()
        for part in parts:
            if one := mention(
                part, NameSource.BYLINE, page, url=address if len(parts) == 1 else "", site_titles=titles
            ):
                yield one


def _meta_authors(head: Head, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Authors named in the head."""
    for name in ("author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "citation_author"):
        for value in head.repeated.get(name, ()):
            for part in split_names(value, titles):
                if one := mention(part, NameSource.BYLINE, page, site_titles=titles):
                    yield one
