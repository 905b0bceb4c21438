"""robots.txt as RFC 9309 asks for it: where it cannot be read because the server fails, the site stays unheard.

Scrapy's own middleware reads 5xx and time-outs as permission; this one does not. Asked once per origin and day.
4xx (but 429) and more than five redirects mean there is none; of a long file the first 500 KiB count.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from generator.crawl.failures import RequestRefused, reason_of_error
from generator.records import RefusalReason

MAX_BYTES = 500 * 1024  # RFC 9309, section 2.5: parse at least this much; more is a trap
MAX_REDIRECTS = 5  # RFC 9309, section 2.3.1.2
MAX_DOWNLOAD_BYTES = 5 * 1024 * 1024  # past this the server is not serving a robots.txt
USER_AGENT = re.compile(r"\s*user[- ]?agent\s*:\s*(?P<name>[^#\s][^#]*)", re.IGNORECASE)
NO_NAME = re.compile(r"[^A-Za-z_-]")
SOMEBODY = "-"  # a name that is nobody's, ours least of all
FRESH_S = 24 * 3_600.0  # RFC 9309, section 2.4


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """What an origin allows: `closed` is the reason nothing may be asked, `parser` None means all may."""

    parser: Protego | None = None
    closed: RefusalReason | None = None
    detail: str = ""
    crawl_delay_s: float = 0.0


class RobotsMiddleware:
    """Asks each origin's robots.txt before its first page, redirect targets included."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = str(crawler.settings["USER_AGENT"]).split("/")[0].strip() or "*"
        self._rules: dict[str, tuple[float, asyncio.Future[RobotsTxt]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or end it with the reason.

        Raises:
            RefusedRequest: robots.txt forbids the address, or could not be read.
        """
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        rules = await self._rules_of(f"{parts.scheme}://{parts.netloc}")
        if rules.closed is not None:
            raise RequestRefused(rules.closed, rules.detail)
        if rules.parser is not None and not rules.parser.can_fetch(request.url, self._agent):
            raise RequestRefused(RefusalReason.ROBOTS, f"robots.txt of {parts.netloc} says no")
        if rules.crawl_delay_s:
            request.meta["crawl_delay_s"] = rules.crawl_delay_s

    async def _rules_of(self, origin: str) -> RobotsTxt:
        """The rules of an origin; the first to ask in 24 hours fetches them, the others wait for that answer."""
        loop = asyncio.get_running_loop()
        if origin in self._rules and loop.time() - self._rules[origin][0] < FRESH_S:
            return await self._rules[origin][1]
        future: asyncio.Future[RobotsTxt] = loop.create_future()
        self._rules[origin] = (loop.time(), future)
        rules = RobotsTxt(closed=RefusalReason.ROBOTS_UNREACHABLE, detail="robots.txt was not answered")
        try:
            rules = await self._fetch(origin)
        finally:  # whoever waits must get an answer, whatever happened
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
        except Exception as error:  # noqa: BLE001 - whatever failed, the rule is the same: stay out
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
        text = response.body[:MAX_BYTES].decode("utf-8-sig", errors="replace").replace("\0", "")
        parser = Protego.parse("\n".join(self._addressed(line) for line in text.splitlines()))
        delay = parser.crawl_delay(self._agent) or 0.0
        return RobotsTxt(parser=parser, crawl_delay_s=max(delay, 0.0))

    def _addressed(self, line: str) -> str:
        """A line that names a crawler, with the name that it means for Protego.

        RFC 9309, section 2.2.1: a group is ours if it bears our whole name, in any case; what follows the name (a
        version, a star) is no part of it. Protego takes the beginning of our name for ours, and the version for a part.
        """
        match = USER_AGENT.match(line)
        if match is None or match["name"].startswith("*"):
            return line
        ours = NO_NAME.split(match["name"], maxsplit=1)[0].lower() == self._agent.lower()
        return f"User-agent: {self._agent if ours else SOMEBODY}"
