"""Mentions: names as pages and feeds give them, with their source.

Whether a string is a name is decided in `names`. Mentions are resolved to people in a later stage. An organisation is
recognised by markup or by words in its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from generator.extract.blocks import plain_text
from generator.extract.dom import Element, class_names, in_comments
from generator.extract.names import (
    EMAIL,
    INTRODUCTION,
    MAX_NAME_CHARS,
    NOT_NAMES,
    ORGANISATION,
    clean_person_name,
    is_person_name,
    split_names,
)
from generator.extract.structured_data import Head, by_class, by_value, outermost, string_of, types_of
from generator.languages.alternation import alternation
from generator.languages.registry import merged_words
from generator.records import Mention, NameSource, Url
from generator.urls import canonical_url

MAX_COPYRIGHT_WORDS = 5  # words of a holder's name; longer strings are sentences
MAX_MENTIONS = 30  # mentions of a page
MAX_INTRODUCTION_CHARS = 5_000  # characters of a page in which its author may introduce themselves
_YEAR = r"(?:19|20)\d{2}"
_LAST_YEAR = rf"(?:(?:19|20)?\d{{2}}|{alternation('names', 'present')})"
COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|&copy;|{alternation('names', 'copyright_words')})[\s:©]*(?:\(c\)\s*)?"
    rf"(?:{_YEAR}(?:\s*(?:[-–—,/]|{alternation('names', 'year_ranges')})\s*{_LAST_YEAR})*[\s,.:–—-]*)?"
    rf"(?:{alternation('names', 'leading_prepositions')}\s+)?"
    rf"(?P<name>[^\d|·•©<>\[\]{{}}\n]{{2,60}}?)(?:\s+{_YEAR}(?:\s*[-–—]\s*{_LAST_YEAR})?)?\s*"
    rf"(?:$|[.|·•\[(<–—]|{alternation('names', 'rights_statements')}|\d)",
    re.IGNORECASE | re.MULTILINE,
)
NO_REPLY = re.compile(alternation("contact", "no_reply_mailboxes"), re.IGNORECASE)
NAMING_INTRODUCTIONS = merged_words("names", "naming_introductions")
AUTHOR_BOX = re.compile(alternation("pages", "author_box_classes"))
AUTHOR_CLASSES = (
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
AUTHOR_META = ("author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "citation_author")


def make_mention(
    raw: str,
    source: NameSource,
    page: Url,
    *,
    url: str = "",
    email: str | None = None,
    organisation: bool = False,
    site_titles: Iterable[str] = (),
) -> Mention | None:
    """A mention, or None where the string is not a name.

    Args:
        raw: text of the field or element, perhaps with an e-mail address.
        source: kind of markup or text with the name.
        page: address of the page or feed.
        url: address that the page gives for the name, relative or absolute.
        email: field with an e-mail address; `raw` is searched without it.
        organisation: the markup says that it is an organisation.
        site_titles: titles that are not names on this site.
    """
    name = clean_person_name(raw, site_titles=site_titles)
    if not name:
        return None
    address = EMAIL.search(email or raw)
    return Mention(
        name,
        source,
        page,
        canonical_url(url, page) if url else None,
        address[0].lower() if address and not NO_REPLY.match(address[0]) else None,
        organisation or bool(ORGANISATION.search(name)),
    )


def unique_mentions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions by trust in their source, each name once; a name without an address takes it from a later mention."""
    kept: dict[str, Mention] = {}
    order = list(NameSource)
    for mention in sorted(mentions, key=lambda m: order.index(m.found)):
        key = mention.name.casefold()
        if key not in kept:
            kept[key] = mention
        elif kept[key].url is None and mention.url is not None:
            kept[key] = replace(kept[key], url=mention.url, email=kept[key].email or mention.email)
    return tuple(kept.values())[:MAX_MENTIONS]


def author_mentions(
    root: Element, head: Head, page: Url, scope: Element | None, titles: tuple[str, ...]
) -> tuple[Mention, ...]:
    """The authors of a post: all from the most trusted kind of markup that names any.

    Args:
        root: the page.
        head: its head.
        page: its address.
        scope: the article element; None where the markup does not show exactly one.
        titles: titles that are not names on this site.
    """
    sources = (
        _h_cards(scope if scope is not None else root, page, titles, author_only=True),
        _json_authors(head.posting(), page, titles),
        _bylines(root, page, scope, titles),
        _meta_authors(head, page, titles),
    )
    # Sources are not mixed: a site-wide name in the head is not a co-author of the one in the byline.
    return next((mentions for source in sources if (mentions := unique_mentions(source))), ())


def owner_mentions(root: Element, head: Head, page: Url, prose: str, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """The owners that a home or about page names, most trusted source first.

    Args:
        root: the page.
        head: its head.
        page: its address.
        prose: its main text without quotations and code.
        titles: titles that are not names on this site.
    """
    found = [*_h_cards(root, page, titles, author_only=False)]
    for node in head.objects:
        if {"Person", "Organization"} & set(types_of(node)):
            found.extend(_json_person(node, page, titles))
        found.extend(_json_authors(node, page, titles))
    found.extend(_bylines(root, page, None, titles))
    found.extend(_meta_authors(head, page, titles))
    found.extend(introductions(prose, page))
    return unique_mentions(found)


def introductions(prose: str, page: Url) -> Iterator[Mention]:
    """The first name by which the writer introduces themselves: `My name is Ada`, `I'm Ada Example`."""
    for match in INTRODUCTION.finditer(prose[:MAX_INTRODUCTION_CHARS]):
        name = match["name"].rstrip(".-'’")
        words = name.split()
        # "I'm Happy": a single word is a name only after "my name is".
        if words[0] in NOT_NAMES or (len(words) == 1 and not match[0].lower().startswith(NAMING_INTRODUCTIONS)):
            continue
        if found := make_mention(name, NameSource.ABOUT, page):
            yield found
            return


def address_mentions(root: Element, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Full names at the start of address elements: such an element signs the page it stands in."""
    for element in root.iter("address"):
        line = "" if in_comments(element) else re.split(r"[·•|,;(\u2014\u2013]", plain_text(element), maxsplit=1)[0]
        found = make_mention(line, NameSource.BYLINE, page, site_titles=titles)
        if found and is_person_name(found.name):
            yield found


def copyright_mentions(lines: str, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """The holder in the first copyright line that names one; `lines` has a line for each block."""
    for match in COPYRIGHT.finditer(lines):
        name = match["name"].strip(" ,.–—-❤♥♡\ufe0f")
        if not name[:1].isupper() and name.isascii():
            continue
        found = make_mention(name, NameSource.COPYRIGHT, page, site_titles=titles)
        if found and len(found.name.split()) <= MAX_COPYRIGHT_WORDS:
            yield found
            return


def title_mentions(titles: Iterable[str], page: Url, others: Iterable[Mention]) -> Iterator[Mention]:
    """Site titles that are a name which another mention on the same page has."""
    known = {other.name.casefold() for other in others}
    for title in titles:
        if title.casefold() in known:
            yield Mention(title, NameSource.SITE_TITLE, page)


def _h_cards(root: Element, page: Url, titles: tuple[str, ...], *, author_only: bool) -> Iterator[Mention]:
    """Names in h-card and hCard markup; with `author_only` only in cards marked as the author's."""
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
        found = make_mention(
            raw,
            NameSource.H_CARD,
            page,
            url=address,
            email=mail.removeprefix("mailto:") or None,
            organisation=organisation,
            site_titles=titles,
        )
        if found:
            yield found


def _json_authors(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """The authors of a JSON-LD object."""
    authors = node.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, dict):
            yield from _json_person(author, page, titles)
        elif isinstance(author, str) and (found := make_mention(author, NameSource.JSON_LD, page, site_titles=titles)):
            yield found


def _json_person(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """The name of a JSON-LD person or organisation."""
    organisation = "Organization" in types_of(node)
    found = make_mention(
        string_of(node.get("name")),
        NameSource.JSON_LD,
        page,
        url=string_of(node.get("url")),
        organisation=organisation,
        site_titles=() if organisation else titles,
    )
    if found:
        yield found


def _bylines(root: Element, page: Url, scope: Element | None, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Names in elements with rel=author, itemprop=author or, inside the article, an author class."""
    area = scope if scope is not None else root
    elements = [*by_value(area, "rel", "author"), *by_value(area, "itemprop", "author")]
    if scope is not None:
        elements += [e for e in outermost(by_class(scope, *AUTHOR_CLASSES)) if not AUTHOR_BOX.search(class_names(e))]
    for element in elements:
        if element.tag == "link" or in_comments(element):
            continue
        words = plain_text(element) or (element.get("content") or "")
        address = element.get("href") or next((a.get("href") or "" for a in element.iter("a")), "")
        parts = split_names(words, titles) if len(words) <= 2 * MAX_NAME_CHARS else ()
        for part in parts:
            url = address if len(parts) == 1 else ""
            if found := make_mention(part, NameSource.BYLINE, page, url=url, site_titles=titles):
                yield found


def _meta_authors(head: Head, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Authors in the head's meta elements."""
    for name in AUTHOR_META:
        for value in head.repeated.get(name, ()):
            for part in split_names(value, titles):
                if found := make_mention(part, NameSource.BYLINE, page, site_titles=titles):
                    yield found
