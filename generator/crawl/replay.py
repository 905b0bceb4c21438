"""Replay: every address is answered from the responses in WARC files, and nothing is requested from the web.

`ArchiveIndex` finds records by address, `ReplayHandler` answers Scrapy from it. robots.txt, redirects, sizes and types
are handled by the same middlewares as in a live crawl.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast
from urllib.parse import unquote, unquote_plus, urljoin, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator, WARCIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from generator.crawl.failures import RequestRefused
from generator.crawl.responses import body_digest
from generator.crawl.validators import strong_tag
from generator.errors import ArchiveError
from generator.records import RefusalReason
from generator.urls import canonical_url

BROKEN_RECORD = (ArchiveLoadFailed, EOFError, zlib.error, OSError, ValueError, AttributeError, UnicodeError)
KEPT_HEADERS = frozenset(
    {
        "content-type",
        "content-language",
        "last-modified",
        "location",
        "x-robots-tag",
        "link",
        "retry-after",
        "date",
    }
)
FALLBACK_DATE = datetime(1970, 1, 1, tzinfo=UTC)  # a record without a readable WARC-Date


@dataclass(frozen=True, slots=True)
class RecordOffset:
    """Position of a record: number of the file and byte offset in it."""

    file: int
    offset: int


def resource_key(url: str) -> str:
    """A key that spellings of one archived address share: no scheme, no port, decoded path and query."""
    parts = urlsplit(canonical_url(url) or url)
    query = f"?{unquote_plus(parts.query)}" if parts.query else ""
    return (parts.hostname or "").lower() + unquote(parts.path or "/") + query


class ArchiveIndex:
    """Index by address of one or several WARC files; the first file with an address answers for it.

    Attributes:
        warnings: sentences about files that were only partly readable.
    """

    def __init__(self, files: tuple[Path, ...]) -> None:
        """Read through every file once.

        Raises:
            ArchiveError: a file is missing, unreadable or not a WARC file.
        """
        self.warnings: tuple[str, ...] = ()
        self._offsets: dict[str, RecordOffset] = {}
        self._payloads: dict[str, RecordOffset] = {}  # digest -> the record that holds it, for revisit records
        self._streams: list[BinaryIO] = []
        try:
            for number, path in enumerate(files):
                self._streams.append(_opened(path))
                self._index(number, path)
        except ArchiveError:
            self.close()
            raise

    def __len__(self) -> int:
        return len(self._offsets)

    def record(self, url: str) -> ArcWarcRecord | None:
        """The archived response for an address; None where no file holds it."""
        position = self._offsets.get(resource_key(url))
        if position is None:
            return None
        stream = self._streams[position.file]
        stream.seek(position.offset)
        return next(iter(ArchiveIterator(stream)))

    def close(self) -> None:
        """Close the files."""
        for stream in self._streams:
            stream.close()

    def _index(self, number: int, path: Path) -> None:
        seen = 0
        responses: dict[str, RecordOffset] = {}
        self_redirects: dict[str, RecordOffset] = {}
        try:
            for record, offset in _whole_records(self._streams[number]):
                seen += 1
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                position = self._payload_position(record, RecordOffset(number, offset))
                if position is None or record.http_headers is None or not url.startswith("http"):
                    continue
                key = resource_key(url)
                # http://a/ and https://a/ have one key, so a redirect between them would lead to itself.
                where = self_redirects if _leads_to_itself(record, url, key) else responses
                where.setdefault(key, position)
        except BROKEN_RECORD as error:
            if not seen:
                raise ArchiveError(
                    f"{path}: this is no WARC file, or its very beginning is damaged ({error}).\n"
                    "  Give --replay a .warc or .warc.gz file as a crawler writes it."
                ) from error
            self.warnings += (f"{path}: cut off or damaged after {seen:,} records; what came before was read.",)
        if not seen:
            raise ArchiveError(f"{path}: this file is empty; give --replay a WARC file with responses in it.")
        if not responses and not self_redirects:
            raise ArchiveError(
                f"{path}: this is no WARC file, or one without a single response.\n"
                "  Give --replay a .warc or .warc.gz file as a crawler writes it."
            )
        for key, position in (*responses.items(), *self_redirects.items()):
            self._offsets.setdefault(key, position)

    def _payload_position(self, record: ArcWarcRecord, here: RecordOffset) -> RecordOffset | None:
        """Position of a record's payload: its own, or for a revisit that of the record it refers to."""
        digest = (record.rec_headers.get_header("WARC-Payload-Digest") or "").split(":")[-1]
        if record.rec_type == "response":
            if digest:
                self._payloads.setdefault(digest, here)
            return here
        return self._payloads.get(digest) if record.rec_type == "revisit" else None


class _HoldsIndex(Protocol):
    """The part of the spider that the handler uses."""

    index: ArchiveIndex


class ReplayHandler(BaseDownloadHandler):
    """Download handler that answers http and https from the archive and opens no connection."""

    async def download_request(self, request: Request) -> Response:
        """The archived response, 304 where the request's validators match, 404 where the archive has no record."""
        index = cast("_HoldsIndex", self.crawler.spider).index
        try:
            record = index.record(request.url)
        except BROKEN_RECORD as error:
            raise RequestRefused(RefusalReason.BROKEN, "its record in the archive is damaged") from error
        if record is None:
            return Response(request.url, status=404, request=request)
        return response_from_record(record, request)


def response_from_record(record: ArcWarcRecord, request: Request) -> Response:
    """The archived response for this request, decoded, as Scrapy would have received it."""
    body = record_body(record, request.meta.get("download_maxsize", 0))
    archived = record.http_headers
    headers = [(name, value) for name, value in archived.headers if name.lower() in KEPT_HEADERS]
    stated = record.rec_headers.get_header("WARC-Payload-Digest") or body_digest(body)
    digest = f'"{stated.split(":")[-1]}"'
    etag = archived.get_header("ETag") or digest
    request.meta["archived_at"] = record_date(record)
    status = _status(record)
    if status == 200 and _not_modified(request, {etag, digest}, archived):
        status, body = 304, b""
    encoding = archived.get_header("Content-Encoding")
    if encoding and encoding.lower() not in ("identity", *BufferedReader.get_supported_decompressors()):
        headers.append(("Content-Encoding", encoding))
    return Response(request.url, status=status, headers=[*headers, ("ETag", etag)], body=body, request=request)


def _not_modified(request: Request, etags: set[str], archived: StatusAndHeaders) -> bool:
    """Whether the validators of a request match; If-None-Match takes precedence (RFC 9110, section 13.1.3)."""
    wanted = request.headers.get("If-None-Match")
    if wanted is not None:
        tags = {strong_tag(tag) for tag in wanted.decode("latin-1").split(",")}
        return "*" in tags or bool(tags & {strong_tag(tag) for tag in etags})
    since = (request.headers.get("If-Modified-Since") or b"").decode("latin-1")
    modified = archived.get_header("Last-Modified")
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # one of them is missing or not a date
        return False


def record_body(record: ArcWarcRecord, limit: int) -> bytes:
    """The decoded body; reading stops at `limit` bytes, 0 for no limit.

    Raises:
        RequestRefused: the body is larger, or cannot be decoded.
    """
    try:
        if not limit:
            return bytes(record.content_stream().read())
        pieces, size, stream = [], 0, record.content_stream()
        while piece := stream.read(64 * 1024):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise RequestRefused(RefusalReason.TOO_LARGE, f"more than {limit:,} bytes")
        return b"".join(pieces)
    except BROKEN_RECORD as error:
        raise RequestRefused(RefusalReason.BROKEN, "its record in the archive is damaged") from error


def _status(record: ArcWarcRecord) -> int:
    code = str(record.http_headers.get_statuscode() or "")
    return int(code) if code.isdigit() and len(code) == 3 else 502


def record_date(record: ArcWarcRecord) -> datetime:
    """The date of capture; 1970 where the record has no readable date."""
    try:
        read = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return FALLBACK_DATE
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _leads_to_itself(record: ArcWarcRecord, url: str, key: str) -> bool:
    target = record.http_headers.get_header("Location")
    if not target or not str(record.http_headers.get_statuscode()).startswith("3"):
        return False
    try:
        return resource_key(urljoin(url, target)) == key
    except ValueError:
        return False


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot read this archive ({error.strerror or error}).\n"
            "  --replay names a WARC file; the path is taken from where the command runs."
        ) from error


def _whole_records(stream: BinaryIO) -> Iterator[tuple[ArcWarcRecord, int]]:
    """Yield records with their offsets, each read to its end.

    Raises:
        EOFError: the last record is shorter than its stated length.
    """
    records: WARCIterator = ArchiveIterator(stream)
    end = 0
    for record in records:
        offset = records.get_record_offset()
        while record.raw_stream.read(256 * 1024):
            pass
        if getattr(record.raw_stream, "limit", 0) > 0:
            raise EOFError("the file ends inside a record")
        yield record, offset
        records.read_to_end(record)
        end = offset + (records.get_record_length() or 0)
    # warcio treats a file cut off inside the headers of a record as if it ended before that record.
    if end and stream.seek(0, 2) > end:
        raise EOFError("the file ends inside a record")
