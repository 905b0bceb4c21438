"""Names as pages and feeds give them, with where they stood; resolving them to people happens later.

Takes no site title, no role ("admin", "staff") and no address for a name; a title that could be a person's
counts as one unless the site writes its words in lower case elsewhere. Organisations are marked by markup or
by cues in the name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from generator import text
from generator.extract.blocks import plain_text
from generator.extract.dom import Element, class_names, in_comments
from generator.extract.metadata import Head, by_class, by_value, outermost, string_of, types_of
from generator.records import Found, Mention, Url
from generator.urls import canonical_url

MAX_NAME = 80  # characters; longer strings are no names
COMMON = 2  # times; a word written in lower case as often is no surname
MAX_PIECES = 500  # paragraphs looked at for it
MAX_COPYRIGHT_WORDS = 5  # words; what is longer is a sentence
MAX_MENTIONS = 30  # a page's names
ROLES = frozenset({
    "admin", "administrator", "author", "editor", "editors", "staff", "guest", "guest author", "guest post",
    "webmaster", "root", "user", "anonymous", "unknown", "noreply", "no-reply", "nobody", "me", "team", "the team",
    "the editors",
    "contributor", "contributors", "default", "test", "blogger", "wordpress", "hugo", "jekyll", "ghost", "name",
    "your name", "the author", "the authors", "author name", "blog", "home", "website", "site", "us", "about", "null",
    "contact", "none", "undefined", "all rights reserved", "copyright", "various", "various authors", "super user",
    "site admin", "authors", "myself", "i", "posts", "feed", "writer", "posted", "by", "n/a", "info",
})  # fmt: skip
ORGANISATION = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp|corporation|company|foundation|association|institute|university|project|team|group|labs?|"
    r"laborator(?:y|ies)|society|union|council|committee|contributors|developers|authors|maintainers|editors|staff|"
    r"magazine|media|press|publishing|software|systems|studios?|consulting|community|collective|network|solutions|"
    r"working\s+group|wg|sig|crew|guild|alliance|federation|club|e\.?v|s\.?a\.?s|plc|pty|b\.?v)\b\.?(?:\s*$|,)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
LEAD = re.compile(
    r"^(?:(?:posted|written|published|authored|created)\s+)?(?:by|von|par|por|di|av)[\s:]+|^(?:author|autor|auteur)\s*:\s*",
    re.IGNORECASE,
)
TAIL = re.compile(r"\s*(?:\bon\s+\w+\s+\d.*|\b\d{1,2}[\s/.-]\w+[\s/.-]\d{2,4}.*|\|.*|[·•].*|\(\s*[@#][^)]*\)|<.*)$")
# What a page says it is made with, where a name might stand.
CREDIT = re.compile(
    r"^(?:proudly\s+)?(?:powered|built|made|generated|hosted|designed|theme[ds]?|template|published)\s+"
    r"(?:by|with|using|on|in|from)\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"\s*(?:,?\s+(?:and|und|et|y)\s+|\s+&\s+|\s+\+\s+|\s*;\s*|,\s+)\s*")
SUFFIX = re.compile(r",\s*(?:jr|sr|ph\.?\s?d|m\.?d|md|esq|ii|iii|inc|ltd|llc|gmbh)\b\.?", re.IGNORECASE)
_WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž]\.(?:[A-Z]\.)*|[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]{0,30})"
_NAME = _WORD + r"(?:\s+(?:(?:de|la|van|von|der|den|del|da|di|bin|al|el|le|du)\s+){0,2}" + _WORD + r"){0,3}"
INTRODUCTION = re.compile(
    r"\b(?:[Mm]y\s+name(?:\s+is|['’]s)|(?:Hi|Hello|Hey|Howdy|Welcome)\b[^.?]{0,20}?[,!.]?\s+I(?:['’]m|\s+am)|I(?:['’]m|\s+am|\s+go\s+by))\s+(?P<name>"
    + _NAME
    + r")(?=[\s,.!;(–—-]|$)"
)
NOT_A_NAME = frozenset(
    [
        "A",
        "An",
        "The",
        "This",
        "That",
        "Not",
        "Also",
        "Currently",
        "Now",
        "Just",
        "Still",
        "Very",
        "Always",
        "So",
        "Based",
        "In",
        "On",
        "At",
        "From",
        "By",
        "Here",
        "I",
        "It",
        "My",
        "Your",
        "Our",
        "We",
        "Sorry",
        "Glad",
        "Happy",
        "Excited",
        "Working",
        "Writing",
        "Looking",
        "Interested",
        "Senior",
        "Junior",
        "Lead",
        "Principal",
        "Software",
        "Web",
        "Research",
        "Engineer",
        "Developer",
        "Professor",
        "Student",
        "Available",
        "Open",
        "Passionate",
        "Born",
        "English",
        "American",
        "British",
        "German",
        "French",
        "Canadian",
        "Indian",
    ]
)
# Words that a site is called by and a person is not.
TITLE_WORD = re.compile(
    r"\b(?:a|an|and|at|by|for|from|in|my|of|on|or|our|the|to|with|your|academy|adventures|almanac|archives?|articles|"
    r"best|blogs?|book|books|buyers?|chronicles|code|coding|daily|deals|design|dev|diary|digest|essays|gear|guides?|"
    r"handbook|home|homepage|journal|kitchen|ledger|letters|lines|links|log|logbook|magazine|manual|media|mountains|"
    r"musings|news|newsletter|notebook|notes|official|online|outdoors|pages|podcast|posts|press|programming|project|"
    r"ramblings|reports?|reviews?|school|shop|shots|site|software|sports|store|stories|studios?|tales|tech|technology|"
    r"things|thoughts|tips|tours|trails|travels?|web|weblog|website|weekly|workshop|world|writings?)\b",
    re.IGNORECASE,
)
# Given names that are also words: a title of common words that begins with one is still a name.
GIVEN = frozenset(
    "amber angel april art ash august autumn basil bill blake bob brook carol chase christian chuck clay cliff cooper "
    "crystal daisy dale dawn dean drew duke earl eve faith finn fletcher forest frank gene ginger glen grace grant gray "
    "hazel heath herb holly hope hunter iris ivy jack jade jay jean jo josh joy june lance laurel lily mark mason may "
    "mike miles nick norm olive pat pearl peg penny pierce ray reed rich rob robin rod rose ruby sandy scout skip sky "
    "stew sue summer terry tom tony trip tyler van victor violet wade ward will willow winter wren".split()
)
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


def clean_name(raw: str, *, site_titles: Iterable[str] = ()) -> str:
    """A name fit to be shown, "" where the string is none.

    Args:
        raw: what stood there, perhaps with "by", an address or a date around it.
        site_titles: strings that are no name here, as `no_names` gives them.
    """
    name = text.fold(raw[:400])
    forbidden = {title.casefold() for title in site_titles}
    if name.casefold() in forbidden:
        return ""
    if introduced := INTRODUCTION.match(name):
        name = introduced["name"]
    name = ADDRESS.sub("", name).strip(" ()<>[]\"'“”,:-–—") if "@" in name else name.strip(' <>[]"“”,:-–—')
    if CREDIT.match(name):
        return ""
    name = TAIL.sub("", LEAD.sub("", name)).strip(' "“”,:;-–—')
    if (
        not name
        or name.casefold() in forbidden
        or len(name) > MAX_NAME
        or name.casefold().strip(" .") in ROLES
        or "://" in name
        or name.startswith("www.")
    ):
        return ""
    if not any(c.isalpha() for c in name) or name.count(" ") > 6:
        return ""
    return name.removeprefix("@")


def _personal(name: str) -> bool:
    """Whether a string looks like a person's name: two to four capitalised words, none of them an article."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and bool(re.fullmatch(_NAME, name))
        and not NOT_A_NAME & set(words)
        and not TITLE_WORD.search(name)
        and not ORGANISATION.search(name)
    )


def no_names(titles: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """Those of the titles that name no person, so that a byline which repeats one is none.

    Args:
        titles: what the site and the page are called.
        words: what is written there, in pieces; read only where a title might be a name.
    """
    known = tuple(dict.fromkeys(text.fold(title) for title in titles if title.strip()))
    doubtful = {title: frozenset(title.casefold().split()) for title in known if _personal(title)}
    common = _in_lower_case(frozenset().union(*doubtful.values()), words) if doubtful else frozenset()
    return tuple(
        title
        for title in known
        if title not in doubtful or (doubtful[title] <= common and title.split()[0].casefold() not in GIVEN)
    )


def _in_lower_case(wanted: frozenset[str], words: Iterable[str]) -> frozenset[str]:
    """Which words are written in lower case as well, as no surname is; addresses left out."""
    either = "|".join(re.escape(word) for word in sorted(wanted))
    pattern = re.compile(rf"(?<![\w@./:#-])(?:{either})(?![\w@/-]|\.\w)")
    found = Counter(pattern.findall("\n".join(islice(words, MAX_PIECES))))
    return frozenset(word for word, count in found.items() if count >= COMMON)


def split_names(raw: str, titles: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names in a byline of several full names, `Ada Example, Bo Example and Cy Example`.

    Everything else stays whole: `Rust and WebAssembly` is one name, and so is `Ada Example, Jr.`; a title
    is never taken to pieces.
    """
    raw = LEAD.sub("", text.fold(raw[:400]))
    if raw.casefold() in {title.casefold() for title in titles}:
        return (raw,)
    parts = tuple(part for part in SEVERAL.split(raw) if part)
    return parts if all(_personal(part) for part in parts) and not SUFFIX.search(raw) else (raw,)


def mention(
    raw: str, found: Found, page: Url, *, url: str = "", email: str | None = None, organisation: bool = False,
    site_titles: Iterable[str] = (),
) -> Mention | None:  # fmt: skip
    """A mention, or None where the string is no name."""
    name = clean_name(raw, site_titles=site_titles)
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
    order = list(Found)
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
        if one := mention(name, Found.ABOUT, page):
            yield one
            return


def address_mentions(root: Element, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Whom an address element names before anything else it says: it signs the page it stands in."""
    for element in root.iter("address"):
        line = "" if in_comments(element) else re.split(r"[·•|,;(\u2014\u2013]", plain_text(element), maxsplit=1)[0]
        if (one := mention(line, Found.BYLINE, page, site_titles=titles)) and _personal(one.name):
            yield one


def copyright_mentions(words: str, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Who a copyright line names, years and rights left out; `words` has a line for each block."""
    for match in COPYRIGHT.finditer(words):
        name = match["name"].strip(" ,.–—-❤♥♡\ufe0f")
        if not name[:1].isupper() and name.isascii():
            continue
        one = mention(name, Found.COPYRIGHT, page, site_titles=titles)
        if one and len(one.name.split()) <= MAX_COPYRIGHT_WORDS:
            yield one
            return


def title_mentions(titles: Iterable[str], page: Url, others: Iterable[Mention]) -> Iterator[Mention]:
    """Site titles that are a name already found elsewhere on the same page."""
    known = {one.name.casefold() for one in others}
    for title in titles:
        if title.casefold() in known:
            yield Mention(title, Found.SITE_TITLE, page)


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
            Found.H_CARD,
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
        elif isinstance(author, str) and (one := mention(author, Found.JSON_LD, page, site_titles=titles)):
            yield one


def _json_person(node: dict[str, Any], page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    organisation = "Organization" in types_of(node)
    one = mention(
        string_of(node.get("name")),
        Found.JSON_LD,
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
            if one := mention(part, Found.BYLINE, page, url=address if len(parts) == 1 else "", site_titles=titles):
                yield one


def _meta_authors(head: Head, page: Url, titles: tuple[str, ...]) -> Iterator[Mention]:
    """Authors named in the head."""
    for name in ("author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "citation_author"):
        for value in head.repeated.get(name, ()):
            for part in split_names(value, titles):
                if one := mention(part, Found.BYLINE, page, site_titles=titles):
                    yield one
