"""`commoncrawl:gone.example`: captures by Common Crawl of a site that is gone, lost its start page, or moved.

Two steps: `/collinfo.json` lists the crawls, newest first, `[{"id": "CC-MAIN-2025-33", "cdx-api": "https://..."}]`;
each crawl's index answers one JSON object a line: `{"url": "http://gone.example/2019/pit", "status": "200",
"mime-detected": "text/html", "timestamp": "20240524114937", "digest": "STCR...", "filename": "crawl-data/...warc.gz",
"offset": "3756", "length": "17240", "redirect": "https://new.example/"}`. Captured pages become candidates, as do
redirects to another host. An index without captures of the site answers 404. Where the site no longer answers, its
pages are read from the WARC files at data.commoncrawl.org by offset and length; otherwise the site itself is read.

Source: https://index.commoncrawl.org/, https://commoncrawl.org/get-started
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import msgspec

from generator.records import ArchiveRecordRef, FetchRequest, Purpose, Url
from generator.sources.descriptor import (
    SeedCandidate,
    SourceAnswer,
    SourceDescriptor,
    SourceQuery,
    SourceReading,
    SourceRequest,
)
from generator.sources.parsing import decode_json, seed_candidate, source_request, unique_by_url
from generator.urls import canonical_url, host_of, url_key

COLLECTIONS = "https://index.commoncrawl.org/collinfo.json"
HOST = "index.commoncrawl.org"  # the only host of an index; entries of the list on other hosts are ignored
CRAWLS, CAPTURES = 4, 100
FILES = "https://data.commoncrawl.org/"
FILE = re.compile(r"crawl-data/[\w-]+(?:/[\w.-]+)+\.warc\.gz")
MAX_RECORD_BYTES = 10 * 1024 * 1024  # compressed size of one record
TIMESTAMP = "%Y%m%d%H%M%S"


class _Crawl(msgspec.Struct, rename={"api": "cdx-api"}):
    api: str


class _Capture(msgspec.Struct, rename={"mime_detected": "mime-detected"}):
    url: str
    status: str = ""
    mime: str = ""
    mime_detected: str = ""
    redirect: str = ""
    timestamp: str = ""
    digest: str = ""
    filename: str = ""
    offset: str = ""
    length: str = ""


def start(query: SourceQuery) -> tuple[SourceRequest, ...]:
    """The list of crawls."""
    return source_request(COLLECTIONS) if canonical_url(_site(query.words)) else ()


def parse(query: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The indexes of the newest crawls, or the captures that one index lists."""
    if answer.request.url == COLLECTIONS:
        crawls = decode_json(answer.snapshot, list[_Crawl])
        if crawls is None:
            return SourceReading(broken="no list of Common Crawl's crawls")
        site = quote(_site(query.words).split("://", 1)[1].rstrip("/"), safe="")
        form = f"?url={site}%2F*&output=json&limit={CAPTURES}"
        apis = [c.api for c in crawls if urlsplit(c.api).netloc == HOST][:CRAWLS]
        return SourceReading(then=tuple(one for api in apis for one in source_request(api + form)))
    try:
        captures = [msgspec.json.decode(line, type=_Capture) for line in answer.snapshot.body.splitlines()[:CAPTURES]]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return SourceReading(broken="no captures of Common Crawl's index")
    site = _site(query.words)
    candidates = unique_by_url(one for capture in captures for one in _candidates(capture, host_of(site)))
    kept = (page for capture in captures if (page := _kept(capture, site)) is not None)
    return SourceReading(candidates, captures=tuple(kept))


def _kept(capture: _Capture, site: str) -> FetchRequest | None:
    """The request for a captured page of the site; None for anything else and for impossible figures."""
    url, top = canonical_url(capture.url), url_key(canonical_url(site) or "")
    of_site = url is not None and f"{url_key(url)}/".startswith(f"{top}/")
    if url is None or not of_site or capture.status != "200" or "html" not in (capture.mime_detected or capture.mime):
        return None
    if not FILE.fullmatch(capture.filename) or ".." in capture.filename:
        return None
    try:
        at = datetime.strptime(capture.timestamp, TIMESTAMP).replace(tzinfo=UTC)
        offset, length = int(capture.offset), int(capture.length)
    except ValueError:
        return None
    if offset < 0 or not 0 < length <= MAX_RECORD_BYTES:
        return None
    place = ArchiveRecordRef(Url(FILES + capture.filename), offset, length, capture.digest, at)
    return FetchRequest(url, Purpose.POST, capture=place)


def _candidates(capture: _Capture, host: str) -> Iterator[SeedCandidate]:
    if capture.status == "200" and "html" in (capture.mime_detected or capture.mime):
        yield from seed_candidate(capture.url, "a page Common Crawl saw", host)
    if capture.status.startswith("3") and capture.redirect and host_of(capture.redirect) != host:
        yield from seed_candidate(capture.redirect, f"{host} redirected there", host)


def _site(query: str) -> str:
    return query if "://" in query else f"https://{query}"


SOURCE = SourceDescriptor(
    name="commoncrawl",
    grammar=r"(?:https?://)?\S+\.\S+",
    form="gone.example",
    mismatch="names no site",
    example="commoncrawl:gone.example",
    finds=(
        "pages of a site that is gone, or whose start page is, in the newest four crawls; the host the site moved to"
    ),
    limits=(
        "400 addresses; of a host that no longer answers, 30 pages a night, the newest capture of each, fetched only "
        "once; none where the host still answers, even with 404, where its robots.txt or the host itself ever refused "
        "us, or where a page is left out; Common Crawl is incomplete, cuts pages off at some megabytes, and has terms "
        "of use; its index is slow"
    ),
    terms="https://commoncrawl.org/terms-of-use",
    empty_answer=("application/json", b"[]"),
    start=start,
    parse=parse,
)
