"""Asks the web, or an archive standing in for it, one wave of addresses at a time.     [door: network]

Takes `FetchRequest`s and returns exactly one `Snapshot` or `Refusal` for each, in any order. Drops nothing:
what gives no bytes is a refusal with one reason. Knows nothing of topics, sites or people, and keeps nothing
between runs: what was fetched is remembered by the workspace.

    Crawler         context manager; `.fetch(wave)`; live, or with `replay=` an archive as the web
    seed_requests   a topic seed (address or `source:query`) -> what to ask for first
    seed_links      a source's answer -> the addresses it names
"""

from generator.crawl.crawler import Crawler
from generator.crawl.sources import seed_links, seed_requests

__all__ = ["Crawler", "seed_links", "seed_requests"]
