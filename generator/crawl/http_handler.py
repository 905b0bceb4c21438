"""Scrapy's HTTP with manners of its own: one request at a time for a host, pauses kept, heads and bodies bounded.

A host's turn is taken here, at the last moment before a request leaves, because only here is it known what the
requests before it were told. Nothing of this is needed while an archive is the web.
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

MAX_HEAD_BYTES = 256 * 1024  # status line and headers; browsers stop at about as much
FIRST_WORD_SHARE = 0.5  # of the time for a whole answer, in which its head has to be there


class _HasHosts(Protocol):
    """The spider, as far as the handler needs it."""

    hosts: HostLimits


class PoliteHttpHandler(HTTP11DownloadHandler):
    """Asks, once the host is free and its pause is over."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001 - where Scrapy sets its own
        self._gates: dict[str, asyncio.Lock] = {}
        self._first_word_s = crawler.settings.getfloat("DOWNLOAD_TIMEOUT") * FIRST_WORD_SHARE
        crawler.signals.connect(self._headers_are_there, signals.headers_received)

    async def download_request(self, request: Request) -> Response:
        """Ask for one address.

        Raises:
            RefusedRequest: the host is not asked any more in this run, or its name leads into a private network.
            TimeoutError: the head of an answer did not come in time.
        """
        hosts, clock = cast("_HasHosts", self._crawler.spider).hosts, asyncio.get_running_loop().time
        host = urlsplit(request.url).hostname or ""
        async with self._gates.setdefault(host, asyncio.Lock()):
            self._refuse_closed(hosts, host)
            if (pause := hosts.pause_s(host, clock())) > 0:
                await asyncio.sleep(pause)
            try:
                async with asyncio.timeout(self._first_word_s) as limit:
                    request.meta["first_word"] = limit
                    response = await super().download_request(request)
            except Exception as error:
                hosts.note_failure(host, reason_of_error(error, host)[0])
                # Said here, where the host is known: it may be that of a redirect, of a page or of a robots.txt.
                if is_forbidden_error(host):
                    words = f"{host} leads to a private or reserved network"
                    raise RequestRefused(RefusalReason.FORBIDDEN_ADDRESS, words) from error
                raise
            finally:
                request.meta.pop("first_word", None)
                hosts.note_asked(host, clock(), delay_s=request.meta.get("crawl_delay_s", 0.0))
            hosts.note_answer(host, response, clock())
            return response

    @staticmethod
    def _refuse_closed(hosts: HostLimits, host: str) -> None:
        if (closed := hosts.closed(host)) is not None:
            raise RequestRefused(*closed)

    @staticmethod
    def _headers_are_there(request: Request) -> None:
        """From here on the time for the whole answer counts alone."""
        if (limit := request.meta.get("first_word")) is not None:
            limit.reschedule(None)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that is cut where the head of an answer does not end."""

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
    """Builds such connections."""

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: N802, ARG002 - Twisted's interface
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
