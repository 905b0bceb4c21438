"""How a request travels: guarded addresses, redirects followed within reason, sizes, and patience with hosts.

All of it sits in Scrapy's documented seams (downloader middlewares and the download handler), so that a live
crawl and a replayed one pass through the same rules. What only a real server can ask for (a pause, one
connection at a time) is in `LiveHandler`.
"""

from __future__ import annotations

import asyncio
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from generator.crawl.guard import forbidden
from generator.crawl.refused import RefusedRequest
from generator.records import RefusalReason

MAX_WAIT_S = 30.0  # longest Retry-After that is waited for; a longer one closes the host for this run
RETRY_STATUSES = frozenset({429, 503})


class GuardMiddleware:
    """Ends requests for addresses that may not be asked, before robots.txt is even thought of."""

    def __init__(self, crawler: Crawler) -> None:
        self._loopback_port: int | None = crawler.settings.get("LOOPBACK_PORT")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise `RefusedRequest`; redirect targets come through here as well."""
        if why := forbidden(request.url, loopback_port=self._loopback_port):
            raise RefusedRequest(RefusalReason.FORBIDDEN_ADDRESS, why)


class BoundedRedirects(RedirectMiddleware):
    """Scrapy's redirects, with circles recognised at once and every end a reason of ours."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow a redirect, or hand the response on.

        Raises:
            RefusedRequest: a circle, too many hops, or a target that is no web address.
        """
        try:
            followed = super().process_response(request, response, spider)
        except IgnoreRequest as error:
            raise RefusedRequest(RefusalReason.REDIRECT_LOOP, "more redirects than are followed") from error
        except ValueError as error:
            raise RefusedRequest(
                RefusalReason.FORBIDDEN_ADDRESS, "redirects to something that is no address"
            ) from error
        if isinstance(followed, Request):
            if followed.url in followed.meta["redirect_urls"]:
                raise RefusedRequest(RefusalReason.REDIRECT_LOOP, "redirects in a circle")
        elif 300 < followed.status < 400 and followed.status != 304 and "Location" in followed.headers:
            raise RefusedRequest(RefusalReason.FORBIDDEN_ADDRESS, "redirects to something that is no web address")
        return followed


class BoundedCompression(HttpCompressionMiddleware):
    """Scrapy's decoding; what grows past the limit while it is unpacked is TOO_LARGE."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Decode a body, or raise `RefusedRequest` where it would be too large."""
        try:
            return super().process_response(request, response, spider)
        except IgnoreRequest as error:
            raise RefusedRequest(RefusalReason.TOO_LARGE, "unpacks to more than the limit") from error


class PatienceMiddleware:
    """Waits where a host asks for it (429, 503 with Retry-After), once; a host that asks for more is left alone."""

    def __init__(self) -> None:
        self._closed: dict[str, float] = {}
        self._until: dict[str, float] = {}

    async def process_request(self, request: Request) -> None:
        """Hold a request back until its host wants to be asked again.

        Raises:
            RefusedRequest: the host asked to be left alone for longer than a run waits.
        """
        host = urlsplit(request.url).netloc
        if host in self._closed:
            raise RefusedRequest(RefusalReason.RATE_LIMITED, f"{host} asked for {self._closed[host]:.0f} s of peace")
        pause_s = self._until.get(host, 0.0) - asyncio.get_running_loop().time()
        if pause_s > 0:
            await asyncio.sleep(pause_s)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Retry once after a modest Retry-After; hand everything else on."""
        if response.status not in RETRY_STATUSES or "Retry-After" not in response.headers:
            return response
        wait_s, host = retry_after_s(response), urlsplit(request.url).netloc
        if wait_s > MAX_WAIT_S:
            self._closed[host] = wait_s
            return response
        if request.meta.get("waited"):
            return response
        self._until[host] = asyncio.get_running_loop().time() + wait_s
        again: Request = request.replace(dont_filter=True)
        again.meta["waited"] = True
        return again


def retry_after_s(response: Response) -> float:
    """Seconds a Retry-After header asks for, counted from the answer's own Date; 0 where it cannot be read."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
        said = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
        return max(0.0, (until - said).total_seconds())
    except (TypeError, ValueError):
        return 0.0


class LiveHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP, one request at a time for a host whatever the delay, pausing as robots.txt asks."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._gates: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}

    async def download_request(self, request: Request) -> Response:
        """Ask, once the host is free and its Crawl-delay is over."""
        host = urlsplit(request.url).hostname or ""
        gate = self._gates.setdefault(host, asyncio.Lock())
        async with gate:
            clock = asyncio.get_running_loop().time
            if (pause := self._free_at.get(host, 0.0) - clock()) > 0:
                await asyncio.sleep(pause)
            try:
                return await super().download_request(request)
            finally:
                self._free_at[host] = clock() + request.meta.get("crawl_delay_s", 0.0)
