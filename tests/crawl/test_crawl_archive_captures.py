"""Pages cut out of WARC files on a server that answers ranged requests: what is taken, and what costs itself."""

from __future__ import annotations

import gzip
import os
import threading
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.crawl import Crawler
from generator.records import ArchiveRecordRef, FetchRequest, Purpose, Refusal, RefusalReason, Url

PAGE = Url("http://gone.example/pit")
BODY = b"<html><body><p>A pit in the snow.</p></body></html>"
DATE = datetime(2024, 5, 24, 11, 49, 37, tzinfo=UTC)


class _Files(BaseHTTPRequestHandler):
    """Gives the bytes a Range asks for; under /whole/ all of the file, whatever is asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("Range")))
        if self.path == "/robots.txt":
            return self.log_event(200, b"User-agent: *\nDisallow: /closed/\n", "text/plain")
        data = self.server.data
        first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
        if self.path.startswith("/whole/"):
            return self.log_event(200, data)
        if first >= len(data):
            return self.log_event(416, b"")
        return self.log_event(206, data[first : last + 1], Content_Range=f"bytes {first}-{last}/{len(data)}")

    def log_event(self, status, body, kind="application/gzip", **headers):
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def files():
    """A server of WARC files, and a live crawl that may ask it."""
    server = ThreadingHTTPServer(("127.0.0.9", 0), _Files)
    server.seen, server.data, server.daemon_threads = [], b"", True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    with Crawler(user_agent="whomatters/1", delay_s=0, loopback_port=server.server_port, timeout_s=5) as crawler:
        server.crawler = crawler
        yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def kept(files, new_warc):
    """Puts a record between two others, and gives the request that asks for it as an index would name it."""

    def put(url=PAGE, body=BODY, *, folder="warc", **named):
        before = new_warc("before").add("http://other.example/", os.urandom(900)).write().read_bytes()
        record = new_warc("record").add(url, body, date="2024-05-24T11:49:37Z", **named).write().read_bytes()
        files.data = before + record + before
        place = ArchiveRecordRef(
            Url(f"http://127.0.0.9:{files.server_port}/{folder}/x.warc.gz"),
            len(before), len(record), _digest(new_warc, body), DATE,
        )  # fmt: skip
        return FetchRequest(PAGE, Purpose.POST, capture=place)

    return put


def _digest(new_warc, body):
    text = gzip.decompress(new_warc("digest").add("http://x.example/", body).write().read_bytes()).decode("latin-1")
    return text.partition("WARC-Payload-Digest: sha1:")[2].split()[0]


def take(files, asked):
    (answer,) = files.crawler.fetch([asked])
    return answer


def test_a_record_is_the_answer_of_its_own_address_on_the_day_it_was_captured(files, kept):
    """Asked for by its bytes alone; what stands in it is the page, with what its server asked of robots."""
    asked = kept(ETag='"v7"', Last_Modified="Mon, 05 Jan 2015 00:00:00 GMT", X_Robots_Tag="NoArchive")

    found = take(files, asked)

    assert (found.url, found.final_url, found.status, found.body) == (PAGE, PAGE, 200, BODY)
    assert (found.fetched_at, found.content_type, found.etag) == (DATE, "text/html", '"v7"')
    assert (found.last_modified, found.robots_tag) == ("Mon, 05 Jan 2015 00:00:00 GMT", "noarchive")
    first, last = asked.capture.offset, asked.capture.offset + asked.capture.length - 1
    assert files.seen[-1] == ("/warc/x.warc.gz", f"bytes={first}-{last}")


def test_a_packed_page_is_unpacked(files, kept):
    """Where the record holds the page as it travelled."""
    packed = gzip.compress(BODY, mtime=0)

    assert take(files, kept(body=packed, Content_Encoding="gzip")).body == BODY


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        pytest.param({"offset": 0}, RefusalReason.BROKEN, "cannot be read", id="offset of another"),
        pytest.param({"offset": 7}, RefusalReason.BROKEN, "cannot be read", id="offset within a record"),
        pytest.param({"offset": 10**9}, RefusalReason.BAD_STATUS, "answered 416", id="offset behind the end"),
        pytest.param({"digest": "A" * 32}, RefusalReason.BROKEN, "another digest", id="other digest"),
        pytest.param({"captured_at": datetime(2024, 5, 25, tzinfo=UTC)}, RefusalReason.BROKEN, "another moment", id="other day"),
    ],
)  # fmt: skip
def test_figures_that_do_not_fit_cost_their_page(files, kept, change, reason, words):
    """An index that is wrong about a record is not believed."""
    asked = kept()
    answer = take(files, replace(asked, capture=replace(asked.capture, **change)))

    assert isinstance(answer, Refusal)
    assert (answer.url, answer.reason) == (PAGE, reason)
    assert words in answer.detail


@pytest.mark.parametrize(
    ("record", "reason", "words"),
    [
        pytest.param({"url": "http://gone.example/other"}, RefusalReason.BROKEN, "another address", id="other page"),
        pytest.param({"status": 404}, RefusalReason.BROKEN, "another status", id="other status"),
        pytest.param({"content_type": "image/png"}, RefusalReason.BAD_TYPE, "image/png", id="image"),
        pytest.param({"body": b"\x89PNG\r\n"}, RefusalReason.BAD_TYPE, "text/html", id="image that says html"),
        pytest.param({"body": b"\0" * 11_000_000}, RefusalReason.TOO_LARGE, "more than the limit", id="bomb"),
        pytest.param({"folder": "whole"}, RefusalReason.BROKEN, "answered 200", id="no ranges"),
        pytest.param({"folder": "closed"}, RefusalReason.ROBOTS, "says no", id="robots of the archive"),
    ],
)
def test_a_record_that_is_no_page_costs_itself(files, kept, record, reason, words):
    """Another page, an image, a bomb, a server that does not know ranges, one that does not want us."""
    answer = take(files, kept(**record))

    assert isinstance(answer, Refusal)
    assert (answer.url, answer.reason) == (PAGE, reason)
    assert words in answer.detail


def test_a_packed_bomb_in_a_small_record_is_cut(files, kept):
    """What unpacks twice is bounded twice."""
    answer = take(files, kept(body=gzip.compress(b"\0" * 12_000_000), Content_Encoding="gzip"))

    assert answer.reason is RefusalReason.TOO_LARGE
