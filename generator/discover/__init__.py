"""Chooses which addresses and sites to crawl next; pure and deterministic.

Takes: the extractions so far and the corpus built from them.
Returns: the next wave of requests (`Frontier`), the next sites (`choose_sites`), proposed seeds
(`propose_seed_sites`), and which hosts are in back-off (`is_resting`).
Drops: addresses over a site's budget and forbidden sites; they never become requests.
"""

from generator.discover.backoff import is_resting, update_failing_hosts
from generator.discover.frontier import Frontier
from generator.discover.seed_proposals import propose_seed_sites, query_words
from generator.discover.site_crawl import CrawlDepth
from generator.discover.site_selection import SiteCandidate, choose_sites, cited_addresses

__all__ = [
    "CrawlDepth",
    "Frontier",
    "SiteCandidate",
    "choose_sites",
    "cited_addresses",
    "is_resting",
    "propose_seed_sites",
    "query_words",
    "update_failing_hosts",
]
