"""A loopback server that answers for many hosts as their public APIs do, and a way to consult sources through it.

`https://lemmy.example/api?x` is asked as `http://127.0.0.2:PORT/lemmy.example/api?x` by the live crawler, so that
robots, redirects, encodings and refusals are the real ones; what answers is read by the real parsers. Each test has a
host of its own, because a host that said no often enough is not asked again.
"""

from __future__ import annotations

import gzip
import json
import threading
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from generator.crawl import Crawler, query_source
from generator.errors import ExtractionError
from generator.extract.snapshot import extract_snapshot
from generator.records import FetchRequest, Purpose, Refusal, RefusalReason, Url
from generator.sources import SourceAnswer

AS_OF = date(2026, 1, 31)
AGENT = "whomatters/0.1 (+https://agency.example/crawler)"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        places = self.server.places
        status, kind, body = places.answers.get(self.path, (404, "text/html", b"nothing here"))
        if places.everything is not None and self.path != "/robots.txt":
            status, kind, body = places.everything
        places.seen.append(self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if self.path.startswith("/api.stackexchange.com/"):  # always packed, whatever is asked for
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@dataclass
class Places:
    """What the hosts answer, and what they were asked."""

    answers: dict = field(default_factory=dict)
    everything: tuple | None = None
    seen: list = field(default_factory=list)
    waits: list = field(default_factory=list)
    port: int = 0
    number: int = 2  # of the host, in 127.0.0.0/24
    crawler: Crawler | None = None

    def __enter__(self):
        self._open()
        self.crawler = Crawler(user_agent=AGENT, delay_s=0, loopback_port=self.port, timeout_s=5).__enter__()
        return self

    def __exit__(self, *error):
        self.crawler.close()
        self._shut()

    def _open(self):
        self.server = ThreadingHTTPServer((f"127.0.0.{self.number}", self.port), _Handler)
        self.server.places, self.server.daemon_threads = self, True
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def _shut(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def forget(self):
        """Begin anew, on another host."""
        self._shut()
        self.number += 1
        self._open()
        self.answers, self.everything, self.seen, self.waits = {}, None, [], []

    def put(self, url, body, *, status=200, kind=None):
        """What an address answers: JSON for anything that is no text."""
        text = isinstance(body, str)
        data = body.encode() if text else json.dumps(body).encode()
        self.answers[self._path(url)] = (status, kind or ("text/html" if text else "application/json"), data)

    def asked(self):
        """Addresses asked for, as the source wrote them, robots.txt aside, each once, in their order."""
        return list(dict.fromkeys("https:/" + path for path in self.seen if path != "/robots.txt"))

    def query_source(self, seed, *, as_of=AS_OF):
        """All that a source names through this server."""
        return query_source(seed, as_of=as_of, fetch=self._fetch, wait=self.waits.append)

    def urls(self, seed):
        """The addresses alone."""
        return [candidate.url for candidate in self.query_source(seed).candidates]

    def _path(self, url):
        parts = urlsplit(url)
        return f"/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")

    def _fetch(self, asks):
        there = {Url(f"http://127.0.0.{self.number}:{self.port}{self._path(one.url)}"): one for one in asks}
        for answer in self.crawler.fetch([FetchRequest(url, Purpose.SEED) for url in there]):
            one = there[answer.url]
            if isinstance(answer, Refusal):
                yield replace(answer, url=one.url)
                continue
            snapshot = replace(answer, url=one.url, final_url=one.url)
            if not one.page:
                yield SourceAnswer(one, snapshot)
                continue
            try:
                yield SourceAnswer(one, snapshot, extract_snapshot(snapshot))
            except ExtractionError as error:
                yield Refusal(one.url, Purpose.SEED, RefusalReason.BROKEN, str(error))


def reasons(result):
    """Why a source gave nothing, in order."""
    return [refusal.reason for refusal in result.outcome.refusals]
