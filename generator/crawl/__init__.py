"""Asks the web, or an archive standing in for it, one wave of addresses at a time.     [door: network]

Takes `FetchRequest`s and returns exactly one `Snapshot` or `Refusal` for each, in any order. Drops nothing:
what gives no bytes is a refusal with one reason. Knows nothing of topics, sites or people, and keeps nothing
between runs: what was fetched is remembered by the workspace.

    Crawler         context manager; `.fetch(wave)`; live, or with `replay=` an archive as the web
    seed_request    a seed that is an address -> what to ask for first
    is_source       whether a seed is `source:query`; first_asks: what it asks first, or what is wrong with it
    consult         all that a source names, asked step by step through whoever fetches
"""

from generator.crawl.crawler import Crawler
from generator.crawl.sources import (
    SOURCES,
    SeedCandidate,
    SourceAnswer,
    SourceReading,
    SourceRequest,
    first_requests,
    is_source,
    query_source,
    seed_request,
)

__all__ = [
    "SOURCES",
    "Crawler",
    "SeedCandidate",
    "SourceAnswer",
    "SourceReading",
    "SourceRequest",
    "first_requests",
    "is_source",
    "query_source",
    "seed_request",
]
