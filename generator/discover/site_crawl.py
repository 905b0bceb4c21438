"""What is known of one site while it is heard: how it was found, what was asked, what it said."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.records import Extraction, PageKind, Purpose, Refusal, SiteOrigin, Url, UrlKey
from generator.urls import url_key


class CrawlDepth(StrEnum):
    """How far a site is heard in a wave."""

    PROBE = "probe"  # its feed, or a few posts, old and new
    HISTORY = "history"  # the list of what it wrote before
    DOUBT = "doubt"  # older posts: those whose titles name the topic, and others spread over the years
    FULL = "full"  # everything, within the budget


@dataclass(slots=True)
class SiteCrawl:
    """All that is known of one site."""

    key: UrlKey
    origin: Url  # the default root
    hop: int
    found_by: str
    found_how: SiteOrigin
    entries: list[Url] = field(default_factory=list)
    asked: dict[UrlKey, Purpose] = field(default_factory=dict)
    extractions: dict[Url, Extraction] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    fetched: int = 0
    guessed: set[str] = field(default_factory=set)
    silent: set[CrawlDepth] = field(default_factory=set)  # depths at which nothing was wanted, since anything changed

    @property
    def reached(self) -> bool:
        """Whether anything readable answered."""
        return bool(self.extractions)

    def note_asked(self, url: Url, purpose: Purpose) -> None:
        """An address is asked for."""
        self.asked[url_key(url)] = purpose
        self.silent.clear()


def feeds_of(site: SiteCrawl) -> list[Extraction]:
    """The site's feeds, without their further pages, which were asked for as ways to older posts."""
    pages = {key for key, purpose in site.asked.items() if purpose == Purpose.LISTING}
    return [e for e in site.extractions.values() if e.kind == PageKind.FEED and url_key(e.url) not in pages]
