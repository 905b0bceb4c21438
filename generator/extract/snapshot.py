"""Chooses the parser of an answer by its content; the declared content type is only a hint."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

from generator.errors import ExtractionError
from generator.extract.feed import extract_feed, extract_json_feed
from generator.extract.opml import extract_opml, extract_sitemap
from generator.extract.page import extract_page
from generator.records import Extraction, Snapshot

MAX_BODY_BYTES = 60_000_000  # larger answers are not parsed
GZIP_MAGIC = b"\x1f\x8b"
SNIFF_BYTES = 3_000  # bytes at the start by which the type is recognised
ROOT = re.compile(rb"<(?!\?|!)(?:[\w-]+:)?([A-Za-z][\w-]*)")
PREAMBLE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", re.DOTALL | re.IGNORECASE)
NON_TEXT_TYPES = re.compile(
    r"^(?:image|audio|video|font)/|^application/(?:pdf|zip|gzip|x-tar|octet-stream|wasm)", re.IGNORECASE
)
FEED_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"channel"})
SITEMAP_ROOTS = frozenset({b"urlset", b"sitemapindex"})


def extract_snapshot(snapshot: Snapshot) -> Extraction:
    """Extract one answer.

    Args:
        snapshot: any answer; its final address becomes the address of the extraction.

    Raises:
        ExtractionError: the answer cannot be parsed.
        MemoryError: the parser ran out of memory; the process must not be used further.
    """
    if snapshot.body.startswith(GZIP_MAGIC):
        snapshot = _unpacked(snapshot)
    if len(snapshot.body) > MAX_BODY_BYTES:
        raise ExtractionError(f"{snapshot.final_url}: {len(snapshot.body)} bytes, more than {MAX_BODY_BYTES}")
    if not snapshot.body.strip(b" \t\r\n\0"):
        raise ExtractionError(f"{snapshot.final_url}: empty answer")
    if NON_TEXT_TYPES.match(snapshot.content_type) and not snapshot.body.lstrip()[:1] == b"<":
        raise ExtractionError(f"{snapshot.final_url}: {snapshot.content_type.split(';')[0]} is nothing to read")
    try:
        return _dispatch(snapshot)
    except ExtractionError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise ExtractionError(f"{snapshot.final_url}: {type(error).__name__}: {str(error)[:200]}") from error


def _unpacked(snapshot: Snapshot) -> Snapshot:
    """An answer whose body is a gzip file, such as sitemap.xml.gz, unpacked up to the size limit.

    Raises:
        ExtractionError: it cannot be unpacked.
    """
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(snapshot.body, MAX_BODY_BYTES + 1)
    except zlib.error as error:
        raise ExtractionError(f"{snapshot.final_url}: broken gzip file") from error
    # The declared type is that of the archive.
    return replace(snapshot, body=body, content_type="")


def _dispatch(snapshot: Snapshot) -> Extraction:
    """Extract an answer with the parser for its root element."""
    head = snapshot.body[:SNIFF_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
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
    content_type = snapshot.content_type.lower()
    if name != b"html" and re.search(r"rss|atom|rdf", content_type):
        return extract_feed(snapshot)
    if not match and "html" not in content_type:
        raise ExtractionError(f"{snapshot.final_url}: neither a page nor a feed")
    return extract_page(snapshot)
