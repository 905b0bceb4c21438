"""The child process in which Scrapy runs: `python -m generator.crawl.worker FD`, started by `crawler.py` only.

A separate process, because Twisted's reactor can run only once per process and must not share the caller's threads.
"""

from __future__ import annotations

import logging
import signal
import sys
from multiprocessing.connection import Connection

from scrapy.crawler import AsyncCrawlerProcess

from generator.crawl.ipc import WorkerPipe
from generator.crawl.replay import ArchiveIndex
from generator.crawl.settings import CrawlConfig, scrapy_settings
from generator.crawl.spider import WaveSpider
from generator.errors import ArchiveError


def run(connection: Connection) -> None:
    """Crawl until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    logging.disable(logging.CRITICAL)  # refusals go over the pipe
    config: CrawlConfig = connection.recv()
    try:
        index = ArchiveIndex(config.replay)
    except ArchiveError as error:
        connection.send(("failed", str(error)))
        return
    connection.send(("ready", index.warnings))
    process = AsyncCrawlerProcess(scrapy_settings(config))
    crawl = process.crawl(WaveSpider, link=WorkerPipe(connection), index=index)
    process.start(install_signal_handlers=False)
    crawl.result()  # reached only if the crawl failed: raises the cause, which the parent reports


if __name__ == "__main__":
    run(Connection(int(sys.argv[1])))
