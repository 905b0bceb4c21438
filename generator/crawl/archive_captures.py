"""A page from where somebody else keeps it: one record of a WARC file, cut out by a ranged request.

What comes back is the answer of the original address on the day it was captured, and only if it is what the index
that named it promised; anything else is a refusal of that one page.
"""

from __future__ import annotations

import io
import zlib

from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from generator.crawl.failures import RequestRefused, reason_of_status
from generator.crawl.replay import BROKEN_RECORD, record_body, record_date
from generator.crawl.responses import body_digest, printable_url, undecodable_reason
from generator.crawl.settings import PAGE_MAX_BYTES
from generator.records import ArchiveRecordRef, FetchRequest, Refusal, RefusalReason, Snapshot
from generator.urls import canonical_url

MAX_HEADERS = 256 * 1024  # of the record and of the answer in it


def range_headers(capture: ArchiveRecordRef) -> dict[str, str]:
    """The headers that ask for one record, as it lies."""
    last = capture.offset + capture.length - 1
    return {"Range": f"bytes={capture.offset}-{last}", "Accept-Encoding": "identity"}


def read_capture(asked: FetchRequest, capture: ArchiveRecordRef, response: Response) -> Snapshot | Refusal:
    """The page in a response, or why it is none."""
    try:
        return _page(asked, capture, response)
    except RequestRefused as error:
        return Refusal(asked.url, asked.purpose, error.reason, error.detail)
    except BROKEN_RECORD as error:
        why = f"its record cannot be read ({type(error).__name__})"
        return Refusal(asked.url, asked.purpose, RefusalReason.BROKEN, why)


def _page(asked: FetchRequest, capture: ArchiveRecordRef, response: Response) -> Snapshot:
    reason = reason_of_status(response.status, retry_after="Retry-After" in response.headers)
    if reason is not None or response.status != 206:
        raise RequestRefused(
            reason or RefusalReason.BROKEN, f"its archive answered {response.status}, no part of a file"
        )
    record = _record(response.body)
    if record is None or record.rec_type != "response" or record.http_headers is None:
        raise RequestRefused(RefusalReason.BROKEN, "no answer of a server lies where the index says")
    if wrong := _unlike(record, asked, capture):
        raise RequestRefused(RefusalReason.BROKEN, f"the record is of another {wrong} than the index says")
    body, content_type = record_body(record, PAGE_MAX_BYTES), _header(record, "Content-Type")
    if undecodable_reason(content_type, body):
        raise RequestRefused(RefusalReason.BAD_TYPE, f"nothing to read in {content_type[:80]}")
    said = [value for name, value in record.http_headers.headers if name.lower() == "x-robots-tag"]
    return Snapshot(
        asked.url,
        asked.url,
        asked.purpose,
        200,
        content_type,
        body,
        body_digest(body),
        record_date(record),
        etag=_header(record, "ETag") or None,
        last_modified=_header(record, "Last-Modified") or None,
        robots_tag="\n".join(printable_url(value) for value in said).lower(),
    )


def _record(member: bytes) -> ArcWarcRecord | None:
    """The one record in a gzip member.

    Raises:
        RefusedRequest: it unpacks to more than a page may have.
        EOFError: it is cut off, or more lies behind it.
    """
    unpacker = zlib.decompressobj(31)
    data = unpacker.decompress(member, PAGE_MAX_BYTES + MAX_HEADERS)
    if unpacker.unconsumed_tail:
        raise RequestRefused(RefusalReason.TOO_LARGE, "unpacks to more than the limit")
    if not unpacker.eof or unpacker.unused_data:
        raise EOFError("no whole record, or more than one")
    return next(iter(ArchiveIterator(io.BytesIO(data))), None)


def _unlike(record: ArcWarcRecord, asked: FetchRequest, capture: ArchiveRecordRef) -> str:
    """In what a record differs from what the index says of it; "" where it does not."""
    digest = (record.rec_headers.get_header("WARC-Payload-Digest") or "").rpartition(":")[2]
    differs = {
        "address": canonical_url(record.rec_headers.get_header("WARC-Target-URI") or "") != asked.url,
        "moment": record_date(record).replace(microsecond=0) != capture.captured_at,
        "digest": digest != capture.digest,
        "status": record.http_headers.get_statuscode() != "200",
    }
    return next((what for what, wrong in differs.items() if wrong), "")


def _header(record: ArcWarcRecord, name: str) -> str:
    return printable_url(record.http_headers.get_header(name) or "")
