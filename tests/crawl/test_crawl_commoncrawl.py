"""Common Crawl as a source: which pages of a site it kept, and where they lie."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from generator.records import ArchiveRecordRef, FetchRequest, Purpose, RefusalReason, Url
from tests.crawl.source_server import reasons

# ── Common Crawl ─────────────────────────────────────────────────────────────────────────────────

CRAWLS = [{"id": f"CC-MAIN-2025-{n}", "name": "x", "timegate": "x", "cdx-api": f"https://index.commoncrawl.org/CC-MAIN-2025-{n}-index"}
          for n in (33, 30, 26, 21, 18)]  # fmt: skip


CDX = "https://index.commoncrawl.org/CC-MAIN-2025-33-index?url=gone.example%2F%2A&output=json&limit=100"


CAPTURES = """\
{"urlkey": "example,gone)/2019/pit", "timestamp": "20250801000000", "url": "https://gone.example/2019/pit", "mime": "text/html", "mime-detected": "text/html", "status": "200", "digest": "A", "length": "9", "offset": "1", "filename": "crawl-data/x.warc.gz"}
{"urlkey": "example,gone)/", "timestamp": "20250801000000", "url": "https://gone.example/", "mime": "unk", "mime-detected": "application/octet-stream", "status": "301", "redirect": "https://new.example/", "digest": "B", "length": "9", "offset": "1", "filename": "crawl-data/y.warc.gz"}
{"urlkey": "example,gone)/a.png", "timestamp": "20250801000000", "url": "https://gone.example/a.png", "mime": "image/png", "status": "200", "digest": "C", "length": "9", "offset": "1", "filename": "crawl-data/x.warc.gz"}
"""


def test_commoncrawl_names_pages_that_were_there_and_where_the_site_moved(web):
    """The newest four crawls are asked; one that knows nothing answers 404, which is said and costs nothing else."""
    web.put("https://index.commoncrawl.org/collinfo.json",
            [{**CRAWLS[0], "cdx-api": "https://evil.example/x-index"}, *CRAWLS])  # fmt: skip
    web.put(CDX, CAPTURES, kind="text/x-ndjson")
    result = web.query_source("commoncrawl:gone.example")

    assert [candidate.url for candidate in result.candidates] == [
        "https://gone.example/2019/pit",
        "https://new.example/",
    ]
    assert result.outcome.requests == 5
    assert reasons(result) == [RefusalReason.NOT_FOUND] * 3
    assert not any("evil" in url for url in web.asked())


SEGMENT = (
    "crawl-data/CC-MAIN-2025-33/segments/1754151279521.11/warc/CC-MAIN-20250802220907-20250803010907-00228.warc.gz"
)


KEPT = {"url": "http://gone.example/pit", "timestamp": "20250803001122", "mime": "text/html", "status": "200",
        "digest": "STCRRRMZY5SHDFVUCNBO2YBA4DRXWFUT", "length": "17240", "offset": "375611148", "filename": SEGMENT}  # fmt: skip


def test_commoncrawl_says_where_each_page_is_kept(web):
    """The newest capture of each page, by file, place, digest and second."""
    older = KEPT | {"timestamp": "20250712000000", "offset": "5"}
    web.put("https://index.commoncrawl.org/collinfo.json", CRAWLS[:2])
    web.put(CDX, json.dumps(KEPT), kind="text/x-ndjson")
    web.put(CDX.replace("33-index", "30-index"), json.dumps(older), kind="text/x-ndjson")

    place = ArchiveRecordRef(
        Url(f"https://data.commoncrawl.org/{SEGMENT}"), 375611148, 17240, "STCRRRMZY5SHDFVUCNBO2YBA4DRXWFUT",
        datetime(2025, 8, 3, 0, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    assert web.query_source("commoncrawl:gone.example").captures == (
        FetchRequest(Url("http://gone.example/pit"), Purpose.POST, capture=place),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://other.example/pit"}, {"url": "https://gone.example.evil.example/"}, {"status": "404"}, {"mime": "image/png"},
        {"filename": "crawl-data/../../secret.warc.gz"}, {"filename": "https://evil.example/x.warc.gz"},
        {"filename": "crawl-data/a/b.warc.gz?x=1"}, {"filename": ""}, {"offset": "-1"}, {"offset": "x"}, {"length": "0"},
        {"length": "1000000000"}, {"timestamp": "2025"},
    ],
    ids=str,
)  # fmt: skip
def test_commoncrawl_is_not_sent_anywhere_by_its_index(web, wrong):
    """Pages of the site alone, files of the archive alone, figures that can be; anything else is passed over."""
    web.put("https://index.commoncrawl.org/collinfo.json", CRAWLS[:1])
    web.put(CDX, json.dumps(KEPT | wrong), kind="text/x-ndjson")
    result = web.query_source("commoncrawl:gone.example")

    assert (result.captures, result.outcome.refusals) == ((), ())


def test_commoncrawl_of_a_tenant_keeps_to_the_tenant(web):
    """Where a site is a folder of a shared host, its neighbours' pages are none of its."""
    web.put("https://index.commoncrawl.org/collinfo.json", CRAWLS[:1])
    lines = (json.dumps(KEPT | {"url": f"http://gone.example/{path}"}) for path in ("~ada/x", "~adam/x", "~ada"))
    web.put(CDX.replace("gone.example", "gone.example%2F~ada"), "\n".join(lines), kind="text/x-ndjson")

    kept = web.query_source("commoncrawl:gone.example/~ada").captures
    assert [page.url for page in kept] == ["http://gone.example/~ada", "http://gone.example/~ada/x"]
