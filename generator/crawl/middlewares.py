"""Downloader middlewares: forbidden addresses, bounded redirects and decompression, Retry-After.

A live crawl and a replay pass through the same middlewares. What only concerns real servers (pauses, one connection
at a time) is in `http_handler`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from generator.crawl.failures import RequestRefused
from generator.crawl.host_limits import MAX_WAIT_S, RETRY_STATUSES, retry_after_s
from generator.crawl.ssrf_guard import forbidden_reason
from generator.records import RefusalReason


class GuardMiddleware:
    """Refuses requests for forbidden addresses, before their robots.txt is requested."""

    def __init__(self, crawler: Crawler) -> None:
        self._loopback_port: int | None = crawler.settings.get("LOOPBACK_PORT")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise `RequestRefused`; redirect targets pass through here as well."""
        if why := forbidden_reason(request.url, loopback_port=self._loopback_port):
            raise RequestRefused(RefusalReason.FORBIDDEN_ADDRESS, why)


class BoundedRedirects(RedirectMiddleware):
    """Scrapy's redirects, with circles detected at once and every failure mapped to a refusal reason."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - Scrapy's shape
    ) -> Request | Response:
        """Follow a redirect, or return the response.

        Raises:
            RequestRefused: a circle, too many hops, or a target that is not a web address.
        """
        try:
            followed = super().process_response(request, response)
        except IgnoreRequest as error:
            raise RequestRefused(RefusalReason.REDIRECT_LOOP, "more redirects than are followed") from error
        except ValueError as error:
            raise RequestRefused(
                RefusalReason.FORBIDDEN_ADDRESS, "redirects to something that is no address"
            ) from error
        if isinstance(followed, Request):
            followed = _without_credentials(followed)
            if followed.url in followed.meta["redirect_urls"]:
                raise RequestRefused(RefusalReason.REDIRECT_LOOP, "redirects in a circle")
        elif 300 < followed.status < 400 and followed.status != 304 and "Location" in followed.headers:
            raise RequestRefused(RefusalReason.FORBIDDEN_ADDRESS, "redirects to something that is no web address")
        return followed


def _without_credentials(request: Request) -> Request:
    """The request without the user name and password that a redirect may contain."""
    parts = urlsplit(request.url)
    if "@" not in parts.netloc:
        return request
    return request.replace(url=parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())


class BoundedCompression(HttpCompressionMiddleware):
    """Scrapy's decompression, at most once; a body that exceeds the limit while it is unpacked is TOO_LARGE."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - Scrapy's shape
    ) -> Request | Response:
        """Decode a body; raise `RequestRefused` where it is too large or compressed more than once."""
        packed = b",".join(response.headers.getlist("Content-Encoding")).lower().split(b",")
        if len([name for name in packed if name.strip() not in (b"", b"identity")]) > 1:
            raise RequestRefused(RefusalReason.BROKEN, "packed more than once: nobody honest does that")
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise RequestRefused(RefusalReason.TOO_LARGE, "unpacks to more than the limit") from error


class RetryAfterMiddleware:
    """Repeats a request once after 429 or 503 with a short Retry-After; `PoliteHttpHandler` waits the pause."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request to repeat, or the response."""
        asked_to_wait = response.status in RETRY_STATUSES and "Retry-After" in response.headers
        if not asked_to_wait or request.meta.get("waited") or retry_after_s(response.headers) > MAX_WAIT_S:
            return response
        again: Request = request.replace(dont_filter=True)
        again.meta["waited"] = True
        return again
