"""The process in which Scrapy runs: `python -m generator.crawl.worker FD`, started by `crawler.py` alone.

A process of its own because Twisted's reactor can run once in a process and must not meet the caller's threads.
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    logging.disable(logging.CRITICAL)  # every event worth telling goes over the pipe as a refusal
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
    crawl.result()  # the crawl never ends by itself: if it did, this raises why, for the parent to tell


if __name__ == "__main__":
    run(Connection(int(sys.argv[1])))
