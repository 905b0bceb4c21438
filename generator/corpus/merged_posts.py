"""The post that all sightings of one address are merged to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from generator.corpus.term_rows import TermRow
from generator.records import ExtractedPost, Link, Mention, SiteId, Url


@dataclass(slots=True)
class MergedPost:
    """A post merged from its sightings, before its author and relevance are known."""

    url: Url
    site: SiteId
    best: ExtractedPost
    authors: list[Mention] = field(default_factory=list)
    links: tuple[Link, ...] = ()
    sightings: int = 0
    aliases: set[Url] = field(default_factory=set)
    published_at: datetime | None = None
    time_known: bool = False
    tags: tuple[str, ...] = ()
    quotable: bool = True
    row: TermRow | None = None
    in_feed: bool = False
    translations: tuple[Url, ...] = ()  # addresses of the same post in other languages, as its pages declare them
