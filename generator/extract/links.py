"""Links with the sentence around them, from the blocks of a page or of a feed entry.

Knows which links are content, which lead on within the site, and which say "this is me" or "read them";
does not know whose site an address is. Sentences are verbatim up to white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from generator import text
from generator.extract.blocks import Anchor, Block
from generator.extract.dom import Element
from generator.extract.link_sentences import NO_SENTENCES, BlockSentences, sentence_around, sentences_of
from generator.records import FeedLink, Link, Url, UrlKey
from generator.urls import canonical_url, host_of, url_key

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
    }
)
ASSET = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|map|woff2?|ttf|eot|mp[34]|m4[av]|ogg|og[av]|webm|wav|mov|avi|flac|"
    r"pdf|ps|epub|mobi|docx?|xlsx?|pptx?|zip|gz|tgz|bz2|xz|7z|rar|tar|jar|deb|rpm|exe|msi|dmg|iso|apk|bin|wasm|diff|"
    r"patch|txt|csv|tsv|ics|vcf|asc|sig|rs|py|c|h|cpp|java|go|hs|ipynb|bib|tex)$",
    re.IGNORECASE,
)
SHARE = re.compile(
    r"(?:twitter|x)\.com/(?:intent|share|home\?status)|facebook\.com/(?:sharer|share|dialog)|linkedin\.com/(?:share|cws)|"
    r"reddit\.com/submit|news\.ycombinator\.com/submitlink|pinterest\.com/pin/create|plus\.google\.com/share|"
    r"tumblr\.com/(?:share|widgets)|getpocket\.com/(?:save|edit)|t\.me/share|telegram\.me/share|wa\.me/\?|"
    r"api\.whatsapp\.com/send|digg\.com/submit|del\.icio\.us/post|delicious\.com/save|instapaper\.com/hello|"
    r"mastodonshare\.com|toot\.kytta\.dev|tootpick\.org|buffer\.com/add|flipboard\.com/bookmarklet|lobste\.rs/stories/new",
    re.IGNORECASE,
)
OWN_TEXT = 200  # characters kept of an anchor's text
BLOGROLL_HEADING = re.compile(
    r"\b(?:blog\s*roll|blogs?\s+i\s+(?:read|follow|like)|i\s+(?:read|follow)|other\s+blogs|friends|people\s+i\s+(?:read|follow)|"
    r"favou?rite\s+(?:blogs|sites|reads)|recommended\s+(?:blogs|reading|sites)|recommendations|neighbou?rs|webrings?|"
    r"links\s+(?:i\s+like|to\s+(?:blogs|people))|kindred\s+sites|freunde|amis|amigos)\b",
    re.IGNORECASE,
)


def to_link(block: Block, anchor: Anchor, sentences: BlockSentences, base: str) -> Link | None:
    """One link; None where it leads nowhere on the web, or only shares."""
    target = canonical_url(anchor.href, base)
    if target is None or SHARE.search(target):
        return None
    shown = text.fold(block.text[anchor.start : anchor.end])
    around = sentence_around(sentences, anchor)
    in_body = block.main and not block.furniture and not block.comment
    return Link(target, (shown or text.fold(anchor.label))[:OWN_TEXT], around, in_body, anchor.rel, block.comment)


def collect_links(blocks: Iterable[Block], base: str, *, page: str | None = None) -> tuple[Link, ...]:
    """Every link of the blocks in order, without exact repetitions and without those to the page's own parts."""
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
    """Links of the same host that may lead to posts or listings: once each, in page order, with anchor text."""
    host, here = host_of(page), url_key(page)
    found: dict[UrlKey, Link] = {}
    for link in links:
        key = url_key(link.target)
        if host_of(link.target) != host or key == here or ASSET.search(urlsplit(link.target).path):
            continue
        if key not in found or (link.text and not found[key].text):
            found[key] = Link(link.target, link.text, "", link.in_body, link.rel, link.in_comment)
    return tuple(found.values())


def declared_feeds(root: Element, base: str) -> tuple[FeedLink, ...]:
    """Feeds named in `link rel=alternate`, in order, comment feeds marked."""
    feeds: dict[Url, FeedLink] = {}
    for element in root.iter("link", "a"):
        kind = (element.get("type") or "").split(";")[0].strip().lower()
        rel = (element.get("rel") or "").lower().split()
        json_feed = kind == "application/json" and "feed" in (element.get("href") or "").lower()
        if not {"alternate", "feed"} & set(rel) or not (
            kind in FEED_TYPES or json_feed or (not kind and "feed" in rel)
        ):
            continue
        target = canonical_url(element.get("href") or "", base)
        if target is not None:
            title = text.fold(element.get("title") or "")[:OWN_TEXT]
            comments = "comment" in f"{title} {urlsplit(target).path}".lower()
            feeds.setdefault(target, FeedLink(target, title, comments))
    return tuple(feeds.values())


def me_links(root: Element, base: str) -> tuple[Url, ...]:
    """Addresses linked with rel=me, in order."""
    found: dict[Url, None] = {}
    for element in root.iter("a", "link"):
        if "me" in (element.get("rel") or "").lower().split():
            target = canonical_url(element.get("href") or "", base)
            if target is not None:
                found[target] = None
    return tuple(found)


def blogroll(blocks: Iterable[Block], base: str, *, everything: bool) -> tuple[Link, ...]:
    """Recommended sites of other hosts: all outgoing links of a blogroll page, or those under a blogroll heading.

    Args:
        blocks: the page, in order, sidebars included.
        base: the page's address.
        everything: the page is a blogroll as a whole.
    """
    host, under = host_of(base), False
    found: dict[Url, Link] = {}
    for block in blocks:
        if block.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "caption"):
            under = bool(BLOGROLL_HEADING.search(block.text))
        for anchor in block.anchors:
            named = "blogroll" in anchor.names.lower() or bool(
                {"friend", "met", "colleague", "acquaintance"} & set(anchor.rel)
            )
            if not ((everything and not block.furniture) or under or named) or block.comment:
                continue
            link = to_link(block, anchor, sentences_of(block), base)
            if link is not None and host_of(link.target) != host:
                found.setdefault(link.target, link)
    return tuple(found.values())
