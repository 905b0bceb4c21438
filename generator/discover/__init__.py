"""Which addresses and sites to hear next: pure and deterministic.

Takes: what was read so far, and who it turned out to be about.
Returns: the next wave of requests (`Frontier`), the next sites (`choose_sites`), proposals for seeds (`propose`),
which hosts rest (`is_resting`).
Drops: addresses over a site's budget and sites the analyst forbids; both simply never become requests.
"""

from generator.discover.backoff import after_night, is_resting
from generator.discover.frontier import Frontier
from generator.discover.seed_proposals import propose, topic_words
from generator.discover.site_crawl import Depth
from generator.discover.site_selection import Candidate, choose_sites, cited_addresses

__all__ = [
    "Candidate", "Depth", "Frontier", "after_night", "choose_sites", "cited_addresses", "is_resting", "propose",
    "topic_words",
]  # fmt: skip
