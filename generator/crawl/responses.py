"""Turns Scrapy responses into a `Snapshot` or a `Refusal`; decides which media types are readable."""

from __future__ import annotations

import base64
import hashlib
import zlib
from datetime import UTC, datetime

from scrapy.http import Response

from generator.crawl.failures import reason_of_status
from generator.crawl.settings import max_bytes
from generator.records import FetchRequest, Purpose, Refusal, RefusalReason, Snapshot
from generator.urls import canonical_url

# Types without text for us. application/octet-stream may be a feed and is read; a gzip file may be a sitemap or feed.
UNREADABLE_TYPES = ("image/", "audio/", "video/", "font/", "model/", "text/css", "text/javascript")
UNREADABLE_APPLICATIONS = frozenset(
    f"application/{kind}"
    for kind in (
        "pdf",
        "zip",
        "x-tar",
        "x-bzip2",
        "x-xz",
        "zstd",
        "x-7z-compressed",
        "vnd.rar",
        "javascript",
        "x-javascript",
        "wasm",
        "epub+zip",
        "msword",
        "java-archive",
        "x-debian-package",
        "x-rar-compressed",
        "x-shockwave-flash",
        "postscript",
        "font-woff",
        "vnd.ms-excel",
        "vnd.ms-powerpoint",
        "x-iso9660-image",
    )
)
PERMANENT = frozenset({301, 308})
OFFICE_PREFIX = "application/vnd.openxmlformats"
MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"%PDF", b"7z\xbc\xaf", b"\x7fELF", b"OggS")
GZIP_MAGIC, GZIP_TYPES = b"\x1f\x8b", frozenset({"application/gzip", "application/x-gzip"})
SNIFFED_BYTES = 200  # bytes at the start of a gzip file's content


def is_unreadable_type(content_type: str) -> bool:
    """Whether a Content-Type has no text to extract."""
    mime = content_type.partition(";")[0].strip().lower()
    if mime == "image/svg+xml":
        return True
    return mime.startswith((*UNREADABLE_TYPES, OFFICE_PREFIX)) or mime in UNREADABLE_APPLICATIONS


def is_unreadable(content_type: str, body: bytes) -> bool:
    """Whether the type or the first bytes of a body show that it has no text to extract."""
    if is_unreadable_type(content_type) or body.startswith(MAGIC):
        return True
    if body.startswith(GZIP_MAGIC):
        return not _packs_markup(body)
    return content_type.partition(";")[0].strip().lower() in GZIP_TYPES and body.lstrip()[:1] != b"<"


def _packs_markup(body: bytes) -> bool:
    """Whether a gzip file begins with markup, as a packed sitemap or feed does."""
    try:
        start = zlib.decompressobj(wbits=31).decompress(body, SNIFFED_BYTES)
    except zlib.error:
        return False
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def body_digest(body: bytes) -> str:
    """`sha1:` and the base32 digest of a decoded body, in the form of WARC-Payload-Digest."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def snapshot_or_refusal(asked: FetchRequest, response: Response) -> Snapshot | Refusal:
    """The snapshot in a response, or the reason for a refusal."""
    status = response.status
    content_type = _header(response, "Content-Type")
    reason = reason_of_status(status, retry_after="Retry-After" in response.headers)
    if reason is not None:
        return Refusal(asked.url, asked.purpose, reason, f"answered {status}")
    if status == 304:
        return _snapshot(asked, response, body=b"", digest="")
    if is_unreadable(content_type, response.body):
        kind = content_type or "no type"
        return Refusal(asked.url, asked.purpose, RefusalReason.BAD_TYPE, f"nothing to read in {kind[:80]}")
    if "Content-Encoding" in response.headers:
        named = _header(response, "Content-Encoding")[:40]
        return Refusal(asked.url, asked.purpose, RefusalReason.BROKEN, f"packed in a way nobody reads: {named}")
    if len(response.body) > max_bytes(asked.purpose):
        return Refusal(asked.url, asked.purpose, RefusalReason.TOO_LARGE, f"{len(response.body):,} bytes")
    return _snapshot(asked, response, body=response.body, digest=body_digest(response.body))


def _snapshot(asked: FetchRequest, response: Response, *, body: bytes, digest: str) -> Snapshot | Refusal:
    final = canonical_url(response.url)
    if final is None:
        return Refusal(asked.url, asked.purpose, RefusalReason.FORBIDDEN_ADDRESS, "ended at no public address")
    hops = [canonical_url(hop) for hop in response.meta.get("redirect_urls", [])[1:]]
    reasons = response.meta.get("redirect_reasons", [])
    named = response.meta.get("sitemaps", ()) if asked.purpose in (Purpose.HOME, Purpose.SEED) else ()
    return Snapshot(
        url=asked.url,
        final_url=final,
        purpose=asked.purpose,
        status=response.status,
        content_type=_header(response, "Content-Type"),
        body=body,
        digest=digest,
        fetched_at=response.meta.get("archived_at") or _now(),
        redirects=tuple(hop for hop in hops if hop is not None),
        etag=_header(response, "ETag") or None,
        last_modified=_header(response, "Last-Modified") or None,
        robots_tag="\n".join(_text(value) for value in response.headers.getlist("X-Robots-Tag")).lower(),
        not_modified=response.status == 304,
        sitemaps=tuple(url for raw in named if (url := canonical_url(raw, final))),
        moved_permanently=bool(reasons) and all(reason in PERMANENT for reason in reasons),
    )


def _header(response: Response, name: str) -> str:
    return _text(response.headers.get(name) or b"")


def _text(value: bytes) -> str:
    return printable(value.decode("utf-8", errors="replace"))


def printable(value: str) -> str:
    """A header value without control characters, clipped to 2,000 characters."""
    return "".join(c for c in value if c.isprintable())[:2_000]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the only place where a live answer gets its time
