"""robots.txt according to RFC 9309; where the server fails to deliver it, the whole origin is refused.

Scrapy's own middleware treats 5xx and time-outs as permission; this one does not. It is requested once per origin and
day. 4xx except 429, and more than five redirects, count as an empty robots.txt; only the first 500 KiB are read.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from generator.crawl.failures import RequestRefused, reason_of_error
from generator.records import RefusalReason

MAX_PARSED_BYTES = 500 * 1024  # RFC 9309, section 2.5: crawlers must parse at least this much
MAX_SITEMAPS = 10  # Sitemap lines that are used
MAX_REDIRECTS = 5  # RFC 9309, section 2.3.1.2
MAX_DOWNLOAD_BYTES = 5 * 1024 * 1024  # a larger answer is not a robots.txt
USER_AGENT = re.compile(r"\s*user[- ]?agent\s*:\s*(?P<name>[^#\s][^#]*)", re.IGNORECASE)
NO_NAME = re.compile(r"[^A-Za-z_-]")
OTHER_AGENT = "-"  # stands for the name of any other crawler
MAX_AGE_S = 24 * 3_600.0  # RFC 9309, section 2.4: caches should not use a robots.txt for longer


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """The rules of an origin. `closed`: why no address may be requested. `parser` None: every address may be."""

    parser: Protego | None = None
    closed: RefusalReason | None = None
    detail: str = ""
    crawl_delay_s: float = 0.0
    sitemaps: tuple[str, ...] = ()


class RobotsMiddleware:
    """Fetches robots.txt before the first page of each origin, redirect targets included."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = str(crawler.settings["USER_AGENT"]).split("/")[0].strip() or "*"
        self._rules: dict[str, tuple[float, asyncio.Future[RobotsTxt]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or refuse it.

        Raises:
            RequestRefused: robots.txt forbids the address, or could not be read.
        """
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        rules = await self._rules_of(f"{parts.scheme}://{parts.netloc}")
        if rules.closed is not None:
            raise RequestRefused(rules.closed, rules.detail)
        if rules.parser is not None and not rules.parser.can_fetch(request.url, self._agent):
            raise RequestRefused(RefusalReason.ROBOTS, f"robots.txt of {parts.netloc} says no")
        request.meta["sitemaps"] = rules.sitemaps
        if rules.crawl_delay_s:
            request.meta["crawl_delay_s"] = rules.crawl_delay_s

    async def _rules_of(self, origin: str) -> RobotsTxt:
        """The rules of an origin, fetched by its first request in 24 hours; concurrent requests wait for them."""
        loop = asyncio.get_running_loop()
        if origin in self._rules and loop.time() - self._rules[origin][0] < MAX_AGE_S:
            return await self._rules[origin][1]
        future: asyncio.Future[RobotsTxt] = loop.create_future()
        self._rules[origin] = (loop.time(), future)
        rules = RobotsTxt(closed=RefusalReason.ROBOTS_UNREACHABLE, detail="robots.txt was not answered")
        try:
            rules = await self._fetch(origin)
        finally:  # waiting requests must get a result in any case
            future.set_result(rules)
        return rules

    async def _fetch(self, origin: str) -> RobotsTxt:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=1_000,
            dont_filter=True,
            meta={
                "robots": True,
                "redirect_ttl": MAX_REDIRECTS,
                "download_maxsize": MAX_DOWNLOAD_BYTES,
                "purpose": "robots",
            },
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - after any failure the origin is refused
            return self._unreadable(origin, error)
        return self._read(origin, response)

    def _unreadable(self, origin: str, error: Exception) -> RobotsTxt:
        host = urlsplit(origin).hostname or origin
        reason, detail = reason_of_error(error, host)
        if reason is RefusalReason.REDIRECT_LOOP:
            return RobotsTxt()  # RFC 9309, section 2.3.1.2: more than five hops, treat as none
        if reason not in (RefusalReason.CONNECTION, RefusalReason.FORBIDDEN_ADDRESS):
            reason = RefusalReason.ROBOTS_UNREACHABLE
        return RobotsTxt(closed=reason, detail=f"robots.txt of {host}: {detail}")

    def _read(self, origin: str, response: Response) -> RobotsTxt:
        host = urlsplit(origin).netloc
        if response.status == 429 or response.status >= 500:
            return RobotsTxt(
                closed=RefusalReason.ROBOTS_UNREACHABLE, detail=f"robots.txt of {host} answered {response.status}"
            )
        if not 200 <= response.status < 300:
            return RobotsTxt()
        text = response.body[:MAX_PARSED_BYTES].decode("utf-8-sig", errors="replace").replace("\0", "")
        parser = Protego.parse("\n".join(self._rewrite_user_agent(line) for line in text.splitlines()))
        delay = parser.crawl_delay(self._agent) or 0.0
        sitemaps = tuple(islice(parser.sitemaps, MAX_SITEMAPS))
        return RobotsTxt(parser=parser, crawl_delay_s=max(delay, 0.0), sitemaps=sitemaps)

    def _rewrite_user_agent(self, line: str) -> str:
        """A User-agent line rewritten so that Protego matches it as RFC 9309 demands; other lines unchanged.

        RFC 9309, section 2.2.1: a group applies if its product token equals ours, ignoring case; a version after the
        token is not part of it. Protego also matches prefixes of our name, and compares the version.
        """
        match = USER_AGENT.match(line)
        if match is None or match["name"].startswith("*"):
            return line
        ours = NO_NAME.split(match["name"], maxsplit=1)[0].lower() == self._agent.lower()
        return f"User-agent: {self._agent if ours else OTHER_AGENT}"
