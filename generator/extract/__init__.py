"""Extraction: posts, links with their sentences, names and contact points of archived answers.

Takes a `Snapshot` and returns an `Extraction`, or a `Refusal` with reason BROKEN where it cannot be parsed. Feed
entries without an address and links beyond 2,000 a page are dropped and recorded in `Extraction.dropped`.
`merge_feed_history` adds posts of earlier versions of a feed. Extraction uses no network, no clock and no other
snapshots. `snapshot.extract_snapshot` runs in the workers of `Extractor`, so that a run without new snapshots does not
load the parsers.
"""

from generator.extract.extractor import EXTRACTOR_VERSION, Extractor
from generator.extract.feed_history import merge_feed_history

__all__ = ["EXTRACTOR_VERSION", "Extractor", "merge_feed_history"]
