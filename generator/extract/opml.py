"""Reads OPML and XML sitemaps.

Entities, document type definitions and the network are switched off; a document with a DOCTYPE is still read.
"""

from __future__ import annotations

from lxml import etree

from generator import text
from generator.errors import ExtractionError
from generator.extract.charset import decode
from generator.records import Dropped, Extraction, FeedLink, Link, PageKind, Snapshot, Url
from generator.urls import canonical_url, host_of

MAX_OUTLINES = 5_000
MAX_LOCATIONS = 20_000
MAX_TITLE_CHARS = 200
MAX_DROPPED = 100  # records of dropped outlines


def read_xml(snapshot: Snapshot) -> etree._Element | None:
    """The root of an XML answer, repaired where possible; None if it holds no element."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        recover=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(decode(snapshot.body, snapshot.content_type).encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        return None


def extract_opml(snapshot: Snapshot) -> Extraction:
    """The sites of all outlines as recommendations, and their feeds.

    Raises:
        ExtractionError: it holds no XML.
    """
    root = read_xml(snapshot)
    if root is None:
        raise ExtractionError(f"{snapshot.final_url}: no OPML in the answer")
    title = text.fold(root.findtext(".//head/title") or "")[:MAX_TITLE_CHARS]
    sites: dict[Url, Link] = {}
    feeds: dict[Url, FeedLink] = {}
    dropped, count = [], 0
    for outline in root.iter("outline"):
        attributes = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
        name = text.fold(attributes.get("title") or attributes.get("text") or "")[:MAX_TITLE_CHARS]
        feed = canonical_url(attributes.get("xmlurl", ""), snapshot.final_url) if attributes.get("xmlurl") else None
        home = attributes.get("htmlurl") or attributes.get("url") or ""
        site = canonical_url(home, snapshot.final_url) if home else None
        if feed is None and site is None:
            if len(outline) == 0:
                dropped.append(Dropped(name or "outline", "outline without an address"))
            continue
        count += 1
        if count > MAX_OUTLINES:
            continue
        target = site or feed
        assert target is not None
        sites.setdefault(target, Link(target, name, name, in_body=True))
        if feed is not None:
            feeds.setdefault(feed, FeedLink(feed, name))
    if count > MAX_OUTLINES:
        dropped.append(Dropped("outlines", f"{count - MAX_OUTLINES} beyond the first 5,000 of a list"))
    return Extraction(
        url=snapshot.final_url,
        kind=PageKind.OPML,
        title=title,
        description="",
        language="",
        posts=(),
        mentions=(),
        contacts=(),
        links=tuple(sites.values()),
        feeds=tuple(feeds.values()),
        internal=(),
        rel_me=(),
        blogroll=tuple(sites.values()),
        text="",
        dropped=tuple(dropped[:MAX_DROPPED]),
    )


def extract_sitemap(snapshot: Snapshot) -> Extraction:
    """The addresses of a sitemap or sitemap index within its host, in order, as internal links.

    Raises:
        ExtractionError: it holds no XML.
    """
    root = read_xml(snapshot)
    if root is None:
        raise ExtractionError(f"{snapshot.final_url}: no sitemap in the answer")
    host = host_of(snapshot.final_url)
    found: dict[Url, Link] = {}
    for element in root.iter("{*}loc"):
        target = canonical_url(element.text or "", snapshot.final_url) if element.text else None
        if target is not None and host_of(target) == host and len(found) < MAX_LOCATIONS:
            found.setdefault(target, Link(target, "", "", in_body=False))
    return Extraction(
        url=snapshot.final_url,
        kind=PageKind.LISTING,
        title="",
        description="",
        language="",
        posts=(),
        mentions=(),
        contacts=(),
        links=(),
        feeds=(),
        internal=tuple(found.values()),
        rel_me=(),
        blogroll=(),
        text="",
    )
