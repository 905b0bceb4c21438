"""Links of a page or a feed entry, each with the sentence around it.

Also finds links within the site, declared feeds, rel=me links and blogrolls. Sentences are verbatim up to white space.
Which site an address belongs to is decided in a later stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from generator import text
from generator.extract.blocks import Anchor, Block
from generator.extract.dom import HEADINGS, Element
from generator.extract.link_sentences import NO_SENTENCES, BlockSentences, sentence_around, sentences_of
from generator.languages.alternation import alternation
from generator.languages.registry import merged_words
from generator.records import FeedLink, Link, Url, UrlKey
from generator.urls import canonical_url, host_of, url_key

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/rss",
        "application/atom",
        "application/rdf",
        "application/x-rss+xml",
        "application/x-atom+xml",
        "text/rss",
        "text/rss+xml",
        "text/atom",
        "text/atom+xml",
    }
)
XML_TYPES = frozenset({"text/xml", "application/xml"})  # feeds of older software, and other documents too
OTHER_XML = re.compile(r"sitemap|oembed|opensearch|rsd\b|wlwmanifest|\.xsl|osd\.xml|foaf|\.opml", re.IGNORECASE)
ASSET_PATH = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|map|woff2?|ttf|eot|mp[34]|m4[av]|ogg|og[av]|webm|wav|mov|avi|flac|"
    r"pdf|ps|epub|mobi|docx?|xlsx?|pptx?|zip|gz|tgz|bz2|xz|7z|rar|tar|jar|deb|rpm|exe|msi|dmg|iso|apk|bin|wasm|diff|"
    r"patch|txt|csv|tsv|ics|vcf|asc|sig|rs|py|c|h|cpp|java|go|hs|ipynb|bib|tex)$",
    re.IGNORECASE,
)
SHARE_URL = re.compile(
    r"(?:twitter|x)\.com/(?:intent|share|home\?status)|facebook\.com/(?:sharer|share|dialog)|linkedin\.com/(?:share|cws)|"
    r"reddit\.com/submit|news\.ycombinator\.com/submitlink|pinterest\.com/pin/create|plus\.google\.com/share|"
    r"tumblr\.com/(?:share|widgets)|getpocket\.com/(?:save|edit)|t\.me/share|telegram\.me/share|wa\.me/\?|"
    r"api\.whatsapp\.com/send|digg\.com/submit|del\.icio\.us/post|delicious\.com/save|instapaper\.com/hello|"
    r"mastodonshare\.com|toot\.kytta\.dev|tootpick\.org|buffer\.com/add|flipboard\.com/bookmarklet|lobste\.rs/stories/new",
    re.IGNORECASE,
)
MAX_ANCHOR_CHARS = 200  # characters kept of an anchor's text
BLOGROLL_HEADING = re.compile(rf"\b{alternation('pages', 'blogroll_headings')}\b", re.IGNORECASE)
BLOGROLL_HEADING_TAGS = HEADINGS | {"dt", "summary", "caption"}
FRIEND_RELATIONS = frozenset({"friend", "met", "colleague", "acquaintance"})  # rel values of XFN
COMMENT_WORDS = merged_words("pages", "comment_words")


def to_link(block: Block, anchor: Anchor, sentences: BlockSentences, base: str) -> Link | None:
    """The link of an anchor; None where its target is not a web address, or only shares the page."""
    target = canonical_url(anchor.href, base)
    if target is None or SHARE_URL.search(target):
        return None
    shown = text.fold(block.text[anchor.start : anchor.end])
    around = sentence_around(sentences, anchor)
    in_body = block.main and not block.furniture and not block.comment
    return Link(
        target, (shown or text.fold(anchor.label))[:MAX_ANCHOR_CHARS], around, in_body, anchor.rel, block.comment
    )


def collect_links(blocks: Iterable[Block], base: str, *, page: str | None = None) -> tuple[Link, ...]:
    """Links of the blocks in order, without exact repetitions and without links to the page itself.

    Args:
        blocks: blocks of the page or entry.
        base: address to which relative addresses are resolved.
        page: address of the page itself; None where it is `base`.
    """
    here = url_key(page or base)
    links: dict[tuple[Url, str, bool], Link] = {}
    for block in blocks:
        sentences = sentences_of(block) if block.anchors else NO_SENTENCES
        for anchor in block.anchors:
            if anchor.href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
                continue
            link = to_link(block, anchor, sentences, base)
            if link is not None and url_key(link.target) != here:
                links.setdefault((link.target, link.sentence, link.in_body), link)
    return tuple(links.values())


def internal_links(links: Iterable[Link], page: Url) -> tuple[Link, ...]:
    """Links within the host that may lead to posts or listings: each address once, in page order, with its text."""
    host, here = host_of(page), url_key(page)
    found: dict[UrlKey, Link] = {}
    for link in links:
        key = url_key(link.target)
        if host_of(link.target) != host or key == here or ASSET_PATH.search(urlsplit(link.target).path):
            continue
        if key not in found or (link.text and not found[key].text):
            found[key] = Link(link.target, link.text, "", link.in_body, link.rel, link.in_comment)
    return tuple(found.values())


def declared_feeds(root: Element, base: str) -> tuple[FeedLink, ...]:
    """Feeds that the page declares with rel=alternate or rel=feed, in order, comment feeds marked."""
    feeds: dict[Url, FeedLink] = {}
    for element in root.iter("link", "a"):
        media_type = (element.get("type") or "").split(";")[0].strip().lower()
        rel = (element.get("rel") or "").lower().split()
        href = element.get("href") or ""
        known = (
            media_type in FEED_TYPES
            or (media_type in XML_TYPES and not OTHER_XML.search(href))
            or (media_type == "application/json" and "feed" in href.lower())
            or (not media_type and ("feed" in rel or href[:5].lower() == "feed:"))
        )
        if not {"alternate", "feed"} & set(rel) or not known:
            continue
        target = canonical_url(href, base)
        if target is not None:
            title = text.fold(element.get("title") or "")[:MAX_ANCHOR_CHARS]
            labels = f"{title} {urlsplit(target).path}".lower()
            comments = any(word in labels for word in COMMENT_WORDS)
            feeds.setdefault(target, FeedLink(target, title, comments))
    return tuple(feeds.values())


def rel_me_links(root: Element, base: str) -> tuple[Url, ...]:
    """Addresses that the page links with rel=me, in order."""
    found: dict[Url, None] = {}
    for element in root.iter("a", "link"):
        if "me" in (element.get("rel") or "").lower().split():
            target = canonical_url(element.get("href") or "", base)
            if target is not None:
                found[target] = None
    return tuple(found)


class _BlogrollSection:
    """The part of a page below a blogroll heading, while its blocks are read in order."""

    def __init__(self) -> None:
        self._heading: Block | None = None
        self._scope: tuple[int, ...] | None = None  # the container of heading and links; None before the first link
        self._in_list = False  # links of a list were read

    def holds(self, block: Block) -> bool:
        """Whether a block belongs to the section; called once for each block of the page."""
        if block.tag in BLOGROLL_HEADING_TAGS:
            self._heading = block if BLOGROLL_HEADING.search(block.text) else None
            self._scope, self._in_list = None, False
        if self._heading is None or not block.anchors:
            return self._heading is not None
        if self._scope is None and block is not self._heading:
            # The heading may have a container of its own, beside that of the links.
            around = self._heading.path
            shared = next((n for n, (a, b) in enumerate(zip(around, block.path, strict=False)) if a != b), None)
            shared = min(len(around), len(block.path)) if shared is None else shared
            self._scope = around[:shared] if shared >= len(around) - 1 else (0,)
        listed = any(number < 0 for number in block.path)
        outside = self._scope is not None and block.path[: len(self._scope)] != self._scope
        if outside or (self._in_list and not listed) or (block.furniture and not self._heading.furniture):
            self._heading = None
            return False
        self._in_list = self._in_list or listed
        return True


def blogroll_links(blocks: Iterable[Block], base: str, *, whole_page: bool) -> tuple[Link, ...]:
    """Links to recommended sites of other hosts.

    These are links under a blogroll heading, links marked by class or by a relation of XFN, and on a blogroll page
    all outgoing links of its text.

    Args:
        blocks: the page, in order, sidebars included.
        base: the page's address.
        whole_page: the page is a blogroll.
    """
    host, section = host_of(base), _BlogrollSection()
    found: dict[Url, Link] = {}
    for block in blocks:
        under_heading = section.holds(block)
        for anchor in block.anchors:
            marked = "blogroll" in anchor.names.lower() or not FRIEND_RELATIONS.isdisjoint(anchor.rel)
            if not ((whole_page and not block.furniture) or under_heading or marked) or block.comment:
                continue
            link = to_link(block, anchor, sentences_of(block), base)
            if link is not None and host_of(link.target) != host:
                found.setdefault(link.target, link)
    return tuple(found.values())
