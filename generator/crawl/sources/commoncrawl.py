"""`commoncrawl:gone.example`: what Common Crawl kept of a site that is gone, lost its start page, or moved.

Two steps: `/collinfo.json` lists the crawls, newest first, `[{"id": "CC-MAIN-2025-33", "cdx-api": "https://..."}]`;
each crawl's index answers one JSON object a line: `{"url": "http://gone.example/2019/pit", "status": "200",
"mime-detected": "text/html", "timestamp": "20240524114937", "digest": "STCR...", "filename": "crawl-data/...warc.gz",
"offset": "3756", "length": "17240", "redirect": "https://new.example/"}`. Pages that were there are named, and where it
redirected to on another host. An index that holds nothing of the site answers 404. Where the site answers no more, its
pages are cut out of the WARC files at data.commoncrawl.org by these figures; a site that answers speaks for itself.

Source: https://index.commoncrawl.org/, https://commoncrawl.org/get-started
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import msgspec

from generator.crawl.sources.protocol import (
    SeedCandidate,
    SourceAnswer,
    SourceQuery,
    SourceReading,
    SourceRequest,
    decode_json,
    seed_candidate,
    source_request,
    unique_by_url,
)
from generator.errors import UsageError
from generator.records import ArchiveRecordRef, FetchRequest, Purpose, Url
from generator.urls import canonical_url, host_of, url_key

EXAMPLE = "commoncrawl:gone.example"
FINDS = (
    "pages of a site that is gone, as the newest four crawls kept them, or whose start page is; the host it moved to"
)
LIMITS = (
    "400 addresses; of a host that answers no more 30 pages a night are taken, the newest capture of each, once and "
    "for good; none where it still answers, even 404, where its robots.txt or it itself ever refused us, or where a "
    "page is left out; Common Crawl is no promise of completeness, cuts pages off at some megabytes, and has terms of "
    "use; the index is slow and asks for patience"
)

COLLECTIONS = "https://index.commoncrawl.org/collinfo.json"
HOST = "index.commoncrawl.org"  # where a crawl's index may stand; the list itself cannot send us elsewhere
CRAWLS, CAPTURES = 4, 100
FILES = "https://data.commoncrawl.org/"
FILE = re.compile(r"crawl-data/[\w-]+(?:/[\w.-]+)+\.warc\.gz")
MOST_BYTES = 10 * 1024 * 1024  # of one record, packed
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


def first(question: SourceQuery) -> tuple[SourceRequest, ...]:
    """The list of crawls."""
    if canonical_url(_site(question.words)) is None:
        raise UsageError(f"Seed commoncrawl:{question.words} names no site.\n  Write {EXAMPLE}.")
    return source_request(COLLECTIONS)


def read(question: SourceQuery, answer: SourceAnswer) -> SourceReading:
    """The newest crawls to ask, or what one of them knows."""
    if answer.request.url == COLLECTIONS:
        crawls = decode_json(answer.snapshot, list[_Crawl])
        if crawls is None:
            return SourceReading(broken="no list of Common Crawl's crawls")
        site = quote(_site(question.words).split("://", 1)[1].rstrip("/"), safe="")
        form = f"?url={site}%2F*&output=json&limit={CAPTURES}"
        apis = [c.api for c in crawls if urlsplit(c.api).netloc == HOST][:CRAWLS]
        return SourceReading(then=tuple(one for api in apis for one in source_request(api + form)))
    try:
        captures = [msgspec.json.decode(line, type=_Capture) for line in answer.snapshot.body.splitlines()[:CAPTURES]]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return SourceReading(broken="no captures of Common Crawl's index")
    site = _site(question.words)
    leads = unique_by_url(one for capture in captures for one in _leads(capture, host_of(site)))
    kept = (page for capture in captures if (page := _kept(capture, site)) is not None)
    return SourceReading(leads, captures=tuple(kept))


def _kept(capture: _Capture, site: str) -> FetchRequest | None:
    """Where a page of the site lies; None for anything else, and for figures that cannot be."""
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
    if offset < 0 or not 0 < length <= MOST_BYTES:
        return None
    place = ArchiveRecordRef(Url(FILES + capture.filename), offset, length, capture.digest, at)
    return FetchRequest(url, Purpose.POST, capture=place)


def _leads(capture: _Capture, host: str) -> Iterator[SeedCandidate]:
    if capture.status == "200" and "html" in (capture.mime_detected or capture.mime):
        yield from seed_candidate(capture.url, "a page Common Crawl saw", host)
    if capture.status.startswith("3") and capture.redirect and host_of(capture.redirect) != host:
        yield from seed_candidate(capture.redirect, f"{host} redirected there", host)


def _site(query: str) -> str:
    return query if "://" in query else f"https://{query}"
