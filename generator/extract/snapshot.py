"""Which reader an answer goes to, decided by what stands in it; its label is only a hint."""

from __future__ import annotations

import re

from generator.errors import ExtractionError
from generator.extract.feed import extract_feed, extract_json_feed
from generator.extract.opml import extract_opml, extract_sitemap
from generator.extract.page import extract_page
from generator.records import Extraction, Snapshot

MAX_BODY = 60_000_000  # bytes; larger answers are refused unread
SNIFF = 3_000  # bytes in which an answer shows what it is
ROOT = re.compile(rb"<(?!\?|!)(?:[\w-]+:)?([A-Za-z][\w-]*)")
PREAMBLE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", re.DOTALL | re.IGNORECASE)
NOTHING_TO_READ = re.compile(
    r"^(?:image|audio|video|font)/|^application/(?:pdf|zip|gzip|x-tar|octet-stream|wasm)", re.IGNORECASE
)
FEED_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"channel"})
SITEMAP_ROOTS = frozenset({b"urlset", b"sitemapindex"})


def extract_snapshot(snapshot: Snapshot) -> Extraction:
    """All that one answer says.

    Args:
        snapshot: any answer with a body; its final address is the extraction's address.

    Raises:
        ExtractionError: there is nothing in it that could be read; costs this snapshot only.
    """
    if len(snapshot.body) > MAX_BODY:
        raise ExtractionError(f"{snapshot.final_url}: {len(snapshot.body)} bytes, more than {MAX_BODY}")
    if not snapshot.body.strip(b" \t\r\n\0"):
        raise ExtractionError(f"{snapshot.final_url}: empty answer")
    if NOTHING_TO_READ.match(snapshot.content_type) and not snapshot.body.lstrip()[:1] == b"<":
        raise ExtractionError(f"{snapshot.final_url}: {snapshot.content_type.split(';')[0]} is nothing to read")
    try:
        return _read(snapshot)
    except ExtractionError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise ExtractionError(f"{snapshot.final_url}: {type(error).__name__}: {str(error)[:200]}") from error


def _read(snapshot: Snapshot) -> Extraction:
    """Hand the answer to its reader."""
    head = snapshot.body[:SNIFF].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head[:1] in (b"{", b"["):
        return extract_json_feed(snapshot)
    match = ROOT.search(PREAMBLE.sub(b" ", head))
    name = match[1].lower() if match else b""
    if name in FEED_ROOTS:
        return extract_feed(snapshot)
    if name == b"opml":
        return extract_opml(snapshot)
    if name in SITEMAP_ROOTS:
        return extract_sitemap(snapshot)
    kind = snapshot.content_type.lower()
    if name != b"html" and re.search(r"rss|atom|rdf", kind):
        return extract_feed(snapshot)
    if not match and "html" not in kind:
        raise ExtractionError(f"{snapshot.final_url}: neither a page nor a feed")
    return extract_page(snapshot)
