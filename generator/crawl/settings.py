"""The complete Scrapy settings of a crawl; unwanted defaults are switched off."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.records import Purpose

PAGE_MAX_BYTES = 10 * 1024 * 1024  # decoded
FEED_MAX_BYTES = 25 * 1024 * 1024  # decoded; full-text feeds of large sites are smaller
FEED_LIKE = frozenset({Purpose.FEED, Purpose.SEED, Purpose.LISTING})  # sitemaps and OPML files are large as well
MAX_REDIRECTS = 10
HERE = "generator.crawl"


@dataclass(frozen=True, slots=True)
class CrawlConfig:
    """Parameters of a crawl, sent from parent to child. `replay` empty: the live web; `loopback_port`: for tests."""

    user_agent: str
    delay_s: float
    replay: tuple[Path, ...] = ()
    loopback_port: int | None = None
    timeout_s: float = 30.0


def max_bytes(purpose: Purpose) -> int:
    """Maximum size in bytes of a decoded answer."""
    return FEED_MAX_BYTES if purpose in FEED_LIKE else PAGE_MAX_BYTES


def scrapy_settings(config: CrawlConfig) -> dict[str, object]:
    """Settings for one crawl; live crawls and replays use the same middlewares."""
    live = not config.replay
    handler = f"{HERE}.http_handler.PoliteHttpHandler" if live else f"{HERE}.replay.ReplayHandler"
    return {
        "USER_AGENT": config.user_agent,
        "CRAWL_CONFIG": config,
        "LOOPBACK_PORT": config.loopback_port,
        "DOWNLOAD_HANDLERS_BASE": {"http": handler, "https": handler},
        "DOWNLOAD_HANDLERS": {},
        "DOWNLOADER_MIDDLEWARES_BASE": _middlewares(live=live),
        "SPIDER_MIDDLEWARES_BASE": {"scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25},
        "EXTENSIONS_BASE": {},
        "CONCURRENT_REQUESTS": 128 if live else 64,  # live: most of them wait for their host
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if live else 64,
        "CONCURRENT_ITEMS": 1,  # Scrapy starts as many tasks per answer, and this spider yields no items
        "DOWNLOAD_DELAY": config.delay_s if live else 0,
        "DOWNLOAD_DELAY_JITTER": 0.5,  # share of the delay by which it varies
        "DOWNLOAD_TIMEOUT": config.timeout_s,
        "DOWNLOAD_MAXSIZE": PAGE_MAX_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DNSCACHE_SIZE": 10_000,
        "REACTOR_THREADPOOL_MAXSIZE": 20,
        "TWISTED_DNS_RESOLVER": f"{HERE}.ssrf_guard.GuardedResolver",
        "REDIRECT_MAX_TIMES": MAX_REDIRECTS,
        "REDIRECT_PRIORITY_ADJUST": 0,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 408],
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,"
            "application/feed+json,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Language": "*",
        },
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    }


def _middlewares(*, live: bool) -> dict[str, int]:
    shared = {
        f"{HERE}.middlewares.GuardMiddleware": 50,
        f"{HERE}.robots.RobotsMiddleware": 100,
        "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
        "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
        "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
        f"{HERE}.middlewares.BoundedCompression": 590,
        f"{HERE}.middlewares.BoundedRedirects": 600,
    }
    if live:  # a replay answers the same every time and demands no pause
        shared["scrapy.downloadermiddlewares.retry.RetryMiddleware"] = 550
        shared[f"{HERE}.middlewares.RetryAfterMiddleware"] = 560
    return shared
