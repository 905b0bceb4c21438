"""A bare Scrapy spider, one request at a time for a host and obedient to robots.txt: what the crawl is measured against."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

URLS = Path(sys.argv[1]).read_text("utf-8").splitlines() if len(sys.argv) > 1 else []


class Bare(Spider):
    """Asks for every address of a list and counts the answers."""

    name = "bare"
    kept = 0
    began = took = 0.0

    async def start(self):
        Bare.began = time.monotonic()
        for url in URLS:
            yield Request(url, callback=self.parse)

    def parse(self, response):
        Bare.kept += len(response.body) > 0

    def closed(self, reason):
        Bare.took = time.monotonic() - Bare.began


if __name__ == "__main__":
    process = CrawlerProcess({
        "CONCURRENT_REQUESTS": 128, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": True,
        "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "COOKIES_ENABLED": False, "USER_AGENT": "bare/1",
    })  # fmt: skip
    process.crawl(Bare)
    process.start()
    print(json.dumps([Bare.kept, Bare.took]))
