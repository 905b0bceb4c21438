"""The state of one site during a crawl: how it was found, what was requested, what was extracted."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.records import Extraction, PageKind, Purpose, Refusal, SiteOrigin, Url, UrlKey
from generator.urls import url_key


class CrawlDepth(StrEnum):
    """How much of a site is requested in a wave."""

    PROBE = "probe"  # its feed, or a few old and new posts
    HISTORY = "history"  # its list of older posts
    DOUBT = "doubt"  # older posts: those with the topic in their titles, and others spread over the years
    FULL = "full"  # everything, within the budget


@dataclass(slots=True)
class SiteCrawl:
    """The state of one site."""

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
    answered: set[UrlKey] = field(default_factory=set)  # where redirects ended
    sitemaps: list[Url] = field(default_factory=list)  # those that its robots.txt names
    fetched: int = 0
    guessed: set[str] = field(default_factory=set)  # kinds of requests that are made only once
    silent: set[CrawlDepth] = field(default_factory=set)  # depths without further requests until something changes

    @property
    def reached(self) -> bool:
        """Whether any answer could be read."""
        return bool(self.extractions)

    def note_requested(self, url: Url, purpose: Purpose) -> None:
        """Record a request."""
        self.asked[url_key(url)] = purpose
        self.silent.clear()

    def was_requested(self, url: Url) -> bool:
        """Whether an address was requested, or answered after a redirect."""
        return url_key(url) in self.asked or url_key(url) in self.answered


def feeds_of(site: SiteCrawl) -> list[Extraction]:
    """The site's feeds, without older pages of them, which were requested as listings."""
    pages = {key for key, purpose in site.asked.items() if purpose == Purpose.LISTING}
    return [e for e in site.extractions.values() if e.kind == PageKind.FEED and url_key(e.url) not in pages]
