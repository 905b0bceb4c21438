"""What a page is for: a post, a home page, a list of posts, or a page about its owner.

Decides from the address and from facts counted in the page; reads no markup itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.records import PageKind, Purpose

ABOUT_WORDS = frozenset(
    {
        "about",
        "about-me",
        "aboutme",
        "about_me",
        "about-us",
        "about-this-blog",
        "author",
        "bio",
        "me",
        "whoami",
        "who",
        "contact",
        "contact-me",
        "contactme",
        "contact-us",
        "kontakt",
        "hire",
        "hire-me",
        "now",
        "uses",
        "blogroll",
        "links",
        "friends",
        "disclosure",
        "disclosures",
        "disclaimer",
        "advertise",
        "advertising",
        "sponsor",
        "sponsors",
        "sponsorship",
        "work-with-me",
        "press",
        "media-kit",
        "colophon",
        "imprint",
        "impressum",
        "legal",
        "privacy",
        "privacy-policy",
        "policy",
        "policies",
        "terms",
        "license",
        "licence",
        "copyright",
        "speaking",
        "consulting",
        "support",
        "faq",
        "guidelines",
        "contributing",
        "write-for-us",
        "guest-post",
        "guest-posts",
        "ueber",
        "über",
        "ueber-mich",
        "über-mich",
        "a-propos",
        "apropos",
        "acerca",
        "acerca-de",
        "sobre",
        "sobre-mi",
        "chi-sono",
        "over",
        "over-mij",
        "om",
        "om-mig",
        "cv",
        "resume",
        "team",
        "people",
        "ideas",
        "hello",
        "bookmarks",
        "follow",
        "projects",
        "project",
        "portfolio",
        "publications",
        "papers",
        "research",
        "teaching",
        "academic",
        "interviews",
        "stats",
        "music",
        "photos",
        "software",
        "work",
        "store",
        "shop",
        "donate",
    }
)
# Own pages that are full of other people: an address there may be anybody's.
CROWDED_WORDS = frozenset(
    {
        "links",
        "blogroll",
        "friends",
        "bookmarks",
        "sponsor",
        "sponsors",
        "press",
        "team",
        "people",
        "projects",
        "project",
        "portfolio",
        "publications",
        "papers",
        "research",
        "teaching",
        "academic",
        "interviews",
        "stats",
        "music",
        "photos",
        "software",
        "faq",
    }
)
LIST_WORDS = frozenset(
    {
        "archive",
        "archives",
        "all",
        "all-posts",
        "allposts",
        "posts",
        "post",
        "blog",
        "blogs",
        "writing",
        "writings",
        "articles",
        "article",
        "essays",
        "journal",
        "notes",
        "entries",
        "news",
        "log",
        "weblog",
        "tags",
        "tag",
        "topics",
        "categories",
        "category",
        "series",
        "sitemap",
        "authors",
        "years",
        "article-archive",
        "til",
        "stories",
        "thoughts",
        "words",
        "library",
        "talks",
        "search",
        "page",
        "feed",
        "feeds",
        "subscribe",
    }
)
GROUP_WORDS = frozenset(
    {
        "tag",
        "tags",
        "category",
        "categories",
        "topic",
        "topics",
        "author",
        "authors",
        "series",
        "label",
        "labels",
        "keyword",
        "keywords",
        "section",
        "subject",
        "year",
        "search",
        "page",
        "archives",
        "archive",
        "etiquetas",
        "categoria",
        "kategorie",
    }
)
NUMBER = re.compile(r"^(?:p(?:age)?-?)?\d{1,4}$")
PAGED = re.compile(r"/page[/-]?\d+/?$|[?&](?:page|paged|offset|start)=\d+|/(?:older|newer)/?$")
DATE_FOLDER = re.compile(r"/(?:19|20)\d{2}(?:/(?:0?[1-9]|1[0-2])(?:/\d{1,2})?)?/?$")
DATED = re.compile(r"/(?:19|20)\d{2}[/-](?:0?[1-9]|1[0-2])(?:[/-]\d{1,2})?[/-]")
INDEX = re.compile(r"^(?:index|default)\.\w+$")
LIST_TITLE = re.compile(
    r"\b(?:posts?|entries|articles)\s+(?:tagged|in|by|from|filed)\b|^(?:category|tag|topic|author|archives?|label)s?\s*:|"
    r"^(?:blog\s+)?(?:archives?|categories|tags|all posts)$",
    re.IGNORECASE,
)
POST_QUERY = re.compile(r"(?:^|&)(?:p|page_id|id)=\d+")
YEAR = re.compile(r"^(?:19|20)\d{2}$")
EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|cgi|md)$", re.IGNORECASE)
SHORT_TEXT = 140  # characters of prose; an undated page with less says nothing
LONG_TEXT = 700  # characters of prose; a page with as much and no list is a post though nothing says so
MAX_DEPTH = 3  # path segments; deeper words are titles
MANY_ITEMS = 5  # linked titles that make a list


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was counted in a page."""

    url: str
    purpose: Purpose
    title: str
    articles: int  # article elements
    containers: int  # elements that claim to hold a whole text
    items: int  # internal links that stand as a line of their own in the main text
    prose: int  # characters of the main text outside headings, lines of lists and code
    dated: bool  # it states when it was published
    posting: bool  # its markup calls it one post: og:type article, JSON-LD, a single e-content
    moved: bool  # a meta refresh leads elsewhere
    missing: bool  # its title says that nothing was found

    @property
    def lists(self) -> bool:
        """Whether it shows several posts, or little but links to them."""
        return self.articles > 1 or self.containers > 1 or (self.items >= MANY_ITEMS and self.items * 60 > self.prose)


def segments_of(url: str) -> list[str]:
    """Path segments, decoded, lower case, without an index file or extension."""
    raw = [s for s in unquote(urlsplit(url).path).casefold().split("/") if s]
    if raw and INDEX.match(raw[-1]):
        raw.pop()
    return [EXTENSION.sub("", s) for s in raw]


def page_kind(facts: PageFacts) -> PageKind:
    """What the page is for: dead ends first, then home pages, then what the address says, then what it holds."""
    if facts.moved or facts.missing:
        return PageKind.OTHER
    segments = segments_of(facts.url)
    if not segments:
        return _kind_of_root(facts)
    if facts.purpose is Purpose.HOME and (facts.lists or not facts.posting):
        return PageKind.HOME
    by_address = kind_by_address(facts.url, segments)
    if by_address is PageKind.ABOUT:
        return by_address
    if by_address is PageKind.LISTING or (LIST_TITLE.search(facts.title) and not facts.posting):
        return PageKind.POST if _overrules(facts, segments[-1]) else PageKind.LISTING
    top_list = facts.purpose is Purpose.SEED and len(segments) == 1 and facts.lists
    return PageKind.HOME if top_list else _kind_by_content(facts)


def _kind_of_root(facts: PageFacts) -> PageKind:
    """The top of a host: a home page, but for `/?p=12` and `/?page=2`."""
    query = urlsplit(facts.url).query
    if POST_QUERY.search(query) and not facts.lists:
        return PageKind.POST
    return PageKind.LISTING if PAGED.search(f"?{query}") else PageKind.HOME


def _overrules(facts: PageFacts, last: str) -> bool:
    """Whether a page whose address sounds like a list is plainly one post: `/archives/123`, `/2024/05/17/`."""
    one = not facts.lists and facts.prose >= SHORT_TEXT and (facts.posting or facts.dated)
    return one and not PAGED.search(facts.url) and last not in LIST_WORDS and not LIST_TITLE.search(facts.title)


def kind_by_address(url: str, segments: list[str]) -> PageKind | None:
    """What the words of an address say: ABOUT or LISTING; None where they do not tell."""
    last, before = segments[-1], segments[-2] if len(segments) > 1 else ""
    if PAGED.search(url) or DATE_FOLDER.search(url):
        return PageKind.LISTING
    if DATED.search(url) or YEAR.match(before):
        return None  # below a date stands a post, whatever it is called
    if before in GROUP_WORDS or (NUMBER.match(last) and before in LIST_WORDS):
        return PageKind.LISTING
    if len(segments) > MAX_DEPTH:
        return None
    return PageKind.ABOUT if last in ABOUT_WORDS else PageKind.LISTING if last in LIST_WORDS else None


def _kind_by_content(facts: PageFacts) -> PageKind:
    """A post or a list, by what stands in the page."""
    if facts.lists and not (facts.posting and facts.prose >= LONG_TEXT):
        return PageKind.LISTING
    stated = facts.posting or facts.dated or bool(DATED.search(facts.url))
    long = facts.prose >= LONG_TEXT or (facts.articles == 1 and facts.prose >= SHORT_TEXT)
    return PageKind.POST if stated or long else PageKind.OTHER
