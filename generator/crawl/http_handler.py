"""Download handler for the live web: one request per host at a time, crawl delays, limits for header and body.

Requests to a host are serialised here, right before they are sent, because only then are the outcomes of its earlier
requests known. A replay uses `replay.ReplayHandler` instead.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import BODY, DONE
from twisted.web._newclient import Request as TxRequest
from twisted.web.iweb import IResponse

from generator.crawl.failures import RequestRefused, reason_of_error
from generator.crawl.host_limits import HostLimits
from generator.crawl.ssrf_guard import is_forbidden_error
from generator.records import RefusalReason

MAX_HEAD_BYTES = 256 * 1024  # status line and headers; the limit of browsers is similar
HEAD_TIME_SHARE = 0.5  # share of the time-out within which the headers must arrive


class _HasHosts(Protocol):
    """The part of the spider that the handler uses."""

    hosts: HostLimits


class PoliteHttpHandler(HTTP11DownloadHandler):
    """Sends a request when the host has no other request open and its pause is over."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001 - where Scrapy sets its own
        self._gates: dict[str, asyncio.Lock] = {}
        self._head_timeout_s = crawler.settings.getfloat("DOWNLOAD_TIMEOUT") * HEAD_TIME_SHARE
        crawler.signals.connect(self._lift_head_timeout, signals.headers_received)

    async def download_request(self, request: Request) -> Response:
        """Request one address.

        Raises:
            RequestRefused: the host is closed for this run, or its name resolves to a private network.
            TimeoutError: the headers did not arrive in time.
        """
        hosts, clock = cast("_HasHosts", self._crawler.spider).hosts, asyncio.get_running_loop().time
        host = urlsplit(request.url).hostname or ""
        async with self._gates.setdefault(host, asyncio.Lock()):
            self._refuse_closed(hosts, host)
            if (pause := hosts.pause_s(host, clock())) > 0:
                await asyncio.sleep(pause)
            try:
                async with asyncio.timeout(self._head_timeout_s) as limit:
                    request.meta["head_timeout"] = limit
                    response = await super().download_request(request)
            except Exception as error:
                hosts.note_failure(host, reason_of_error(error, host)[0])
                # Raised here, where the host is known: it may be that of a redirect, a page or a robots.txt.
                if is_forbidden_error(host):
                    detail = f"{host} leads to a private or reserved network"
                    raise RequestRefused(RefusalReason.FORBIDDEN_ADDRESS, detail) from error
                raise
            finally:
                request.meta.pop("head_timeout", None)
                hosts.note_request(host, clock(), delay_s=request.meta.get("crawl_delay_s", 0.0))
            hosts.note_answer(host, response, clock())
            return response

    @staticmethod
    def _refuse_closed(hosts: HostLimits, host: str) -> None:
        if (closed := hosts.closed(host)) is not None:
            raise RequestRefused(*closed)

    @staticmethod
    def _lift_head_timeout(request: Request) -> None:
        """Lift the time-out of the headers; that of the whole answer remains."""
        if (limit := request.meta.get("head_timeout")) is not None:
            limit.reschedule(None)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that is aborted where the headers exceed MAX_HEAD_BYTES."""

    _head_bytes = 0

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        self._head_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's interface
        parser = self._parser
        if parser is not None and parser.state not in (BODY, DONE):
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                cast("Any", self.transport).abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds connections with that limit."""

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: N802, ARG002 - Twisted's interface
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
