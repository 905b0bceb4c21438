"""Small archives and misbehaving loopback servers, made for each test that needs one."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.crawl.source_server import Places

DATE = "2026-01-15T10:20:30Z"


@dataclass
class WarcBuilder:
    """Writes response records in the order given."""

    path: Path
    _out: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self):
        self._writer = WARCWriter(self._out, gzip=True)

    def add(self, url, body=b"", *, status=200, content_type="text/html", date=DATE, digest=True, **headers):
        named = [("Content-Type", content_type)] if content_type else []
        named += [(name.replace("_", "-"), value) for name, value in headers.items()]
        fields = {"WARC-Date": date}
        if digest:
            fields["WARC-Payload-Digest"] = (
                "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
            )
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(f"{status} Said", named, "HTTP/1.1"),
            warc_headers_dict=fields,
        )
        self._writer.write_record(record)
        return self

    def redirect(self, url, target, status=301):
        return self.add(url, status=status, content_type=None, Location=target)

    def write(self) -> Path:
        self.path.write_bytes(self._out.getvalue())
        return self.path


@pytest.fixture(scope="session")
def warc_at():
    """A builder for a WARC file at that path."""
    return WarcBuilder


@pytest.fixture
def new_warc(tmp_path):
    """A builder for a WARC file of that name."""
    return lambda name="pages.warc.gz": WarcBuilder(tmp_path / name)


@dataclass
class Loopback:
    """What the servers saw, and where they are."""

    port: int
    other_port: int
    seen: list = field(default_factory=list)
    busy: Counter = field(default_factory=Counter)
    busiest: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def paths(self, host):
        return [path for at, path, _ in self.seen if at == host]

    def headers(self, host, path):
        return [headers for at, asked, headers in self.seen if (at, asked) == (host, path)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        web, host = self.server.web, self.server.server_address[0]
        if self.server.server_address[1] == web.other_port:
            host = "other"
        with web.lock:
            web.seen.append((host, self.path, dict(self.headers)))
            web.busy[host] += 1
            web.busiest[host] = max(web.busiest[host], web.busy[host])
        try:
            self.answer(web, host)
        finally:
            with web.lock:
                web.busy[host] -= 1

    def answer(self, web, host):  # noqa: C901, PLR0911 - one line for each way to misbehave
        if self.path == "/robots.txt":
            return self.robots(host)
        if self.path.startswith("/slow/"):
            time.sleep(0.05)
            return self.log_event(200, b"<p>slow</p>")
        if self.path == "/bomb":
            body = gzip.compress(b"\0" * 12_000_000)
            return self.log_event(200, body, Content_Encoding="gzip")
        if self.path == "/drip":
            return self.drip()
        if self.path == "/short":
            self.close_connection = True
            return self.log_event(200, b"half", length=400)
        if self.path == "/robot-rules":
            return self.log_event(
                200, b"<p>x</p>", X_Robots_Tag="OtherBot: noindex", x_robots_tag="WhoMatters: noarchive, nofollow"
            )
        if self.path == "/metadata":
            return self.log_event(302, b"", Location="http://169.254.169.254/latest/")
        if self.path == "/inside":
            return self.log_event(302, b"", Location=f"http://127.0.0.1:{web.other_port}/secret")
        if self.path == "/busy" and len(web.headers(host, "/busy")) == 1:
            return self.log_event(503, b"", Retry_After="1")
        if self.path == "/peace":
            return self.log_event(429, b"", Retry_After="3600")
        if self.path == "/feed" and self.headers.get("If-None-Match") == '"v1"':
            return self.log_event(304, None)
        return self.log_event(200, b"<p>hello</p>", ETag='"v1"', Set_Cookie="id=1")

    def robots(self, host):
        if host == "127.0.0.2":
            return self.log_event(503, b"down")
        if host == "127.0.0.5":
            return self.drip()
        if host == "127.0.0.6":
            return self.log_event(200, b"User-agent: *\nCrawl-delay: 0.4\n", Content_Type="text/plain")
        return self.log_event(404, b"")

    def drip(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_event(self, status, body, length=None, **headers):
        self.send_response(status)
        for name, value in ({"Content_Type": "text/html"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        if body is not None:
            self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def loopback():
    """Six hosts on one port (127.0.0.1 to .6) and one on a port that may not be asked."""
    first = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    port = first.server_port
    servers = [first, *(ThreadingHTTPServer((f"127.0.0.{n}", port), _Handler) for n in range(2, 7))]
    servers.append(ThreadingHTTPServer(("127.0.0.1", 0), _Handler))
    web = Loopback(port, servers[-1].server_port)
    threads = []
    for server in servers:
        server.web, server.daemon_threads = web, True
        threads.append(threading.Thread(target=server.serve_forever, args=(0.05,)))
        threads[-1].start()
    yield web
    for server in servers:
        server.shutdown()
        server.server_close()
    for thread in threads:
        thread.join()


@pytest.fixture(scope="module")
def places_server():
    with Places() as places:
        yield places


@pytest.fixture
def web(places_server):
    """The server, with nothing on it yet."""
    places_server.forget()
    return places_server
