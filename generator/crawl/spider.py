"""The spider: schedules waves from the parent and returns exactly one answer per request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, StopDownload
from scrapy.http import Headers, Response
from twisted.python.failure import Failure

from generator.crawl.archive_captures import range_headers, read_capture
from generator.crawl.failures import reason_of_error
from generator.crawl.host_limits import HostLimits
from generator.crawl.ipc import WorkerPipe
from generator.crawl.replay import ArchiveIndex
from generator.crawl.responses import is_unreadable_type, snapshot_or_refusal
from generator.crawl.settings import max_bytes
from generator.crawl.validators import if_none_match
from generator.records import FetchRequest, Purpose, Refusal, RefusalReason, Snapshot


class WaveSpider(Spider):
    """A spider that waits for the next wave when it is idle and runs until the parent exits."""

    name = "waves"

    def __init__(self, link: WorkerPipe, index: ArchiveIndex) -> None:
        super().__init__()
        self.index = index  # the replay handler answers from it
        self.hosts = HostLimits()  # the live handler throttles by it
        self._link = link
        self._open: dict[int, FetchRequest] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> WaveSpider:
        """Scrapy's way of building a spider; wires its signals."""
        spider: WaveSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stay_open, signals.spider_idle)
        crawler.signals.connect(spider.check_headers, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Start receiving waves. The crawl starts without requests."""
        self._link.start(self.take_wave)
        return
        yield  # makes this an async generator

    def take_wave(self, wave: tuple[tuple[int, FetchRequest], ...]) -> None:
        """Schedule a wave; each answer carries the parent's number of its request."""
        for number, asked in wave:
            self._open[number] = asked
        for number, asked in wave:
            self.crawler.engine.crawl(self._request(number, asked))

    def _request(self, number: int, asked: FetchRequest) -> Request:
        headers = range_headers(asked.capture) if asked.capture else {}
        if asked.etag:
            headers["If-None-Match"] = if_none_match(asked.etag, dated=bool(asked.last_modified))
        if asked.last_modified:
            headers["If-Modified-Since"] = asked.last_modified
        if asked.purpose is Purpose.FEED:
            # A proxy may serve an outdated feed as fresh. no-cache would also make servers send what has not changed.
            headers["Cache-Control"] = "max-age=0"
        return Request(
            asked.capture.file if asked.capture else asked.url,
            callback=self.receive,
            errback=self.fail,
            headers=headers,
            dont_filter=True,
            meta={"number": number, "download_maxsize": max_bytes(asked.purpose), "part": asked.capture is not None},
        )

    def stay_open(self) -> None:
        """Stay open when idle; refuse requests that Scrapy lost.

        Raises:
            DontCloseSpider: always.
        """
        for number, asked in list(self._open.items()):
            self._answer(number, Refusal(asked.url, asked.purpose, RefusalReason.BROKEN, "the request got lost"))
        raise DontCloseSpider

    def check_headers(self, headers: Headers, request: Request) -> None:
        """Stop a download whose headers show that it has no text to extract."""
        content_type = (headers.get("Content-Type") or b"").decode("latin-1")
        anything = request.meta.get("robots") or request.meta.get("part")
        if not anything and "Location" not in headers and is_unreadable_type(content_type):
            raise StopDownload(fail=True)

    async def receive(self, response: Response) -> None:
        """Send an answer; then wait until the parent has taken enough of the earlier ones."""
        number = response.meta["number"]
        if number in self._open:
            asked = self._open[number]
            outcome = (
                read_capture(asked, asked.capture, response) if asked.capture else snapshot_or_refusal(asked, response)
            )
            reason = outcome.reason if isinstance(outcome, Refusal) else None
            self.hosts.note_outcome(urlsplit(response.url).hostname or "", reason)
            self._answer(number, outcome)
        await self._link.wait_for_room()

    def fail(self, failure: Failure) -> None:
        """Send the refusal for a request that ended without an answer."""
        request: Request = vars(failure)["request"]  # set by Scrapy for every errback
        number = request.meta["number"]
        asked = self._open.get(number)
        if asked is None:
            return
        error = failure.value or OSError("no error given")
        host = urlsplit(request.url).hostname or ""
        reason, detail = reason_of_error(error, host)
        self.hosts.note_outcome(host, reason)
        self._answer(number, Refusal(asked.url, asked.purpose, reason, detail))

    def _answer(self, number: int, outcome: Snapshot | Refusal) -> None:
        if self._open.pop(number, None) is not None:
            self._link.send(("answer", number, outcome))
