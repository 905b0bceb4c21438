"""Pauses between the requests to one host, by a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from generator.crawl import http_handler
from generator.crawl.failures import RequestRefused
from generator.crawl.host_limits import HostLimits
from generator.crawl.http_handler import PoliteHttpHandler
from generator.crawl.settings import CrawlConfig, scrapy_settings


class FakeTime:
    """A clock for the handler; `sleeps` are the pauses it made."""

    def __init__(self):
        self.now, self.sleeps = 100.0, []

    def time(self):
        return self.now

    async def sleep(self, seconds):
        self.sleeps.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    """Replaces the event loop's clock and sleep in the handler."""
    fake = FakeTime()
    patched = SimpleNamespace(
        get_running_loop=lambda: fake, sleep=fake.sleep, timeout=asyncio.timeout, Lock=asyncio.Lock
    )
    monkeypatch.setattr(http_handler, "asyncio", patched)
    return fake


@pytest.fixture
def fetch(monkeypatch, clock):
    """Fetches pages of one host through the handler; each takes a second and is answered by the given response."""

    def run(count, *, status=200, headers=None, crawl_delay_s=0.0):
        open_requests, most = 0, 0

        async def answer(_self, request):
            nonlocal open_requests, most
            open_requests += 1
            most = max(most, open_requests)
            await asyncio.sleep(0)
            clock.now += 1.0
            open_requests -= 1
            return Response(request.url, status=status, headers=headers, request=request)

        monkeypatch.setattr(HTTP11DownloadHandler, "download_request", answer)
        handler = PoliteHttpHandler.__new__(PoliteHttpHandler)
        handler._crawler = SimpleNamespace(spider=SimpleNamespace(hosts=HostLimits()))
        handler._gates, handler._head_timeout_s = {}, 60.0
        requests = [
            Request(f"https://a.example/{n}", meta={"crawl_delay_s": crawl_delay_s} if crawl_delay_s else {})
            for n in range(count)
        ]

        async def all_of_them():
            return await asyncio.gather(*map(handler.download_request, requests), return_exceptions=True)

        # A thread of its own: a browser test in this process may have left a loop running in the main one.
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(asyncio.run, all_of_them()).result(), most

    return run


def test_a_crawl_delay_is_kept(clock, fetch):
    """Between the end of a request and the next one lies the whole Crawl-delay; requests do not overlap."""
    answers, most = fetch(3, crawl_delay_s=7.0)

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert (clock.sleeps, most) == ([7.0, 7.0], 1)


def test_without_a_delay_nothing_is_waited_for(clock, fetch):
    """Requests to a host still follow one another."""
    assert fetch(3)[1] == 1
    assert clock.sleeps == []


def test_a_short_retry_after_is_waited_for(clock, fetch):
    """The next request to the host waits as long as the server demanded."""
    fetch(2, status=503, headers={"Retry-After": "5"})

    assert clock.sleeps == [5.0]


def test_a_long_retry_after_closes_the_host(clock, fetch):
    """The second request is refused without a wait."""
    _, second = fetch(2, status=503, headers={"Retry-After": "3600"})[0]

    assert isinstance(second, RequestRefused)
    assert clock.sleeps == []


def test_pauses_vary_around_the_delay():
    """Between half and one and a half times the delay, and not always the same."""
    settings = scrapy_settings(CrawlConfig("x/1", delay_s=2.0))
    slot = Slot(
        settings["CONCURRENT_REQUESTS_PER_DOMAIN"], settings["DOWNLOAD_DELAY"], settings["DOWNLOAD_DELAY_JITTER"]
    )
    pauses = [slot.download_delay() for _ in range(100)]

    assert 1.0 <= min(pauses) < max(pauses) <= 3.0
    assert slot.concurrency == 1
