"""Mentions: names as pages and feeds give them, with their source.

Whether a string is a name is decided in `names`. Mentions are resolved to people in a later stage. An organisation is
recognised by markup or by words in its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from generator import text
from generator.extract.blocks import plain_text
from generator.extract.dom import Element, class_names, in_comments
from generator.extract.names import (
    EMAIL,
    FULL_NAME,
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
    rf"(?:©|\(c\)|&copy;|{alternation('names', 'copyright_words')})"
    rf"(?:[\s:]{{0,3}}(?:©|\(c\)|{alternation('names', 'copyright_words')})){{0,2}}[\s:]*"
    rf"(?:{_YEAR}(?:\s*(?:[-–—,/]|{alternation('names', 'year_ranges')})\s*{_LAST_YEAR})*[\s,.:–—-]*)?"
    rf"(?:{alternation('names', 'leading_prepositions')}\s+)?"
    rf"(?P<name>[^\d|·•©<>\[\]{{}}\n]{{2,60}}?)(?:\s+{_YEAR}(?:\s*[-–—]\s*{_LAST_YEAR})?)?\s*"
    rf"(?:$|[.|·•\[(<–—]|{alternation('names', 'rights_statements')}|\d)",
    re.IGNORECASE | re.MULTILINE,
)
NO_REPLY = re.compile(alternation("contact", "no_reply_mailboxes"), re.IGNORECASE)
OPENING = re.compile(rf"(?P<name>{FULL_NAME})(?=,|\s+[–—(-]|\s+[^\W\dA-Z_])")
MAX_OPENING_CHARS = 120  # characters at the start of a text in which its owner's name may stand
MIN_MAILBOX_CHARS = 3  # a shorter local part is not a given name or surname
NAMING_INTRODUCTIONS = merged_words("names", "naming_introductions")
AUTHOR_BOX = re.compile(alternation("pages", "author_box_classes"))
AUTHOR_CARD = re.compile(rf"(?:^|\s)(?:[\w-]{{0,20}}-)?{alternation('pages', 'author_card_classes')}(?=\s|$)")
MAX_CARDS = 6  # more cards on a page are a list of people
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
        _json_authors(head, head.posting(), page, titles),
        _bylines(root, page, scope, titles),
        _author_cards(root, page, scope, titles),
        _meta_authors(head, page, titles),
    )
    # Sources are not mixed: a site-wide name in the head is not a co-author of the one in the byline.
    return next((mentions for source in sources if (mentions := unique_mentions(source))), ())


def entry_mentions(entry: Element, page: Url, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """The authors that an entry of a list of posts names in its own markup; empty where it names none.

    Args:
        entry: the element of the entry.
        page: address of the list.
        titles: titles that are not names on this site.
    """
    cards = unique_mentions(_h_cards(entry, page, titles, author_only=True))
    return cards or unique_mentions(_bylines(entry, page, entry, titles))


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
        found.extend(_json_authors(head, node, page, titles))
    found.extend(_bylines(root, page, None, titles))
    found.extend(_meta_authors(head, page, titles))
    found.extend(introductions(prose, page))
    found.extend(_opening_name(root, prose, page, titles))
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


def _opening_name(root: Element, prose: str, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """The full name with which a text about its owner begins, if a mailbox on the page has it: `Ada Example, Bern.`"""
    lines = prose[:MAX_OPENING_CHARS].split("\n")
    found = (match["name"] for line in lines if (match := OPENING.match(line.strip())))
    name = next((name for name in found if is_person_name(name)), "")
    if not name:
        return
    links = (a.get("href") or "" for a in root.iter("a"))
    addresses = [*EMAIL.findall(prose[:MAX_INTRODUCTION_CHARS]), *(h[7:] for h in links if h.startswith("mailto:"))]
    if any(_is_mailbox_of(name, address) for address in addresses[:MAX_MENTIONS]) and (
        mention := make_mention(name, NameSource.ABOUT, page, site_titles=titles)
    ):
        yield mention


def _is_mailbox_of(name: str, address: str) -> bool:
    """Whether the local part of an e-mail address consists of words or initials of a name."""
    local = text.slug(address.partition("@")[0])
    words = text.slug(name).split("-")
    whole = {"".join(words), words[0][:1] + words[-1], words[0] + words[-1][:1], f"{words[-1]}-{words[0]}"}
    return local in {*(word for word in words if len(word) >= MIN_MAILBOX_CHARS), *whole, "-".join(words)}


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


def _json_authors(head: Head, node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """The authors of a JSON-LD object; one that is only referred to is looked up by its @id."""
    authors = node.get("author") or node.get("creator")
    for author in authors[:MAX_MENTIONS] if isinstance(authors, list) else [authors]:
        if isinstance(author, dict):
            known = head.object_by_id(string_of(author.get("@id")))
            yield from _json_person({**known, **author}, page, titles)
        elif isinstance(author, str):
            if known := head.object_by_id(author):
                yield from _json_person(known, page, titles)
                continue
            for part in split_names(author, titles):
                if found := make_mention(part, NameSource.JSON_LD, page, site_titles=titles):
                    yield found


def _json_person(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """The names of a JSON-LD person or organisation."""
    organisation = "Organization" in types_of(node)
    name = string_of(node.get("name"))
    parts = (name,) if organisation else split_names(name, titles)
    for part in parts:
        found = make_mention(
            part,
            NameSource.JSON_LD,
            page,
            url=string_of(node.get("url")) if len(parts) == 1 else "",
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
        if linked := _linked_names(element, page, titles):
            yield from linked
            continue
        words = plain_text(element) or (element.get("content") or "")
        address = element.get("href") or next((a.get("href") or "" for a in element.iter("a")), "")
        parts = split_names(words, titles) if len(words) <= 2 * MAX_NAME_CHARS else ()
        for part in parts:
            url = address if len(parts) == 1 else ""
            if found := make_mention(part, NameSource.BYLINE, page, url=url, site_titles=titles):
                yield found


def _linked_names(element: Element, page: Url, titles: tuple[str, ...]) -> tuple[Mention, ...]:
    """The names of an element that links several full names; empty for an element with fewer."""
    anchors = [a for a in element.iter("a") if a is not element][:MAX_MENTIONS]
    found = tuple(
        mention
        for a in anchors
        if is_person_name(plain_text(a))
        and (
            mention := make_mention(plain_text(a), NameSource.BYLINE, page, url=a.get("href") or "", site_titles=titles)
        )
    )
    return found if len(found) > 1 else ()


def _author_cards(root: Element, page: Url, scope: Element | None, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Names in cards beside a post: a portrait whose alternative text the card repeats in words."""
    for card in _cards(root):
        if in_comments(card) or any(e.tag == "article" and e is not scope for e in card.iterancestors()):
            continue
        portraits = {text.fold(image.get("alt") or "") for image in card.iter("img")}
        lines = (plain_text(e) for e in card.iter("strong", "b", "a", "span", "p", "h2", "h3", "h4", "h5", "h6"))
        name = next((line for line in lines if line and line in portraits and is_person_name(line)), "")
        if found := make_mention(name, NameSource.BYLINE, page, site_titles=titles) if name else None:
            yield found


def _cards(root: Element) -> list[Element]:
    """The outermost elements whose class is that of an author's card; none where a list of people has too many."""
    found = outermost([e for e in root.iter("div", "aside", "section", "li", "figure") if _is_card(e)])
    return found if len(found) <= MAX_CARDS else []


def _is_card(element: Element) -> bool:
    """Whether a class of an element is that of an author's card."""
    return bool(AUTHOR_CARD.search(element.get("class") or ""))


def _meta_authors(head: Head, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Authors in the head's meta elements."""
    for name in AUTHOR_META:
        for value in head.repeated.get(name, ()):
            for part in split_names(value, titles):
                if found := make_mention(part, NameSource.BYLINE, page, site_titles=titles):
                    yield found
