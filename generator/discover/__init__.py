"""Chooses which addresses and sites to request next. Pure and deterministic.

Takes: what was read so far, and the corpus built from it.
Returns: the next wave of requests (`Frontier`), the next sites (`choose_sites`), seeds to propose
(`propose_seed_sites`), hosts to leave alone for now (`is_resting`), and after how many days an address is requested
again (`revisit`).
Drops: addresses over a site's budget and sites that the analyst forbids; no request is made for them.
"""

from generator.discover.backoff import is_resting, update_failing_hosts
from generator.discover.capture_selection import captures_by_home, choose_captures
from generator.discover.doubtful_sites import is_doubtful, rejected_on_few_posts
from generator.discover.frontier import Frontier
from generator.discover.revisit import (
    DENIALS,
    HOST_FAILURES,
    MISSING_PAGE_DAYS,
    NOT_IN_ARCHIVE,
    NOT_REQUESTED,
    TEMPORARY,
    is_missing_page,
    post_revisit_days,
)
from generator.discover.seed_proposals import propose_seed_sites, query_words
from generator.discover.seed_queries import default_source_queries
from generator.discover.site_crawl import CrawlDepth
from generator.discover.site_selection import SiteCandidate, batch_limit, choose_sites, cited_addresses

__all__ = [
    "DENIALS",
    "HOST_FAILURES",
    "MISSING_PAGE_DAYS",
    "NOT_IN_ARCHIVE",
    "NOT_REQUESTED",
    "TEMPORARY",
    "CrawlDepth",
    "Frontier",
    "SiteCandidate",
    "batch_limit",
    "captures_by_home",
    "choose_captures",
    "choose_sites",
    "cited_addresses",
    "default_source_queries",
    "is_doubtful",
    "is_missing_page",
    "is_resting",
    "post_revisit_days",
    "propose_seed_sites",
    "query_words",
    "rejected_on_few_posts",
    "update_failing_hosts",
]
