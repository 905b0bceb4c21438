"""Snapshots to what they say: posts, links with their sentences, names, contact points.

Takes archived answers (`Snapshot`); returns one `Extraction` each, or a `Refusal` BROKEN for those that
cannot be read. Drops feed entries without an address and links beyond 2,000 a page, and counts both in
`Extraction.dropped`. `merge_feed_history` joins what a feed says to what it said before.
Reads bytes only: no network, no clock, no memory of other snapshots. Bytes are read in the workers of `Extractor`
by `snapshot.extract_snapshot`: a run in which nothing is new never loads the parsers.
"""

from generator.extract.extractor import EXTRACTOR_VERSION, Extractor
from generator.extract.feed_history import merge_feed_history

__all__ = ["EXTRACTOR_VERSION", "Extractor", "merge_feed_history"]
