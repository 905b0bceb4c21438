"""Classifies a page: a post, a home page, a list of posts, a page about its owner, or none of these.

Decides from the address and from counts made in the page; the markup itself is read elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.languages.alternation import alternation
from generator.languages.registry import merged_words
from generator.records import PageKind, Purpose

ABOUT_WORDS = frozenset(
    form
    for word in (
        *merged_words("pages", "about_pages"),
        *merged_words("pages", "own_pages"),
        *merged_words("urls", "about_slugs"),
    )
    for form in (word, word.replace("-", ""), word.replace("-", "_"))
)
CROWDED_WORDS = frozenset(merged_words("pages", "crowded_pages"))
LISTING_WORDS = frozenset(merged_words("pages", "listing_pages"))
OWN_PAGE_WORDS = frozenset(merged_words("pages", "own_pages"))
TAXONOMY_WORDS = frozenset(merged_words("pages", "taxonomy_folders"))
GROUP_WORDS = frozenset(merged_words("pages", "group_folders")) | TAXONOMY_WORDS
PAGE_NUMBER = re.compile(r"^(?:p(?:age)?-?)?\d{1,4}$")
PAGED = re.compile(r"/page[/-]?\d+/?$|[?&](?:page|paged|offset|start)=\d+|/(?:older|newer)/?$")
DATE_FOLDER = re.compile(r"/(?:19|20)\d{2}(?:/(?:0?[1-9]|1[0-2])(?:/\d{1,2})?)?/?$")
MONTH_OR_YEAR = re.compile(r"/(?:19|20)\d{2}(?:/(?:0?[1-9]|1[0-2]))?/?$")
DATED_PATH = re.compile(r"/(?:19|20)\d{2}[/-](?:0?[1-9]|1[0-2])(?:[/-]\d{1,2})?[/-]")
INDEX_FILE = re.compile(r"^(?:index|default)\.\w+$")
LISTING_TITLE = re.compile(alternation("pages", "listing_titles"), re.IGNORECASE)
POST_QUERY = re.compile(r"(?:^|&)(?:p|page_id|id)=\d+")
YEAR = re.compile(r"^(?:19|20)\d{2}$")
EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|cgi|md)$", re.IGNORECASE)
MIN_POST_CHARS = 140  # characters of prose that make an article element or a dated page a post
MIN_UNMARKED_POST_CHARS = 700  # characters of prose that make a page without a date or markup a post
MAX_SECTION_DEPTH = 3  # path segments; words of deeper paths are titles
MIN_LISTED_ITEMS = 5  # linked titles that make a list
MAX_PROSE_PER_ITEM = 60  # characters of prose for each linked title of a list


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the classification needs to know of a page."""

    url: str
    purpose: Purpose
    title: str
    article_count: int  # article elements
    container_count: int  # elements marked as the container of a post's text
    item_count: int  # internal links that are a line of their own in the main text
    prose_chars: int  # characters of the main text outside headings, list items that are links, and code
    dated: bool  # it states its publication date
    marked_as_post: bool  # by og:type article, JSON-LD or a single e-content
    moved: bool  # a meta refresh leads to another page
    empty: bool  # an error page, a challenge, a parked domain, or an example of the publishing system
    leads_on: bool = False  # the heading of its only article leads to another page of the host, as in a list

    @property
    def is_list(self) -> bool:
        """Whether it shows several posts, or little besides links to them."""
        if self.article_count > 1 or self.container_count > 1:
            return True
        return self.item_count >= MIN_LISTED_ITEMS and self.item_count * MAX_PROSE_PER_ITEM > self.prose_chars


def segments_of(url: str) -> list[str]:
    """Path segments, decoded, lower case, without an index file or extension."""
    raw = [s for s in unquote(urlsplit(url).path).casefold().split("/") if s]
    if raw and INDEX_FILE.match(raw[-1]):
        raw.pop()
    return [EXTENSION.sub("", s) for s in raw]


def page_kind(facts: PageFacts) -> PageKind:
    """The kind of a page: error pages and redirects first, then home pages, then by address, then by content."""
    if facts.moved or facts.empty:
        return PageKind.OTHER
    segments = segments_of(facts.url)
    if not segments:
        return _kind_of_root(facts)
    if facts.purpose is Purpose.HOME and (facts.is_list or not facts.marked_as_post):
        return PageKind.HOME
    by_address = kind_by_address(facts.url, segments)
    if by_address is PageKind.ABOUT:
        return by_address
    if by_address is PageKind.LISTING or (LISTING_TITLE.search(facts.title) and not facts.marked_as_post):
        return PageKind.POST if _is_post_at_listing_address(facts, segments[-1]) else PageKind.LISTING
    is_seed_list = facts.purpose is Purpose.SEED and len(segments) == 1 and facts.is_list
    return PageKind.HOME if is_seed_list else _kind_by_content(facts)


def _kind_of_root(facts: PageFacts) -> PageKind:
    """The kind of a host's root: a home page, except for addresses such as `/?p=12` (post) and `/?page=2` (listing)."""
    query = urlsplit(facts.url).query
    if POST_QUERY.search(query) and not facts.is_list:
        return PageKind.POST
    return PageKind.LISTING if PAGED.search(f"?{query}") else PageKind.HOME


def _is_post_at_listing_address(facts: PageFacts, last: str) -> bool:
    """Whether a page with the address of a listing is one post: `/archives/123`, `/2024/05/17/`."""
    if facts.leads_on or is_list_address(facts.url, segments_of(facts.url)):
        return False
    single = not facts.is_list and facts.prose_chars >= MIN_POST_CHARS and (facts.marked_as_post or facts.dated)
    return (
        single and not PAGED.search(facts.url) and last not in LISTING_WORDS and not LISTING_TITLE.search(facts.title)
    )


def kind_by_address(url: str, segments: list[str]) -> PageKind | None:
    """ABOUT or LISTING by the words of an address; None where they do not decide.

    Args:
        url: the address.
        segments: its path segments from `segments_of`; at least one.
    """
    last, before = segments[-1], segments[-2] if len(segments) > 1 else ""
    if PAGED.search(url) or DATE_FOLDER.search(url):
        return PageKind.LISTING
    if DATED_PATH.search(url) or YEAR.match(before):
        return None  # an address below a date is that of a post, whatever its last word
    if before in GROUP_WORDS or (PAGE_NUMBER.match(last) and before in LISTING_WORDS):
        return PageKind.LISTING
    if len(segments) > MAX_SECTION_DEPTH:
        return None
    return PageKind.ABOUT if last in ABOUT_WORDS else PageKind.LISTING if last in LISTING_WORDS else None


def is_list_address(url: str, segments: list[str]) -> bool:
    """Whether an address is that of a list of one tag, category, author, month or year; never a post's."""
    path = "/" + "/".join(segments)
    if MONTH_OR_YEAR.search(path) and len(segments) <= MAX_SECTION_DEPTH:
        return True
    # A subject below another one, and the folder itself; below a date the words are those of a title.
    return not DATED_PATH.search(url) and any(s in TAXONOMY_WORDS for s in segments[-2:])


def is_own_page_address(url: str, segments: list[str]) -> bool:
    """Whether an address reads as a page about the owner, contact, policy or blogroll; never a post's."""
    return segments[-1] in OWN_PAGE_WORDS and kind_by_address(url, segments) is PageKind.ABOUT


def _kind_by_content(facts: PageFacts) -> PageKind:
    """POST, LISTING or OTHER by the content of the page."""
    if facts.is_list and not (facts.marked_as_post and facts.prose_chars >= MIN_UNMARKED_POST_CHARS):
        return PageKind.LISTING
    if facts.leads_on and not facts.marked_as_post:
        return PageKind.LISTING
    marked = facts.marked_as_post or facts.dated or bool(DATED_PATH.search(facts.url))
    long = facts.prose_chars >= MIN_UNMARKED_POST_CHARS or (
        facts.article_count == 1 and facts.prose_chars >= MIN_POST_CHARS
    )
    return PageKind.POST if marked or long else PageKind.OTHER
