"""`commoncrawl:gone.example`: what Common Crawl's index knows of a site that lost its start page, or moved.

Two steps: `/collinfo.json` lists the crawls, newest first, `[{"id": "CC-MAIN-2025-33", "cdx-api": "https://..."}]`;
each crawl's index answers one JSON object a line: `{"url": "http://gone.example/2019/pit", "status": "200",
"mime-detected": "text/html", "redirect": "https://new.example/"}`. Pages that were there are named, and where it
redirected to on another host. An index that holds nothing of the site answers 404.

Source: https://index.commoncrawl.org/
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import msgspec

from generator.crawl.sources.protocol import Answer, Ask, Lead, Question, Reading, ask, decoded, each_once, lead
from generator.errors import UsageError
from generator.urls import canonical_url, host_of

EXAMPLE = "commoncrawl:gone.example"
FINDS = "pages of a site whose start page is gone, and the host it moved to, as the newest four crawls saw them"
LIMITS = (
    "names addresses only: a page that is really gone is not read from the crawl (give its WARC to --replay instead); "
    "400 captures; the index is slow and asks for patience"
)

COLLECTIONS = "https://index.commoncrawl.org/collinfo.json"
HOST = "index.commoncrawl.org"  # where a crawl's index may stand; the list itself cannot send us elsewhere
CRAWLS, CAPTURES = 4, 100


class _Crawl(msgspec.Struct, rename={"api": "cdx-api"}):
    api: str


class _Capture(msgspec.Struct, rename={"mime_detected": "mime-detected"}):
    url: str
    status: str = ""
    mime: str = ""
    mime_detected: str = ""
    redirect: str = ""


def first(question: Question) -> tuple[Ask, ...]:
    """The list of crawls."""
    if canonical_url(_site(question.words)) is None:
        raise UsageError(f"Seed commoncrawl:{question.words} names no site.\n  Write {EXAMPLE}.")
    return ask(COLLECTIONS)


def read(question: Question, answer: Answer) -> Reading:
    """The newest crawls to ask, or what one of them knows."""
    if answer.ask.url == COLLECTIONS:
        crawls = decoded(answer.snapshot, list[_Crawl])
        if crawls is None:
            return Reading(broken="no list of Common Crawl's crawls")
        site = quote(_site(question.words).split("://", 1)[1].rstrip("/"), safe="")
        form = f"?url={site}%2F*&output=json&limit={CAPTURES}"
        apis = [c.api for c in crawls if urlsplit(c.api).netloc == HOST][:CRAWLS]
        return Reading(then=tuple(one for api in apis for one in ask(api + form)))
    try:
        captures = [msgspec.json.decode(line, type=_Capture) for line in answer.snapshot.body.splitlines()[:CAPTURES]]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Reading(broken="no captures of Common Crawl's index")
    return Reading(each_once(one for capture in captures for one in _leads(capture, host_of(_site(question.words)))))


def _leads(capture: _Capture, host: str) -> Iterator[Lead]:
    if capture.status == "200" and "html" in (capture.mime_detected or capture.mime):
        yield from lead(capture.url, "a page Common Crawl saw", host)
    if capture.status.startswith("3") and capture.redirect and host_of(capture.redirect) != host:
        yield from lead(capture.redirect, f"{host} redirected there", host)


def _site(query: str) -> str:
    return query if "://" in query else f"https://{query}"
