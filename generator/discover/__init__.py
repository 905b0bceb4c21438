"""Which addresses and sites to hear next: pure and deterministic.

Takes: what was read so far, and who it turned out to be about.
Returns: the next wave of requests (`Frontier`), the next sites (`choose_sites`), seeds to propose
(`propose_seed_sites`), which hosts rest (`is_resting`).
Drops: addresses over a site's budget and sites the analyst forbids; both simply never become requests.
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
