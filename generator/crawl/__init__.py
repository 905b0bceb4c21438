"""Fetches addresses from the web, or from archives that replace it, one wave of requests at a time.   [door: network]

Takes `FetchRequest`s and returns exactly one `Snapshot` or `Refusal` for each, in any order: what gives no bytes is a
refusal with one reason. Independent of topics, sites and people. Keeps nothing between runs; the workspace stores
what was fetched.

    Crawler         context manager; `.fetch(wave)` asks the web, or the archives passed as `replay`
    is_source       whether a seed is `source:query` rather than an address
    seed_request    the request for a seed that is an address
    first_requests  the first requests of a `source:query` seed; raises where the query is not usable
    query_source    queries a source step by step and returns the sites it names
"""

from generator.crawl.crawler import Crawler
from generator.crawl.seed_sources import SourceResult, first_requests, is_source, query_source, seed_request

__all__ = [
    "Crawler",
    "SourceResult",
    "first_requests",
    "is_source",
    "query_source",
    "seed_request",
]
