"""Reads a page that a third party archived: one record of a WARC file, fetched by a range request.

The result is the response of the original address on the day of the capture, if the record matches the index entry
that named it. Any mismatch refuses that one page.
"""

from __future__ import annotations

import io
import zlib

from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from generator.crawl.failures import RequestRefused, reason_of_status
from generator.crawl.replay import BROKEN_RECORD, record_body, record_date
from generator.crawl.responses import body_digest, is_unreadable, printable
from generator.crawl.settings import PAGE_MAX_BYTES
from generator.records import ArchiveRecordRef, FetchRequest, Refusal, RefusalReason, Snapshot
from generator.urls import canonical_url

MAX_HEADER_BYTES = 256 * 1024  # of the record and of the HTTP response in it


def range_headers(capture: ArchiveRecordRef) -> dict[str, str]:
    """Request headers for the bytes of one record, without further compression."""
    last = capture.offset + capture.length - 1
    return {"Range": f"bytes={capture.offset}-{last}", "Accept-Encoding": "identity"}


def read_capture(asked: FetchRequest, capture: ArchiveRecordRef, response: Response) -> Snapshot | Refusal:
    """The archived page in a response, or the reason for its absence."""
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
    if is_unreadable(content_type, body):
        raise RequestRefused(RefusalReason.BAD_TYPE, f"nothing to read in {content_type[:80]}")
    robots_tags = [value for name, value in record.http_headers.headers if name.lower() == "x-robots-tag"]
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
        robots_tag="\n".join(printable(value) for value in robots_tags).lower(),
    )


def _record(member: bytes) -> ArcWarcRecord | None:
    """The record in a gzip member; None where the member is empty.

    Raises:
        RequestRefused: it decompresses to more than the limit of a page.
        EOFError: it is truncated, or followed by more data.
    """
    unpacker = zlib.decompressobj(31)
    data = unpacker.decompress(member, PAGE_MAX_BYTES + MAX_HEADER_BYTES)
    if unpacker.unconsumed_tail:
        raise RequestRefused(RefusalReason.TOO_LARGE, "unpacks to more than the limit")
    if not unpacker.eof or unpacker.unused_data:
        raise EOFError("no whole record, or more than one")
    return next(iter(ArchiveIterator(io.BytesIO(data))), None)


def _unlike(record: ArcWarcRecord, asked: FetchRequest, capture: ArchiveRecordRef) -> str:
    """The first field in which a record differs from its index entry; "" where all fields match."""
    digest = (record.rec_headers.get_header("WARC-Payload-Digest") or "").rpartition(":")[2]
    differs = {
        "address": canonical_url(record.rec_headers.get_header("WARC-Target-URI") or "") != asked.url,
        "moment": record_date(record).replace(microsecond=0) != capture.captured_at,
        "digest": digest != capture.digest,
        "status": record.http_headers.get_statuscode() != "200",
    }
    return next((what for what, wrong in differs.items() if wrong), "")


def _header(record: ArcWarcRecord, name: str) -> str:
    return printable(record.http_headers.get_header(name) or "")
